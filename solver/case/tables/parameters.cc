// SPDX-License-Identifier: LGPL-2.1-or-later
// The declarations of all keys of the case file.
#include "solver/case/tables/parameters.h"

#include "mesh/screw/catalogue.h"
#include "solver/case/tables/insertion_parameters.h"
#include "solver/case/tables/material_parameters.h"
#include "solver/case/tables/petsc_options.h"
#include "solver/case/tables/plasticity_parameters.h"
#include "solver/case/tables/screw_parameters.h"
#include "solver/case/tables/test_parameters.h"

#include <algorithm>

namespace miniscrew
{
namespace
{
// Screws break at some 100 N across and 500 N mm.
constexpr double largest_force = 1e4, largest_moment = 1e5;

/// Access to a member of a part of the case.
template <typename Part, typename T>
Access<T>
in(Part Case::*part, T Part::*member)
{
  return [=](Draft &draft) -> T & { return draft.result.*part.*member; };
}

/// PETSc's options, each known and with a value that is allowed.
Parameter
coarse_solver_options()
{
  const Access<std::string> access =
    in(&Case::solver, &SolverOptions::petsc_options);
  Parameter parameter = text(
    "solver.petsc_options",
    access,
    "Options of the coarse solver, for experts, as on PETSc's command line");
  parameter.read = [=](Draft &draft, const toml::node &node) {
    const std::string options = read_text(node);
    static_cast<void>(parse_petsc_options(options));
    access(draft) = options;
  };
  return parameter;
}

Parameter
width()
{
  const std::string type = "a number or an array [x, y] of two numbers in mm";
  const Range       range{1., 100.};
  Parameter         parameter{"site.width_mm",
                      type,
                      range.in_words(),
                      "Width of the bone block in x and y"};
  const nlohmann::json one = range.schema();
  parameter.schema         = {
            {"oneOf",
             {one,
              {{"type", "array"}, {"items", one}, {"minItems", 2}, {"maxItems", 2}}}}};
  parameter.read = [=](Draft &draft, const toml::node &node) {
    mesh::BoneSite &site = draft.result.site;
    if (node.is_array())
    {
      const std::vector<double> widths = read_numbers(node, 2, type, range);
      site.width_x                     = widths[0];
      site.width_y                     = widths[1];
    }
    else
      site.width_x = site.width_y = read_number(node, type, range);
  };
  parameter.write = [](Draft &draft) {
    const mesh::BoneSite &site = draft.result.site;
    return toml_array(std::vector<double>{site.width_x, site.width_y});
  };
  return parameter;
}

/// Force as a vector, or its magnitude along load.direction.
Parameter
force()
{
  const Range       magnitude{0., largest_force};
  const Range       components = Range::up_to(largest_force);
  const std::string type =
    "a number or an array [x, y, z] of three numbers in N";
  Parameter parameter{
    "load.force_N",
    type,
    components.in_words(),
    "Force on the screw as a vector, or its magnitude along load.direction; "
    "orthodontic forces are 0.5 to 5 N"};
  parameter.schema = {{"oneOf",
                       {magnitude.schema(),
                        {{"type", "array"},
                         {"items", components.schema()},
                         {"minItems", 3},
                         {"maxItems", 3}}}}};
  parameter.read   = [=](Draft &draft, const toml::node &node) {
    draft.force_magnitude.reset();
    if (node.is_array())
    {
      const std::vector<double> values =
        read_numbers(node, 3, type, components);
      std::copy(values.begin(), values.end(), draft.result.load.force.begin());
    }
    else
      draft.force_magnitude = read_number(node, type, magnitude);
  };
  parameter.write = [](Draft &draft) {
    return toml_array(draft.result.load.force);
  };
  return parameter;
}

/// The direction of a force given by its magnitude. It is not written: the
/// effective case has the vector.
Parameter
direction()
{
  Parameter parameter = vector3(
    "load.direction",
    Range::up_to(1000.),
    [](Draft &draft) -> Vector3 & { return draft.force_direction.emplace(); },
    "Direction of a force given by its magnitude; any length but zero");
  parameter.presence           = Presence::derived;
  parameter.schema["examples"] = {{1., 0., 0.}};
  parameter.write              = [](Draft &) { return std::string(); };
  return parameter;
}

std::vector<Parameter>
site_parameters()
{
  using Site      = mesh::BoneSite;
  Parameter depth = number("site.insertion_depth_mm",
                           Range{0.5, 50.},
                           in(&Case::site, &Site::insertion_depth),
                           "Depth of the tip below the bone surface along the "
                           "axis; the screw's length unless given");
  depth.presence  = Presence::derived;
  return {number("site.near_cortex_mm",
                 Range{0.1, 20.},
                 in(&Case::site, &Site::near_cortex),
                 "Thickness of the cortex on the side of the head"),
          number("site.cancellous_mm",
                 Range{0.1, 50.},
                 in(&Case::site, &Site::cancellous),
                 "Thickness of the cancellous bone"),
          number("site.far_cortex_mm",
                 Range::zero_or(0.1, 20.),
                 in(&Case::site, &Site::far_cortex),
                 "Thickness of the opposite cortex; 0 if there is none"),
          width(),
          number("site.insertion_angle_deg",
                 Range{30., 90.},
                 in(&Case::site, &Site::insertion_angle),
                 "Angle between the screw's axis and the bone surface; 90 is "
                 "perpendicular"),
          depth};
}

Parameter
height()
{
  Parameter parameter =
    optional_number("load.height_mm",
                    Range{0., 50.},
                    in(&Case::load, &Load::height),
                    "Height of the point of load on the axis above the bone "
                    "surface; without it the load acts on the screw's top "
                    "face");
  parameter.schema["examples"] = {2.};
  return parameter;
}

std::vector<Parameter>
interface_parameters()
{
  const std::vector<std::pair<std::string, InterfaceCondition>> conditions = {
    {"bonded", InterfaceCondition::bonded},
    {"frictional", InterfaceCondition::frictional},
    {"frictionless", InterfaceCondition::frictionless}};
  return {
    choice("interface.condition",
           conditions,
           in(&Case::interface, &Interface::condition),
           "How bone and screw are joined: bonded (healed), or in "
           "contact that opens, presses and slides"),
    number("interface.friction_coefficient",
           Range{0.001, 2.},
           in(&Case::interface, &Interface::friction),
           "Coulomb's coefficient of friction, if frictional"),
    number("interface.interference_mm",
           Range{-0.1, 0.1},
           in(&Case::interface, &Interface::interference),
           "Overlap of screw and bone before the load, which presses "
           "them together; the bone is elastic, so 0.01 mm are over 100 "
           "MPa in cortical bone"),
    number("interface.relative_tolerance",
           Range{1e-6, 0.02},
           in(&Case::interface, &Interface::relative_tolerance),
           "Largest penetration, and largest slip of sticking points, "
           "that a converged step may have, per greatest displacement "
           "since the screw was seated; in a press fit twenty times that, "
           "per interference"),
    optional_number("interface.tolerance_mm",
                    Range{1e-9, 0.01},
                    in(&Case::interface, &Interface::tolerance),
                    "The same for the load in mm, if that is less")};
}

std::vector<Parameter>
load_parameters()
{
  return {force(),
          direction(),
          vector3("load.moment_N_mm",
                  Range::up_to(largest_moment),
                  in(&Case::load, &Load::moment),
                  "Moment about the point of load"),
          height(),
          count("load.steps",
                1,
                100,
                in(&Case::load, &Load::steps),
                "Steps in which the load is put on, if there is contact or an "
                "inelastic material; they are reduced where needed"),
          flag("load.unload",
               in(&Case::load, &Load::unload),
               "After the full load take it off again, in as many steps, and "
               "report what remains"),
          number("load.duration_s",
                 Range{1e-6, 1e9},
                 in(&Case::load, &Load::duration),
                 "Time in which the load is put on; matters to materials with "
                 "a viscosity alone")};
}

std::vector<Parameter>
boundary_parameters()
{
  const std::vector<std::pair<std::string, BoundaryCondition>> conditions = {
    {"fixed", BoundaryCondition::fixed},
    {"roller", BoundaryCondition::roller},
    {"free", BoundaryCondition::free}};
  return {choice("boundary.lateral",
                 conditions,
                 in(&Case::boundary, &Boundary::lateral),
                 "Condition on the four lateral faces of the block"),
          choice("boundary.bottom",
                 conditions,
                 in(&Case::boundary, &Boundary::bottom),
                 "Condition on the face opposite to the head")};
}

std::vector<Parameter>
numerical_parameters()
{
  using D = Discretisation;
  using S = SolverOptions;
  return {count("discretisation.degree",
                1,
                3,
                in(&Case::discretisation, &D::degree),
                "Polynomial degree of the elements"),
          number("discretisation.interface_size_mm",
                 Range{0.01, 2.},
                 in(&Case::discretisation, &D::interface_size),
                 "Size of the cells at the interface"),
          number("discretisation.far_size_mm",
                 Range{0.02, 20.},
                 in(&Case::discretisation, &D::far_size),
                 "Size of the cells far from the screw"),
          count("discretisation.adaptive_cycles",
                0,
                10,
                in(&Case::discretisation, &D::adaptive_cycles),
                "Number of refinements where the error estimator asks"),
          number("discretisation.adaptive_fraction",
                 Range{0.01, 0.99},
                 in(&Case::discretisation, &D::adaptive_fraction),
                 "Share of the estimated error that each refinement covers"),
          number("solver.relative_tolerance",
                 Range{1e-13, 0.1},
                 in(&Case::solver, &S::relative_tolerance),
                 "Reduction of the residual at which the linear solver stops"),
          count("solver.max_iterations",
                1,
                100000,
                in(&Case::solver, &S::max_iterations),
                "Iterations of the linear solver before it gives up"),
          coarse_solver_options(),
          flag("output.vtu",
               in(&Case::output, &OutputOptions::vtu),
               "Write fields.pvd with VTU files for ParaView"),
          flag("output.hdf5_fields",
               in(&Case::output, &OutputOptions::hdf5_fields),
               "Put the fields into results.h5 too")};
}

std::vector<Parameter>
declare_parameters()
{
  std::vector<Parameter> all = {text(
    "title",
    [](Draft &draft) -> std::string & { return draft.result.title; },
    "What the case is about, for reports")};
  append(all, screw_parameters());
  for (const MaterialSlot &slot : material_slots())
  {
    // The screw's material is in [screw], which ends with it.
    append(all, material_parameters(slot));
    if (section_of(slot.key) == "screw")
    {
      append(all, site_parameters());
      all.push_back(bone_law_parameter());
    }
  }
  append(all, interface_parameters());
  append(all, insertion_parameters());
  append(all, test_parameters());
  append(all, load_parameters());
  append(all, boundary_parameters());
  append(all, numerical_parameters());
  return all;
}
} // namespace


const std::vector<Parameter> &
parameters()
{
  static const std::vector<Parameter> all = declare_parameters();
  return all;
}


const std::vector<std::string> &
sections()
{
  static const std::vector<std::string> all = [] {
    std::vector<std::string> names;
    for (const Parameter &parameter : parameters())
      for (std::string section = section_of(parameter.key); !section.empty();
           section             = section_of(section))
        if (std::find(names.begin(), names.end(), section) == names.end())
          names.push_back(section);
    return names;
  }();
  return all;
}


std::string
section_doc(const std::string &section)
{
  static const std::vector<std::pair<std::string, std::string>> docs = {
    {"screw",
     "The screw: a size of a system in the catalogue, a custom screw, or a "
     "system with some dimensions changed"},
    {"site", "The piece of jaw around the screw"},
    {"materials", "Materials of the layers, by name or by values"},
    {"interface", "Contact between screw and bone"},
    {"insertion",
     "The way in, layer by layer: what the thread pushes aside presses on it"},
    {"insertion.cortex", "What cortical bone does to a screw that is turned"},
    {"insertion.cancellous",
     "What cancellous bone does to a screw that is turned"},
    {"tests", "What is done to the screw afterwards"},
    {"load",
     "The orthodontic load; z is the screw's axis towards the head, and the "
     "bone surface falls towards -x if it is tilted"},
    {"boundary", "Conditions on the outer faces of the bone block"},
    {"discretisation", "Finite elements"},
    {"solver", "Linear solver"},
    {"output", "Files besides summary.json and run.json"}};
  for (const auto &doc : docs)
    if (doc.first == section)
      return doc.second;
  return "";
}


std::vector<std::string>
keys_of_section(const std::string &section)
{
  std::vector<std::string> keys;
  const std::string        prefix = section.empty() ? "" : section + ".";
  for (const Parameter &parameter : parameters())
    if (section_of(parameter.key) == section)
      keys.push_back(parameter.key.substr(prefix.size()));
  for (const std::string &name : sections())
    if (section_of(name) == section)
      keys.push_back(name.substr(prefix.size()));
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}


std::string
section_of(const std::string &key)
{
  const std::string::size_type dot = key.rfind('.');
  return dot == std::string::npos ? "" : key.substr(0, dot);
}
} // namespace miniscrew
