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

}  // namespace

std::optional<PackFiles> find_pack(const std::vector<fs::path>& search, const std::string& name, Diagnostics& out) {
  std::string relative = name;
  std::replace(relative.begin(), relative.end(), '.', '/');
  for (const fs::path& book : search) {
    const fs::path folder = book / relative;
    if (is_pack(folder)) return list_folder(book, folder, name, out);
  }
  return std::nullopt;
}

std::vector<std::string> packs_below(const fs::path& book, const std::string& prefix) {
  std::vector<std::string> out;
  std::string relative = prefix;
  std::replace(relative.begin(), relative.end(), '.', '/');
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

std::vector<PackFiles> packs_at(const std::vector<fs::path>& search, const fs::path& path, Diagnostics& out) {
  std::error_code error;
  const fs::path real = fs::weakly_canonical(path, error);
  // A path into a known rule book keeps its package names ("rules/eu/ai_act" is eu.ai_act).
  fs::path book = fs::is_directory(real, error) ? path : path.parent_path();
  for (const fs::path& candidate : search) {
    const fs::path root = fs::weakly_canonical(candidate, error);
    if (!error && inside(real, root)) {
      book = candidate;
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
  for (const std::string& name : packs_below(book, prefix)) {
    std::string relative = name;
    std::replace(relative.begin(), relative.end(), '.', '/');
    const fs::path folder = name == "." ? book : book / relative;
    packs.push_back(list_folder(book, folder, name == "." ? "" : name, out));
  }
  if (packs.empty()) {
    PackFiles loose = list_folder(book, path, "", out);
    if (!loose.files.empty()) packs.push_back(std::move(loose));
  }
  return packs;
}

}  // namespace writ::session
