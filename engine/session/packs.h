// Where rule files are: finds packs below rule book folders, by name or path, and lists their files in a fixed order.
// Links that lead out of the rule book folder are refused.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/diagnostic.h"

namespace writ::session {

struct RuleFile {
  std::filesystem::path path;  // as opened
  std::string relative;        // to its rule book folder, with '/': what the digest and the order go by
  bool is_test = false;
};

struct PackFiles {
  std::string name;  // dotted; empty for a loose file
  std::filesystem::path folder;
  std::vector<RuleFile> files;
};

/// The pack's folder below one of `search`, or nothing.
[[nodiscard]] std::optional<PackFiles> find_pack(const std::vector<std::filesystem::path>& search,
                                                 const std::string& name, Diagnostics& out);
/// Names of all packs in or below the pack or folder `prefix` ("eu"; empty: all), sorted.
[[nodiscard]] std::vector<std::string> packs_below(const std::filesystem::path& book, const std::string& prefix);
/// A path given by the user: a pack's folder, a folder with packs below it, a folder of loose files, or one file.
[[nodiscard]] std::vector<PackFiles> packs_at(const std::vector<std::filesystem::path>& search,
                                              const std::filesystem::path& path, Diagnostics& out);

}  // namespace writ::session
