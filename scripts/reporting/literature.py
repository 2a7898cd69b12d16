# SPDX-License-Identifier: LGPL-2.1-or-later
"""Values of the literature that results are set beside."""

# Torque of insertion in N cm: what Motoyoshi et al. 2006 recommend, and between
# what values the limits of the manufacturers lie (Baumgaertel et al. 2008).
RECOMMENDED_TORQUE = (5., 10.)
TORQUE_LIMITS = (20., 40.)
RECOMMENDED_BY, LIMITS_BY = "Motoyoshi 2006", "Baumgaertel 2008"

# Micromotion in µm: above the first orthodontic mini-implants loosened (Kum et
# al. 2023), between the others bone stops growing on to an implant
# (Szmukler-Moncler et al. 1998).
MICROMOTION = 30.
MICROMOTION_RANGE = (50., 150.)
MICROMOTION_BY, MICROMOTION_RANGE_BY = "Kum 2023", "Szmukler-Moncler 1998"
