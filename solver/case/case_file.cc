// SPDX-License-Identifier: LGPL-2.1-or-later
// From a TOML case file to validated cases.
#include "solver/case/case_file.h"

#include "solver/base/errors.h"
#include "solver/case/case_checks.h"
#include "solver/case/effective_case.h"
#include "solver/case/entries.h"
#include "solver/case/expected.h"
#include "solver/case/insertion_parameters.h"
#include "solver/case/material_parameters.h"
#include "solver/case/parameters.h"
#include "solver/case/plasticity_parameters.h"
#include "solver/case/screw_parameters.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <functional>

namespace miniscrew
{
namespace
{
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
    catch (const UserError &error)
    {
      complaints_.add(place(unstartable_key(draft_)),
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
    catch (const UserError &error)
    {
      complaints_.add(place(key_spoken_of(error.what(), given_)), error.what());
    }
    for (const MaterialSlot &slot : material_slots())
      guarded(
        slot.key, slot.key, [&] { finish_material(draft_, slot, given_); });
    guarded("load.force_N", "load.force_N", [&] { finish_force(); });
    if (given_.count("site.insertion_depth_mm") == 0)
      draft_.result.site.insertion_depth = draft_.result.screw.length;
    finish_insertion(draft_, given_);
    if (complaints_.n_added() > n_before)
      return;
    for (const Contradiction &found : contradictions(draft_.result))
      complaints_.add(place(found.key), found.sentence);
    draft_.result.effective_toml = effective_toml(draft_);
  }

  void
  finish_force()
  {
    if (!draft_.force_magnitude && draft_.force_direction)
      throw UserError("is a vector, so load.direction must not be given");
    if (!draft_.force_magnitude)
      return;
    if (!draft_.force_direction)
      throw UserError("is a magnitude, so load.direction = [x, y, z] is "
                      "needed; or give the force as a vector [x, y, z]");
    const Vector3 &d      = *draft_.force_direction;
    const double   length = std::hypot(d[0], d[1], d[2]);
    if (!(length > 0.))
      throw UserError("has no direction, as load.direction is zero");
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

/// A [[variant]] table.
struct Variant
{
  std::string name;
  Entries     entries;
  Place       place;
};

bool
is_file_safe(const std::string &name)
{
  return !name.empty() && name.size() <= 100 && name[0] != '.' &&
         name[0] != '-' &&
         std::all_of(name.begin(), name.end(), [](unsigned char c) {
           return std::isalnum(c) != 0 || c == '_' || c == '-' || c == '.' ||
                  c == '+';
         });
}

/// Reads name and overrides of one variant.
Variant
read_variant(const toml::table &table,
             const std::string &path,
             Complaints        &complaints)
{
  const toml::source_region &source = table.source();
  Variant                    variant;
  variant.place = {path, source.begin.line, source.begin.column};
  if (const toml::node *name = table.get("name"))
  {
    const Place place{
      path, name->source().begin.line, name->source().begin.column};
    if (!name->is_string())
      complaints.add(place,
                     "variant.name: expected a string, got " + describe(*name));
    else if (variant.name = *name->value<std::string>();
             !is_file_safe(variant.name))
      complaints.add(place,
                     "variant.name: '" + variant.name +
                       "' becomes the name of a folder, so only letters, "
                       "digits, '_', '-', '+' and '.' are allowed, and not "
                       "'.' or '-' at the start");
  }
  else
    complaints.add(variant.place, "a [[variant]] needs a name");
  variant.entries = flatten(table, "", path, complaints, {"name"});
  return variant;
}

/// All variants of a file.
std::vector<Variant>
read_variants(const toml::table &root,
              const std::string &path,
              Complaints        &complaints)
{
  std::vector<Variant> variants;
  const toml::node    *node = root.get("variant");
  if (node == nullptr)
    return variants;
  const toml::array *tables = node->as_array();
  if (tables == nullptr ||
      (!tables->empty() && !tables->is_homogeneous(toml::node_type::table)))
  {
    complaints.add(
      {path, node->source().begin.line, node->source().begin.column},
      "variant: expected tables [[variant]], got " + describe(*node));
    return variants;
  }
  for (const toml::node &table : *tables)
  {
    variants.push_back(read_variant(*table.as_table(), path, complaints));
    const Variant &last = variants.back();
    for (const Variant &other : variants)
      if (&other != &last && other.name == last.name && !last.name.empty())
        complaints.add(last.place,
                       "variant.name: '" + last.name +
                         "' is already the name of the variant at line " +
                         std::to_string(other.place.line));
  }
  return variants;
}
} // namespace


std::vector<Case>
read_case_file(const std::string              &path,
               const std::vector<std::string> &settings)
{
  const toml::table root = parse_case_file(path);
  Complaints        complaints;
  const Entries     base = flatten(root, "", path, complaints, {"variant"});

  // Settings own what their entries point to.
  const std::vector<Setting> parsed(settings.begin(), settings.end());
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
    result.name    = std::filesystem::path(path).stem().string();
    result.variant = variant.name;
    cases.push_back(result);
  }
  complaints.throw_if_any();
  return cases;
}
} // namespace miniscrew
