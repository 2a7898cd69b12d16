// SPDX-License-Identifier: LGPL-2.1-or-later
// Records, their quantities, and JSON.
#include "solver/base/errors.h"
#include "solver/base/guard.h"
#include "solver/report/needed.h"
#include "solver/report/quantities.h"
#include "solver/report/record_json.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

using namespace miniscrew;
using report::Quantity;
using report::Record;

namespace
{
const Quantity size{"a.b", "size_mm", "mm", "size", "How large it is"};
const Quantity name{"a.b", "name", "", "name", "What it is called"};
const Quantity place{"a.b", "place_mm", "mm", "place", "Where it is"};
const Quantity count{"a.b", "count", "", "count", "How many there are"};
const Quantity words{"a.b", "words", "", "words", "What is said"};
const Quantity is_there{"a.b", "is_there", "", "is there", "Whether it is"};

Record
filled()
{
  Record record;
  record.at("a.b")
    .set(size, 0.1)
    .set(name, std::string("pin"))
    .set(place, std::array<double, 3>{{3., 0., 4.}})
    .set(count, 7u)
    .set(words, std::vector<std::string>{"x", "y"})
    .set(is_there, true);
  record.begin_rows("none");
  record.add_row("rows").set(size, 1.);
  record.add_row("rows").set(size, 2.);
  return record;
}
} // namespace

TEST(Record, IsReadByQuantities)
{
  const Record  record = filled();
  const Record *part   = record.find("a.b");
  ASSERT_NE(part, nullptr);
  EXPECT_EQ(part->number(size), 0.1);
  EXPECT_EQ(part->number(place), 5.); // its length
  EXPECT_EQ(part->number(count), 7.);
  EXPECT_EQ(part->text(name), "pin");
  EXPECT_EQ(part->texts(words), (std::vector<std::string>{"x", "y"}));
  EXPECT_EQ(part->vector(place), (std::vector<double>{3., 0., 4.}));
  EXPECT_FALSE(part->number(name));
  EXPECT_FALSE(record.number(size));
  EXPECT_EQ(record.find("a.c"), nullptr);
  ASSERT_EQ(record.rows("rows").size(), 2u);
  EXPECT_EQ(record.rows("rows")[1].number(size), 2.);
  EXPECT_TRUE(record.rows("none").empty());
  EXPECT_THROW(Record(filled()).at("a.b.size_mm"), InternalError);
}

TEST(Record, IsTheSameAfterJson)
{
  const auto json = report::to_json(filled());
  EXPECT_EQ(json.dump(),
            R"({"a":{"b":{"count":7,"is_there":true,"name":"pin",)"
            R"("place_mm":[3.0,0.0,4.0],"size_mm":0.1,"words":["x","y"]}},)"
            R"("none":[],"rows":[{"size_mm":1.0},{"size_mm":2.0}]})");
  EXPECT_EQ(report::to_json(report::record_from(json)), json);
  EXPECT_TRUE(report::record_from(nlohmann::json::array()).empty());
}

TEST(Record, KeepsEveryDigitAndWhatIsNotFinite)
{
  Record record;
  record.set(size, 1. / 3.)
    .set(place, std::vector<double>{NAN, INFINITY, -INFINITY});
  const Record back = report::record_from_text(report::exact_text(record));
  EXPECT_EQ(back.number(size), 1. / 3.);
  const std::vector<double> odd = back.vector(place);
  ASSERT_EQ(odd.size(), 3u);
  EXPECT_TRUE(std::isnan(odd[0]));
  EXPECT_EQ(odd[1], INFINITY);
  EXPECT_EQ(odd[2], -INFINITY);
  EXPECT_THROW(report::record_from_text("[1]"), IoError);
  EXPECT_THROW(report::record_from_text("{"), IoError);
}

