// Texts to checked files, for the tests of this room.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/diagnostic.h"
#include "engine/sema/sema.h"

namespace writ::test {

/// Name and text of every file, in load order.
using Texts = std::vector<std::pair<std::string, std::string>>;

struct Checking {
  SourceMap sources;
  Diagnostics diagnostics;
  std::vector<ast::File> files;
  sema::Checked checked;
  /// One line each: "WR0301 3:14 message".
  [[nodiscard]] std::vector<std::string> lines() const;
};

[[nodiscard]] std::unique_ptr<Checking> check_texts(const Texts& texts);

/// The vocabulary that the malformed rules share.
[[nodiscard]] std::string shared_vocabulary();

}  // namespace writ::test
