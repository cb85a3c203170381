// Documents of one run that refer to one another. `link` resolves every reference by id or by relative path and says
// what is wrong with it; `attach` copies the facts of all documents that one document reaches into it, each document
// once, so that evaluation sees one pool of facts.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/diagnostic.h"
#include "engine/facts/document.h"
#include "engine/model/vocabulary.h"

namespace writ::facts {

/// A reference as it stands in a document.
struct Reference {
  std::string text, kind;
  Span span;
};
/// In the order of the document's facts.
[[nodiscard]] std::vector<Reference> references_of(const Document& document, const model::Vocabulary& vocabulary);

/// A document as linking sees it; one with errors of its own is listed too, so that who refers to it is told.
struct Entry {
  std::string id, kind;  // empty: not known
  std::string path;      // as shown
  std::string file;      // canonical; empty: standard input
  Span span;
  std::vector<Reference> references;
  std::uint32_t facts = 0;  // how many
  bool broken = false;
};
struct Inventory {
  std::vector<Entry> entries;
  std::vector<std::string> folders;     // canonical: paths stay within one of them
  std::vector<std::string> unreadable;  // canonical files of which no document could be read
};

inline constexpr std::uint32_t kNoEntry = UINT32_MAX;
struct Links {
  std::vector<std::vector<std::uint32_t>> targets;  // by entry, by reference; kNoEntry: does not resolve
  std::vector<std::size_t> errors;                  // by entry: of its references; such a document is not judged
  [[nodiscard]] bool usable(const Inventory& inventory, std::uint32_t entry) const {
    return !inventory.entries[entry].broken && errors[entry] == 0;
  }
};
[[nodiscard]] Links link(const Inventory& inventory, Diagnostics& out);

/// The entries that one reaches, nearest first, each once; nothing where they, or their facts, are more than the limit
/// (said).
[[nodiscard]] std::optional<std::vector<std::uint32_t>> reached(const Inventory& inventory, const Links& links,
                                                                std::uint32_t entry, Diagnostics& out);

/// Copies what `document`, which is entry `entry` and within the limits, reaches. `load` binds another entry.
void attach(Document& document, std::uint32_t entry, const Inventory& inventory, const Links& links,
            const model::Vocabulary& vocabulary, const std::function<const Document&(std::uint32_t)>& load);

}  // namespace writ::facts