TEST(Record, GivesWhatIsNeededOrSaysWhatIsWrong)
{
  Record record;
  record.set(size, 2.).set(count, 7u).set(place, std::vector<double>());
  const Record back = report::record_from_text(report::exact_text(record));
  EXPECT_EQ(report::needed<double>(back, "size_mm"), 2.);
  EXPECT_EQ(report::needed<double>(back, "count"), 7.);
  EXPECT_EQ(report::needed<unsigned int>(back, "count"), 7u);
  EXPECT_TRUE(report::needed<std::vector<double>>(back, "place_mm").empty());
  EXPECT_THROW(report::needed<unsigned int>(back, "size_mm"), IoError);
  EXPECT_THROW(report::needed<std::string>(back, "size_mm"), IoError);
  EXPECT_THROW(report::needed<double>(back, "words"), IoError);
  EXPECT_THROW(report::needed_part(back, "size_mm"), IoError);
  record.set(count, std::uint64_t{1} << 40);
  EXPECT_THROW(report::needed<unsigned int>(record, "count"), IoError);
}

TEST(Record, FindsNumbersThatAreNotFinite)
{
  Record record;
  record.at("a").set_value("b", std::vector<double>{1., NAN, 3.});
  record.add_row("c").set_value("d", 1.);
  record.add_row("c").set_value("d", INFINITY);
  record.set_value("e", std::string("text"));
  record.set_value("g", 1e308);
  EXPECT_EQ(report::not_finite(record),
            (std::vector<std::string>{"a.b.1", "c.1.d"}));
  EXPECT_TRUE(report::not_finite(filled()).empty());
}

TEST(Quantities, HaveAPlaceAUnitAndASentenceEach)
{
  std::set<std::string> paths;
  for (const Quantity &quantity : report::quantity_library())
  {
    EXPECT_FALSE(quantity.label.empty()) << quantity.key;
    EXPECT_GT(quantity.sentence.size(), 4u) << quantity.key;
    EXPECT_NE(quantity.sentence.back(), '.') << quantity.key;
    EXPECT_TRUE(paths.insert(quantity.place + "." + quantity.key).second)
      << quantity.key;
    // Units are part of the names.
    const std::string &key = quantity.key;
    for (const auto &[ending, unit] : {std::pair{"_N_cm", "N cm"},
                                       std::pair{"_MPa", "MPa"},
                                       std::pair{"_mm3", "mm3"},
                                       std::pair{"_mm2", "mm2"},
                                       std::pair{"_deg", "degrees"}})
    {
      const std::string end = ending;
      const bool        ends =
        key.size() > end.size() &&
        key.compare(key.size() - end.size(), std::string::npos, end) == 0;
      EXPECT_TRUE(!ends || quantity.unit == unit || quantity.unit.empty())
        << key;
    }
  }
}

TEST(Quantities, AreFoundByTheirPathTheMostSpecificFirst)
{
  const auto label = [](const std::string &path) {
    const Quantity *found = report::find_quantity(path);
    return found == nullptr ? std::string("none") : found->label;
  };
  EXPECT_EQ(label("mesh.n_dofs"), "degrees of freedom");
  EXPECT_EQ(label("pullout.peak_force_N"), "pull-out force");
  EXPECT_EQ(label("another.peak_force_N"), "largest force");
  EXPECT_EQ(label("service.total.bone.near_cortex.max_principal_strain.p99_9"),
            "maximum principal strain 99.9 %");
  EXPECT_EQ(label("service.no_such_key"), "none");
  EXPECT_EQ(label("title"), "title");
}

TEST(Quantities, CanBeAddedOnce)
{
  const Quantity mine{"mine", "x_mm", "mm", "x", "An x", {"mine"}, {"µm", 1e3}};
  report::add_quantity(mine);
  EXPECT_EQ(report::find_quantity("mine.x_mm")->sentence, "An x");
  EXPECT_THROW(report::add_quantity(mine), InternalError);
  const auto row = report::compared_quantities().back();
  EXPECT_EQ(row.name(), "x, µm");
  EXPECT_EQ(row.scale(), 1e3);
  EXPECT_EQ(row.place, "mine");
}
