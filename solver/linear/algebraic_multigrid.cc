// SPDX-License-Identifier: LGPL-2.1-or-later
// PETSc handles behind AlgebraicMultigrid.
#include "solver/linear/algebraic_multigrid.h"

#include "solver/base/errors.h"

#include <petscksp.h>

#include <algorithm>

namespace miniscrew::linear
{
namespace
{
void
check(const PetscErrorCode code, const char *what)
{
  if (code != 0)
    throw std::runtime_error(std::string("PETSc failed in ") + what +
                             " (error " + std::to_string(code) + ")");
}

// Our defaults; what the user gave in the options stays.
void
set_default(const char *name, const char *value)
{
  PetscBool is_set = PETSC_FALSE;
  PetscOptionsHasName(nullptr, nullptr, name, &is_set);
  if (is_set == PETSC_FALSE)
    PetscOptionsSetValue(nullptr, name, value);
}
} // namespace

struct AlgebraicMultigrid::Implementation
{
  Mat                       matrix = nullptr;
  PC                        pc     = nullptr;
  Vec                       x      = nullptr;
  Vec                       b      = nullptr;
  std::vector<unsigned int> nodes; ///< of the rows

  ~Implementation()
  {
    VecDestroy(&x);
    VecDestroy(&b);
    PCDestroy(&pc);
    MatDestroy(&matrix);
  }
};

AlgebraicMultigrid::AlgebraicMultigrid(
  const MPI_Comm                   communicator,
  const std::vector<unsigned int> &own_row_lengths,
  const std::vector<unsigned int> &other_row_lengths,
  const std::string               &expert_options)
  : petsc_(std::make_unique<Implementation>())
{
  if (!expert_options.empty() &&
      PetscOptionsInsertString(nullptr, expert_options.c_str()) != 0)
    throw UserError("solver.petsc_options = \"" + expert_options +
                    "\" is not a list of PETSc options");
  const PetscInt        n = 3 * static_cast<PetscInt>(own_row_lengths.size());
  std::vector<PetscInt> owned, other;
  for (std::size_t i = 0; i < own_row_lengths.size(); ++i)
    for (unsigned int c = 0; c < 3; ++c)
    {
      owned.push_back(3 * own_row_lengths[i]);
      other.push_back(3 * other_row_lengths[i]);
    }
  Mat &A = petsc_->matrix;
  check(MatCreate(communicator, &A), "MatCreate");
  MatSetSizes(A, n, n, PETSC_DETERMINE, PETSC_DETERMINE);
  MatSetBlockSize(A, 3);
  MatSetType(A, MATAIJ);
  MatSeqAIJSetPreallocation(A, 0, owned.data());
  MatMPIAIJSetPreallocation(A, 0, owned.data(), 0, other.data());
  MatSetOption(A, MAT_NEW_NONZERO_ALLOCATION_ERR, PETSC_FALSE);
  MatSetOption(A, MAT_SPD, PETSC_TRUE);
}

AlgebraicMultigrid::~AlgebraicMultigrid() = default;

void
AlgebraicMultigrid::add(const std::vector<int>    &unknowns,
                        const std::vector<double> &block)
{
  const PetscInt n = static_cast<PetscInt>(unknowns.size());
  check(MatSetValues(petsc_->matrix,
                     n,
                     unknowns.data(),
                     n,
                     unknowns.data(),
                     block.data(),
                     ADD_VALUES),
        "MatSetValues");
}

void
AlgebraicMultigrid::finish(const std::vector<int>                   &held,
                           const std::vector<std::array<double, 3>> &positions,
                           const std::vector<unsigned int>          &nodes,
                           const std::vector<double>                &thresholds)
{
  petsc_->nodes = nodes;
  Mat &A        = petsc_->matrix;
  // Their places must exist before the matrix is compressed.
  for (const int i : held)
    MatSetValue(A, i, i, 0., ADD_VALUES);
  check(MatAssemblyBegin(A, MAT_FINAL_ASSEMBLY), "MatAssemblyBegin");
  check(MatAssemblyEnd(A, MAT_FINAL_ASSEMBLY), "MatAssemblyEnd");
  check(MatCreateVecs(A, &petsc_->x, &petsc_->b), "MatCreateVecs");

  MatGetDiagonal(A, petsc_->x);
  PetscScalar scale = 0.;
  VecSum(petsc_->x, &scale);
  PetscInt n = 0;
  VecGetSize(petsc_->x, &n);
  scale /= std::max<PetscInt>(n, 1);
  for (const int i : held)
    MatSetValue(A, i, i, scale, ADD_VALUES);
  MatAssemblyBegin(A, MAT_FINAL_ASSEMBLY);
  MatAssemblyEnd(A, MAT_FINAL_ASSEMBLY);

  VecSetBlockSize(petsc_->x, 3);
  PetscScalar *coordinates = nullptr;
  VecGetArray(petsc_->x, &coordinates);
  for (std::size_t i = 0; i < positions.size(); ++i)
    std::copy(positions[i].begin(), positions[i].end(), coordinates + 3 * i);
  VecRestoreArray(petsc_->x, &coordinates);
  MatNullSpace modes = nullptr;
  check(MatNullSpaceCreateRigidBody(petsc_->x, &modes), "rigid-body modes");
  MatSetNearNullSpace(A, modes);
  MatNullSpaceDestroy(&modes);

  PC &pc = petsc_->pc;
  check(PCCreate(PetscObjectComm(reinterpret_cast<PetscObject>(A)), &pc),
        "PCCreate");
  PCSetOptionsPrefix(pc, "coarse_");
  PCSetType(pc, PCGAMG);
  // Measured at 1.88 million unknowns of a threaded screw on two ranks: these
  // (with thresholds 0.06, 0.01) 37 iterations, 7 s of set-up, 1040 B per
  // unknown in all; thresholds 0.08, 0.01 and two cycles 30, 75 s, 1850 B;
  // thresholds 0.03 and two cycles 53, 5.5 s, 920 B. The solve takes 18 to 19 s
  // with all of them.
  std::vector<PetscReal> strengths(thresholds.begin(), thresholds.end());
  PCGAMGSetThreshold(pc, strengths.data(), strengths.size());
  set_default("-coarse_pc_gamg_aggressive_coarsening", "1");
  set_default("-coarse_pc_mg_multiplicative_cycles", "3");
  set_default("-coarse_pc_gamg_agg_nsmooths", "1");
  set_default("-coarse_pc_gamg_coarse_eq_limit", "600");
  set_default("-coarse_pc_gamg_process_eq_limit", "300");
  set_default("-coarse_mg_levels_ksp_type", "chebyshev");
  set_default("-coarse_mg_levels_ksp_max_it", "2");
  set_default("-coarse_mg_levels_pc_type", "jacobi");
  PCSetFromOptions(pc);
  PCSetOperators(pc, A, A);
  check(PCSetUp(pc), "set-up of the algebraic multigrid");
}

void
AlgebraicMultigrid::vmult(Vector<float> &dst, const Vector<float> &src) const
{
  PetscScalar *b = nullptr;
  VecGetArray(petsc_->b, &b);
  const auto &nodes = petsc_->nodes;
  for (std::size_t i = 0; i < nodes.size(); ++i)
    for (unsigned int c = 0; c < 3; ++c)
      b[3 * i + c] = src.local_element(3 * nodes[i] + c);
  VecRestoreArray(petsc_->b, &b);
  check(PCApply(petsc_->pc, petsc_->b, petsc_->x), "PCApply");
  const PetscScalar *x = nullptr;
  VecGetArrayRead(petsc_->x, &x);
  dst = 0.f;
  for (std::size_t i = 0; i < nodes.size(); ++i)
    for (unsigned int c = 0; c < 3; ++c)
      dst.local_element(3 * nodes[i] + c) = static_cast<float>(x[3 * i + c]);
  VecRestoreArrayRead(petsc_->x, &x);
}

std::string
AlgebraicMultigrid::description() const
{
  PetscBool is_gamg = PETSC_FALSE;
  PetscObjectTypeCompare(
    reinterpret_cast<PetscObject>(petsc_->pc), PCGAMG, &is_gamg);
  if (is_gamg == PETSC_FALSE)
    return "replaced by expert options";
  PetscInt  n_levels   = 0;
  PetscReal complexity = 0.;
  PCMGGetLevels(petsc_->pc, &n_levels);
  PCMGGetGridComplexity(petsc_->pc, &complexity, nullptr);
  char text[100];
  std::snprintf(text,
                sizeof(text),
                "%d levels, operator complexity %.2f",
                static_cast<int>(n_levels),
                static_cast<double>(complexity));
  return text;
}
} // namespace miniscrew::linear
