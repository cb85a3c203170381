// From paths to files: which are documents, what they hold, and what is said about those that are not.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/diagnostic.h"
#include "engine/base/result.h"
#include "engine/facts/document.h"
#include "engine/facts/raw.h"

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
  std::vector<std::string> folders;  // that were named, and those of files that were named; canonical
};

[[nodiscard]] Found find_documents(const std::vector<std::string>& paths, const std::vector<std::string>& include,
                                   const std::vector<std::string>& exclude, Diagnostics& out);

/// The text of a document file, never more than `max_bytes` (error number EFBIG).
[[nodiscard]] Result<std::string> read_file(const DocumentFile& file, const std::optional<std::string>& standard_input,
                                            std::uint64_t max_bytes);
/// Standard input is looked at; files say it by their name.
[[nodiscard]] facts::Format format_of(const DocumentFile& file, std::string_view text);

/// `*` any run without '/', `**` any run, `?` one character.
[[nodiscard]] bool glob_matches(std::string_view pattern, std::string_view text);

/// Reads a regular file whole. A FIFO or device never blocks: it is refused by its type after a non-blocking open.
[[nodiscard]] Result<std::string> slurp(const std::string& path, std::uint64_t max_bytes);

}  // namespace writ::run
