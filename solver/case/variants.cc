// SPDX-License-Identifier: LGPL-2.1-or-later
// The [[variant]] tables of a case file.
#include "solver/case/variants.h"

#include "solver/base/errors.h"
#include "solver/base/shown.h"
#include "solver/case/names.h"
#include "solver/case/tables/parameter.h"

#include <map>

namespace miniscrew
{
namespace
{
// More are a mistake of the program that wrote the file.
constexpr std::size_t most_variants = 1000;

Place
place_of(const toml::node &node, const std::string &path)
{
  const toml::source_position &begin = node.source().begin;
  return {path, begin.line, begin.column};
}

/// Reads name and overrides of one variant.
Variant
read_variant(const toml::table &table,
             const std::string &path,
             Complaints        &complaints)
{
  Variant variant;
  variant.place = place_of(table, path);
  if (const toml::node *name = table.get("name"))
  {
    try
    {
      variant.name                = to_text(*name);
      const std::string objection = objection_to_variant_name(variant.name);
      if (!objection.empty())
        throw UserError("'" + shown(variant.name) + "' " + objection);
    }
    catch (const UserError &error)
    {
      complaints.add(place_of(*name, path),
                     std::string("variant.name: ") + error.what());
    }
  }
  else
    complaints.add(variant.place, "a [[variant]] needs a name");
  variant.entries = flatten(table, "", path, complaints, {"name"});
  return variant;
}

/// Names that differ by the case of their letters only are one folder on some
/// file systems.
void
check_names_differ(const std::vector<Variant> &variants, Complaints &complaints)
{
  std::map<std::string, const Variant *> known;
  for (const Variant &variant : variants)
  {
    if (variant.name.empty())
      continue;
    const auto [other, is_new] =
      known.emplace(lower_case(variant.name), &variant);
    if (is_new)
      continue;
    const bool is_same = other->second->name == variant.name;
    complaints.add(variant.place,
                   "variant.name: '" + shown(variant.name) +
                     (is_same
                        ? "' is already the name of the variant at line "
                        : "' differs only by the case of its letters from '" +
                            shown(other->second->name) + "' at line ") +
                     std::to_string(other->second->place.line) +
                     (is_same ? "" : ", and both become names of folders"));
  }
}
} // namespace


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
    complaints.add(place_of(*node, path),
                   "variant: expected tables [[variant]], got " +
                     describe(*node));
    return variants;
  }
  if (tables->size() > most_variants)
    throw UserError(place_of(*node, path).text() + ": there are " +
                    std::to_string(tables->size()) +
                    " variants, allowed are up to " +
                    std::to_string(most_variants) + "; use several case files");
  for (const toml::node &table : *tables)
    variants.push_back(read_variant(*table.as_table(), path, complaints));
  check_names_differ(variants, complaints);
  return variants;
}
} // namespace miniscrew
