// SPDX-License-Identifier: LGPL-2.1-or-later
// Fourth-kind Chebyshev iteration.
#include "solver/linear/chebyshev.h"

#include <deal.II/base/exceptions.h>

#include <array>

namespace miniscrew::linear
{
namespace
{
// Optimised weights beta_i of the first six polynomials, Lottes 2023, table 1.
constexpr double optimal_weights[6][6] = {
  {1.12500000000000},
  {1.02387287570313, 1.26408905371085},
  {1.00842544782028, 1.08867839208730, 1.33753125909618},
  {1.00391310427285, 1.04035811188593, 1.14863498546254, 1.38268869241000},
  {1.00212930146164,
   1.02173711549260,
   1.07872433192603,
   1.19810065292663,
   1.41322542791682},
  {1.00128517255940,
   1.01304293035233,
   1.04678215124113,
   1.11616489419675,
   1.23829020218444,
   1.43524297106744}};

// Power iteration gives a lower bound; the smoother diverges above the bound
// it is told.
constexpr double       safety             = 1.1;
constexpr unsigned int n_power_iterations = 20;

// A start vector without any symmetry, the same for every number of ranks.
template <typename Number>
void
set_arbitrary(Vector<Number> &v, const Vector<Number> &inverse_diagonal)
{
  const auto first = v.get_partitioner()->local_range().first;
  for (unsigned int i = 0; i < v.locally_owned_size(); ++i)
    v.local_element(i) =
      inverse_diagonal.local_element(i) == Number(0)
        ? Number(0)
        : Number(static_cast<double>((first + i) * 2654435761u % 1000u) / 999. -
                 .5);
}
} // namespace

template <typename Number>
Chebyshev<Number>::Chebyshev(const Operator<Number> &A,
                             const unsigned int      degree)
  : A_(A),
    degree_(degree)
{
  AssertThrow(degree >= 1 && degree <= 6, dealii::ExcInternalError());
  const auto &D = A.inverse_diagonal();
  direction_.reinit(D, true);
  product_.reinit(D, true);
  set_arbitrary(direction_, D);
  double eigenvalue = 1.;
  for (unsigned int i = 0; i < n_power_iterations; ++i)
  {
    direction_ *= Number(1. / direction_.l2_norm());
    A.vmult(product_, direction_);
    product_.scale(D);
    eigenvalue = product_.l2_norm();
    direction_.swap(product_);
  }
  largest_eigenvalue_ = safety * eigenvalue;
}

template <typename Number>
void
Chebyshev<Number>::iterate(Vector<Number> &x, Vector<Number> &residual) const
{
  const auto        &D      = A_.inverse_diagonal();
  const unsigned int n      = x.locally_owned_size();
  const Number      *scale  = D.begin();
  const double      *weight = optimal_weights[degree_ - 1];
  Number *const      d      = direction_.begin();
  Number *const      r      = residual.begin();
  Number *const      u      = x.begin();

  const Number start = Number(4. / (3. * largest_eigenvalue_));
  for (unsigned int j = 0; j < n; ++j)
    d[j] = start * scale[j] * r[j];
  for (unsigned int i = 1; i <= degree_; ++i)
  {
    const Number beta = Number(weight[i - 1]);
    if (i == degree_)
    {
      for (unsigned int j = 0; j < n; ++j)
        u[j] += beta * d[j];
      return;
    }
    A_.vmult(product_, direction_);
    const Number *const Ad   = product_.begin();
    const Number        keep = Number((2. * i - 1.) / (2. * i + 3.));
    const Number        add =
      Number((8. * i + 4.) / ((2. * i + 3.) * largest_eigenvalue_));
    // The residual that steers the recurrence is that of the unweighted
    // iterate; the weights only enter x.
    for (unsigned int j = 0; j < n; ++j)
    {
      u[j] += beta * d[j];
      r[j] -= Ad[j];
      d[j] = keep * d[j] + add * scale[j] * r[j];
    }
  }
}

template <typename Number>
void
Chebyshev<Number>::smooth_from_zero(Vector<Number>       &x,
                                    Vector<Number>       &residual,
                                    const Vector<Number> &b) const
{
  x = Number(0);
  residual.copy_locally_owned_data_from(b);
  iterate(x, residual);
  A_.vmult(product_, x);
  residual.copy_locally_owned_data_from(b);
  residual.add(Number(-1), product_);
}

template <typename Number>
void
Chebyshev<Number>::smooth(Vector<Number> &x, const Vector<Number> &b) const
{
  Vector<Number> residual(b);
  A_.vmult(product_, x);
  residual.add(Number(-1), product_);
  iterate(x, residual);
}

template <typename Number>
double
Chebyshev<Number>::largest_eigenvalue() const
{
  return largest_eigenvalue_;
}

template class Chebyshev<float>;
template class Chebyshev<double>;
} // namespace miniscrew::linear
