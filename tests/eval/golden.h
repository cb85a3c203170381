// What the golden tests share: a book with boolean facts, and its only verdict in short.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/eval/build.h"

namespace writ::eval::testing {

inline const Given T = Given::of(true), F = Given::of(false), U = Given::unknown();

struct Golden : ::testing::Test {
  Book book;

  void booleans(std::initializer_list<const char*> names) {
    for (const char* n : names) book.root(n, book.boolean);
  }
  Given given(std::initializer_list<std::pair<const char*, Given>> facts) const {
    Given out = book.blank();
    for (const auto& [path, value] : facts) book.state(out, path, value);
    return out;
  }
  Finding only(const Given& document, const char* as_of = "2026-11-22") const {
    DocumentResult r = book.run(document, as_of);
    EXPECT_EQ(r.findings.size(), 1u);
    return r.findings.at(0);
  }
  std::vector<std::string> missing(const Given& document, const char* as_of = "2026-11-22") const {
    return paths(book.bind(document), only(document, as_of).missing);
  }
  std::string verdict(const Given& document, const char* as_of = "2026-11-22") const {
    return text(only(document, as_of));
  }
};

}  // namespace writ::eval::testing
