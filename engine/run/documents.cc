#include "engine/run/documents.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <set>
#include <system_error>

namespace writ::run {

namespace fs = std::filesystem;

namespace {

bool ends_with_any(std::string_view text, std::initializer_list<std::string_view> endings) {
  return std::any_of(endings.begin(), endings.end(), [&](std::string_view e) { return text.ends_with(e); });
}

facts::Format format_of(std::string_view path) {
  if (ends_with_any(path, {".ndjson", ".jsonl"})) return facts::Format::ndjson;
  return path.ends_with(".json") ? facts::Format::json : facts::Format::yaml;
}

/// Standard input has no name: a `{` at the start means JSON, and a second line that starts with `{` means one document
/// a line.
facts::Format sniff(std::string_view text) {
  const std::size_t start = text.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos || text[start] != '{') return facts::Format::yaml;
  const std::size_t line_end = text.find('\n', start);
  if (line_end == std::string_view::npos) return facts::Format::json;
  const std::size_t next = text.find_first_not_of(" \t\r\n", line_end);
  std::string_view first = text.substr(start, line_end - start);
  while (!first.empty() && (first.back() == ' ' || first.back() == '\r')) first.remove_suffix(1);
  return first.ends_with('}') && next != std::string_view::npos && text[next] == '{' ? facts::Format::ndjson
                                                                                     : facts::Format::json;
}

}  // namespace

Result<std::string> slurp(const std::string& path, std::uint64_t max_bytes) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) return fail(std::string("cannot open the file: ") + std::strerror(errno), errno);
  struct Closer {
    int fd;
    ~Closer() { ::close(fd); }
  } closer{fd};
  struct stat info {};
  if (::fstat(fd, &info) != 0) return fail(std::string("cannot read the file: ") + std::strerror(errno), errno);
  if (!S_ISREG(info.st_mode)) return fail("not a regular file");
  if (static_cast<std::uint64_t>(info.st_size) > max_bytes) {
    return fail("the file has " + std::to_string(info.st_size) + " bytes, more than --max-input-bytes " +
                    std::to_string(max_bytes),
                EFBIG);
  }
  std::string text(static_cast<std::size_t>(info.st_size), '\0');
  std::size_t have = 0;
  while (have < text.size()) {
    const ssize_t n = ::read(fd, text.data() + have, text.size() - have);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return fail(std::string("cannot read the file: ") + std::strerror(errno), errno);
    if (n == 0) break;
    have += static_cast<std::size_t>(n);
  }
  text.resize(have);
  return text;
}

namespace {

bool selected(const std::string& relative, const std::vector<std::string>& include,
              const std::vector<std::string>& exclude) {
  const auto matches = [&](const std::string& glob) { return glob_matches(glob, relative); };
  if (!include.empty() && std::none_of(include.begin(), include.end(), matches)) return false;
  return std::none_of(exclude.begin(), exclude.end(), matches);
}

bool is_document_name(std::string_view name) {
  return ends_with_any(name, {".writ.yaml", ".writ.yml", ".writ.json", ".writ.ndjson"});
}

class Finder {
 public:
  Finder(const std::vector<std::string>& include, const std::vector<std::string>& exclude, Diagnostics& out)
      : include_(include), exclude_(exclude), out_(out) {}

  void add(const std::string& path) {
    if (path == "-") {
      add_file({"-", facts::Format::yaml, true, true});
      return;
    }
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (error || !fs::exists(status)) {
      found_.missing.push_back(path);
    } else if (fs::is_directory(status)) {
      folder(path);
      walk(path);
    } else {
      folder(fs::path(path).has_parent_path() ? fs::path(path).parent_path() : fs::path("."));
      add_file({fs::path(path).lexically_normal().generic_string(), format_of(path), true, false});
    }
  }

  Found take() {
    std::sort(found_.files.begin(), found_.files.end(),
              [](const DocumentFile& a, const DocumentFile& b) { return a.path < b.path; });
    return std::move(found_);
  }

 private:
  /// References by path stay within it.
  void folder(const fs::path& path) {
    std::error_code error;
    const std::string real = fs::canonical(path, error).string();
    if (!error && std::find(found_.folders.begin(), found_.folders.end(), real) == found_.folders.end())
      found_.folders.push_back(real);
  }

