// SPDX-License-Identifier: LGPL-2.1-or-later
// The commented case file with every key.
#include "solver/case/case_file.h"
#include "solver/case/entries.h"
#include "solver/case/tables/material_parameters.h"
#include "solver/case/tables/parameters.h"
#include "solver/case/tables/screw_parameters.h"

#include <sstream>

namespace miniscrew
{
namespace
{
constexpr const char *header =
  R"(# A case of miniscrew with every key. Units are in the names of the keys.
# A line in force shows the default, or an example where a value is required.
# A line such as '# pitch_mm = 0.7' shows a key that may be given, with the
# value that holds without it, or with an example.

)";

constexpr const char *footer =
  R"(
# Variants turn one file into a comparison: each is the case above with the keys
# that it overrides. Its name becomes a folder of the results.
#
# [[variant]]
# name = "bicortical"
# site.cancellous_mm = 5.5
# site.far_cortex_mm = 3.0

# Numbers of summary.json that a run must reproduce, by dotted key; the source is
# required, and a run that misses one ends with exit code 3. They are not checked
# if --set changes more than output, solver or title.
#
# [expected]
# service.axis_rotation_deg = { value = 0.1, relative_tolerance = 0.01, source = "closed form, ..." }
)";

/// The text as comment lines of at most 80 columns.
std::string
comment(const std::string &text)
{
  std::istringstream words(text);
  std::string        word, line = "#", result;
  while (words >> word)
  {
    if (line.size() + word.size() + 1 > 80)
    {
      result += line + "\n";
      line = "#";
    }
    line += " " + word;
  }
  return result + line + "\n";
}

/// The case that the template shows.
Draft
template_draft()
{
  Draft draft;
  draft.system                      = "Dual Top";
  draft.result.screw.diameter       = 1.6;
  draft.result.screw.length         = 8.;
  draft.result.site.insertion_depth = 8.;
  start_screw(draft, {});
  finish_screw(draft, {});
  for (const MaterialSlot &slot : material_slots())
    start_material(draft, slot, {});
  return draft;
}

/// The value shown for a parameter: that in force, or the schema's default or
/// example.
std::string
shown_value(const Parameter &parameter, Draft &draft)
{
  const std::string value = parameter.write(draft);
  if (!value.empty())
    return value;
  for (const char *key : {"default", "examples"})
    if (parameter.schema.contains(key))
    {
      const nlohmann::json &shown = parameter.schema[key];
      return (shown.is_array() && key[0] == 'e' ? shown[0] : shown).dump();
    }
  return "{}";
}

/// Comment and line of one key.
std::string
entry(const Parameter &parameter, Draft &draft)
{
  const std::string section = parameter.key.substr(0, parameter.key.find('.'));
  const std::string key     = section == parameter.key
                                ? parameter.key
                                : parameter.key.substr(section.size() + 1);
  const std::string range   = parameter.allowed.empty() ? ""
                              : parameter.type == "one of"
                                ? " " + parameter.allowed
                                : ", " + parameter.allowed;
  const std::string required =
    parameter.presence == Presence::required ? "; required" : "";
  return comment(parameter.doc + " [" + parameter.type + range + required +
                 "].") +
         (parameter.presence == Presence::derived ? "# " : "") + key + " = " +
         shown_value(parameter, draft) + "\n";
}

/// Tables of materials are alike; only the first is shown in full.
bool
repeats_a_table(const std::string &key)
{
  const std::vector<MaterialSlot> &slots = material_slots();
  for (const MaterialSlot &slot : slots)
    if (slot.key != slots.front().key &&
        key.compare(0, slot.key.size() + 1, slot.key + ".") == 0)
      return true;
  return false;
}
} // namespace


std::string
case_template()
{
  Draft       draft = template_draft();
  std::string text  = header, section;
  for (const Parameter &parameter : parameters())
  {
    if (repeats_a_table(parameter.key))
      continue;
    const std::string::size_type dot = parameter.key.find('.');
    if (dot != std::string::npos && parameter.key.substr(0, dot) != section)
    {
      section = parameter.key.substr(0, dot);
      text +=
        "\n" + comment(section_doc(section) + ".") + "[" + section + "]\n";
    }
    text += entry(parameter, draft);
  }
  return text + footer;
}
} // namespace miniscrew
