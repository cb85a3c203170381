// The documents of one run: each read and checked once, linked with those that it refers to, and bound to facts when
// they are needed, so that memory does not grow with the facts of documents that no report shows.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/diagnostic.h"
#include "engine/facts/document.h"
#include "engine/facts/link.h"
#include "engine/facts/raw.h"
#include "engine/gate/result.h"
#include "engine/model/vocabulary.h"
#include "engine/run/documents.h"

namespace writ::run {

class Inventory {
 public:
  Inventory(const model::Vocabulary& vocabulary, SourceMap& sources) : vocabulary_(vocabulary), sources_(sources) {}

  /// Reads, binds (for what is wrong) and links. Reports everything; what has errors is left out of `size`.
  void read(const Found& found, const std::optional<std::string>& standard_input, const facts::ReadLimits& limits,
            Diagnostics& out);

  /// Documents without errors, in order of their files.
  [[nodiscard]] std::size_t size() const { return sound_.size(); }
  /// Bound, with the facts of all documents that it reaches.
  [[nodiscard]] facts::Document document(std::size_t index);

  std::vector<gate::UnreadDocument> unread;
  /// The kinds of documents that have errors; empty: not even that is known, or how many they are.
  std::vector<std::string> unread_kinds;
  std::size_t not_documents = 0;

 private:
  struct Held {
    facts::RawDocument raw;
    std::string digest;
  };
  void read_file(const DocumentFile& file, const std::optional<std::string>& standard_input,
                 const facts::ReadLimits& limits, Diagnostics& out);
  void refuse_taken_ids(Diagnostics& out);
  facts::Document bind(std::uint32_t entry) const;
  const facts::Document& linked(std::uint32_t entry);

  const model::Vocabulary& vocabulary_;
  SourceMap& sources_;
  facts::Inventory entries_;
  facts::Links links_;
  std::vector<Held> held_;  // by entry
  std::vector<std::uint32_t> sound_;
  std::vector<std::string> order_;          // shown files
  std::map<std::string, std::size_t> bad_;  // shown file: errors
  std::map<std::uint32_t, facts::Document> recent_;
};

}  // namespace writ::run
