// Where rule files are: finds packs below rule book folders or in bundles, by name or path, and lists their files in a
// fixed order. Links that lead out of the rule book folder are refused.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/diagnostic.h"
#include "engine/bundle/bundle.h"

namespace writ::session {

/// A rule book: a folder, or a bundle and the folder that it stands for.
struct Shelf {
  std::filesystem::path folder;
  std::shared_ptr<const bundle::Book> bundle = {};
};
/// "share/writ/rules.writb" stands for "share/writ/rules": the files of a bundle are shown there.
[[nodiscard]] std::filesystem::path folder_of_bundle(const std::filesystem::path& bundle);
[[nodiscard]] Shelf shelf_of(std::shared_ptr<const bundle::Book> bundle);

struct RuleFile {
  std::filesystem::path path;  // as opened
  std::string relative;        // to its rule book folder, with '/': what the digest and the order go by
  bool is_test = false;
  std::shared_ptr<const bundle::Book> bundle = {};  // where its text is, and the number it has there
  std::uint32_t number = 0;
};

struct PackFiles {
  std::string name;  // dotted; empty for a loose file
  std::filesystem::path folder;
  std::vector<RuleFile> files;
};

/// The pack's folder below one of `search`, or nothing.
[[nodiscard]] std::optional<PackFiles> find_pack(const std::vector<Shelf>& search, const std::string& name,
                                                 Diagnostics& out);
/// Names of all packs in or below the pack or folder `prefix` ("eu"; empty: all), sorted.
[[nodiscard]] std::vector<std::string> packs_below(const Shelf& book, const std::string& prefix);
/// All packs of a bundle.
[[nodiscard]] std::vector<PackFiles> packs_of(const Shelf& bundle);
/// A path given by the user: a pack's folder, a folder with packs below it, a folder of loose files, or one file.
[[nodiscard]] std::vector<PackFiles> packs_at(const std::vector<Shelf>& search, const std::filesystem::path& path,
                                              Diagnostics& out);

}  // namespace writ::session
