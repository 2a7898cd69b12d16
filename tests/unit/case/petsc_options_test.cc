// SPDX-License-Identifier: LGPL-2.1-or-later
// PETSc's options in a case: what is taken and what is refused.
#include "solver/case/tables/petsc_options.h"

#include "case_text.h"

#include <gtest/gtest.h>

using namespace miniscrew;

namespace
{
std::string
complaint(const std::string &options)
{
  try
  {
    static_cast<void>(parse_petsc_options(options));
  }
  catch (const UserError &error)
  {
    return error.what();
  }
  return "";
}
} // namespace


TEST(PetscOptionsOfACase, AreReadInOrder)
{
  const PetscOptions expected = {{"coarse_pc_gamg_threshold", "0.02,-1"},
                                 {"coarse_pc_gamg_repartition", "true"},
                                 {"coarse_mg_levels_pc_type", "sor"},
                                 {"coarse_mg_levels_pc_sor_omega", "1.2"}};
  EXPECT_EQ(parse_petsc_options(
              " -coarse_pc_gamg_threshold 0.02,-1\t-coarse_pc_gamg_repartition "
              "-coarse_mg_levels_pc_type sor\n"
              "-coarse_mg_levels_pc_sor_omega 1.2 "),
            expected);
  EXPECT_TRUE(parse_petsc_options("").empty());
}


TEST(PetscOptionsOfACase, AreOnlyThoseOfTheCoarseSolver)
{
  const std::string other = " is not among those of the coarse solver that a "
                            "case may give, such as "
                            "-coarse_pc_gamg_threshold 0.02";
  for (const char *option : {"-mat_view ascii:file",
                             "-coarse_pc_view ascii:file",
                             "-coarse_mg_levels_ksp_monitor",
                             "-dll_prepend library.so",
                             "-options_file file",
                             "-prefix_push coarse_",
                             "-log_view :file",
                             "-malloc_dump",
                             "-on_error_attach_debugger",
                             "-coarse_pc_hypre_boomeramg_print_statistics",
                             "-coarse_pc_mg_dump_binary",
                             "-help"})
  {
    const std::string word =
      std::string(option).substr(0, std::string(option).find(' '));
    EXPECT_EQ(complaint(option).rfind("option '" + word + "'" + other, 0), 0)
      << complaint(option);
  }
  EXPECT_EQ(complaint("-coarse_pc_gamg_treshold 0.02"),
            "option '-coarse_pc_gamg_treshold'" + other +
              "; did you mean '-coarse_pc_gamg_threshold'?");
  EXPECT_EQ(complaint("-pc_gamg_threshold 0.02"),
            "option '-pc_gamg_threshold'" + other +
              "; did you mean '-coarse_pc_gamg_threshold'?");
}


TEST(PetscOptionsOfACase, HaveValuesThatAreAllowed)
{
  const std::string threshold = "-coarse_pc_gamg_threshold has ";
  const std::string numbers =
    ", allowed is numbers >= -1 and <= 1 with commas between them";
  for (const char *value : {"abc", "0.1,", ",", "nan", "2", "0.1;0.2", "1e999"})
    EXPECT_EQ(complaint("-coarse_pc_gamg_threshold " + std::string(value)),
              threshold + "the value '" + value + "'" + numbers);
  EXPECT_EQ(complaint("-coarse_pc_gamg_threshold"),
            threshold + "no value" + numbers);
  EXPECT_EQ(complaint("-coarse_pc_gamg_agg_nsmooths 1.5"),
            "-coarse_pc_gamg_agg_nsmooths has the value '1.5', allowed is a "
            "whole number >= 0 and <= 4");
  EXPECT_EQ(
    complaint("-coarse_pc_type gang")
      .find("-coarse_pc_type has the value 'gang', allowed is gamg, hypre"),
    0u);
  EXPECT_EQ(complaint("-coarse_pc_gamg_repartition maybe"),
            "-coarse_pc_gamg_repartition has the value 'maybe', allowed is "
            "true or false");
}


TEST(PetscOptionsOfACase, GoTogether)
{
  EXPECT_EQ(complaint("-coarse_pc_type jacobi -coarse_mg_levels_pc_sor_its 2"),
            "-coarse_mg_levels_pc_sor_its is not used with "
            "-coarse_mg_levels_pc_type jacobi, but with sor");
  EXPECT_EQ(complaint("-coarse_pc_type jacobi "
                      "-coarse_mg_levels_ksp_chebyshev_esteig 0,0.1,0,1.1"),
            "-coarse_mg_levels_ksp_chebyshev_esteig is not used with "
            "-coarse_pc_type jacobi, but with gamg");
  EXPECT_EQ(complaint("-coarse_pc_hypre_boomeramg_P_max 4"),
            "-coarse_pc_hypre_boomeramg_P_max is not used with "
            "-coarse_pc_type gamg, but with hypre");
  EXPECT_EQ(complaint("-coarse_pc_type sor -coarse_pc_type gamg"),
            "-coarse_pc_type is given twice");
  EXPECT_EQ(complaint("0.02"),
            "expected an option such as -coarse_pc_gamg_threshold 0.02, got "
            "'0.02'");
}


TEST(PetscOptionsOfACase, AreCheckedWhereTheyStand)
{
  const std::string text =
    std::string(test::catalogue_screw_text) +
    "[solver]\npetsc_options = \"-coarse_pc_type gang\"\n";
  const std::string found = test::complaint_about(text);
  EXPECT_NE(found.find(".toml:6:"), std::string::npos) << found;
  EXPECT_NE(found.find("solver.petsc_options"), std::string::npos) << found;
  EXPECT_NE(found.find("-coarse_pc_type has the value 'gang'"),
            std::string::npos)
    << found;
}


TEST(PetscOptionsOfACase, AreNotEchoedAtLength)
{
  EXPECT_LT(complaint("-" + std::string(100000, 'x')).size(), 300u);
  EXPECT_LT(complaint("-coarse_pc_type " + std::string(100000, 'x')).size(),
            300u);
  EXPECT_EQ(complaint(std::string("-x\033[2J")).find('\033'),
            std::string::npos);
}
