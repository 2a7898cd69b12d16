# SPDX-License-Identifier: LGPL-2.1-or-later
# Writes a C++ source with the text of INPUT as the string SYMBOL.
file(READ ${INPUT} text)
# Pieces stay below the length that every compiler accepts for one literal.
string(LENGTH "${text}" length)
set(literal "")
set(position 0)
while(position LESS length)
  string(SUBSTRING "${text}" ${position} 8000 piece)
  string(APPEND literal "R\"__TEXT__(${piece})__TEXT__\"\n")
  math(EXPR position "${position} + 8000")
endwhile()
file(WRITE ${OUTPUT}
     "#include <string>\nnamespace miniscrew {\nextern const std::string ${SYMBOL};\nconst std::string ${SYMBOL} =\n${literal};\n}\n")
