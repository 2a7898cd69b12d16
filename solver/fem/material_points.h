// SPDX-License-Identifier: LGPL-2.1-or-later
// What the points of inelastic cells remember, and the laws they follow.
#pragma once

#include "materials/quadric_law.h"
#include "solver/fem/node_space.h"
#include "solver/fem/point_law.h"
#include "solver/fem/stiffness_field.h"

#include <array>
#include <limits>
#include <optional>
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

  /// Where tangents() also leaves symmetric positive ones; nullptr for nowhere.
  void collect_tangents(TangentField *field);

  /// Forgets points that found no admissible state.
  void begin_evaluation();

  /// Whether all points of all ranks found one since. Collective.
  bool is_admissible() const;

  /// Makes the state of the step under way the accepted one.
  void accept();

  /// The accepted states of all points of this rank, by cells in the order of
  /// NodeSpace::cells(); set_states() takes as many, as the current ones too.
  const std::vector<materials::InelasticState> &states() const;
  void set_states(const std::vector<materials::InelasticState> &states);

  /// Points of each inelastic cell.
  unsigned int n_points_per_cell() const;

  /// Share of all inelastic points whose plastic strain grows in the step under
  /// way. Collective.
  double yielding_share() const;

  /// Whether the cells of a body are inelastic.
  bool has_law(dealii::types::material_id body) const;

  /// Whether a cell is inelastic; only then the following may be called.
  bool contains(std::size_t cell) const;

  /// Accepted state of a point.
  const materials::InelasticState &state(std::size_t  cell,
                                         unsigned int q) const;

  /// Stress (MPa), damage and elastic energy density (MPa) of the accepted
  /// state under a strain.
  VoigtVector
  stress(std::size_t cell, unsigned int q, const VoigtVector &strain) const;
  double damage(std::size_t cell, unsigned int q) const;
  double elastic_energy(std::size_t        cell,
                        unsigned int       q,
                        const VoigtVector &strain) const;

  /// Bytes of this rank.
  std::size_t memory_consumption() const;

private:
  static constexpr std::uint32_t none = 0xffffffffu;

  const materials::QuadricLaw &law(std::size_t cell) const;
  std::size_t                  first_point(std::size_t cell) const;

  const NodeSpace                                                 *space_;
  std::array<std::optional<materials::QuadricLaw>, mesh::n_bodies> laws_;
  std::array<VoigtMatrix, mesh::n_bodies>                          stiffness_{};
  bool                                   softens_ = false;
  unsigned int                           n_q_;
  std::vector<std::uint32_t>             block_; ///< of each cell, or none
  std::vector<materials::InelasticState> accepted_, current_;
  double        time_step_      = std::numeric_limits<double>::infinity();
  TangentField *collected_      = nullptr;
  std::size_t   n_inadmissible_ = 0;
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
