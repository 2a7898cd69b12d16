// SPDX-License-Identifier: LGPL-2.1-or-later
// Every option that a case may give reaches the coarse solver, and no other.
#include "solver/base/errors.h"
#include "solver/case/tables/petsc_options.h"
#include "solver/fem/multigrid/coarse_level.h"

#include "tests/unit/fem/small_block.h"

#include <gtest/gtest.h>

#include <algorithm>

using namespace miniscrew;
using namespace miniscrew::fem;

namespace
{
/// A coarse level that PETSc makes several levels of.
class SmallProblem
{
public:
  SmallProblem()
    : block_(small_block(1))
  {
    prescribe_rollers(block_.space);
  }

  std::unique_ptr<linear::AlgebraicMultigrid>
  solver(const linear::PetscOptionList &options) const
  {
    return make_coarse_level(
      block_.space, block_.geometry, verification::usual_materials(), options);
  }

  /// What one cycle of the solver gives.
  linear::Vector<float>
  cycle(const linear::AlgebraicMultigrid &solver) const
  {
    const auto b = arbitrary_vector<float>(block_.space, 3);
    auto       x = block_.space.make_vector<float>();
    solver.vmult(x, b);
    return x;
  }

  std::string
  error_of(const linear::PetscOptionList &options) const
  {
    try
    {
      solver(options);
    }
    catch (const UserError &error)
    {
      return error.what();
    }
    return "";
  }

private:
  verification::Discretisation block_;
};

const std::pair<std::string, std::string> several_levels = {
  "coarse_pc_gamg_coarse_eq_limit",
  "30"};

/// A value of an option that is not its default.
std::string
sample_of(const PetscOption &option)
{
  switch (option.kind)
  {
    case PetscOption::Kind::whole:
      return std::to_string(static_cast<int>(std::min(option.max, 3.)));
    case PetscOption::Kind::real:
      return "0.3";
    case PetscOption::Kind::reals:
      return option.name.find("esteig") != std::string::npos ? "0,0.1,0,1.1"
                                                             : "0.01,0";
    case PetscOption::Kind::flag:
      return "true";
    case PetscOption::Kind::choice:
      break;
  }
  return option.names.front();
}

/// Makes the conditions of an option true, the outermost first.
void
add_conditions(const PetscOption &option, linear::PetscOptionList &list)
{
  if (option.condition.empty())
    return;
  for (const PetscOption &other : known_petsc_options())
    if (other.name == option.condition)
    {
      add_conditions(other, list);
      const auto &values = option.condition_values;
      if (std::find(values.begin(), values.end(), other.in_force) ==
          values.end())
        list.emplace_back(other.name, values.front());
    }
}

std::string
text_of(const linear::PetscOptionList &list)
{
  std::string text;
  for (const auto &[name, value] : list)
    text += "-" + name + " " + value + " ";
  return text;
}

bool
is_on_gamg(const linear::PetscOptionList &list)
{
  return std::none_of(list.begin(), list.end(), [](const auto &entry) {
    return entry.first == "coarse_pc_type" && entry.second != "gamg";
  });
}

bool
has(const linear::PetscOptionList &list, const std::string &name)
{
  return std::any_of(list.begin(), list.end(), [&](const auto &entry) {
    return entry.first == name;
  });
}
} // namespace


TEST(PetscOptions, AreAllUsed)
{
  const SmallProblem problem;
  const bool         is_alone =
    dealii::Utilities::MPI::n_mpi_processes(MPI_COMM_WORLD) == 1;
  for (const PetscOption &option : known_petsc_options())
  {
    // PETSc's own factors are those of one rank.
    if (!is_alone && sample_of(option) == "petsc")
      continue;
    linear::PetscOptionList list;
    add_conditions(option, list);
    list.emplace_back(option.name, sample_of(option));
    if (is_on_gamg(list) && !has(list, several_levels.first))
      list.push_back(several_levels);
    EXPECT_EQ(parse_petsc_options(text_of(list)), list) << text_of(list);
    EXPECT_EQ(problem.error_of(list), "") << text_of(list);
  }
}


TEST(PetscOptions, HaveValuesThatPetscKnows)
{
  const SmallProblem problem;
  const bool         is_alone =
    dealii::Utilities::MPI::n_mpi_processes(MPI_COMM_WORLD) == 1;
  for (const PetscOption &option : known_petsc_options())
    for (const std::string &value : option.names)
    {
      linear::PetscOptionList list;
      add_conditions(option, list);
      list.emplace_back(option.name, value);
      if (is_on_gamg(list))
        list.push_back(several_levels);
      // PETSc's own factors are those of one rank.
      const bool factors = value == "lu" || value == "cholesky";
      const bool is_own  = value == "petsc";
      if (!is_alone && (is_own || (factors && option.name == "coarse_pc_type")))
        continue;
      EXPECT_EQ(problem.error_of(list), "") << text_of(list);
    }
}


TEST(PetscOptions, OfOneSolverLeaveTheNextAlone)
{
  const SmallProblem problem;
  const auto         before   = problem.solver({});
  const auto         expected = problem.cycle(*before);
  {
    const auto other = problem.solver({{"coarse_pc_type", "jacobi"}});
    EXPECT_EQ(other->description(), "replaced by expert options");
    // Also while both live.
    auto same = problem.cycle(*before);
    same -= expected;
    EXPECT_EQ(same.l2_norm(), 0.);
  }
  const auto after = problem.solver({});
  EXPECT_EQ(after->description(), before->description());
  auto same = problem.cycle(*after);
  same -= expected;
  EXPECT_EQ(same.l2_norm(), 0.);
}


TEST(PetscOptions, ThatAreNotUsedAreRefused)
{
  const SmallProblem problem;
  EXPECT_EQ(problem
              .error_of({{"coarse_pc_type", "jacobi"},
                         {"coarse_mg_levels_pc_type", "sor"}})
              .rfind("solver.petsc_options: -coarse_mg_levels_pc_type sor was "
                     "not used",
                     0),
            0);
}


TEST(PetscOptions, ThatPetscRefusesGiveOneSentence)
{
  const SmallProblem problem;
  for (const linear::PetscOptionList &list :
       {linear::PetscOptionList{{"coarse_pc_type", "no such type"}},
        linear::PetscOptionList{{"coarse_pc_gamg_agg_nsmooths", "abc"}}})
  {
    ::testing::internal::CaptureStderr();
    ::testing::internal::CaptureStdout();
    const std::string error = problem.error_of(list);
    EXPECT_EQ(::testing::internal::GetCapturedStdout(), "");
    EXPECT_EQ(::testing::internal::GetCapturedStderr(), "");
    EXPECT_EQ(error.rfind("solver.petsc_options: PETSc failed", 0), 0) << error;
    EXPECT_EQ(error.find('\n'), std::string::npos) << error;
  }
  // The next solver works all the same.
  EXPECT_EQ(problem.error_of({}), "");
}
