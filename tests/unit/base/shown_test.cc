// SPDX-License-Identifier: LGPL-2.1-or-later
// Texts of users in messages.
#include "solver/base/shown.h"

#include <gtest/gtest.h>

using namespace miniscrew;

TEST(Utf8, FindsTheFirstWrongByte)
{
  EXPECT_EQ(first_invalid_utf8("plain \xC3\xA4 \xE2\x82\xAC \xF0\x9F\xA6\xB7"),
            std::string::npos);
  EXPECT_EQ(first_invalid_utf8(""), std::string::npos);
  EXPECT_EQ(first_invalid_utf8("ab\xE4"), 2u);
  EXPECT_EQ(first_invalid_utf8("\x80"), 0u);
  EXPECT_EQ(first_invalid_utf8("a\xC0\x80"), 1u);         // overlong
  EXPECT_EQ(first_invalid_utf8("a\xED\xA0\x80"), 1u);     // surrogate
  EXPECT_EQ(first_invalid_utf8("a\xF4\x90\x80\x80"), 1u); // beyond U+10FFFF
  EXPECT_EQ(first_invalid_utf8("a\xE2\x82"), 1u);         // cut off
}

TEST(ControlCharacters, AreFound)
{
  EXPECT_FALSE(has_control_character("a b, \xC3\xA4\xE2\x82\xAC"));
  for (const std::string text : {"a\n",
                                 "\t",
                                 "\x7F",
                                 "\x1B[31m",
                                 "\xC2\x85",
                                 "\xE2\x80\xA8",
                                 "\xE2\x80\xAE",
                                 "\xEF\xBB\xBF",
                                 "\xFF"})
    EXPECT_TRUE(has_control_character(text));
  EXPECT_TRUE(has_control_character(std::string(1, '\0')));
}

TEST(Shown, EscapesAndShortens)
{
  EXPECT_EQ(shown("a \xC3\xA4"), "a \xC3\xA4");
  EXPECT_EQ(shown("a\nb\tc\x1B"), "a\\nb\\tc\\u001B");
  EXPECT_EQ(shown("\xE4"), "\\xE4");
  EXPECT_EQ(shown("abcdef", 3), "abc... (6 bytes)");
  EXPECT_EQ(shown("\xC3\xA4\xC3\xB6", 2), "\xC3\xA4\xC3\xB6");
  EXPECT_EQ(shown("\xC3\xA4\xC3\xB6", 1), "\xC3\xA4... (4 bytes)");
  EXPECT_LT(shown(std::string(10000000, '\n')).size(), 300u);
  const std::string path(300, 'p');
  EXPECT_EQ(shown_path(path + "\n"), path + "\\n");
}
