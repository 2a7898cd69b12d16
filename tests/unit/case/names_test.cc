// SPDX-License-Identifier: LGPL-2.1-or-later
// Names that become folders.
#include "solver/case/names.h"

#include "tests/unit/case/case_text.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

using namespace miniscrew;
using namespace miniscrew::test;

namespace
{
const std::string screw = catalogue_screw_text;

/// What is wrong with a case of this file name; the file is there meanwhile.
std::string
complaint_about_file(const std::string &path)
{
  std::ofstream(path) << screw;
  std::string complaint;
  try
  {
    static_cast<void>(read_case_file(path));
  }
  catch (const UserError &error)
  {
    complaint = error.what();
  }
  std::remove(path.c_str());
  return complaint;
}

std::string
variants(const std::string &one, const std::string &two)
{
  return screw + "[[variant]]\nname = '" + one + "'\n[[variant]]\nname = '" +
         two + "'\n";
}
} // namespace

TEST(VariantName, MayBeThatOfAFolder)
{
  for (const std::string name :
       {"a", "1.5mm", "_x", "+20", "a-b_c+d.e", "Mesh2", "field", "run.1"})
    EXPECT_EQ(objection_to_variant_name(name), "") << name;
}

TEST(VariantName, IsNoneOfTheProgram)
{
  for (const std::string name : {"comparison.csv",
                                 "x.failed",
                                 "X.FAILED",
                                 "log.txt",
                                 "report.html",
                                 "figures",
                                 "Figures",
                                 "fields",
                                 "fields.pvd",
                                 "curves",
                                 "mesh",
                                 "interface",
                                 "last_converged",
                                 "a.checkpoint.h5",
                                 "run.json",
                                 "summary.json",
                                 "case.toml",
                                 "a.partial",
                                 "x.sbatch"})
    EXPECT_NE(objection_to_variant_name(name).find("program writes itself"),
              std::string::npos)
      << name;
}

TEST(VariantName, IsNoPathAndNotHidden)
{
  for (const std::string name : {"",
                                 ".",
                                 "..",
                                 ".x",
                                 "-x",
                                 "x.",
                                 "a b",
                                 "a/b",
                                 "../x",
                                 "a\nb",
                                 "a\\b",
                                 "\xC3\xA4",
                                 "\xE4",
                                 "$x",
                                 "x ",
                                 "a'b"})
    EXPECT_NE(objection_to_variant_name(name), "") << name;
  EXPECT_NE(objection_to_variant_name(std::string(101, 'x')), "");
  EXPECT_EQ(objection_to_variant_name(std::string(100, 'x')), "");
}

TEST(VariantName, DiffersByMoreThanTheCaseOfLetters)
{
  EXPECT_EQ(complaint_about(variants("a", "b")), "");
  EXPECT_NE(complaint_about(variants("Tilted", "tilted"))
              .find("'tilted' differs only by the case of its letters from "
                    "'Tilted' at line 5"),
            std::string::npos);
  EXPECT_NE(complaint_about(variants("a", "a"))
              .find("'a' is already the name of the variant at line 5"),
            std::string::npos);
}

TEST(CaseName, IsTakenFromTheFile)
{
  for (const std::string name :
       {"01_first", "a b (2)", "Schr\xC3\xA4ubchen", "v1.0", "x=2,y@3~[1]+"})
    EXPECT_EQ(complaint_about_file(name + ".toml"), "") << name;
}

TEST(CaseName, OfCaseTomlIsThatOfItsFolder)
{
  namespace fs          = std::filesystem;
  const fs::path folder = fs::absolute("case_name_test") / "two screws";
  fs::create_directories(folder);
  std::ofstream(folder / "case.toml") << screw;
  std::ofstream(folder / "other.toml") << screw;
  const auto name_of = [](const fs::path &path) {
    return read_case_file(path.string()).at(0).name;
  };
  EXPECT_EQ(name_of(folder / "case.toml"), "two screws");
  EXPECT_EQ(name_of("case_name_test/two screws/case.toml"), "two screws");
  EXPECT_EQ(name_of(folder / "." / "case.toml"), "two screws");
  EXPECT_EQ(name_of(folder / "other.toml"), "other");
  const fs::path before = fs::current_path();
  fs::current_path(folder);
  EXPECT_EQ(name_of("case.toml"), "two screws");
  fs::current_path(before);

  fs::rename(folder, folder.parent_path() / "-x");
  EXPECT_NE(complaint_about_file("case_name_test/-x/case.toml")
              .find("the name of the case, '-x', is taken from its folder"),
            std::string::npos);
  fs::remove_all(folder.parent_path());
}

TEST(CaseName, IsRefusedIfItMakesNoFolder)
{
  for (const std::string name : {".",
                                 "",
                                 ".x",
                                 "-x",
                                 " x",
                                 "x ",
                                 "x.",
                                 "a\nb",
                                 "x.failed",
                                 "\xE4",
                                 "x.checkpoint.h5",
                                 "a\x1B[31m",
                                 "$(id)",
                                 "a;b",
                                 "a\"b",
                                 "a'b",
                                 "a\\b",
                                 "a\xE2\x80\xAE",
                                 "a`b"})
  {
    const std::string path      = name + ".toml";
    const std::string complaint = complaint_about_file(path);
    EXPECT_NE(complaint.find("the name of the case"), std::string::npos)
      << path << " gave " << complaint;
    EXPECT_EQ(complaint.find('\n'), std::string::npos);
  }
}

TEST(CaseFilePath, IsThatOfAnOrdinaryFile)
{
  ASSERT_EQ(mkfifo("pipe.toml", 0600), 0);
  for (const std::string path : {"pipe.toml", "/dev/zero", "/dev/null"})
    try
    {
      static_cast<void>(read_case_file(path));
      FAIL() << path;
    }
    catch (const UserError &error)
    {
      EXPECT_NE(std::string(error.what()).find("is a pipe or a device"),
                std::string::npos)
        << error.what();
    }
  std::remove("pipe.toml");
  for (const std::string path : {"", ".", "no/x.toml", "x.toml/", "a\nb.toml"})
    EXPECT_THROW(static_cast<void>(read_case_file(path)), UserError) << path;
  EXPECT_THROW(static_cast<void>(read_case_file(std::string(5000, 'x'))),
               UserError);
}
