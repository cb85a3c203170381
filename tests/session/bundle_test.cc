// Bundles: what comes out is what went in, and nothing that was changed on the way gets in, however it was changed.
#include <gtest/gtest.h>

#include <cstdlib>
#include <cstring>
#include <map>
#include <random>

#include "engine/base/check.h"
#include "engine/bundle/stored.h"
#include "engine/crypto/digest.h"
#include "engine/ir/verify.h"
#include "engine/session/bundles.h"

namespace writ::session {
namespace {

using bundle::Book;

LoadOptions rules(std::vector<std::string> names) {
  LoadOptions options;
  options.search = {std::filesystem::path(WRIT_SOURCE_DIR) / "rules"};
  options.rules = std::move(names);
  return options;
}

const std::string& bytes_of(const std::string& name) {
  static std::map<std::string, std::string> made;
  std::string& bytes = made[name];
  if (bytes.empty()) bytes = build_bundle(rules({name}), "test").bytes;
  return bytes;
}

std::shared_ptr<const Book> opened(std::string bytes) {
  auto book = Book::of(std::move(bytes), "test.writb");
  return book ? *book : nullptr;
}

/// What is wrong with these bytes, when all of them are looked at.
std::optional<Code> wrong(const std::string& bytes) {
  const auto book = Book::of(bytes, "test.writb");
  if (!book) return book.error().code;
  const auto refusal = (*book)->verify();
  return refusal ? std::optional(refusal->code) : std::nullopt;
}

std::size_t runs(std::size_t usual) {
  const char* set = std::getenv("WRIT_PROPERTY_RUNS");
  return set != nullptr ? std::strtoul(set, nullptr, 10) : usual;
}

/// A selection is what the ordinary loader makes of the same packs.
void expect_same(const bundle::Selection& stored, Session& loaded, const Book& book) {
  std::map<std::string, std::uint32_t> numbers;
  for (std::uint32_t i = 0; i < book.files().size(); ++i) numbers[book.files()[i].path] = i;
  bundle::Selection expected;
  expected.program = std::move(loaded.program);
  bundle::renumber(expected, [&](FileId file) { return FileId{numbers.at(loaded.relative[file.index])}; });
  EXPECT_EQ(stored.packs, loaded.packs);
  EXPECT_EQ(std::set<std::string>(stored.selected.begin(), stored.selected.end()), loaded.selected);
  EXPECT_EQ(stored.digest, loaded.digest);
  EXPECT_EQ(stored.files.size(), loaded.relative.size());
  ASSERT_TRUE(*stored.program.vocabulary == *expected.program.vocabulary);
  expected.program.vocabulary = stored.program.vocabulary;
  EXPECT_TRUE(stored.program == expected.program);
}

TEST(Bundle, EverySelectionIsWhatTheLoaderMakes) {
  const auto book = opened(bytes_of("us"));
  ASSERT_NE(book, nullptr);
  EXPECT_EQ(book->verify(), std::nullopt);
  for (const char* name : {"us", "us.california", "facts"}) {
    ASSERT_NE(book->find(name), nullptr) << name;
    const auto stored = book->read(*book->find(name));
    ASSERT_TRUE(stored.has_value()) << stored.error().message;
    const auto loaded = load(rules({name}));
    ASSERT_TRUE(loaded->ok());
    expect_same(*stored, *loaded, *book);
  }
  EXPECT_EQ(recompile(book), std::nullopt);
}

TEST(Bundle, TheWholeRuleBookGoesThere_AndBack) {
  const auto whole = load(rules({}));
  ASSERT_TRUE(whole->ok());
  EXPECT_EQ(ir::verify(whole->program), std::nullopt);
  bundle::Contents contents;
  for (std::uint32_t i = 0; i < whole->sources.size(); ++i)
    contents.texts.push_back({whole->relative[i], std::string(whole->sources.text(FileId{i}))});
  bundle::Selection all;
  all.program = whole->program;
  for (std::uint32_t i = 0; i < whole->sources.size(); ++i) all.files.push_back(i);
  all.packs = whole->packs;
  all.selected.assign(whole->selected.begin(), whole->selected.end());
  all.digest = whole->digest;
  contents.selections.push_back(all);
  const std::string bytes = bundle::write(contents);
  EXPECT_EQ(bytes, bundle::write(contents));
  const auto book = opened(bytes);
  ASSERT_NE(book, nullptr);
  const auto stored = book->read(*book->find(""));
  ASSERT_TRUE(stored.has_value()) << stored.error().message;
  EXPECT_EQ(stored->program.spans, whole->program.spans) << "files keep their numbers";
  for (std::uint32_t i = 0; i < whole->sources.size(); ++i) EXPECT_EQ(book->text(i), whole->sources.text(FileId{i}));
  expect_same(*stored, *whole, *book);
}

TEST(Bundle, OtherDaysOfKnowledgeAreCompiledFromItsTexts) {
  const auto book = opened(bytes_of("us.california"));
  ASSERT_NE(book, nullptr);
  LoadOptions one = rules({"us.california"});
  one.names_only = true;
  const auto compiled = load_compiled({shelf_of(book)}, one);
  ASSERT_NE(compiled, nullptr);
  EXPECT_TRUE(compiled->files.empty());
  const auto loaded = load(rules({"us.california"}));
  ASSERT_FALSE(loaded->program.publications.empty());
  for (const Date day : {loaded->program.publications.front(), loaded->program.publications.back()}) {
    const ir::Program& a = compiled->program_known(day.plus_days(-1));
    const ir::Program& b = loaded->program_known(day.plus_days(-1));
    EXPECT_EQ(a.nodes, b.nodes);
    EXPECT_EQ(a.lists, b.lists);
    EXPECT_EQ(a.constants, b.constants);
    EXPECT_TRUE(*a.vocabulary == *b.vocabulary);
  }
}

TEST(Bundle, NoByteOfHeaderAndTableCanBeAnother) {
  const std::string& good = bytes_of("uk.atrs");
  const std::size_t end = bundle::kHeader + bundle::kPart * opened(good)->parts().size();
  for (std::size_t i = 0; i < end; ++i) {
    for (const char flip : {'\x01', '\x80', '\xff'}) {
      std::string bad = good;
      bad[i] = static_cast<char>(bad[i] ^ flip);
      const auto book = Book::of(bad, "test.writb");
      ASSERT_FALSE(book.has_value()) << "byte " << i;
      const bool format = i >= 8 && i < 12;
      EXPECT_EQ(book.error().code, format ? Code::bundle_format : Code::damaged_bundle) << "byte " << i;
    }
  }
}

TEST(Bundle, NoByteAnywhereCanBeAnother) {
  const std::string& good = bytes_of("uk.atrs");
  ASSERT_EQ(wrong(good), std::nullopt);
  std::mt19937 random(1);
  for (std::size_t i = 0; i < runs(800); ++i) {
    std::string bad = good;
    for (std::size_t n = 1 + random() % 3; n > 0; --n)
      bad[random() % bad.size()] ^= static_cast<char>(1u << (random() % 8));
    if (bad == good) continue;
    EXPECT_TRUE(wrong(bad).has_value()) << i;
  }
}

TEST(Bundle, NothingCanBeMissingOrTooMuch) {
  const std::string& good = bytes_of("uk.atrs");
  std::mt19937 random(2);
  for (std::size_t size = 0; size < 200; ++size) EXPECT_TRUE(wrong(good.substr(0, size)).has_value()) << size;
  for (std::size_t i = 0; i < runs(300); ++i) EXPECT_TRUE(wrong(good.substr(0, random() % good.size())).has_value());
  EXPECT_EQ(wrong(good + "x"), Code::damaged_bundle);
  EXPECT_EQ(wrong(good + good), Code::damaged_bundle);
  EXPECT_EQ(wrong(""), Code::damaged_bundle);
}

// From here on the digests are right: whoever changes a bundle on purpose can make them.

std::string resigned(std::string bytes) {
  std::uint32_t count = 0;
  std::memcpy(&count, bytes.data() + 12, 4);
  for (std::uint32_t i = 0; i < count; ++i) {
    char* entry = bytes.data() + bundle::kHeader + i * bundle::kPart;
    std::uint64_t offset = 0, size = 0;
    std::memcpy(&offset, entry + 4, 8);
    std::memcpy(&size, entry + 12, 8);
    const auto digest = crypto::sha256(std::string_view(bytes).substr(offset, size));
    std::memcpy(entry + 20, digest.data(), digest.size());
  }
  const std::string table = bytes.substr(bundle::kHeader, count * bundle::kPart);
  const auto digest = crypto::sha256(bytes.substr(0, bundle::kHeader - 32) + table);
  std::memcpy(bytes.data() + bundle::kHeader - 32, digest.data(), digest.size());
  return bytes;
}

TEST(Bundle, WhatIsSignedAgainIsRefusedOrHoldsTogether) {
  const std::string& good = bytes_of("uk.atrs");
  ASSERT_EQ(resigned(good), good);
  const auto parts = opened(good)->parts();
  std::mt19937 random(3);
  std::size_t refused = 0;
  for (std::size_t i = 0; i < runs(1500); ++i) {
    std::string bad = good;
    const auto& part = parts[i % 4 == 0 ? 0 : parts.size() - 1 - random() % (parts.size() - 2)];
    for (std::size_t n = 1 + random() % 4; n > 0; --n) {
      char& byte = bad[part.offset + random() % part.size];
      constexpr char kLikely[] = {'\0', '\1', '\2', '\x7f', '\xff'};
      byte = random() % 2 == 0 ? kLikely[random() % 5] : static_cast<char>(random());
    }
    const auto book = Book::of(resigned(bad), "test.writb");
    if (!book) {
      ++refused;
      continue;
    }
    for (const Book::Name& name : (*book)->names()) {
      const auto selection = (*book)->read(name);
      refused += !selection;
      if (selection.has_value()) {
        EXPECT_EQ(ir::verify(selection->program), std::nullopt);
      }
    }
  }
  EXPECT_GT(refused, 0u);
}

// Where a length stands it is refused; where a number stands that may be large, what is read is a program.
TEST(Bundle, HugeLengthsTakeNoMemory) {
  std::size_t tried = 0, refused = 0;
  const std::string& good = bytes_of("uk.atrs");
  const auto parts = opened(good)->parts();
  for (const auto& part : parts) {
    if (part.section == bundle::Section::texts) continue;
    std::string bad = good;
    for (std::size_t i = 0; i < 64 && i + 4 <= part.size; i += 4) {
      bad.replace(part.offset + i, 4, "\xfe\xff\xff\xff", 4);
      const std::string again = resigned(bad);
      ++tried;
      refused += wrong(again).has_value();
      bad.replace(part.offset + i, 4, good, part.offset + i, 4);
    }
  }
  EXPECT_GT(refused * 2, tried);
}

TEST(Bundle, ATextIsLookedAtWhenItIsRead) {
  const std::string& good = bytes_of("uk.atrs");
  const auto sound = opened(good);
  std::string bad = good;
  bad[sound->parts()[1].offset] ^= 1;
  const auto book = opened(bad);
  ASSERT_NE(book, nullptr) << "texts are not hashed before somebody reads one";
  EXPECT_TRUE(book->read(*book->find("")).has_value());
  EXPECT_THROW(static_cast<void>(book->text(0)), IntegrityError);
  EXPECT_EQ(book->text(1), sound->text(1));
}

}  // namespace
}  // namespace writ::session
