// SPDX-License-Identifier: LGPL-2.1-or-later
// PETSc handles behind AlgebraicMultigrid.
#include "solver/linear/algebraic_multigrid.h"

#include "solver/base/errors.h"
#include "solver/linear/petsc_scope.h"

#include <deal.II/base/mpi.h>

#include <petscksp.h>

#include <algorithm>
#include <limits>

namespace miniscrew::linear
{
namespace
{
constexpr const char *prefix = "coarse_";

// Measured at 1.88 million unknowns of a threaded screw on two ranks: these
// (with thresholds 0.06, 0.01) 37 iterations, 7 s of set-up, 1040 B per
// unknown in all; thresholds 0.08, 0.01 and two cycles 30, 75 s, 1850 B;
// thresholds 0.03 and two cycles 53, 5.5 s, 920 B. The solve takes 18 to 19 s
// with all of them.
const PetscOptionList our_options = {
  {"coarse_pc_gamg_aggressive_coarsening", "1"},
  {"coarse_pc_mg_multiplicative_cycles", "3"},
  {"coarse_pc_gamg_agg_nsmooths", "1"},
  {"coarse_pc_gamg_coarse_eq_limit", "600"},
  {"coarse_pc_gamg_process_eq_limit", "300"},
  {"coarse_mg_levels_ksp_type", "chebyshev"},
  {"coarse_mg_levels_ksp_max_it", "2"},
  {"coarse_mg_levels_pc_type", "jacobi"}};

// PETSc's numbers of unknowns may have 32 bits.
void
check_number_of_unknowns(const std::size_t n_here, const MPI_Comm communicator)
{
  const auto n =
    dealii::Utilities::MPI::sum(std::uint64_t(n_here), communicator);
  if (n > std::uint64_t(std::numeric_limits<PetscInt>::max()))
    throw UserError("the coarse level has " + std::to_string(n) +
                    " unknowns, more than this PETSc can number; use a coarser "
                    "discretisation, or PETSc with 64-bit numbers");
}
} // namespace

struct AlgebraicMultigrid::Implementation
{
  MPI_Comm                  communicator    = MPI_COMM_NULL;
  unsigned int              block_size      = 0;
  NearNullSpace             near_null_space = NearNullSpace::constants;
  PetscOptionList           given;
  PetscOptions              options = nullptr;
  Mat                       matrix  = nullptr;
  PC                        pc      = nullptr;
  Vec                       x       = nullptr;
  Vec                       b       = nullptr;
  std::vector<unsigned int> nodes; ///< of the rows

  // What cannot be freed is lost; nobody can be told.
  ~Implementation()
  {
    static_cast<void>(VecDestroy(&x));
    static_cast<void>(VecDestroy(&b));
    static_cast<void>(PCDestroy(&pc));
    static_cast<void>(MatDestroy(&matrix));
    static_cast<void>(PetscOptionsDestroy(&options));
  }

