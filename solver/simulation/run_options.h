// SPDX-License-Identifier: LGPL-2.1-or-later
// Where results go and what is computed.
#pragma once

#include <string>

namespace miniscrew::simulation
{
struct RunOptions
{
  /// Folder of the results; empty: results/<case>[/<variant>] under the
  /// current directory.
  std::string output;
  /// Go on from a checkpoint that an interrupted run left.
  bool resume = false;
  /// The file that the case was read from, which no result may replace; empty
  /// if there is none.
  std::string case_file;
};
} // namespace miniscrew::simulation
