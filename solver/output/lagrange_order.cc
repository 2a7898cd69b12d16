// SPDX-License-Identifier: LGPL-2.1-or-later
// The order of points in VTK's Lagrange cells.
#include "solver/output/lagrange_order.h"

#include <vtkHigherOrderHexahedron.h>
#include <vtkHigherOrderQuadrilateral.h>

namespace miniscrew::output
{
std::vector<unsigned int>
lagrange_hexahedron_order(unsigned int degree)
{
  const int                 p = static_cast<int>(degree);
  const int                 orders[3]{p, p, p};
  std::vector<unsigned int> order;
  for (int k = 0; k <= p; ++k)
    for (int j = 0; j <= p; ++j)
      for (int i = 0; i <= p; ++i)
        order.push_back(
          vtkHigherOrderHexahedron::PointIndexFromIJK(i, j, k, orders));
  return order;
}


std::vector<unsigned int>
lagrange_quadrilateral_order(unsigned int degree)
{
  const int                 p = static_cast<int>(degree);
  const int                 orders[2]{p, p};
  std::vector<unsigned int> order;
  for (int j = 0; j <= p; ++j)
    for (int i = 0; i <= p; ++i)
      order.push_back(
        vtkHigherOrderQuadrilateral::PointIndexFromIJK(i, j, orders));
  return order;
}
} // namespace miniscrew::output
