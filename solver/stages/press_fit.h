// SPDX-License-Identifier: LGPL-2.1-or-later
// Preparations that end where loads start from.
#pragma once

#include "solver/stages/stage.h"

namespace miniscrew::stages
{
/// An overlap of screw and bone that the case gives is pressed into the bone.
class PressFit : public Stage
{
public:
  std::string name() const override;
  bool        is_asked_for(const Case &input) const override;
  bool        is_preparation() const override;
  std::string advice() const override;

private:
  void advance(StageContext &context, StageResult &result) const override;
};

/// The driver of an insertion lets go: its torque and force fall to zero, and
/// contact sticks or slips back.
class Seating : public Stage
{
public:
  std::string name() const override;
  bool        is_asked_for(const Case &input) const override;
  bool        is_preparation() const override;
  std::string advice() const override;

private:
  void advance(StageContext &context, StageResult &result) const override;
};
} // namespace miniscrew::stages
