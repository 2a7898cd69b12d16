// SPDX-License-Identifier: LGPL-2.1-or-later
// Least squares around each vertex, summed over the ranks.
#include "solver/fem/recovery/patch_polynomials.h"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>

namespace miniscrew::fem
{
namespace
{
constexpr unsigned int most_terms = 20; // of degree 3 in three coordinates

// Directions of the leading terms that the samples see with less than this are
// taken as not seen: the samples of one layer of slightly curved cells must not
// pass for three layers. Samples of an even patch have 0.4 and more.
constexpr double smallest_eigenvalue = 0.03;

using Matrix = Eigen::
  Matrix<double, Eigen::Dynamic, Eigen::Dynamic, 0, most_terms, most_terms>;
using Coefficients = Eigen::Matrix<double, Eigen::Dynamic, 6, 0, most_terms, 6>;

// Number of terms of complete polynomials up to a degree.
unsigned int
count_terms(const unsigned int degree)
{
  return (degree + 1) * (degree + 2) * (degree + 3) / 6;
}

// Entries of one vertex: the lower triangle of the normal matrix row by row,
// then six right-hand sides for each term.
unsigned int
count_entries(const unsigned int n_terms)
{
  return n_terms * (n_terms + 1) / 2 + 6 * n_terms;
}

Vector3
difference(const Vector3 &a, const Vector3 &b)
{
  return {{a[0] - b[0], a[1] - b[1], a[2] - b[2]}};
}

// Map to coordinates in which the samples have the unit tensor as mean of
// their squares; from their number and the sums of xx, yx, yy, zx, zy, zz.
Matrix3
unit_inertia_map(const double *const m)
{
  Eigen::Matrix3d inertia;
  inertia << m[1], m[2], m[4], m[2], m[3], m[5], m[4], m[5], m[6];
  const Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d> axes(inertia / m[0]);
  // Few samples may lie in one plane or on one line.
  const Eigen::Vector3d squares =
    axes.eigenvalues().cwiseMax(1e-8 * axes.eigenvalues()[2]);
  const Eigen::Matrix3d map = squares.cwiseSqrt().cwiseInverse().asDiagonal() *
                              axes.eigenvectors().transpose();
  Matrix3 result;
  for (unsigned int i = 0; i < 3; ++i)
    for (unsigned int j = 0; j < 3; ++j)
      result[i][j] = map(i, j);
  return result;
}
} // namespace

unsigned int
coinciding_master(const NodeConstraints &constraints, const unsigned int node)
{
  if (!constraints.is_hanging(node))
    return node;
  const unsigned int line  = constraints.line[node],
                     begin = constraints.line_begin[line];
  const bool coincides     = constraints.line_begin[line + 1] == begin + 1 &&
                         std::abs(constraints.weight[begin] - 1.) < 1e-10;
  return coincides ? constraints.master[begin] : node;
}

VertexLayout::VertexLayout(const NodeSpace &space)
  : space_(&space),
    vertex_of_node_(space.n_local_nodes(), none)
{
  const unsigned int k = space.degree(), n = k + 1;
  for (unsigned int c = 0; c < 8; ++c)
    corners_[c] =
      (c & 1 ? k : 0) + (c & 2 ? k * n : 0) + (c & 4 ? k * n * n : 0);
  add_ghosts(number_owned());

  // The master of a hanging corner may be a vertex, of another body; or the
  // middle of a coarser cell's edge, which has no number here.
  for (std::size_t cell = 0; cell < space.cells().size(); ++cell)
    for (const unsigned int corner : corners_)
    {
      const unsigned int node =
        space.cell_nodes()[cell * space.n_nodes_per_cell() + corner];
      vertex_of_node_[node] =
        vertex_of_node_[coinciding_master(space.constraints(), node)];
    }
}

// The owner of a node has a cell with it, so it numbers all its vertices.
// Returns which local nodes are, or may be, vertices.
std::vector<bool>
VertexLayout::number_owned()
{
  std::vector<bool> is_vertex(space_->n_local_nodes(), false),
    may_be_vertex(space_->n_local_nodes(), false);
  for (std::size_t cell = 0; cell < space_->cells().size(); ++cell)
    for (const unsigned int corner : corners_)
    {
      const unsigned int node =
        space_->cell_nodes()[cell * space_->n_nodes_per_cell() + corner];
      is_vertex[node] = !space_->constraints().is_hanging(node);
      may_be_vertex[coinciding_master(space_->constraints(), node)] = true;
    }
  for (unsigned int node = 0; node < space_->n_owned_nodes(); ++node)
    if (is_vertex[node])
    {
      vertex_of_node_[node] = nodes_.size();
      nodes_.push_back(node);
    }
  return may_be_vertex;
}

void
VertexLayout::add_ghosts(const std::vector<bool> &may_be_vertex)
{
  const MPI_Comm           communicator = space_->communicator();
  const unsigned long long n_owned      = nodes_.size();
  unsigned long long       last         = 0;
  MPI_Scan(&n_owned, &last, 1, MPI_UNSIGNED_LONG_LONG, MPI_SUM, communicator);
  const auto n_all = dealii::Utilities::MPI::sum(n_owned, communicator);

  linear::Vector<double> numbers = space_->make_vector<double>(1);
  numbers                        = -1.;
  for (unsigned int v = 0; v < n_owned; ++v)
    numbers.local_element(nodes_[v]) = static_cast<double>(last - n_owned + v);
  numbers.update_ghost_values();
  std::vector<std::pair<dealii::types::global_dof_index, unsigned int>> ghosts;
  for (unsigned int node = space_->n_owned_nodes();
       node < space_->n_local_nodes();
       ++node)
    if (may_be_vertex[node] && numbers.local_element(node) >= 0.)
      ghosts.emplace_back(numbers.local_element(node), node);
  std::sort(ghosts.begin(), ghosts.end());

  owned_.set_size(n_all);
  ghosts_.set_size(n_all);
  owned_.add_range(last - n_owned, last);
  for (const auto &[number, node] : ghosts)
  {
    ghosts_.add_index(number);
    vertex_of_node_[node] = nodes_.size();
    nodes_.push_back(node);
  }
}

unsigned int
VertexLayout::n_local_vertices() const
{
  return nodes_.size();
}

unsigned int
VertexLayout::vertex(const std::size_t cell, const unsigned int corner) const
{
  return vertex_of_node_[space_
                           ->cell_nodes()[cell * space_->n_nodes_per_cell() +
                                          corners_[corner]]];
}

unsigned int
VertexLayout::node(const unsigned int vertex) const
{
  return nodes_[vertex];
}

linear::Vector<double>
VertexLayout::make_vector(const unsigned int n_components) const
{
  dealii::IndexSet owned(n_components * owned_.size()),
    ghosts(n_components * owned_.size());
  for (auto range = owned_.begin_intervals(); range != owned_.end_intervals();
       ++range)
    owned.add_range(n_components * *range->begin(),
                    n_components * (range->last() + 1));
  for (const auto number : ghosts_)
    ghosts.add_range(n_components * number, n_components * (number + 1));
  ghosts.compress();
  return linear::Vector<double>(owned, ghosts, space_->communicator());
}

PatchPolynomials::PatchPolynomials(const VertexLayout           &layout,
                                   const Geometry               &geometry,
                                   const linear::Vector<double> &displacement,
                                   const dealii::types::material_id body)
  : layout_(&layout),
    geometry_(&geometry),
    body_(body),
    degree_(geometry.space().degree()),
    n_terms_(count_terms(degree_))
{
  const StrainEvaluator strains(geometry, displacement, degree_);
  measure_patches(strains);
  solve(sum_normal_equations(strains));
}

// In coordinates of unit inertia it shows which terms the samples determine,
// however slender the cells are and whichever way they lie.
void
PatchPolynomials::measure_patches(const StrainEvaluator &strains)
{
  linear::Vector<double>  moments = layout_->make_vector(7);
  std::vector<PointState> points;
  const auto             &cells = geometry_->space().cells();
  for (std::size_t cell = 0; cell < cells.size(); ++cell)
  {
    if (cells[cell]->material_id() != body_)
      continue;
    strains.evaluate(cell, points);
    for (unsigned int corner = 0; corner < 8; ++corner)
    {
      const unsigned int v = layout_->vertex(cell, corner);
      if (v == VertexLayout::none)
        continue;
      double *const moment = moments.begin() + 7 * v;
      const Vector3 centre = geometry_->node(layout_->node(v));
      for (const PointState &point : points)
      {
        const Vector3 d = difference(point.position, centre);
        moment[0] += 1.;
        for (unsigned int i = 0, entry = 1; i < 3; ++i)
          for (unsigned int j = 0; j <= i; ++j)
            moment[entry++] += d[i] * d[j];
      }
    }
  }
  moments.compress(dealii::VectorOperation::add);
  moments.update_ghost_values();

  n_samples_.resize(layout_->n_local_vertices());
  to_local_.resize(layout_->n_local_vertices());
  for (unsigned int v = 0; v < n_samples_.size(); ++v)
  {
    const double *const m = moments.begin() + 7 * v;
    n_samples_[v]         = m[0];
    if (!(m[0] > 0.))
      continue;
    to_local_[v] = unit_inertia_map(m);
  }
}

// Monomials of the local coordinates by rising degree.
void
PatchPolynomials::monomials(const unsigned int vertex,
                            const Vector3     &position,
                            double            *values) const
{
  const Vector3 d =
    difference(position, geometry_->node(layout_->node(vertex)));
  std::array<std::array<double, 4>, 3> powers;
  for (unsigned int i = 0; i < 3; ++i)
  {
    const auto &row = to_local_[vertex][i];
    powers[i][0]    = 1.;
    for (unsigned int p = 1; p <= degree_; ++p)
      powers[i][p] =
        powers[i][p - 1] * (row[0] * d[0] + row[1] * d[1] + row[2] * d[2]);
  }
  for (unsigned int degree = 0; degree <= degree_; ++degree)
    for (unsigned int a = 0; a <= degree; ++a)
      for (unsigned int b = 0; a + b <= degree; ++b)
        *values++ = powers[0][a] * powers[1][b] * powers[2][degree - a - b];
}

linear::Vector<double>
PatchPolynomials::sum_normal_equations(const StrainEvaluator &strains) const
{
  const unsigned int             n_entries = count_entries(n_terms_);
  linear::Vector<double>         equations = layout_->make_vector(n_entries);
  std::array<double, most_terms> terms;
  std::vector<PointState>        points;
  const auto                    &cells = geometry_->space().cells();
  for (std::size_t cell = 0; cell < cells.size(); ++cell)
  {
    if (cells[cell]->material_id() != body_)
      continue;
    strains.evaluate(cell, points);
    for (unsigned int corner = 0; corner < 8; ++corner)
    {
      const unsigned int v = layout_->vertex(cell, corner);
      if (v == VertexLayout::none)
        continue;
      for (const PointState &point : points)
      {
        monomials(v, point.position, terms.data());
        double *entry = equations.begin() + std::size_t(n_entries) * v;
        for (unsigned int i = 0; i < n_terms_; ++i)
          for (unsigned int j = 0; j <= i; ++j)
            *entry++ += terms[i] * terms[j];
        for (unsigned int i = 0; i < n_terms_; ++i)
          for (unsigned int c = 0; c < 6; ++c)
            *entry++ += terms[i] * point.strain[c];
      }
    }
  }
  equations.compress(dealii::VectorOperation::add);
  equations.update_ghost_values();
  return equations;
}

// The samples of a single cell determine all terms below degree k. Eliminating
// these leaves the Schur complement of the terms of degree k, whose small
// eigenvalues belong to what the patch leaves open.
void
PatchPolynomials::solve(const linear::Vector<double> &equations)
{
  const unsigned int n_entries = count_entries(n_terms_),
                     n_low     = count_terms(degree_ - 1),
                     n_high    = n_terms_ - n_low;
  is_determined_.assign(n_samples_.size(), false);
  coefficients_.resize(6 * n_terms_ * n_samples_.size());
  Matrix       normal(n_terms_, n_terms_);
  Coefficients right(n_terms_, 6), solution(n_terms_, 6);
  for (unsigned int v = 0; v < n_samples_.size(); ++v)
  {
    if (!(n_samples_[v] > 0.))
      continue;
    const double *entry = equations.begin() + std::size_t(n_entries) * v;
    for (unsigned int i = 0; i < n_terms_; ++i)
      for (unsigned int j = 0; j <= i; ++j)
        normal(i, j) = normal(j, i) = *entry++ / n_samples_[v];
    for (unsigned int i = 0; i < n_terms_; ++i)
      for (unsigned int c = 0; c < 6; ++c)
        right(i, c) = *entry++ / n_samples_[v];

    const Matrix              low   = normal.topLeftCorner(n_low, n_low);
    const Matrix              mixed = normal.topRightCorner(n_low, n_high);
    const Eigen::LDLT<Matrix> factors(low);
    const Matrix              eliminated = factors.solve(mixed);
    const Matrix              schur =
      normal.bottomRightCorner(n_high, n_high) - mixed.transpose() * eliminated;
    const Coefficients reduced =
      right.bottomRows(n_high) - eliminated.transpose() * right.topRows(n_low);
    const Eigen::SelfAdjointEigenSolver<Matrix> modes(schur);
    const auto                                 &values = modes.eigenvalues();
    Coefficients modal = modes.eigenvectors().transpose() * reduced;
    for (unsigned int i = 0; i < n_high; ++i)
      modal.row(i) *= values[i] > smallest_eigenvalue ? 1. / values[i] : 0.;
    is_determined_[v]           = values[0] > smallest_eigenvalue;
    solution.bottomRows(n_high) = modes.eigenvectors() * modal;
    solution.topRows(n_low)     = factors.solve(right.topRows(n_low)) -
                              eliminated * solution.bottomRows(n_high);
    for (unsigned int i = 0; i < n_terms_; ++i)
      for (unsigned int c = 0; c < 6; ++c)
        coefficients_[6 * (std::size_t(n_terms_) * v + i) + c] = solution(i, c);
  }
}

bool
PatchPolynomials::is_determined(const unsigned int vertex) const
{
  return is_determined_[vertex];
}

VoigtVector
PatchPolynomials::evaluate(const unsigned int vertex,
                           const Vector3     &position) const
{
  std::array<double, most_terms> terms;
  monomials(vertex, position, terms.data());
  VoigtVector         strain{};
  const double *const coefficients =
    coefficients_.data() + 6 * std::size_t(n_terms_) * vertex;
  for (unsigned int i = 0; i < n_terms_; ++i)
    for (unsigned int c = 0; c < 6; ++c)
      strain[c] += coefficients[6 * i + c] * terms[i];
  return strain;
}
} // namespace miniscrew::fem
