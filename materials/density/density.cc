// SPDX-License-Identifier: LGPL-2.1-or-later
// Modulus and strength of bone by its density.
#include "materials/density/density.h"

#include "solver/base/errors.h"
#include "solver/base/log.h"

#include <cmath>

namespace miniscrew::materials
{
namespace
{
std::string
name_of(const DensityKind kind)
{
  return kind == DensityKind::ash ? "ash density" : "apparent density";
}

double
evaluate(const LawOrigin    &origin,
         const DensityPower &power,
         const double        density,
         const double        strain_rate)
{
  if (!(density >= power.smallest && density <= power.largest))
    throw UserError(format("the law '%s' was measured at an %s of %g to %g "
                           "g/cm3, and does not hold at %g",
                           origin.name.c_str(),
                           name_of(power.kind).c_str(),
                           power.smallest,
                           power.largest,
                           density));
  const double value =
    power.offset + power.coefficient *
                     std::pow(strain_rate, power.rate_exponent) *
                     std::pow(density, power.exponent);
  if (!(std::isfinite(value) && value > 0.))
    throw UserError(format("the law '%s' gives %g MPa at %g g/cm3, which no "
                           "material has; use a law for bone of this density",
                           origin.name.c_str(),
                           value,
                           density));
  return value;
}

std::string
formula(const DensityPower &power)
{
  std::string text;
  if (power.offset != 0.)
    text = format("%g + ", power.offset);
  text += format("%g", power.coefficient);
  if (power.depends_on_rate())
    text += format(" rate^%g", power.rate_exponent);
  text += power.kind == DensityKind::ash ? " rho_ash" : " rho";
  if (power.exponent != 1.)
    text += format("^%g", power.exponent);
  return text;
}
} // namespace


double
modulus(const ModulusLaw &law, const double density, const double strain_rate)
{
  return evaluate(law.origin, law.power, density, strain_rate);
}


Strengths
strengths(const StrengthLaw &law,
          const double       density,
          const double       strain_rate,
          const double       young_modulus)
{
  if (!law.compression)
    return {law.yield_strain_tension * young_modulus,
            law.yield_strain_compression * young_modulus};
  const double compression =
    evaluate(law.origin, *law.compression, density, strain_rate);
  return {law.tension_ratio * compression, compression};
}


std::string
formula(const ModulusLaw &law)
{
  return "E = " + formula(law.power);
}


std::string
formula(const StrengthLaw &law)
{
  if (law.compression)
    return "compression " + formula(*law.compression) +
           format(", tension %g of it", law.tension_ratio);
  return format("tension %g E, compression %g E",
                law.yield_strain_tension,
                law.yield_strain_compression);
}
} // namespace miniscrew::materials