  void add_file(DocumentFile file) {
    std::error_code error;
    const std::string key = file.standard_input ? "-" : fs::weakly_canonical(file.path, error).string();
    if (seen_.insert(key).second) found_.files.push_back(std::move(file));
  }

  void walk(const fs::path& root) {
    std::error_code error;
    const fs::path real_root = fs::canonical(root, error);
    fs::recursive_directory_iterator it(root, fs::directory_options::none, error);
    if (error) {
      out_.report_path(Code::file_unreadable, root.generic_string(), "cannot list the folder: " + error.message());
      return;
    }
    for (const fs::recursive_directory_iterator end; it != end; it.increment(error)) {
      if (error) {
        out_.report_path(Code::file_unreadable, root.generic_string(), "cannot list the folder: " + error.message());
        return;
      }
      const fs::path& path = it->path();
      const std::string name = path.filename().string();
      if (it->is_directory(error) && !it->is_symlink(error)) {
        if (name.starts_with('.')) it.disable_recursion_pending();
        continue;
      }
      if (!ends_with_any(name, {".yaml", ".yml", ".json", ".ndjson"})) continue;
      if (!selected(path.lexically_relative(root).generic_string(), include_, exclude_)) continue;
      if (it->is_symlink(error) && leaves(path, real_root)) {
        out_.report_path(Code::link_leaves_folder, path.generic_string(),
                         "link leads out of the folder `" + root.generic_string() + "`")
            .help = "name the file on the command line, or copy it into the folder";
        continue;
      }
      add_file({path.lexically_normal().generic_string(), format_of(name), is_document_name(name), false});
    }
  }

  static bool leaves(const fs::path& path, const fs::path& root) {
    std::error_code error;
    const fs::path real = fs::canonical(path, error);
    return error || std::mismatch(root.begin(), root.end(), real.begin(), real.end()).first != root.end();
  }

  const std::vector<std::string>& include_;
  const std::vector<std::string>& exclude_;
  Diagnostics& out_;
  Found found_;
  std::set<std::string> seen_;
};

}  // namespace

bool glob_matches(std::string_view pattern, std::string_view text) {
  // Backtracking over the last `*` and the last `**` only: linear in practice, quadratic at worst.
  constexpr std::size_t kNone = std::string_view::npos;
  std::size_t p = 0, t = 0;
  std::size_t star = kNone, mark = 0;    // after `*`: the rest of the pattern, and where in the text it is tried
  std::size_t stars = kNone, marks = 0;  // after `**`
  bool folders = false;                  // `**/`: the rest begins at the start or after a slash
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      if (p + 1 < pattern.size() && pattern[p + 1] == '*') {
        p += 2;
        folders = p < pattern.size() && pattern[p] == '/';
        if (folders) ++p;
        stars = p;
        marks = t;
        star = kNone;
      } else {
        star = ++p;
        mark = t;
      }
    } else if (p < pattern.size() && (pattern[p] == text[t] || (pattern[p] == '?' && text[t] != '/'))) {
      ++p;
      ++t;
    } else if (star != kNone && text[mark] != '/') {
      p = star;
      t = ++mark;
    } else if (stars != kNone) {
      do ++marks;
      while (folders && marks < text.size() && text[marks - 1] != '/');
      p = stars;
      t = marks;
      star = kNone;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

Found find_documents(const std::vector<std::string>& paths, const std::vector<std::string>& include,
                     const std::vector<std::string>& exclude, Diagnostics& out) {
  Finder finder(include, exclude, out);
  for (const std::string& path : paths) finder.add(path);
  return finder.take();
}

Result<std::string> read_file(const DocumentFile& file, const std::optional<std::string>& standard_input,
                              std::uint64_t max_bytes) {
  return file.standard_input ? Result<std::string>(standard_input.value_or("")) : slurp(file.path, max_bytes);
}

facts::Format format_of(const DocumentFile& file, std::string_view text) {
  return file.standard_input ? sniff(text) : file.format;
}

}  // namespace writ::run
