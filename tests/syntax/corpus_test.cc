// The code blocks of the reference and the shipped rules are free of syntax errors.
#include <gtest/gtest.h>

#include <sstream>

#include "tests/syntax/golden.h"
#include "tests/syntax/parse_helper.h"

namespace {

namespace fs = std::filesystem;
using namespace writ::testing;

const fs::path kRoot = WRIT_SOURCE_DIR;

/// The blocks of a Markdown file between fences; those of another language (```sh) are left out.
std::vector<std::string> code_blocks(const std::string& text) {
  std::vector<std::string> out;
  std::istringstream in(text);
  bool inside = false;
  bool ours = false;
  std::string block;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("```")) {
      if (inside && ours) out.push_back(block);
      inside = !inside;
      ours = line == "```" || line == "```writ";
      block.clear();
    } else if (inside) {
      block += line + "\n";
    }
  }
  return out;
}

TEST(Corpus, CodeBlocksOfTheReferenceParse) {
  const std::vector<std::string> blocks = code_blocks(read_file(kRoot / "docs" / "language.md"));
  ASSERT_GE(blocks.size(), 7U);
  for (const std::string& block : blocks) {
    const Parsed whole = parse_text(block);
    if (whole.diagnostics.empty()) {
      EXPECT_TRUE(!whole.file.items.empty() || whole.file.package) << block;
      continue;
    }
    // The block of the quantifiers is a list of expressions, one or two in a line.
    std::string errors;
    std::istringstream in(block);
    for (std::string line; std::getline(in, line);) {
      if (const std::size_t comment = line.find('#'); comment != std::string::npos) line.resize(comment);
      while (line.find_first_not_of(' ') != std::string::npos) {
        std::size_t gap = line.find("          ");
        std::string part = line.substr(0, gap);
        line = gap == std::string::npos ? ""
                                        : line.substr(line.find_first_not_of(' ', gap) == std::string::npos
                                                          ? line.size()
                                                          : line.find_first_not_of(' ', gap));
        if (part.find("…") != std::string::npos || part.empty()) continue;
        const std::string result = errors_of("term x means " + part);
        if (!result.empty()) errors += part + ": " + result;
      }
    }
    EXPECT_EQ(errors, "") << whole.messages() << block;
  }
}

TEST(Corpus, ShippedRulesParse) {
  std::size_t files = 0;
  std::size_t items = 0;
  for (const auto& entry : fs::recursive_directory_iterator(kRoot / "rules")) {
    if (entry.path().extension() != ".writ") continue;
    const Parsed p = parse_text(read_file(entry.path()));
    EXPECT_EQ(p.messages(), "") << entry.path();
    ++files;
    items += p.file.items.size();
  }
  EXPECT_GE(files, 10U);
  EXPECT_GE(items, 100U);
}

/// A tree that is printed does not depend on comments, line breaks or indentation.
TEST(Corpus, ShippedRulesMeanTheSameOnOneLine) {
  for (const auto& entry : fs::recursive_directory_iterator(kRoot / "rules")) {
    if (entry.path().extension() != ".writ") continue;
    const std::string text = read_file(entry.path());
    std::string line;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (!quoted && text[i] == '#') {
        while (i < text.size() && text[i] != '\n') ++i;
      }
      if (i >= text.size()) break;
      if (quoted && text[i] == '\\') {
        line += text[i++];
      } else if (text[i] == '"') {
        quoted = !quoted;
      }
      line += text[i] == '\n' ? ' ' : text[i];
    }
    EXPECT_EQ(tree_of(line), tree_of(text)) << entry.path();
  }
}

/// No prefix of a rule file makes the parser fail in any other way than by diagnostics.
TEST(Corpus, EveryPrefixIsSurvived) {
  const std::string text = code_blocks(read_file(kRoot / "docs" / "language.md")).at(4);
  ASSERT_GT(text.size(), 1000U);
  for (std::size_t length = 0; length < text.size(); length += 7) {
    const Parsed p = parse_text(text.substr(0, length));
    for (const writ::Diagnostic& d : p.diagnostics.items()) {
      EXPECT_LE(d.span.begin, d.span.end);
      EXPECT_LE(d.span.end, length);
      EXPECT_FALSE(d.message.empty());
    }
  }
}

/// Neither does leaving out any one word.
TEST(Corpus, EveryMissingWordIsSurvived) {
  const std::string text = code_blocks(read_file(kRoot / "docs" / "language.md")).at(4);
  for (std::size_t begin = 0; begin < text.size(); ++begin) {
    if (text[begin] == ' ' || text[begin] == '\n' || (begin > 0 && text[begin - 1] != ' ')) continue;
    std::size_t end = begin;
    while (end < text.size() && text[end] != ' ' && text[end] != '\n') ++end;
    const Parsed p = parse_text(text.substr(0, begin) + text.substr(end));
    EXPECT_LE(p.diagnostics.items().size(), 6U) << text.substr(begin, end - begin) << "\n" << p.messages();
  }
}

}  // namespace
