// SPDX-License-Identifier: LGPL-2.1-or-later
// Strength of a material in pure shear, from what its law does.
#include "materials/law_library.h"

#include "solver/base/errors.h"
#include "solver/base/shown.h"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace miniscrew::materials
{
namespace
{
using Matrix6 = Eigen::Matrix<double, 6, 6, Eigen::RowMajor>;
using Vector6 = Eigen::Matrix<double, 6, 1>;

// The path: shear strain up to the largest, in steps far shorter than strains
// at which bone yields.
constexpr double       largest_shear = 0.3, shear_step = 2e-4;
constexpr unsigned int shear = 5; // xy in Voigt's order
// Stresses that ought to vanish may be this share of the shear stress.
constexpr double       tolerance      = 1e-8;
constexpr unsigned int max_iterations = 50;
// A stress this far below the greatest one has passed it.
constexpr double passed = 0.95;

/// A point in pure shear stress.
class ShearedPoint
{
public:
  explicit ShearedPoint(const InelasticLaw &law)
    : law_(law),
      old_(law.n_state(), 0.),
      now_(old_)
  {}

  /// The shear stress at a shear strain that is a little greater than before;
  /// nothing if no state without other stresses is found.
  std::optional<double>
  shear_to(const double strain)
  {
    strain_[shear] = strain;
    for (unsigned int iteration = 0; iteration < max_iterations; ++iteration)
    {
      const StressResponse response =
        law_.respond(strain_, old_.data(), now_.data(), {});
      if (!response.is_admissible)
        return {};
      Vector6 others(response.stress.data());
      others[shear] = 0.;
      if (others.norm() <= tolerance * std::abs(response.stress[shear]))
      {
        old_ = now_;
        return response.stress[shear];
      }
      correct(others);
    }
    return {};
  }

private:
  /// A step of Newton's method for the other strains.
  void
  correct(const Vector6 &others)
  {
    const VoigtMatrix tangent =
      law_.tangent(strain_, old_.data(), now_.data(), {});
    Matrix6 T = Eigen::Map<const Matrix6>(tangent.data());
    T.row(shear).setZero();
    T.col(shear).setZero();
    T(shear, shear)    = 1.;
    const Vector6 step = T.partialPivLu().solve(others);
    for (unsigned int i = 0; i < 6; ++i)
      strain_[i] -= step[i];
  }

  const InelasticLaw &law_;
  VoigtVector         strain_{};
  std::vector<double> old_, now_;
};

/// An elastic material with the law that its strengths are for.
Material
with_law(const Material &material)
{
  Material result = material;
  if (material.is_inelastic())
    return result;
  Plasticity &p = result.plasticity;
  if (p.yield_tension > 0. && p.yield_compression > 0.)
    result.law = "quadric";
  else if (material.yield_stress > 0.)
  {
    result.law      = "von-mises";
    p.yield_tension = p.yield_compression = material.yield_stress;
  }
  return result;
}
} // namespace


double
shear_strength(const Material &material)
{
  const Material asked = with_law(material);
  if (!asked.is_inelastic())
    return std::numeric_limits<double>::infinity();
  const auto   law = make_law(asked);
  ShearedPoint point(*law);
  double       greatest = 0.;
  for (double strain = shear_step; strain <= largest_shear;
       strain += shear_step)
  {
    const std::optional<double> stress = point.shear_to(strain);
    if (!stress && greatest == 0.)
      throw UserError("material '" + shown(material.name) +
                      "' has no state of pure shear");
    if (!stress || *stress < passed * greatest)
      break;
    greatest = std::max(greatest, *stress);
  }
  return greatest;
}
} // namespace miniscrew::materials
