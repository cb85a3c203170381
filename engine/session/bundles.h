// Between rule books and bundles: builds a bundle from rules, and makes the session of a selection from one without
// parsing a rule. Selections that a bundle does not hold are loaded from its texts as from files.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/session/packs.h"
#include "engine/session/session.h"

namespace writ::session {

/// As messages show a path: relative where that is shorter to read.
[[nodiscard]] std::string shown(const std::filesystem::path& path);

/// The ordinary loader.
[[nodiscard]] std::unique_ptr<Session> load_from(const std::vector<Shelf>& search, const LoadOptions& options);

/// Where the first rule book is a bundle that holds what is asked for; else null.
[[nodiscard]] std::unique_ptr<Session> load_compiled(const std::vector<Shelf>& search, const LoadOptions& options);

/// The files beside a bundle are those that it holds: the same paths and sizes, none changed since the bundle was made.
/// True too where there is no such folder.
[[nodiscard]] bool is_current(const bundle::Book& book);

struct Built {
  std::unique_ptr<Session> session;  // of the rules; with errors there is no bundle
  std::string bytes;
  std::size_t rules = 0;
};
/// The bundle of what `options` name, with a selection for each pack and each folder of packs.
[[nodiscard]] Built build_bundle(const LoadOptions& options, const std::string& version);

/// Whether the texts of a bundle still compile to what it holds: nothing, or the selection that differs and how.
[[nodiscard]] std::optional<std::string> recompile(const std::shared_ptr<const bundle::Book>& book);

}  // namespace writ::session
