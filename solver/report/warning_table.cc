// SPDX-License-Identifier: LGPL-2.1-or-later
// Counts, rows and lines of warnings.
#include "solver/report/warning_table.h"

#include "solver/base/warnings.h"
#include "solver/report/quantities.h"

#include <algorithm>

namespace miniscrew::report
{
namespace
{
/// The warnings of a summary, which may be of a version that has none.
std::vector<Warning>
warnings_of(const Record &summary)
{
  std::vector<Warning> result;
  for (const Record &row : summary.rows(part::warnings))
  {
    const std::string key = row.text(quantity::warning_key);
    result.push_back(
      {key.empty() ? "warning" : key, row.text(quantity::warning_sentence)});
  }
  return result;
}

void
add_once(std::vector<std::string> &list, const std::string &entry)
{
  if (std::find(list.begin(), list.end(), entry) == list.end())
    list.push_back(entry);
}

/// Which stages of each result came to no end.
void
add_incomplete(Table &table, const std::vector<NamedResult> &results)
{
  std::vector<std::string> cells;
  bool                     is_empty = true;
  for (const NamedResult &result : results)
  {
    std::string text;
    for (const std::string &name : result.summary.texts(quantity::incomplete))
      text += (text.empty() ? "" : ", ") + name;
    is_empty = is_empty && text.empty();
    cells.push_back(text.empty() ? "-" : text);
  }
  if (!is_empty)
    table.add("incomplete", cells);
}
} // namespace

void
add_number_of_warnings(Table &table, const std::vector<NamedResult> &results)
{
  std::vector<std::string> cells;
  bool                     is_empty = true;
  for (const NamedResult &result : results)
  {
    const bool has = result.summary.lists().count(part::warnings) > 0 ||
                     result.summary.values().count(part::warnings) > 0;
    cells.push_back(has ? std::to_string(warnings_of(result.summary).size())
                        : "-");
    is_empty = is_empty && !has;
  }
  if (!is_empty)
    table.add("warnings", cells);
  add_incomplete(table, results);
}

void
add_warnings(Table &table, const std::vector<NamedResult> &results)
{
  std::vector<std::string> keys;
  for (const NamedResult &result : results)
    for (const Warning &warning : warnings_of(result.summary))
      add_once(keys, warning.key);
  for (const std::string &key : keys)
  {
    std::vector<std::string> cells;
    for (const NamedResult &result : results)
    {
      std::string text;
      for (const Warning &warning : warnings_of(result.summary))
        if (warning.key == key)
          text += (text.empty() ? "" : " | ") + warning.sentence;
      cells.push_back(text.empty() ? "-" : text);
    }
    table.add("warning: " + key, cells);
  }
}

std::string
warning_lines(const std::vector<NamedResult> &results)
{
  std::vector<std::string> sentences;
  for (const NamedResult &result : results)
    for (const Warning &warning : warnings_of(result.summary))
      add_once(sentences, warning.sentence);
  std::string text;
  for (const std::string &sentence : sentences)
  {
    std::string names;
    for (const NamedResult &result : results)
      for (const Warning &warning : warnings_of(result.summary))
        if (warning.sentence == sentence)
        {
          names += (names.empty() ? "" : ", ") + result.name;
          break;
        }
    text += "\n  " + (results.size() > 1 ? names + ": " : "") + sentence;
  }
  return text.empty() ? "" : "warnings:" + text;
}
} // namespace miniscrew::report
