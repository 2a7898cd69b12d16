// SPDX-License-Identifier: LGPL-2.1-or-later
// The effective case: parts, differences, and the way to text and back.
#include "tests/unit/case/case_text.h"

#include <gtest/gtest.h>

using namespace miniscrew;
using namespace miniscrew::test;

namespace
{
using Keys = std::vector<std::string>;

EffectiveCase
small_case()
{
  EffectiveCase effective;
  effective.add("title", "\"a = b\"");
  effective.add("screw.pitch_mm", "0.7");
  effective.add("screw.material.name", "\"Ti\"");
  effective.add("load.force_N", "[2.0, 0.0, 0.0]");
  effective.add("load.steps", "2");
  effective.add("expected.\"service.x = \\\" y\"", "{ value = 1.0 }");
  return effective;
}

Keys
keys_of(const EffectiveCase &effective)
{
  Keys keys;
  for (const EffectiveCase::Value &value : effective.values())
    keys.push_back(value.key);
  return keys;
}
} // namespace


TEST(EffectiveCase, IsTomlByTables)
{
  EXPECT_EQ(small_case().to_toml(),
            "title = \"a = b\"\n"
            "\n[screw]\npitch_mm = 0.7\nmaterial.name = \"Ti\"\n"
            "\n[load]\nforce_N = [2.0, 0.0, 0.0]\nsteps = 2\n"
            "\n[expected]\n\"service.x = \\\" y\" = { value = 1.0 }\n");
}


TEST(EffectiveCase, ComesBackFromItsText)
{
  const std::optional<EffectiveCase> again =
    EffectiveCase::from_toml(small_case().to_toml());
  ASSERT_TRUE(again);
  EXPECT_EQ(again->difference(small_case()), Keys{});
  EXPECT_EQ(keys_of(*again), keys_of(small_case()));
  EXPECT_EQ(again->text("load.steps").value_or(""), "2");
  EXPECT_FALSE(again->text("load.step"));
  EXPECT_TRUE(EffectiveCase::from_toml("")->values().empty());
}


TEST(EffectiveCase, IsNotMadeOfOtherTexts)
{
  for (const char *text : {"{}",
                           "[",
                           "[]",
                           "[screw",
                           "x",
                           "x = ",
                           "x =1",
                           " = 1",
                           "\"x = 1",
                           "# a comment = 1",
                           "\xff"})
    EXPECT_FALSE(EffectiveCase::from_toml(text)) << text;
}


TEST(EffectiveCase, HasPartsByKeyAndByTable)
{
  const EffectiveCase whole = small_case();
  EXPECT_EQ(keys_of(whole.without({"screw", "title", "load.steps"})),
            (Keys{"load.force_N", "expected.\"service.x = \\\" y\""}));
  EXPECT_EQ(keys_of(whole.only({"screw.material", "load"})),
            (Keys{"screw.material.name", "load.force_N", "load.steps"}));
  // A name is no beginning of a word.
  EXPECT_EQ(keys_of(whole.without({"lo", "screw.pitch"})), keys_of(whole));
}


TEST(EffectiveCase, DiffersByTextAndByPresence)
{
  EffectiveCase other = small_case().without({"title", "load.steps"});
  other.add("load.steps", "3");
  other.add("output.vtu", "true");
  EXPECT_EQ(small_case().difference(other),
            (Keys{"title", "load.steps", "output.vtu"}));
  EXPECT_EQ(other.difference(small_case()),
            (Keys{"load.steps", "output.vtu", "title"}));
}


TEST(EffectiveCase, OfACaseFileHasItsVariantsDifference)
{
  const std::vector<Case> cases = read_text_as_case(
    std::string(catalogue_screw_text) +
    "[expected]\n\"service.x\" = { value = 1, relative_tolerance = 0.1, "
    "source = 'a \"form\"' }\n"
    "[[variant]]\nname = 'a'\n[[variant]]\nname = 'b'\nload.steps = 7\n");
  EXPECT_EQ(cases[0].effective.difference(cases[1].effective),
            Keys{"load.steps"});
  EXPECT_EQ(cases[1].effective.text("load.steps").value_or(""), "7");
  const auto again = EffectiveCase::from_toml(cases[0].effective.to_toml());
  ASSERT_TRUE(again);
  EXPECT_EQ(again->difference(cases[0].effective), Keys{});
}
