// SPDX-License-Identifier: LGPL-2.1-or-later
// What a law of materials with memory is to the rest of the program.
#pragma once

#include "materials/voigt.h"

#include <functional>
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
/// Strains are engineering strains; a @p time_step (s, > 0) may be infinite,
/// the limit of slow processes.
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
                                 double             time_step) const = 0;

  /// d stress / d strain (MPa) of respond(), row-major; symmetric if
  /// is_symmetric(). @p now is what respond() left.
  virtual VoigtMatrix tangent(const VoigtVector &strain,
                              const double      *old,
                              const double      *now,
                              double             time_step) const = 0;

  /// A symmetric positive definite matrix near the tangent, for
  /// preconditioners. That of a law that is symmetric and does not soften is
  /// the tangent.
  virtual VoigtMatrix
  positive_tangent(const VoigtVector &strain,
                   const double      *old,
                   const double      *now,
                   const double       time_step) const
  {
    return tangent(strain, old, now, time_step);
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
  has_elastic_tangent(const double * /*old*/, const double * /*now*/) const
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

  virtual std::vector<Observable> observables() const = 0;
};
} // namespace miniscrew::materials
