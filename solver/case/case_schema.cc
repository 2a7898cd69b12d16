// SPDX-License-Identifier: LGPL-2.1-or-later
// JSON schema of the case file, so that editors can complete it.
#include "solver/case/case_file.h"
#include "solver/case/expected.h"
#include "solver/case/names.h"
#include "solver/case/tables/material_parameters.h"
#include "solver/case/tables/parameters.h"

#include <algorithm>

namespace miniscrew
{
namespace
{
using Json = nlohmann::ordered_json;

Json
property(const Parameter &parameter)
{
  Json schema           = parameter.schema;
  schema["description"] = parameter.doc;
  return schema;
}

Json
closed_object(const std::string &doc)
{
  Json object = {{"type", "object"}};
  if (!doc.empty())
    object["description"] = doc;
  object["properties"]           = Json::object();
  object["additionalProperties"] = false;
  return object;
}

/// The table that may stand in place of the name of a material.
Json
material_table()
{
  Json              table  = closed_object("Values of a material");
  const std::string prefix = material_slots().front().key + ".";
  for (const Parameter &parameter : parameters())
    if (parameter.key.compare(0, prefix.size(), prefix) == 0)
      table["properties"][parameter.key.substr(prefix.size())] =
        property(parameter);
  return table;
}

/// The schema of a section, within those of the sections around it.
Json &
object_of(Json &properties, const std::string &section)
{
  const std::string outer = section_of(section);
  Json             &objects =
    outer.empty() ? properties : object_of(properties, outer)["properties"];
  const std::string name =
    outer.empty() ? section : section.substr(outer.size() + 1);
  if (!objects.contains(name))
    objects[name] = closed_object(section_doc(section));
  return objects[name];
}

/// All keys of a case, or of the overrides of a variant.
Json
case_properties()
{
  Json        properties = Json::object();
  const auto &slots      = material_slots();
  for (const Parameter &parameter : parameters())
  {
    const std::string section = section_of(parameter.key);
    const auto        is_slot = [&](const std::string &key) {
      return std::any_of(
        slots.begin(), slots.end(), [&](const MaterialSlot &slot) {
          return slot.key == key;
        });
    };
    if (is_slot(section))
      continue;
    if (section.empty())
    {
      properties[parameter.key] = property(parameter);
      continue;
    }
    Json schema = property(parameter);
    if (is_slot(parameter.key))
      schema = {{"description", parameter.doc},
                {"oneOf", {parameter.schema, {{"$ref", "#/$defs/material"}}}}};
    object_of(properties,
              section)["properties"][parameter.key.substr(section.size() + 1)] =
      schema;
  }
  properties["expected"] = expected_schema();
  return properties;
}
} // namespace


std::string
case_json_schema()
{
  Json schema;
  schema["$schema"]     = "https://json-schema.org/draft/2020-12/schema";
  schema["title"]       = "Case file of miniscrew";
  schema["type"]        = "object";
  schema["properties"]  = case_properties();
  Json variant          = closed_object("The case with some keys overridden");
  variant["properties"] = case_properties();
  variant["properties"]["name"] = {
    {"type", "string"},
    {"pattern", variant_name_pattern()},
    {"description", "Name of the variant and of its folder of results"}};
  variant["required"]             = {"name"};
  schema["properties"]["variant"] = {{"type", "array"}, {"items", variant}};
  schema["additionalProperties"]  = false;
  schema["$defs"]["material"]     = material_table();
  return schema.dump(2) + "\n";
}
} // namespace miniscrew
