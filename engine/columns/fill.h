// NDJSON into columns: one walk over the tokens that simdjson's first stage finds. It takes what is plain, and only
// that: a document in which anything is unusual (an error, a form with no column, a limit) is left to the ordinary
// reader, which knows what to say about it. Facts that are taken are taken exactly as the ordinary reader takes them.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "engine/columns/block.h"
#include "engine/facts/raw.h"

namespace writ::columns {

/// A line of the text that holds something.
struct Line {
  std::size_t begin = 0, end = 0;  // without its line break
  std::uint32_t number = 0;        // in the text, from 1
};

class Filler {
 public:
  explicit Filler(const Layout& layout);
  ~Filler();
  Filler(const Filler&) = delete;
  Filler& operator=(const Filler&) = delete;

  /// Bytes that must be readable behind a text.
  [[nodiscard]] static std::size_t padding();
  /// Finds the tokens of `text`, whole lines. False: its bytes are no JSON text; take the lines one by one.
  [[nodiscard]] bool begin(std::string_view text);
  /// The document of a line of that text, after those before it, as a row of the block. False: not for columns.
  [[nodiscard]] bool add(const Line& line, Block& block);
  /// Rows for what may be in lists that nobody has stated. Once, before the block is judged.
  void finish(Block& block) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace writ::columns
