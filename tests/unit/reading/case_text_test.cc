// SPDX-License-Identifier: LGPL-2.1-or-later
// Case files that are not where a path says, and what it may have meant.
#include "solver/base/errors.h"
#include "solver/case/reading/case_text.h"

#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>

using namespace miniscrew;

namespace
{
namespace fs = std::filesystem;

/// Two cases that are folders, and one that is a file.
class CaseText : public ::testing::Test
{
protected:
  void
  SetUp() override
  {
    for (const char *folder : {"01_first_screw", "02_interface", "notes"})
      fs::create_directories(root_ / folder);
    for (const char *file : {"01_first_screw/case.toml",
                             "02_interface/case.toml",
                             "notes/readme.txt",
                             "pull_out.toml"})
      std::ofstream(root_ / file) << file;
  }

  void
  TearDown() override
  {
    fs::remove_all(root_);
  }

  /// What follows the path in the complaint about it.
  std::string
  complaint(const std::string &name) const
  {
    const std::string path = (root_ / name).string();
    try
    {
      return "read: " + read_case_text(path);
    }
    catch (const UserError &error)
    {
      return std::string(error.what()).substr(path.size());
    }
  }

  std::string
  missing(const std::string &meant) const
  {
    return " does not exist; did you mean '" + (root_ / meant).string() + "'?";
  }

  const fs::path root_ = "case_text_" + std::to_string(getpid());
};
} // namespace

TEST_F(CaseText, IsRead)
{
  EXPECT_EQ(complaint("pull_out.toml"), "read: pull_out.toml");
}

TEST_F(CaseText, IsSuggestedUnderTheSameParent)
{
  const std::string first = "01_first_screw/case.toml";
  EXPECT_EQ(complaint("01_frist_screw/case.toml"), missing(first));
  EXPECT_EQ(complaint("01_frist_screw"), missing(first));
  EXPECT_EQ(complaint("01_first_screw/cse.toml"), missing(first));
  EXPECT_EQ(complaint("2_interface/case.toml"),
            missing("02_interface/case.toml"));
  EXPECT_EQ(complaint("pullout.toml"), missing("pull_out.toml"));
}

TEST_F(CaseText, IsNotSuggestedIfNothingIsNear)
{
  EXPECT_EQ(complaint("x/case.toml"), " does not exist");
  EXPECT_EQ(complaint("note"), " does not exist");
  EXPECT_EQ(complaint("a/b/case.toml"), " does not exist");
  EXPECT_EQ(complaint("bending.toml"), " does not exist");
}

TEST_F(CaseText, OfAFolderIsTheCaseInIt)
{
  EXPECT_EQ(complaint("02_interface"),
            " is a folder, expected a case file (.toml); did you mean '" +
              (root_ / "02_interface/case.toml").string() + "'?");
  EXPECT_EQ(complaint("notes"), " is a folder, expected a case file (.toml)");
}
