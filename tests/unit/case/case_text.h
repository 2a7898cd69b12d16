// SPDX-License-Identifier: LGPL-2.1-or-later
// Case files written by tests.
#pragma once

#include "solver/base/errors.h"
#include "solver/case/case_file.h"

#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

namespace miniscrew::test
{
/// The cases in @p text, read from a file of its own. The file lies in the
/// working directory while this runs.
inline std::vector<Case>
read_text_as_case(const std::string              &text,
                  const std::vector<std::string> &settings = {})
{
  const std::string path = "case_" + std::to_string(getpid()) + ".toml";
  std::ofstream(path) << text;
  try
  {
    const std::vector<Case> cases = read_case_file(path, settings);
    std::remove(path.c_str());
    return cases;
  }
  catch (...)
  {
    std::remove(path.c_str());
    throw;
  }
}

/// What is wrong with @p text; empty if nothing is.
inline std::string
complaint_about(const std::string              &text,
                const std::vector<std::string> &settings = {})
{
  try
  {
    read_text_as_case(text, settings);
    return "";
  }
  catch (const UserError &error)
  {
    return error.what();
  }
}

/// A screw of the catalogue, for cases about something else.
constexpr const char *catalogue_screw_text = "[screw]\n"
                                             "system = \"Dual Top\"\n"
                                             "diameter_mm = 1.6\n"
                                             "length_mm = 8\n";
} // namespace miniscrew::test
