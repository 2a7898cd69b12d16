// SPDX-License-Identifier: LGPL-2.1-or-later
// From a TOML case file to validated cases.
#include "solver/case/case_file.h"

#include "solver/base/dimension_error.h"
#include "solver/base/shown.h"
#include "solver/case/effective_values.h"
#include "solver/case/entries.h"
#include "solver/case/expected.h"
#include "solver/case/names.h"
#include "solver/case/reading/case_text.h"
#include "solver/case/reading/toml_text.h"
#include "solver/case/tables/case_checks.h"
#include "solver/case/tables/insertion_parameters.h"
#include "solver/case/tables/material_parameters.h"
#include "solver/case/tables/parameters.h"
#include "solver/case/tables/plasticity_parameters.h"
#include "solver/case/tables/screw_parameters.h"
#include "solver/case/variants.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <functional>

namespace miniscrew
{
namespace
{
// Values of a case, settings of a command line: more are a mistake of the
// program that wrote them.
constexpr std::size_t most_values = 1000;

// Less is a rounding error of what computed it (N, N mm, or without unit).
constexpr double smallest_load = 1e-9, shortest_direction = 1e-6;

double
length_of(const Vector3 &vector)
{
  return std::hypot(vector[0], vector[1], vector[2]);
}

/// Throws UserError if a load is there but next to nothing.
void
check_load_size(const Vector3 &load, const std::string &unit)
{
  const double size = length_of(load);
  if (size > 0. && size < smallest_load)
    throw UserError(
      "is " + short_text(size) + " " + unit +
      " in size, allowed is 0, or >= " + short_text(smallest_load));
}

/// Makes one case out of the values that hold for it.
class CaseReader
{
public:
  /// @p settings are those of the command line, which @p entries have in them.
  CaseReader(const Entries &entries,
             const Entries &settings,
             const Place   &start,
             Complaints    &complaints)
    : entries_(entries),
      settings_(settings),
      given_(keys_of(entries)),
      start_(start),
      complaints_(complaints)
  {}

  Case
  read()
  {
    const std::size_t n_before = complaints_.n_added();
    require_keys();
    read_keys(screw_identity_keys());
    read_keys({bone_law_parameter().key});
    for (const MaterialSlot &slot : material_slots())
      read_keys({slot.key, slot.key + ".name"});
    if (complaints_.n_added() > n_before)
    {
      // Dimensions and materials cannot be started; the rest can be judged.
      read_all();
      return {};
    }
    try
    {
      start_screw(draft_, given_);
    }
    catch (const DimensionError &error)
    {
      complaints_.add(place(key_of_screw(error.dimensions(), given_)),
                      std::string("screw: ") + error.what());
    }
    for (const MaterialSlot &slot : material_slots())
      guarded(
        slot.key, slot.key, [&] { start_material(draft_, slot, given_); });
    read_all();
    if (complaints_.n_added() == n_before)
      finish();
    return draft_.result;
  }

private:
  void
  require_keys()
  {
    for (const Parameter &parameter : parameters())
      if (parameter.presence == Presence::required &&
          given_.count(parameter.key) == 0)
        complaints_.add(place(parameter.key),
                        "the key " + parameter.key + " is missing (" +
                          parameter.doc + "), expected " + parameter.type +
                          " " + parameter.allowed);
  }

  void
  read_keys(const std::vector<std::string> &keys)
  {
    for (const Parameter &parameter : parameters())
      if (std::find(keys.begin(), keys.end(), parameter.key) != keys.end())
        read_key(parameter);
  }

  void
  read_all()
  {
    for (const Parameter &parameter : parameters())
      read_key(parameter);
    draft_.result.expected  = read_expected(entries_, complaints_);
    draft_.result.unchecked = drop_expected(draft_.result.expected, settings_);
  }

  void
  read_key(const Parameter &parameter)
  {
    const auto entry = entries_.find(parameter.key);
    if (entry != entries_.end())
      guarded(parameter.key, parameter.key, [&] {
        parameter.read(draft_, *entry->second.node);
      });
  }

  /// Values that follow from others, then the checks across keys.
  void
  finish()
  {
    const std::size_t n_before = complaints_.n_added();
    try
    {
      finish_screw(draft_, given_);
    }
    catch (const DimensionError &error)
    {
      complaints_.add(place(key_of_screw(error.dimensions(), given_)),
                      error.what());
    }
    for (const MaterialSlot &slot : material_slots())
      guarded(
        slot.key, slot.key, [&] { finish_material(draft_, slot, given_); });
    guarded("load.force_N", "load.force_N", [&] { finish_force(); });
    guarded("load.moment_N_mm", "load.moment_N_mm", [&] {
      check_load_size(draft_.result.load.moment, "N mm");
    });
    if (given_.count("site.insertion_depth_mm") == 0)
      draft_.result.site.insertion_depth = draft_.result.screw.length;
    finish_insertion(draft_, given_);
    if (complaints_.n_added() > n_before)
      return;
    for (const Contradiction &found : contradictions(draft_.result))
      complaints_.add(place(found.key), found.sentence);
    draft_.result.effective = effective_case(draft_);
  }

