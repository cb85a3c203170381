#include "engine/cli/command.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "engine/base/utf8.h"
#include "engine/bundle/bundle.h"
#include "engine/gate/gate.h"
#include "engine/session/bundles.h"

namespace writ::cli {

namespace fs = std::filesystem;

namespace {

bool write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t n = ::write(fd, text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

}  // namespace

bool Common::use_color(bool is_terminal) const {
  if (color == "always") return true;
  if (color == "never") return false;
  const char* no_color = std::getenv("NO_COLOR");
  if (no_color != nullptr && *no_color != '\0') return false;
  const char* force = std::getenv("FORCE_COLOR");
  if (force != nullptr && *force != '\0') return true;
  return is_terminal;
}

void add_common(const Command& command, Common& common) {
  command.list("-r,--rules", common.rules,
               "Pack (eu.gdpr; eu means all below) or path of rules; repeatable. Default: the whole rule book",
               "PATH|PACK");
  command.text("--color", common.color, "auto, always or never", "WHEN", {"auto", "always", "never"});
  command.flag("-q,--quiet", common.quiet, "Only what needs attention");
  command.count("-v,--verbose", common.verbose, "Every result, in full");
}

namespace {

std::vector<fs::path> rule_books(bool& named_rule_book_is_missing) {
  std::vector<fs::path> books;
  std::error_code error;
  const auto add = [&](const fs::path& path) {
    if (!fs::is_directory(path, error) && !bundle::is_bundle(path)) return false;
    books.push_back(path);
    return true;
  };
  // A bundle that is not of the rules beside it is left alone; one that is damaged is said to be.
  const auto add_installed = [&](const fs::path& folder) {
    const fs::path compiled = fs::path(folder) += ".writb";
    const auto book = fs::exists(compiled, error) ? bundle::Book::open(compiled)
                                                  : Result<std::shared_ptr<const bundle::Book>, bundle::Refusal>();
    const bool stale = book && *book != nullptr && !session::is_current(**book);
    if (stale || !add(compiled)) add(folder);
  };
  const char* set = std::getenv("WRIT_RULES");
  named_rule_book_is_missing = set != nullptr && *set != '\0' && !add(set);
  const fs::path self = fs::read_symlink("/proc/self/exe", error);
  if (!error) add_installed(self.parent_path().parent_path() / "share" / "writ" / "rules");
  const fs::path source = fs::path(WRIT_SOURCE_DIR) / "rules";
  if (fs::is_directory(source, error)) {
    const fs::path shorter = fs::proximate(source, error);
    books.push_back(!error && !shorter.generic_string().starts_with("..") ? shorter : source);
  }
  return books;
}

}  // namespace

std::vector<fs::path> rule_books() {
  bool missing = false;
  std::vector<fs::path> books = rule_books(missing);
  // Another rule book instead of the one that was named would be a verdict under other law.
  if (missing) throw NoRuleBook(fmt::format("WRIT_RULES names no rule book: {}", printable(std::getenv("WRIT_RULES"))));
  return books;
}

fs::path fixtures_of(const std::vector<fs::path>& books) {
  if (books.empty()) return {};
  const fs::path beside = books.front().parent_path();
  return beside.empty() ? fs::path("fixtures") : beside / "fixtures";
}

session::LoadOptions load_options(const Common& common) {
  session::LoadOptions options;
  options.rules = common.rules;
  // A bundle that is named alone is the rule book, so that its packs need not be compiled again.
  bool missing = false;
  std::error_code error;
  const bool alone = options.rules.size() == 1 && fs::is_regular_file(options.rules.front(), error);
  options.search = alone ? rule_books(missing) : rule_books();
  options.fixtures = fixtures_of(options.search);
  if (options.rules.size() == 1 && bundle::is_bundle(options.rules.front())) {
    options.search.insert(options.search.begin(), options.rules.front());
    options.rules.clear();
  }
  return options;
}

std::optional<int> refuse_bundle(const session::Session& session, const Common& common) {
  for (const Diagnostic& d : session.diagnostics.items()) {
    const bool damaged = d.code == Code::damaged_bundle;
    if (!damaged && d.code != Code::bundle_format) continue;
    print_diagnostics(session, common);
    const int code = damaged ? gate::kIntegrity : gate::kInvalid;
    closing_line(code, {damaged ? "the bundle is damaged" : "the bundle has another format"}, false);
    return code;
  }
  return std::nullopt;
}

bool write_out(std::string_view text) {
  if (write_all(STDOUT_FILENO, text)) return true;
  std::fputs(fmt::format("writ: cannot write to standard output: {}\n", std::strerror(errno)).c_str(), stderr);
  return false;
}

bool write_file(const std::string& path, std::string_view text) {
  const std::string temporary = path + ".writ-tmp-" + std::to_string(::getpid());
  const auto fail = [&](const char* what) {
    std::fputs(fmt::format("writ: cannot {} {}: {}\n", what, path, std::strerror(errno)).c_str(), stderr);
    ::unlink(temporary.c_str());
    return false;
  };
  // Without a name until it is whole: whoever ends the program meanwhile leaves nothing behind.
  const std::string folder = std::filesystem::path(path).parent_path().string();
  int fd = ::open(folder.empty() ? "." : folder.c_str(), O_WRONLY | O_TMPFILE | O_CLOEXEC, 0666);
  const bool nameless = fd >= 0;
  if (!nameless) fd = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (fd < 0) return fail("create");
  bool written = write_all(fd, text) && ::fsync(fd) == 0;
  if (written && nameless)
    written = ::linkat(AT_FDCWD, fmt::format("/proc/self/fd/{}", fd).c_str(), AT_FDCWD, temporary.c_str(),
                       AT_SYMLINK_FOLLOW) == 0;
  if (::close(fd) != 0 || !written) return fail("write");
  if (::rename(temporary.c_str(), path.c_str()) != 0) return fail("replace");
  return true;
}

int usage_error(const std::string& message, const std::string& help) {
  std::fputs(fmt::format("writ: {}\n", printable(message)).c_str(), stderr);
  if (!help.empty()) std::fputs(fmt::format("      {}\n", printable(help)).c_str(), stderr);
  return gate::kUsage;
}

void closing_line(int code, const std::vector<std::string>& causes, bool quiet) {
  if (code == 0 && quiet) return;
  std::string text;
  for (const std::string& cause : causes) text += (text.empty() ? "" : ", ") + cause;
  if (text.empty()) text = code == 0 ? "nothing counts for the gate" : "see above";
  std::fputs(fmt::format("exit {}: {}\n", code, printable(text)).c_str(), stderr);
}

void print_diagnostics(const session::Session& session, const Common& common) {
  const bool color = common.use_color(::isatty(STDERR_FILENO) != 0);
  for (const Diagnostic& d : session.diagnostics.items()) {
    if (common.quiet && d.level != Level::error) continue;
    std::fputs((render(d, session.sources, color) + "\n").c_str(), stderr);
  }
}

}  // namespace writ::cli
