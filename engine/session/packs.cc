#include "engine/session/packs.h"

#include <algorithm>
#include <system_error>

namespace writ::session {

namespace fs = std::filesystem;

namespace {

bool inside(const fs::path& canonical, const fs::path& folder) {
  const auto [end, nothing] = std::mismatch(folder.begin(), folder.end(), canonical.begin(), canonical.end());
  static_cast<void>(nothing);
  return end == folder.end();
}

std::string dotted(const fs::path& relative) {
  std::string out;
  for (const fs::path& part : relative) out += (out.empty() ? "" : ".") + part.string();
  return out;
}

bool is_pack(const fs::path& folder) {
  std::error_code error;
  return fs::is_regular_file(folder / "pack.writ", error);
}

PackFiles list_folder(const fs::path& book, const fs::path& folder, std::string name, Diagnostics& out) {
  PackFiles pack{std::move(name), folder, {}};
  std::error_code error;
  const fs::path root = fs::canonical(book, error);
  std::vector<fs::path> paths;
  fs::directory_iterator it(folder, error);
  if (error) {
    out.report_path(Code::file_unreadable, folder.generic_string(), "cannot list the folder: " + error.message());
    return pack;
  }
  for (const fs::directory_entry& entry : it) {
    if (entry.path().extension() == ".writ") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  for (const fs::path& path : paths) {
    const fs::path real = fs::canonical(path, error);
    if (error || !inside(real, root)) {
      out.report_path(Code::link_leaves_folder, path.generic_string(), "link leads out of the rule book folder").help =
          "copy the file into the folder";
      continue;
    }
    if (!fs::is_regular_file(real, error)) {
      out.report_path(Code::file_unreadable, path.generic_string(), "not a regular file");
      continue;
    }
    const std::string file = path.filename().string();
    pack.files.push_back({path, path.lexically_relative(book).generic_string(), file.ends_with(".test.writ")});
  }
  return pack;
}

std::string with_slashes(std::string name) {
  std::replace(name.begin(), name.end(), '.', '/');
  return name;
}

std::string folder_in(const bundle::Book::File& file) { return fs::path(file.path).parent_path().generic_string(); }

/// The files of a bundle that stand in one folder.
PackFiles list_bundled(const Shelf& shelf, const std::string& relative, std::string name) {
  PackFiles pack{std::move(name), shelf.folder / relative, {}};
  const auto& files = shelf.bundle->files();
  for (std::uint32_t i = 0; i < files.size(); ++i)
    if (folder_in(files[i]) == relative)
      pack.files.push_back({shelf.folder / files[i].path, files[i].path, false, shelf.bundle, i});
  std::sort(pack.files.begin(), pack.files.end(), [](const RuleFile& a, const RuleFile& b) { return a.path < b.path; });
  return pack;
}

std::vector<std::string> bundled_below(const bundle::Book& book, const std::string& relative) {
  std::vector<std::string> out;
  for (const bundle::Book::File& file : book.files()) {
    const std::string folder = folder_in(file);
    if (fs::path(file.path).filename() != "pack.writ") continue;
    if (folder.empty()) continue;  // of loose files: nobody can name it
    if (relative.empty() || folder == relative || folder.starts_with(relative + "/")) out.push_back(dotted(folder));
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

fs::path folder_of_bundle(const fs::path& bundle) {
  return bundle.extension() == ".writb" ? fs::path(bundle).replace_extension() : bundle;
}

Shelf shelf_of(std::shared_ptr<const bundle::Book> bundle) {
  fs::path folder = folder_of_bundle(bundle->path());
  return {std::move(folder), std::move(bundle)};
}

std::vector<PackFiles> packs_of(const Shelf& bundle) {
  std::vector<PackFiles> out;
  for (const std::string& name : bundled_below(*bundle.bundle, ""))
    out.push_back(list_bundled(bundle, with_slashes(name), name));
  return out;
}

std::optional<PackFiles> find_pack(const std::vector<Shelf>& search, const std::string& name, Diagnostics& out) {
  const std::string relative = with_slashes(name);
  for (const Shelf& book : search) {
    if (book.bundle) {
      const auto packs = bundled_below(*book.bundle, relative);
      if (std::binary_search(packs.begin(), packs.end(), name)) return list_bundled(book, relative, name);
      continue;
    }
    const fs::path folder = book.folder / relative;
    if (is_pack(folder)) return list_folder(book.folder, folder, name, out);
  }
  return std::nullopt;
}

std::vector<std::string> packs_below(const Shelf& shelf, const std::string& prefix) {
  const std::string relative = with_slashes(prefix);
  if (shelf.bundle) return bundled_below(*shelf.bundle, relative);
  const fs::path& book = shelf.folder;
  std::vector<std::string> out;
  const fs::path start = relative.empty() ? book : book / relative;
  std::error_code error;
  if (is_pack(start)) out.push_back(dotted(start.lexically_relative(book)));
  // Folders that are links are not followed: a link cannot bring in foreign rules or a cycle.
  for (fs::recursive_directory_iterator it(start, error), end; !error && it != end; it.increment(error)) {
    if (it->is_directory(error) && is_pack(it->path())) out.push_back(dotted(it->path().lexically_relative(book)));
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<PackFiles> packs_at(const std::vector<Shelf>& search, const fs::path& path, Diagnostics& out) {
  std::error_code error;
  const fs::path real = fs::weakly_canonical(path, error);
  // A path into a known rule book keeps its package names ("rules/eu/ai_act" is eu.ai_act).
  fs::path book = fs::is_directory(real, error) ? path : path.parent_path();
  for (const Shelf& candidate : search) {
    const fs::path root = fs::weakly_canonical(candidate.folder, error);
    if (!error && inside(real, root)) {
      book = candidate.folder;
      break;
    }
  }
  std::vector<PackFiles> packs;
  if (fs::is_regular_file(real, error)) {
    const fs::path relative = fs::weakly_canonical(path, error).lexically_relative(fs::weakly_canonical(book, error));
    packs.push_back({"",
                     path.parent_path(),
                     {{path, relative.generic_string(), path.filename().string().ends_with(".test.writ")}}});
    return packs;
  }
  const fs::path root = fs::weakly_canonical(book, error);
  const std::string prefix = real == root ? "" : dotted(real.lexically_relative(root));
  for (const std::string& name : packs_below(Shelf{book}, prefix)) {
    const fs::path folder = name == "." ? book : book / with_slashes(name);
    packs.push_back(list_folder(book, folder, name == "." ? "" : name, out));
  }
  if (packs.empty()) {
    PackFiles loose = list_folder(book, path, "", out);
    if (!loose.files.empty()) packs.push_back(std::move(loose));
  }
  return packs;
}

}  // namespace writ::session
