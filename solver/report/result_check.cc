// SPDX-License-Identifier: LGPL-2.1-or-later
// Looks at the files of a result.
#include "solver/report/result_check.h"

#include "solver/base/errors.h"
#include "solver/base/run_record.h"
#include "solver/base/shown.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

namespace miniscrew::report
{
namespace
{
namespace fs = std::filesystem;
using Json   = nlohmann::json;

// Results are some five levels deep.
constexpr int greatest_depth = 50;

std::string
read_text(const fs::path &path)
{
  errno = 0;
  std::ifstream      file(path);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file.is_open() || file.bad())
    throw IoError("cannot read '" + path.string() +
                  "': " + std::strerror(errno));
  return text.str();
}

/// Files of a complete run besides those that are read.
std::vector<std::string>
files_of(const ResultContents &contents)
{
  std::vector<std::string> names = {"log.txt", "results.h5"};
  for (const std::string &name : contents.curves)
    names.push_back(curve_file(name));
  for (const std::string &name : contents.fields)
    names.push_back(name + ".pvd");
  return names;
}

std::string
text_at(const Json &table, const std::string &key)
{
  return table.contains(key) && table[key].is_string()
           ? table[key].get<std::string>()
           : "";
}

/// What check_... find is thrown and caught below.
void
require(const bool condition, const std::string &complaint)
{
  if (!condition)
    throw UserError(complaint);
}

void
check_summary(const fs::path &folder, const ResultContents &contents)
{
  const Json summary = read_table((folder / "summary.json").string());
  for (const std::string &name : contents.tables)
    require(summary.contains(name) && summary[name].is_object(),
            "summary.json has no table " + name);
  for (const char *mark : {"incomplete", "not_written"})
    require(!summary.contains(mark) || summary[mark].empty(),
            "the run did not come to its end");
}

/// The result must be of this case: the same values, or it says which differ.
void
check_case(const fs::path &folder, const EffectiveCase &effective)
{
  const auto kept =
    EffectiveCase::from_toml(read_text((folder / "case.toml").string()));
  require(kept.has_value(), "its case.toml is not as it was written");
  const std::vector<std::string> keys = effective.difference(*kept);
  if (!keys.empty())
    throw UserError(
      "it is of another case: " + shown(keys[0]) +
      (keys.size() > 1 ? " and others are different" : " is different"));
}

void
check_program(const fs::path &folder)
{
  const Json        run = read_table((folder / "run.json").string());
  const std::string line =
    version_line(text_at(run, "version"), text_at(run, "commit"));
  require(line == version_line(),
          "it was computed by " + line + ", and this is " + version_line());
}
} // namespace


Json
read_table(const std::string &path)
{
  const std::string text    = read_text(path);
  bool              is_deep = false;
  const Json        result  = Json::parse(
    text,
    [&](const int depth, Json::parse_event_t, Json &) {
      is_deep = is_deep || depth > greatest_depth;
      return !is_deep;
    },
    false);
  if (text.empty())
    throw UserError("'" + path +
                    "' is empty, so this is no whole result of "
                    "miniscrew");
  if (result.is_discarded() || is_deep)
    throw UserError("'" + path +
                    "' is cut off or damaged, so this is no whole "
                    "result of miniscrew");
  if (!result.is_object())
    throw UserError("'" + path + "' holds " +
                    (result.is_array() ? "an array" : "a single value") +
                    " instead of a table, so this is no result of miniscrew");
  return result;
}


std::string
why_not_complete(const std::string    &folder,
                 const EffectiveCase  &effective,
                 const ResultContents &contents)
{
  const fs::path path(folder);
  try
  {
    require(fs::is_regular_file(path / "summary.json"), "there is none");
    check_summary(path, contents);
    check_case(path, effective);
    check_program(path);
    for (const std::string &name : files_of(contents))
      require(fs::is_regular_file(path / name), "it lacks " + name);
  }
  catch (const std::exception &error)
  {
    return error.what();
  }
  return "";
}
} // namespace miniscrew::report