  void
  finish_force()
  {
    if (!draft_.force_magnitude && draft_.force_direction)
      throw UserError("is a vector, so load.direction must not be given");
    if (draft_.force_magnitude)
      resolve_force();
    check_load_size(draft_.result.load.force, "N");
  }

  /// The vector of a force that is given by magnitude and direction.
  void
  resolve_force()
  {
    if (!draft_.force_direction)
      throw UserError("is a magnitude, so load.direction = [x, y, z] is "
                      "needed; or give the force as a vector [x, y, z]");
    const Vector3 &d      = *draft_.force_direction;
    const double   length = length_of(d);
    if (!(length >= shortest_direction))
      throw UserError(std::string("has no direction, as load.direction is ") +
                      (length > 0. ? "nearly zero" : "zero"));
    for (unsigned int i = 0; i < 3; ++i)
      draft_.result.load.force[i] = *draft_.force_magnitude * d[i] / length;
  }

  /// Turns a UserError into a complaint about @p subject at @p key.
  void
  guarded(const std::string           &key,
          const std::string           &subject,
          const std::function<void()> &work)
  {
    try
    {
      work();
    }
    catch (const UserError &error)
    {
      complaints_.add(place(key), subject + ": " + error.what());
    }
  }

  /// Where a key is, or else the last of its section, or else the start.
  Place
  place(const std::string &key) const
  {
    const auto entry = entries_.find(key);
    if (entry != entries_.end())
      return entry->second.place;
    for (const std::string &section : {key, section_of(key)})
      for (const auto &[other, value] : entries_)
        if (!section.empty() &&
            other.compare(0, section.size() + 1, section + ".") == 0)
          return value.place;
    return start_;
  }

  const Entries              &entries_, &settings_;
  const std::set<std::string> given_;
  const Place                 start_;
  Complaints                 &complaints_;
  Draft                       draft_;
};

/// The name of a case: that of its file, or of its folder if the file is called
/// case.toml. Throws UserError if it makes no name of a folder.
std::string
name_from(const std::string &path)
{
  namespace fs = std::filesystem;
  std::error_code   error;
  const bool        of_folder = fs::path(path).filename() == "case.toml";
  const std::string name =
    (of_folder
       ? fs::absolute(path, error).lexically_normal().parent_path().filename()
       : fs::path(path).stem())
      .string();
  const std::string objection = objection_to_case_name(name);
  if (!objection.empty())
    throw UserError(shown_path(path) + ": the name of the case, '" +
                    shown(name) + "', is taken from its " +
                    (of_folder ? "folder" : "file") + " and " + objection);
  return name;
}

/// The settings of the command line. Throws UserError.
std::vector<Setting>
parse_settings(const std::vector<std::string> &settings)
{
  if (settings.size() > most_values)
    throw UserError("--set is given " + std::to_string(settings.size()) +
                    " times, allowed is up to " + std::to_string(most_values));
  return {settings.begin(), settings.end()};
}

void
check_number(const Entries &entries, const std::string &path)
{
  if (entries.size() > most_values)
    throw UserError(shown_path(path) + " has " +
                    std::to_string(entries.size()) +
                    " values beside its variants, allowed are up to " +
                    std::to_string(most_values));
}
} // namespace


std::vector<Case>
read_case_file(const std::string              &path,
               const std::vector<std::string> &settings)
{
  const toml::table root = parse_toml(read_case_text(path), path);
  const std::string name = name_from(path);
  Complaints        complaints;
  const Entries     base = flatten(root, "", path, complaints, {"variant"});
  check_number(base, path);

  // Settings own what their entries point to.
  const std::vector<Setting> parsed = parse_settings(settings);
  Entries                    overrides;
  for (const Setting &setting : parsed)
    overlay(overrides, setting.entries(complaints));

  std::vector<Variant> variants = read_variants(root, path, complaints);
  if (variants.empty())
    variants.push_back({"", {}, {path, 1, 1}});

  std::vector<Case> cases;
  for (const Variant &variant : variants)
  {
    Entries entries = base;
    overlay(entries, variant.entries);
    overlay(entries, overrides);
    Case result =
      CaseReader(entries, overrides, variant.place, complaints).read();
    result.name    = name;
    result.variant = variant.name;
    cases.push_back(result);
  }
  complaints.throw_if_any();
  return cases;
}
} // namespace miniscrew
