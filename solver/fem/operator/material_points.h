// SPDX-License-Identifier: LGPL-2.1-or-later
// What the points of inelastic cells remember, and the laws they follow.
#pragma once

#include "materials/constitutive_law.h"
#include "solver/fem/operator/averaged_points.h"
#include "solver/fem/operator/point_law.h"
#include "solver/fem/operator/stiffness_field.h"
#include "solver/fem/space/node_space.h"

#include <array>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace miniscrew::fem
{
/// The state of every Gauss point of the cells of inelastic bodies: that of the
/// last step that was accepted, and that of the step under way. Elastic cells
/// store nothing. Nothing is collective unless it says so.
class MaterialPoints : public PointLaw
{
public:
  /// Points without history, degree + 1 per direction. The space must outlive
  /// them. Throws UserError if a law's constants are not admissible.
  MaterialPoints(const NodeSpace &space, const BodyMaterials &bodies);

  void stresses(std::size_t                     cell,
                const std::vector<VoigtVector> &strains,
                std::vector<VoigtVector>       &stresses) override;
  bool tangents(std::size_t                     cell,
                const std::vector<VoigtVector> &strains,
                std::vector<VoigtMatrix>       &tangents) override;
  bool has_symmetric_tangents() const override;

  /// Whether a law softens or is damaged, so that tangents may be indefinite.
  bool may_be_indefinite() const;

  /// Time that the step under way takes, s; infinite at the start.
  void set_time_step(double seconds);

  /// Time that the step under way holds its load for, s; 0 at the start.
  void set_hold(double seconds);

  /// True if stress relaxes in a body while a load is held.
  bool relaxes() const;

  /// Whether tangents() are to be the symmetric positive ones.
  void set_positive(bool positive);

  /// Where tangents() also leaves symmetric positive ones; nullptr for nowhere.
  void collect_tangents(TangentField *field);

  /// @name Laws that depend on averages
  /// @{
  /// The points of bodies whose laws do.
  const AveragedPoints &averaged_points() const;

  /// Whether there are such bodies.
  bool has_averages() const;

  /// True if averages of what was found last are of consequence anywhere: see
  /// InelasticLaw::least_average(). Collective.
  bool needs_averages() const;

  /// What is to be averaged, of the step under way.
  std::vector<double> averaged_values() const;

  /// The averages from now on; zeros at the start.
  void set_averages(const std::vector<double> &averages);

  /// Where tangents() also leaves derivatives by averages; nullptr for nowhere.
  void collect_average_tangents(AverageTangentField *field);
  /// @}

  /// Forgets points that found no admissible state.
  void begin_evaluation();

  /// Whether all points of all ranks found one since. Collective.
  bool is_admissible() const;

  /// Makes the state of the step under way the accepted one.
  void accept();

  /// The accepted states of all points of this rank, by cells in the order of
  /// NodeSpace::cells(), each as many numbers as its law has; set_states()
  /// takes as many, as the current ones too.
  const std::vector<double> &states() const;
  void                       set_states(const std::vector<double> &states);

  const NodeSpace &space() const;

  /// Points of each inelastic cell.
  unsigned int n_points_per_cell() const;

  /// Share of all inelastic points whose plastic strain grows in the step under
  /// way. Collective.
  double yielding_share() const;

  /// Whether the cells of a body are inelastic; only then law() may be called.
  bool                           has_law(dealii::types::material_id body) const;
  const materials::InelasticLaw &law(dealii::types::material_id body) const;
  const std::string &law_name(dealii::types::material_id body) const;

  /// The observables of all laws, each name once; laws that share a name share
  /// the meaning.
  const std::vector<materials::Observable> &observables() const;

  /// Numbers in observables() of those that are values, which have fields.
  std::vector<unsigned int> value_observables() const;

  /// Whether the law of a body has that of number @p k in observables().
  bool has_observable(dealii::types::material_id body, unsigned int k) const;

  /// Number in observables() of a name; nothing if no law has it.
  std::optional<unsigned int> find_observable(const std::string &name) const;

  /// Whether a cell is inelastic; only then the following may be called.
  bool contains(std::size_t cell) const;

  /// Where the state of a point begins in states().
  std::size_t place(std::size_t cell, unsigned int q) const;

  /// Accepted state of a point, as many numbers as its law has.
  const double *state(std::size_t cell, unsigned int q) const;

  /// Observable number @p k of the accepted state; 0 if the law has it not.
  double observable(std::size_t cell, unsigned int q, unsigned int k) const;

  /// Stress (MPa) and elastic energy density (MPa) of the accepted state under
  /// a strain.
  VoigtVector
  stress(std::size_t cell, unsigned int q, const VoigtVector &strain) const;
  double elastic_energy(std::size_t        cell,
                        unsigned int       q,
                        const VoigtVector &strain) const;

  /// Bytes of this rank.
  std::size_t memory_consumption() const;

private:
  static constexpr std::uint32_t none = 0xffffffffu;

  using Law    = std::shared_ptr<const materials::InelasticLaw>;
  using Values = std::vector<std::function<double(const double *)>>;

  const materials::InelasticLaw &law_of(std::size_t cell) const;
  void                           add_observables(unsigned int body);
  materials::PointStep step_at(std::size_t cell, unsigned int q) const;

  const NodeSpace                        *space_;
  std::array<Law, mesh::n_bodies>         laws_;
  std::array<std::string, mesh::n_bodies> names_; ///< of laws_
  std::vector<materials::Observable>      observables_;
  std::array<Values, mesh::n_bodies> values_; ///< of observables_, or empty
  bool                               softens_ = false;
  unsigned int                       n_q_;
  /// Of each cell, numbers of a point of all cells before; or none.
  std::vector<std::uint32_t>    first_;
  std::size_t                   n_points_ = 0;
  std::vector<double>           accepted_, current_;
  materials::PointStep          step_; ///< under way, without the average
  std::optional<AveragedPoints> averaged_;
  std::vector<double>           averages_; ///< at those points
  double               least_average_ = std::numeric_limits<double>::infinity();
  bool                 positive_      = false; ///< tangents()
  AverageTangentField *collected_averages_ = nullptr;
  TangentField        *collected_          = nullptr;
  std::size_t          n_inadmissible_     = 0;
};

/// The stresses of the accepted state as a law: no strain changes the state.
class AcceptedStresses : public PointLaw
{
public:
  explicit AcceptedStresses(const MaterialPoints &points);

  void stresses(std::size_t                     cell,
                const std::vector<VoigtVector> &strains,
                std::vector<VoigtVector>       &stresses) override;

  /// Not there: throws.
  bool tangents(std::size_t                     cell,
                const std::vector<VoigtVector> &strains,
                std::vector<VoigtMatrix>       &tangents) override;

  bool has_symmetric_tangents() const override;

private:
  const MaterialPoints *points_;
};
} // namespace miniscrew::fem
