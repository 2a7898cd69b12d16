// SPDX-License-Identifier: LGPL-2.1-or-later
// Curves as CSV.
#include "solver/output/curve_files.h"

#include "solver/base/log.h"
#include "solver/output/collective.h"
#include "solver/output/text_file.h"

#include <filesystem>

namespace miniscrew::output
{
void
write_curve(const std::string &path,
            const Curve       &curve,
            const MPI_Comm     communicator)
{
  on_first_rank(communicator, [&] {
    std::error_code ignored; // writing the file tells what is wrong
    std::filesystem::create_directories(
      std::filesystem::path(path).parent_path(), ignored);
  });
  std::string text;
  for (const std::string &column : curve.columns)
    text += (text.empty() ? "" : ",") + column;
  text += "\n";
  for (const std::vector<double> &row : curve.rows)
  {
    std::string line;
    for (const double value : row)
      line += (line.empty() ? "" : ",") + format("%.9g", value);
    text += line + "\n";
  }
  write_text(path, text, communicator);
}
} // namespace miniscrew::output
