// SPDX-License-Identifier: LGPL-2.1-or-later
// What somebody may have meant: distances between words.
#include "solver/base/nearest.h"

#include <algorithm>
#include <cctype>
#include <numeric>

namespace miniscrew
{
namespace
{
/// Lower case, and one sign for everything that only separates words.
std::string
folded(const std::string &word)
{
  std::string result;
  for (const char c : word)
    result +=
      (c == '-' || c == ' ' || c == '.')
        ? '_'
        : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
}

// Longer words are not looked at: they are no slip of the pen.
constexpr std::size_t longest_word = 200;

/// Number of insertions, deletions, replacements and swaps of neighbours
/// (optimal string alignment) that make @p b out of @p a.
std::size_t
edit_distance(const std::string &a, const std::string &b)
{
  std::vector<std::size_t> before, last(b.size() + 1), row(b.size() + 1);
  std::iota(last.begin(), last.end(), 0);
  for (std::size_t i = 1; i <= a.size(); ++i)
  {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j)
    {
      row[j] = std::min({last[j] + 1,
                         row[j - 1] + 1,
                         last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before = last;
    last   = row;
  }
  return last[b.size()];
}

/// How far a candidate is from a word; a word that continues or begins the
/// other ("diameter" for "diameter_mm") counts as near.
std::size_t
remoteness(const std::string &word, const std::string &candidate)
{
  const std::string a = folded(word), b = folded(candidate);
  const std::size_t common = std::min(a.size(), b.size());
  if (common >= 3 && a.compare(0, common, b, 0, common) == 0)
    return 1;
  return edit_distance(a, b);
}
} // namespace


std::optional<std::string>
nearest(const std::string &word, const std::vector<std::string> &candidates)
{
  if (word.size() > longest_word)
    return {};
  const auto best =
    std::min_element(candidates.begin(),
                     candidates.end(),
                     [&](const std::string &a, const std::string &b) {
                       return remoteness(word, a) < remoteness(word, b);
                     });
  // A third of the word may be wrong, so that "z" is not taken for "x".
  const std::size_t limit = word.size() < 2 ? 0 : 1 + (word.size() - 2) / 4;
  if (best == candidates.end() || *best == word ||
      remoteness(word, *best) > limit)
    return {};
  return *best;
}
} // namespace miniscrew
