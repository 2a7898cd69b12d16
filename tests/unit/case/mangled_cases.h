// SPDX-License-Identifier: LGPL-2.1-or-later
// Case files that were mangled at random, the same ones on every machine.
#pragma once

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace miniscrew::test
{
/// A case file and settings of the command line.
struct Mangled
{
  std::string              text;
  std::vector<std::string> settings;
};

/// Mangles one text after the other.
class Mangler
{
public:
  /// @p texts are sound cases, @p keys those that settings may set.
  Mangler(std::uint64_t                   seed,
          const std::vector<std::string> &texts,
          const std::vector<std::string> &keys)
    : random_(seed),
      texts_(texts),
      keys_(keys)
  {}

  Mangled
  next()
  {
    Mangled result{one_of(texts_), {}};
    for (std::size_t n = 1 + below(3); n > 0; --n)
      mangle(result.text);
    if (below(3) == 0)
      for (std::size_t n = 1 + below(3); n > 0; --n)
        result.settings.push_back(setting());
    return result;
  }

private:
  // The standard leaves it to the library what a distribution gives.
  std::size_t
  below(const std::size_t n)
  {
    return n == 0 ? 0 : static_cast<std::size_t>(random_() % n);
  }

  const std::string &
  one_of(const std::vector<std::string> &choices)
  {
    return choices[below(choices.size())];
  }

  std::string
  repeated(const std::string &piece, const std::size_t n)
  {
    std::string text;
    for (std::size_t i = 0; i < n; ++i)
      text += piece;
    return text;
  }

  /// A value that no key expects, or not so.
  std::string
  odd_value()
  {
    static const std::vector<std::string> values = {"9007199254740993",
                                                    "-9223372036854775808",
                                                    "9223372036854775807",
                                                    "9223372036854775808",
                                                    "-1",
                                                    "0",
                                                    "-0.0",
                                                    "1e-300",
                                                    "5e-324",
                                                    "1e308",
                                                    "-1e308",
                                                    "1e309",
                                                    "nan",
                                                    "-inf",
                                                    "0x7fffffffffffffff",
                                                    "0b1",
                                                    "1_0",
                                                    "4294967296",
                                                    "1e400000",
                                                    "1979-05-27T07:32:00Z",
                                                    "25:61:61",
                                                    "true",
                                                    "[]",
                                                    "{}",
                                                    "[[]]",
                                                    "[1, 'a', {}]",
                                                    "{ a = 1, b.c = 2 }",
                                                    "\"\"",
                                                    "'x'",
                                                    "\"\\u0000\"",
                                                    "\"\\uD800\"",
                                                    "\"\\U00110000\"",
                                                    "\"\\u202E\"",
                                                    "'''a\nb'''",
                                                    "[1, 2, 3]",
                                                    "[1e308, 1e308, 1e308]",
                                                    "[nan, 0, 0]",
                                                    "\"a\\nb\"",
                                                    "'../../x'",
                                                    "'\xC3\xA4'",
                                                    "'\xE4'",
                                                    "",
                                                    "=",
                                                    "1 2",
                                                    "+",
                                                    "0.1.2",
                                                    "1e",
                                                    "'",
                                                    "\"\"\"",
                                                    "'cortical bone'",
                                                    "\"elastic\"",
                                                    "2"};
    switch (below(12))
    {
      case 0:
        return "'" + std::string(1 + below(200000), 'x') + "'";
      case 1:
      {
        const std::size_t depth = deep();
        return repeated("[", depth) + repeated("]", depth);
      }
      case 2:
      {
        const std::size_t depth = deep();
        return repeated("{ a = ", depth) + "1" + repeated(" }", depth);
      }
      default:
        return one_of(values);
    }
  }

  std::size_t
  deep()
  {
    static const std::vector<std::size_t> depths = {
      2, 15, 16, 17, 255, 257, 5000, 50000};
    return depths[below(depths.size())];
  }

  std::string
  odd_key()
  {
    static const std::vector<std::string> keys = {"\"\"",
                                                  "\"a.b\"",
                                                  "'\\'",
                                                  "expected",
                                                  "variant",
                                                  "a b",
                                                  "\xE4",
                                                  "",
                                                  "screw.\"\"",
                                                  "expected.\"\".value",
                                                  "\"a\\nb\"",
                                                  "title.x",
                                                  "[",
                                                  "[[",
                                                  "\"screw.length_mm\"",
                                                  "screw.length_mm.x",
                                                  "name"};
    switch (below(4))
    {
      case 0:
        return "a" + repeated(".a", deep());
      case 1:
        return std::string(1 + below(200000), 'k');
      case 2:
        return one_of(keys_);
      default:
        return one_of(keys);
    }
  }

  std::string
  setting()
  {
    const std::string key = below(4) == 0 ? odd_key() : one_of(keys_);
    return below(20) == 0 ? key : key + "=" + odd_value();
  }

  /// A line that was not there.
  std::string
  odd_line()
  {
    switch (below(5))
    {
      case 0:
        return "[" + odd_key() + "]";
      case 1:
        return "[[" + odd_key() + "]]";
      case 2:
        return "[[variant]]\nname = " + odd_value();
      default:
      {
        // One after the other, as the order of operands is not set.
        const std::string key = odd_key();
        return key + " = " + odd_value();
      }
    }
  }

  /// Replaces the value of a line that has one.
  std::string
  with_other_value(const std::string &line)
  {
    const auto equals = line.find('=');
    return equals == std::string::npos
             ? odd_line()
             : line.substr(0, equals + 1) + " " + odd_value();
  }

  void
  mangle_line(std::string &text)
  {
    // One line, from start to end.
    const std::size_t somewhere = below(text.size());
    const auto        before    = text.rfind('\n', somewhere);
    const std::size_t start     = before == std::string::npos ? 0 : before + 1;
    const std::size_t end       = std::min(text.find('\n', start), text.size());
    const std::string line      = text.substr(start, end - start);
    switch (below(5))
    {
      case 0:
        text.replace(start, end - start, "");
        break;
      case 1:
        text.insert(start, line + "\n");
        break;
      case 2:
        text.insert(start, odd_line() + "\n");
        break;
      default:
        text.replace(start, end - start, with_other_value(line));
    }
  }

  void
  mangle_bytes(std::string &text)
  {
    static const std::string signs =
      "[]{}=.,'\"#\\\n\r\t \0\x7F\xC3\xFF\xED-+_e";
    const std::size_t position = below(text.size());
    switch (below(5))
    {
      case 0:
        text.resize(position);
        break;
      case 1:
        text.insert(position, 1, signs[below(signs.size())]);
        break;
      case 2:
        text.erase(position, 1 + below(20));
        break;
      case 3:
      {
        const std::string &other = one_of(texts_);
        const std::size_t  start = below(other.size());
        text.insert(position, other.substr(start, below(400)));
        break;
      }
      default:
        if (!text.empty())
          text[position] = static_cast<char>(below(256));
    }
  }

  void
  mangle(std::string &text)
  {
    if (below(3) == 0)
      mangle_bytes(text);
    else
      mangle_line(text);
  }

  std::mt19937_64          random_;
  std::vector<std::string> texts_, keys_;
};
} // namespace miniscrew::test