  void set_near_null_space(const std::vector<std::array<double, 3>> &positions);
  void set_up(const std::vector<double> &thresholds);
  void check_all_used();
};

AlgebraicMultigrid::AlgebraicMultigrid(
  const MPI_Comm                   communicator,
  const unsigned int               block_size,
  const NearNullSpace              near_null_space,
  const std::vector<unsigned int> &own_row_lengths,
  const std::vector<unsigned int> &other_row_lengths,
  const PetscOptionList           &options)
  : petsc_(std::make_unique<Implementation>())
{
  const std::size_t n_rows = block_size * own_row_lengths.size();
  check_number_of_unknowns(n_rows, communicator);
  petsc_->communicator    = communicator;
  petsc_->block_size      = block_size;
  petsc_->near_null_space = near_null_space;
  petsc_->given           = options;
  if (PetscOptionsCreate(&petsc_->options) != 0)
    throw std::bad_alloc();
  const PetscScope petsc(petsc_->options);
  // What comes later takes the place of what was there.
  for (const auto *list : {&our_options, &options})
    for (const auto &[name, value] : *list)
      petsc.check(PetscOptionsSetValue(
        petsc_->options, ("-" + name).c_str(), value.c_str()));
  const PetscInt        n = static_cast<PetscInt>(n_rows);
  std::vector<PetscInt> owned, other;
  for (std::size_t i = 0; i < own_row_lengths.size(); ++i)
    for (unsigned int c = 0; c < block_size; ++c)
    {
      owned.push_back(block_size * own_row_lengths[i]);
      other.push_back(block_size * other_row_lengths[i]);
    }
  Mat &A = petsc_->matrix;
  petsc.check(MatCreate(communicator, &A));
  petsc.check(MatSetSizes(A, n, n, PETSC_DETERMINE, PETSC_DETERMINE));
  petsc.check(MatSetBlockSize(A, block_size));
  petsc.check(MatSetType(A, MATAIJ));
  petsc.check(MatSeqAIJSetPreallocation(A, 0, owned.data()));
  petsc.check(MatMPIAIJSetPreallocation(A, 0, owned.data(), 0, other.data()));
  petsc.check(MatSetOption(A, MAT_NEW_NONZERO_ALLOCATION_ERR, PETSC_FALSE));
  petsc.check(MatSetOption(A, MAT_SPD, PETSC_TRUE));
}

AlgebraicMultigrid::~AlgebraicMultigrid() = default;

void
AlgebraicMultigrid::add(const std::vector<int>    &unknowns,
                        const std::vector<double> &block)
{
  const PetscScope petsc(petsc_->options);
  const PetscInt   n = static_cast<PetscInt>(unknowns.size());
  petsc.check(MatSetValues(petsc_->matrix,
                           n,
                           unknowns.data(),
                           n,
                           unknowns.data(),
                           block.data(),
                           ADD_VALUES));
}

void
AlgebraicMultigrid::finish(const std::vector<int>                   &held,
                           const std::vector<std::array<double, 3>> &positions,
                           const std::vector<unsigned int>          &nodes,
                           const std::vector<double>                &thresholds)
{
  petsc_->nodes = nodes;
  Mat &A        = petsc_->matrix;
  Vec &x        = petsc_->x;
  {
    const PetscScope petsc(petsc_->options);
    // Their places must exist before the matrix is compressed.
    for (const int i : held)
      petsc.check(MatSetValue(A, i, i, 0., ADD_VALUES));
    petsc.check(MatAssemblyBegin(A, MAT_FINAL_ASSEMBLY));
    petsc.check(MatAssemblyEnd(A, MAT_FINAL_ASSEMBLY));
    petsc.check(MatCreateVecs(A, &x, &petsc_->b));

    petsc.check(MatGetDiagonal(A, x));
    PetscScalar scale = 0.;
    petsc.check(VecSum(x, &scale));
    PetscInt n = 0;
    petsc.check(VecGetSize(x, &n));
    scale /= std::max<PetscInt>(n, 1);
    for (const int i : held)
      petsc.check(MatSetValue(A, i, i, scale, ADD_VALUES));
    petsc.check(MatAssemblyBegin(A, MAT_FINAL_ASSEMBLY));
    petsc.check(MatAssemblyEnd(A, MAT_FINAL_ASSEMBLY));
  }
  petsc_->set_near_null_space(positions);
  try
  {
    petsc_->set_up(thresholds);
  }
  catch (const std::runtime_error &error)
  {
    if (petsc_->given.empty())
      throw;
    throw UserError(std::string("solver.petsc_options: ") + error.what());
  }
  petsc_->check_all_used();
}

void
AlgebraicMultigrid::Implementation::set_near_null_space(
  const std::vector<std::array<double, 3>> &positions)
{
  const PetscScope petsc(options);
  MatNullSpace     modes = nullptr;
  if (near_null_space == NearNullSpace::rigid_motions)
  {
    petsc.check(VecSetBlockSize(x, 3));
    PetscScalar *coordinates = nullptr;
    petsc.check(VecGetArray(x, &coordinates));
    for (std::size_t i = 0; i < positions.size(); ++i)
      std::copy(positions[i].begin(), positions[i].end(), coordinates + 3 * i);
    petsc.check(VecRestoreArray(x, &coordinates));
    petsc.check(MatNullSpaceCreateRigidBody(x, &modes));
  }
  else if (block_size == 1)
    petsc.check(
      MatNullSpaceCreate(communicator, PETSC_TRUE, 0, nullptr, &modes));
  // GAMG takes constants of each component of larger blocks by itself.
  if (modes == nullptr)
    return;
  petsc.check(MatSetNearNullSpace(matrix, modes));
  petsc.check(MatNullSpaceDestroy(&modes));
}

void
AlgebraicMultigrid::Implementation::set_up(
  const std::vector<double> &thresholds)
{
  const PetscScope petsc(options);
  petsc.check(PCCreate(communicator, &pc));
  petsc.check(PCSetOptionsPrefix(pc, prefix));
  petsc.check(PCSetType(pc, PCGAMG));
  std::vector<PetscReal> strengths(thresholds.begin(), thresholds.end());
  petsc.check(PCGAMGSetThreshold(
    pc, strengths.data(), static_cast<PetscInt>(strengths.size())));
  petsc.check(PCSetFromOptions(pc));
  petsc.check(PCSetOperators(pc, matrix, matrix));
  petsc.check(PCSetUp(pc));
  petsc.check(PCSetUpOnBlocks(pc));
}

// An option may be read on some ranks only.
void
AlgebraicMultigrid::Implementation::check_all_used()
{
  const PetscScope petsc(options);
  for (const auto &[name, value] : given)
  {
    PetscBool is_used = PETSC_FALSE;
    petsc.check(PetscOptionsUsed(options, name.c_str(), &is_used));
    if (dealii::Utilities::MPI::max(is_used == PETSC_TRUE ? 1 : 0,
                                    communicator) == 0)
      throw UserError("solver.petsc_options: -" + name + " " + value +
                      " was not used, as the other options or a coarse level "
                      "of so few unknowns leave it without a meaning; take it "
                      "out");
  }
}

void
AlgebraicMultigrid::vmult(Vector<float> &dst, const Vector<float> &src) const
{
  const PetscScope petsc(petsc_->options);
  PetscScalar     *b = nullptr;
  petsc.check(VecGetArray(petsc_->b, &b));
  const auto        &nodes = petsc_->nodes;
  const unsigned int n     = petsc_->block_size;
  for (std::size_t i = 0; i < nodes.size(); ++i)
    for (unsigned int c = 0; c < n; ++c)
      b[n * i + c] = src.local_element(n * nodes[i] + c);
  petsc.check(VecRestoreArray(petsc_->b, &b));
  petsc.check(PCApply(petsc_->pc, petsc_->b, petsc_->x));
  const PetscScalar *x = nullptr;
  petsc.check(VecGetArrayRead(petsc_->x, &x));
  dst = 0.f;
  for (std::size_t i = 0; i < nodes.size(); ++i)
    for (unsigned int c = 0; c < n; ++c)
      dst.local_element(n * nodes[i] + c) = static_cast<float>(x[n * i + c]);
  petsc.check(VecRestoreArrayRead(petsc_->x, &x));
}

std::string
AlgebraicMultigrid::description() const
{
  const PetscScope petsc(petsc_->options);
  PetscBool        is_gamg = PETSC_FALSE;
  petsc.check(PetscObjectTypeCompare(
    reinterpret_cast<PetscObject>(petsc_->pc), PCGAMG, &is_gamg));
  if (is_gamg == PETSC_FALSE)
    return "replaced by expert options";
  PetscInt  n_levels   = 0;
  PetscReal complexity = 0.;
  petsc.check(PCMGGetLevels(petsc_->pc, &n_levels));
  petsc.check(PCMGGetGridComplexity(petsc_->pc, &complexity, nullptr));
  char text[100];
  std::snprintf(text,
                sizeof(text),
                "%d levels, operator complexity %.2f",
                static_cast<int>(n_levels),
                static_cast<double>(complexity));
  return text;
}
} // namespace miniscrew::linear
