// SPDX-License-Identifier: LGPL-2.1-or-later
// What a law of materials with memory is to the rest of the program.
#pragma once

#include "materials/voigt.h"

#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace miniscrew::materials
{
/// A number that results show of what a point remembers. Fields, statistics and
/// the log go through a law's list of them, whatever they are.
struct Observable
{
  enum class Kind
  {
    value,       ///< has a field of its own and quantiles over each body
    volume_share ///< from 0 to 1; its integral is a volume, mm^3
  };

  std::string name;     ///< in results: lower case, words joined by '_'
  std::string unit;     ///< as keys spell it, "MPa"; empty if it has none
  std::string sentence; ///< what it is, without the full stop
  Kind        kind = Kind::value;
  /// Of InelasticLaw::n_state() numbers. Does not refer to the law.
  std::function<double(const double *state)> value;

  /// The name in results, with its unit.
  std::string
  key() const
  {
    const std::string &suffix = kind == Kind::value ? unit : "mm3";
    return suffix.empty() ? name : name + "_" + suffix;
  }
};

/// The volume share by which stages tell how much bone has yielded. A law that
/// does not list it never yields.
constexpr const char *yielded_observable = "yielded";

/// What a step is to a point, besides its strain.
///
/// Two clocks, as two kinds of processes: a load takes some time to be put on,
/// in which viscous flow goes on; and it may then be held, while elastic stress
/// relaxes. Load steps hold nothing: to relaxation they are instantaneous, and
/// what does not flow does not depend on time at all.
struct PointStep
{
  /// Time that the strain takes to change, s, > 0; infinite is the limit of
  /// slow flow.
  double time_step = std::numeric_limits<double>::infinity();
  /// Time in which stress relaxes, s, >= 0, the strain changing at a steady
  /// rate; infinite for all that can relax.
  double hold = 0.;
  /// Of a law with an internal length, the average of what it wants averaged
  /// over the surroundings; without it the law takes the point's own.
  std::optional<double> average = {};
};

/// Derivatives of a step by the average, and of what is averaged.
struct AverageTangent
{
  VoigtVector stress_by_average{};  ///< d stress / d average, MPa
  VoigtVector averaged_by_strain{}; ///< d averaged / d strain
};

/// Stress of a step, MPa.
struct StressResponse
{
  VoigtVector stress{};
  /// False if no admissible state was found; then neither stress nor new state
  /// are valid, and the step is to be reduced.
  bool is_admissible = true;
};

/// A law of materials with memory: stress from strain and what a point
/// remembers, its state. That is n_state() numbers in an order that only the
/// law knows, all zero at a point without history. Laws are immutable, and all
/// functions are pure, so that threads may share them.
///
/// Strains are engineering strains.
class InelasticLaw
{
public:
  virtual ~InelasticLaw() = default;

  virtual unsigned int n_state() const = 0;

  /// Implicit step from the state @p old to @p strain, which leaves the new
  /// state in @p now (not the same memory).
  virtual StressResponse respond(const VoigtVector &strain,
                                 const double      *old,
                                 double            *now,
                                 const PointStep   &step) const = 0;

  /// d stress / d strain (MPa) of respond(), row-major; symmetric if
  /// is_symmetric(). @p now is what respond() left.
  virtual VoigtMatrix tangent(const VoigtVector &strain,
                              const double      *old,
                              const double      *now,
                              const PointStep   &step) const = 0;

  /// A symmetric positive definite matrix near the tangent, for
  /// preconditioners. That of a law that is symmetric and does not soften is
  /// the tangent.
  virtual VoigtMatrix
  positive_tangent(const VoigtVector &strain,
                   const double      *old,
                   const double      *now,
                   const PointStep   &step) const
  {
    return tangent(strain, old, now, step);
  }

  /// Stress (MPa) and elastic energy per volume (MPa) under a strain if the
  /// state stays as it is.
  virtual VoigtVector stress(const VoigtVector &strain,
                             const double      *state) const         = 0;
  virtual double      elastic_energy(const VoigtVector &strain,
                                     const double      *state) const = 0;

  /// True only if tangent() is the material's elastic stiffness; cells where
  /// this holds everywhere store no tangents.
  virtual bool
  has_elastic_tangent(const double * /*old*/,
                      const double * /*now*/,
                      const PointStep & /*step*/) const
  {
    return false;
  }

  /// True if the point yields in the step: more than rounding.
  virtual bool
  is_yielding(const double * /*old*/, const double * /*now*/) const
  {
    return false;
  }

  /// True if all tangents are symmetric.
  virtual bool is_symmetric() const = 0;

  /// True if tangents may be indefinite, as under softening or damage.
  virtual bool may_soften() const = 0;

  /// True if the response depends on the time that a step takes.
  virtual bool is_rate_dependent() const = 0;

  /// True if stress relaxes while a load is held.
  virtual bool
  relaxes() const
  {
    return false;
  }

  /// @name Laws that depend on an average over the surroundings
  /// @{
  /// Over which it is taken, mm; 0 of laws that do without.
  virtual double
  internal_length() const
  {
    return 0.;
  }

  /// What is averaged; does not fall from state to state.
  virtual double
  averaged(const double * /*state*/) const
  {
    return 0.;
  }

  /// An average is of no consequence where all that it is made of is at most
  /// this.
  virtual double
  least_average() const
  {
    return std::numeric_limits<double>::infinity();
  }

  /// Derivatives of respond(), if the step has an average.
  virtual AverageTangent
  average_tangent(const VoigtVector & /*strain*/,
                  const double * /*old*/,
                  const double * /*now*/,
                  const PointStep & /*step*/) const
  {
    return {};
  }
  /// @}

  virtual std::vector<Observable> observables() const = 0;
};
} // namespace miniscrew::materials
