// SPDX-License-Identifier: LGPL-2.1-or-later
// The screw under its orthodontic load, and after it.
#pragma once

#include "solver/stages/stage.h"

namespace miniscrew::stages
{
/// The load of the case is put on: in one solution if screw and bone are bonded
/// and elastic, else in load steps. What it tells is due to the load, with
/// totals beside where something came before.
class Service : public Stage
{
public:
  std::string name() const override;
  bool        is_asked_for(const Case &input) const override;
  bool        is_main() const override;
  std::string advice() const override;

private:
  void advance(StageContext &context, StageResult &result) const override;
};

/// The load is taken off again, in as many steps as it was put on.
class Unloading : public Stage
{
public:
  std::string name() const override;
  std::string place() const override;
  bool        is_asked_for(const Case &input) const override;
  bool        follows() const override;
  std::string advice() const override;

private:
  void advance(StageContext &context, StageResult &result) const override;
};
} // namespace miniscrew::stages
