// From paths to bound documents: which files are documents, reading them, and what is said about those that are not.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/diagnostic.h"
#include "engine/base/result.h"
#include "engine/facts/document.h"
#include "engine/facts/raw.h"
#include "engine/gate/result.h"
#include "engine/model/vocabulary.h"

namespace writ::run {

struct DocumentFile {
  std::string path;  // as shown
  facts::Format format = facts::Format::yaml;
  bool named = false;  // by the user, or by a *.writ.* name: must be a document
  bool standard_input = false;
};

struct Found {
  std::vector<DocumentFile> files;   // sorted by path, each once
  std::vector<std::string> missing;  // named paths that do not exist
};

[[nodiscard]] Found find_documents(const std::vector<std::string>& paths, const std::vector<std::string>& include,
                                   const std::vector<std::string>& exclude, Diagnostics& out);

struct ReadResult {
  std::vector<facts::Document> documents;
  std::vector<gate::UnreadDocument> unread;
  std::size_t not_documents = 0;
};

[[nodiscard]] ReadResult read_documents(const std::vector<DocumentFile>& files,
                                        const std::optional<std::string>& standard_input,
                                        const model::Vocabulary& vocabulary, const facts::ReadLimits& limits,
                                        SourceMap& sources, Diagnostics& out);

/// `*` any run without '/', `**` any run, `?` one character.
[[nodiscard]] bool glob_matches(std::string_view pattern, std::string_view text);

/// Reads a regular file whole. A FIFO or device never blocks: it is refused by its type after a non-blocking open.
[[nodiscard]] Result<std::string> slurp(const std::string& path, std::uint64_t max_bytes);

}  // namespace writ::run
