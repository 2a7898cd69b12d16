// SPDX-License-Identifier: LGPL-2.1-or-later
// Limits of what is read as TOML.
#include "solver/case/reading/toml_text.h"

#include "solver/base/errors.h"

#include <gtest/gtest.h>

using namespace miniscrew;

namespace
{
std::string
repeated(const std::string &piece, const std::size_t n)
{
  std::string text;
  for (std::size_t i = 0; i < n; ++i)
    text += piece;
  return text;
}

std::string
complaint_about(const std::string &text)
{
  try
  {
    static_cast<void>(parse_toml(text, "x.toml"));
    return "";
  }
  catch (const UserError &error)
  {
    return error.what();
  }
}
} // namespace

TEST(TomlText, RefusesDeepNesting)
{
  for (const std::size_t n : {17, 300, 50000})
  {
    const std::string parts = "a" + repeated(".a", n - 1);
    for (const std::string &text :
         {parts + " = 1",
          "[" + parts + "]",
          "[[" + parts + "]]",
          "x = { " + parts + " = 1 }",
          "x = " + repeated("[", n) + repeated("]", n),
          "x = " + repeated("{ a = ", n) + "1" + repeated(" }", n),
          "x = " + repeated("[{ a = ", n) + "1" + repeated(" }]", n),
          "'a'" + repeated(" . \"a\"", n - 1) + " = 1"})
      EXPECT_NE(complaint_about(text).find("more than 16 deep"),
                std::string::npos)
        << text.substr(0, 80) << " gave " << complaint_about(text);
  }
}

// An error in finding the end of a string would hide what comes after it.
TEST(TomlText, FindsTheEndOfEveryString)
{
  const std::string deep = "\nx = " + repeated("[", 20) + repeated("]", 20);
  for (const std::string start : {R"(s = "a\"b")",
                                  R"(s = "a\\")",
                                  R"(s = '\')",
                                  R"(s = "")",
                                  R"(s = '')",
                                  R"(s = """a""b""""")",
                                  R"(s = """"a"""")",
                                  R"(s = """\""""")",
                                  R"(s = '''a'b''c'''')",
                                  "s = '''\n\"\n'''",
                                  "s = 1 # \"",
                                  "s = \"#\"",
                                  "s = \"\"\"\n# ' \\\"\"\"\"",
                                  "s = 'x' # [[[["})
  {
    EXPECT_EQ(complaint_about(start), "") << start;
    EXPECT_NE(complaint_about(start + deep).find("x.toml:"), std::string::npos);
    EXPECT_NE(complaint_about(start + deep).find("more than 16 deep"),
              std::string::npos)
      << start << " gave " << complaint_about(start + deep);
  }
}

TEST(TomlText, LeavesTheDotsOfTextsAndNumbersAlone)
{
  const std::string dots = repeated(".", 40);
  EXPECT_EQ(complaint_about("a = '" + dots + "' # " + dots), "");
  EXPECT_EQ(complaint_about("a = [" + repeated("1.5, ", 40) + "]"), "");
  EXPECT_EQ(complaint_about(repeated("[[a]]\nb.c = 1.5\n", 40)), "");
}

TEST(TomlText, RefusesLargeTextsAndOtherEncodings)
{
  EXPECT_NE(complaint_about(std::string(1000001, ' ')).find("is larger than"),
            std::string::npos);
  EXPECT_EQ(complaint_about("a = 'Schl\xE4uche'\n"),
            "x.toml:1:10: the byte \\xE4 is not UTF-8; save the file with that "
            "encoding");
  EXPECT_NE(complaint_about("b = 1\n# \xC0\x80").find("x.toml:2:3: the byte"),
            std::string::npos);
  EXPECT_EQ(complaint_about("a = 'Schl\xC3\xA4uche'\n"), "");
}

TEST(TomlText, SaysOnOneLineWhatIsNoToml)
{
  for (const std::string text : {"a = \n",
                                 "= 1",
                                 "a = 'x",
                                 "[a",
                                 "a = 1 b",
                                 "a = \x01",
                                 "a = 1e",
                                 "\"",
                                 "a = 99999999999999999999",
                                 "a = 1\na = 2",
                                 "a = \"\\ud800\""})
  {
    const std::string complaint = complaint_about(text);
    EXPECT_EQ(complaint.compare(0, 7, "x.toml:"), 0) << complaint;
    EXPECT_NE(complaint.find("not valid TOML"), std::string::npos) << complaint;
    EXPECT_EQ(complaint.find('\n'), std::string::npos) << complaint;
  }
}
