// SPDX-License-Identifier: LGPL-2.1-or-later
// The keys of [tests], which the stages declare.
#include "solver/case/tables/test_parameters.h"

#include "solver/base/errors.h"
#include "solver/case/tables/stage_entries.h"

#include <algorithm>

namespace miniscrew
{
namespace
{
const std::string table = "tests.";

/// Names with what they mean, for the one key that takes them.
std::string
stages_in_words()
{
  std::string text;
  for (const StageEntry &stage : stage_entries())
    text +=
      (text.empty() ? "" : ", ") + stage.name + " (" + stage.sentence + ")";
  return text;
}

Parameter
stages_to_run()
{
  Parameter run = names(
    table + "run",
    stage_names(),
    "tests",
    [](Draft &draft) -> std::vector<std::string> & {
      return draft.result.tests.run;
    },
    "What is done to the screw, each test from the state that insertion or "
    "press fit left: " +
      stages_in_words() + "; may be empty after an insertion");
  run.schema["uniqueItems"] = true;
  return run;
}

Parameter
parameter_of(const StageKey &key)
{
  const Access<double> value = [=](Draft &draft) -> double & {
    return draft.result.tests.values.try_emplace(key.key, key.value)
      .first->second;
  };
  const std::string name = table + key.key;
  if (!key.is_count)
    return number(name, key.range, value, key.doc);
  // A count lives among the other values of stages, which are of one type.
  const auto whole = [=](const Access<unsigned int> &access) {
    return count(name,
                 static_cast<unsigned int>(key.range.min),
                 static_cast<unsigned int>(key.range.max),
                 access,
                 key.doc);
  };
  Parameter parameter = whole({});
  parameter.read      = [=](Draft &draft, const toml::node &node) {
    unsigned int n = 0;
    whole([&](Draft &) -> unsigned int      &{ return n; }).read(draft, node);
    value(draft) = n;
  };
  parameter.write = [=](Draft &draft) { return short_text(value(draft)); };
  return parameter;
}

/// "a needs" or "a, b and c need".
std::string
need(const std::vector<std::string> &names)
{
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i)
    text += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
  return text + (names.size() == 1 ? " needs" : " need");
}

void
check_contact(const Case &c, std::vector<Contradiction> &found)
{
  std::vector<std::string> moving;
  bool                     moves = false;
  for (const StageEntry &stage : stage_entries())
    if (stage.needs_contact)
    {
      moving.push_back(stage.name);
      moves = moves || c.asks_for(stage.name);
    }
  if (moves && !c.interface.is_contact())
    found.push_back({"tests.run",
                     "tests.run: " + need(moving) +
                       " a screw that can move against the bone; use "
                       "interface.condition = \"frictional\", or run = "
                       "[\"service\"]"});
  if (c.interface.condition != InterfaceCondition::frictionless)
    return;
  for (const StageEntry &stage : stage_entries())
    if (stage.needs_friction && c.asks_for(stage.name))
      found.push_back({"tests.run",
                       "tests.run: without friction " + stage.without_friction +
                         "; use interface.condition = \"frictional\", or leave "
                         "out \"" +
                         stage.name + "\""});
}
} // namespace


std::vector<Parameter>
test_parameters()
{
  std::vector<Parameter> all = {stages_to_run()};
  for (const StageEntry &stage : stage_entries())
    for (const StageKey &key : stage.keys)
      all.push_back(parameter_of(key));
  return all;
}


void
check_tests(const Case &c, std::vector<Contradiction> &found)
{
  const std::vector<std::string> &run = c.tests.run;
  if (run.empty() && !c.is_inserted())
    found.push_back({"tests.run",
                     "tests.run: is empty, which is allowed only if "
                     "insertion.technique inserts the screw; name one or more "
                     "of " +
                       list_of(stage_names())});
  for (const std::string &name : stage_names())
    if (std::count(run.begin(), run.end(), name) > 1)
      found.push_back(
        {"tests.run",
         "tests.run: \"" + name + "\" is there twice; each test runs once"});
  check_contact(c, found);
  for (const StageEntry &stage : stage_entries())
    if (stage.check && c.asks_for(stage.name))
      for (const Contradiction &own : stage.check(c))
        found.push_back(own);
}
} // namespace miniscrew
