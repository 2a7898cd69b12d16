// SPDX-License-Identifier: LGPL-2.1-or-later
// Conversion of values of TOML.
#include "solver/case/reading/toml_value.h"

#include "solver/base/errors.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace miniscrew;

namespace
{
const toml::table data = toml::parse(R"(
whole = 3
exact = 9007199254740992
beyond = 9007199254740993
largest = 9223372036854775807
least = -9223372036854775808
number = 2.5
endless = inf
nothing = nan
text = "x"
flag = true
day = 2020-01-01
[deep]
numbers = [1, 2.5]
mixed = [1, 'x']
)");

std::string
complaint_about(const std::string &key)
{
  try
  {
    static_cast<void>(
      to_number(member(data, key), "a number in mm", ">= 1 and <= 2"));
    return "";
  }
  catch (const UserError &error)
  {
    return error.what();
  }
}
} // namespace

TEST(TomlValue, GivesNumbers)
{
  EXPECT_EQ(number_in(data, "whole"), 3.);
  EXPECT_EQ(number_in(data, "number"), 2.5);
  EXPECT_EQ(number_in(data, "exact"), std::pow(2., 53));
  EXPECT_EQ(numbers_in(data, "deep.numbers"), (std::vector<double>{1., 2.5}));
  EXPECT_EQ(number_in(data, "missing", 7.), 7.);
  EXPECT_EQ(number_in(data, "number", 7.), 2.5);
}

TEST(TomlValue, RefusesWholeNumbersThatAreNotExact)
{
  for (const std::string key : {"beyond", "largest", "least"})
    EXPECT_NE(complaint_about(key).find(
                "is out of range, allowed is a number in mm >= 1 and <= 2"),
              std::string::npos)
      << complaint_about(key);
  EXPECT_EQ(complaint_about("least").compare(0, 20, "-9223372036854775808"), 0);
  EXPECT_THROW(static_cast<void>(number_in(data, "beyond", 7.)), UserError);
}

TEST(TomlValue, RefusesOtherTypes)
{
  EXPECT_EQ(complaint_about("endless"),
            "expected a number in mm that is finite, got inf");
  EXPECT_EQ(complaint_about("nothing"),
            "expected a number in mm that is finite, got nan");
  for (const std::string key : {"text", "flag", "day", "deep", "deep.numbers"})
    EXPECT_EQ(
      complaint_about(key).compare(0, 29, "expected a number in mm, got "), 0)
      << complaint_about(key);
  EXPECT_THROW(static_cast<void>(text_in(data, "whole")), UserError);
  EXPECT_THROW(static_cast<void>(flag_in(data, "whole")), UserError);
  EXPECT_THROW(static_cast<void>(numbers_in(data, "deep.mixed")), UserError);
  EXPECT_THROW(static_cast<void>(texts_in(data, "deep.mixed")), UserError);
  EXPECT_THROW(static_cast<void>(tables_in(data, "deep")), UserError);
  EXPECT_THROW(static_cast<void>(table_in(data, "deep.numbers")), UserError);
}

TEST(TomlValue, NamesWhatIsMissing)
{
  try
  {
    static_cast<void>(number_in(data, "deep.number"));
    FAIL();
  }
  catch (const UserError &error)
  {
    EXPECT_STREQ(error.what(), "deep.number is missing");
  }
}

TEST(TomlValue, DescribesValuesForMessages)
{
  EXPECT_EQ(describe(member(data, "whole")), "the number 3");
  EXPECT_EQ(describe(member(data, "number")), "the number 2.5");
  EXPECT_EQ(describe(toml::value<double>(4.)), "the number 4.0");
  EXPECT_EQ(describe(member(data, "text")), "the string 'x'");
  EXPECT_EQ(describe(member(data, "day")), "a date or time");
  EXPECT_EQ(describe(member(data, "deep.numbers")), "an array of 2 values");
  EXPECT_LT(describe(toml::value<std::string>(std::string(100000, 'x'))).size(),
            200u);
}
