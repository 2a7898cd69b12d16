// SPDX-License-Identifier: LGPL-2.1-or-later
// Everything that is wrong with a case file, in the order of its lines.
#include "solver/case/reading/complaints.h"

#include "solver/base/errors.h"
#include "solver/base/shown.h"

#include <algorithm>
#include <tuple>

namespace miniscrew
{
namespace
{
constexpr std::size_t most_complaints = 50;
} // namespace


std::string
Place::text() const
{
  if (line == 0)
    return shown_path(source);
  return shown_path(source) + ":" + std::to_string(line) + ":" +
         std::to_string(column);
}


void
Complaints::add(const Place &place, const std::string &sentence)
{
  ++n_added_;
  const std::string text     = place.text();
  const bool        is_known = std::any_of(
    complaints_.begin(), complaints_.end(), [&](const Complaint &other) {
      return other.sentence == sentence && other.place.text() == text;
    });
  if (!is_known)
    complaints_.push_back({place, sentence});
  if (complaints_.size() == most_complaints)
    throw_all("\n" + shown_path(place.source) +
              ": more is not looked at, as so much is wrong");
}


std::size_t
Complaints::n_added() const
{
  return n_added_;
}


void
Complaints::throw_if_any() const
{
  if (!complaints_.empty())
    throw_all("");
}


void
Complaints::throw_all(const std::string &end) const
{
  std::vector<Complaint> sorted = complaints_;
  std::stable_sort(
    sorted.begin(), sorted.end(), [](const Complaint &a, const Complaint &b) {
      return std::tie(a.place.line, a.place.column) <
             std::tie(b.place.line, b.place.column);
    });
  std::string text;
  for (const Complaint &complaint : sorted)
    text += (text.empty() ? "" : "\n") + complaint.place.text() + ": " +
            complaint.sentence;
  throw UserError(text + end);
}
} // namespace miniscrew
