#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "engine/base/suggest.h"
#include "engine/crypto/digest.h"
#include "engine/lower/lower.h"
#include "engine/sema/sema.h"
#include "engine/session/bundles.h"
#include "engine/session/packs.h"
#include "engine/session/session.h"
#include "engine/session/tests.h"
#include "engine/syntax/parse.h"

namespace writ::session {

namespace fs = std::filesystem;

std::string shown(const fs::path& path) {
  std::error_code error;
  const fs::path relative = fs::proximate(path, error);
  const std::string text = error ? path.generic_string() : relative.generic_string();
  return text.starts_with("../..") ? path.generic_string() : text;
}

namespace {

constexpr std::uintmax_t kMaxRuleFile = 16u << 20;  // a rule file is prose; more is a mistake

class Loader {
 public:
  Loader(const std::vector<Shelf>& search, const LoadOptions& options, Session& session)
      : search_(search), options_(options), session_(session) {}

  void run() {
    select();
    for (const ast::File& file : session_.files) {
      if (file.package) session_.selected.insert(file.package->text());
    }
    load_named("facts", Span{});
    // Imports may name packs that nobody selected; they are loaded until none is missing.
    for (std::size_t i = 0; i < session_.files.size(); ++i) load_imports(session_.files[i]);
    order();
    check_import_cycles();
    session_.checked = sema::check(session_.files, session_.sources, session_.diagnostics);
    if (session_.diagnostics.has_errors()) {
      build_without_broken();
    } else {
      build();
    }
    session_.diagnostics.sort(session_.sources);
  }

 private:
  struct Loaded {
    std::string relative;
    ast::File file;
    std::string text;
  };

  void build() {
    session_.program = lower::lower(session_.files, session_.checked, session_.diagnostics);
    if (session_.usable()) session_.tests = resolve_tests(session_, session_.checked, options_);
  }

  // One bad pack must not hide what the others find: packages with errors, and those that import them, are left out,
  // and the rest is checked again on its own. Its diagnostics were already reported in the first pass.
  void build_without_broken() {
    std::set<std::string> broken;
    std::set<std::uint32_t> bad_files;
    for (const Diagnostic& d : session_.diagnostics.items()) {
      if (d.level == Level::error && d.span.valid()) bad_files.insert(d.span.file.index);
    }
    bool everything = false;
    for (const ast::File& file : session_.files) {
      if (!bad_files.contains(file.source.index)) continue;
      everything = everything || !file.package;
      if (file.package) broken.insert(file.package->text());
    }
    for (bool grown = true; grown;) {
      grown = false;
      for (const ast::File& file : session_.files) {
        if (!file.package || broken.contains(file.package->text())) continue;
        for (const ast::Import& import : file.imports) {
          if (broken.contains(import.package.text())) grown = broken.insert(file.package->text()).second || grown;
        }
      }
    }
    session_.broken.assign(broken.begin(), broken.end());
    if (everything || broken.contains("facts")) return;  // nothing can be read without a vocabulary
    std::erase_if(session_.files, [&](const ast::File& f) { return f.package && broken.contains(f.package->text()); });
    Diagnostics again;
    session_.checked = sema::check(session_.files, session_.sources, again);
    if (!again.has_errors()) build();
  }

  void select() {
    if (options_.rules.empty()) {
      if (search_.empty()) return;
      for (const std::string& name : packs_below(search_.front(), "")) load_named(name, Span{});
      return;
    }
    for (const std::string& rules : options_.rules) {
      std::error_code error;
      if (!options_.names_only && (rules.find('/') != std::string::npos || fs::exists(rules, error))) {
        if (!fs::exists(rules, error)) {
          session_.diagnostics.report_path(Code::file_unreadable, rules, "no such file or folder");
          continue;
        }
        const auto packs = bundle::is_bundle(rules) ? packs_of(opened_.emplace_back(open(rules)))
                                                    : packs_at(search_, rules, session_.diagnostics);
        if (packs.empty()) session_.diagnostics.report_path(Code::unknown_pack, rules, "no rule files in this folder");
        for (const PackFiles& pack : packs) load_pack(pack);
      } else {
        load_by_prefix(rules);
      }
    }
  }

  [[nodiscard]] Shelf open(const std::string& path) {
    const auto book = bundle::Book::open(path);
    if (!book) throw IntegrityError(render(bundle::refused(book.error(), path), session_.sources, false));
    return shelf_of(*book);
  }

  void load_by_prefix(const std::string& name) {
    for (const Shelf& book : search_) {
      const auto names = packs_below(book, name);
      if (names.empty()) continue;
      for (const std::string& n : names) load_named(n, Span{});
      return;
    }
    unknown_pack(name, Span{});
  }

  void unknown_pack(const std::string& name, Span span) {
    std::vector<std::string> known;
    for (const Shelf& book : search_) {
      for (std::string& n : packs_below(book, "")) known.push_back(std::move(n));
    }
    const std::string near = nearest(name, known);
    const std::string message = "no pack `" + name + "` in the rule book";
    Diagnostic& d = span.valid() ? session_.diagnostics.report(Code::unknown_pack, span, message)
                                 : session_.diagnostics.report_path(Code::unknown_pack, name, message);
    if (!near.empty()) d.help = "did you mean `" + near + "`?";
  }

  void load_named(const std::string& name, Span from) {
    if (!attempted_.insert(name).second) return;
    const auto pack = find_pack(search_, name, session_.diagnostics);
    if (!pack) {
      // The vocabulary may be inline in a loose rule file; then nobody imports `facts` from the rule book.
      if (name != "facts" || from.valid()) unknown_pack(name, from);
      return;
    }
    load_pack(*pack);
  }

  void load_pack(const PackFiles& pack) {
    if (!pack.name.empty()) {
      attempted_.insert(pack.name);
      if (!loaded_packs_.insert(pack.name).second) return;
      session_.packs.push_back(pack.name);
    }
    for (const RuleFile& file : pack.files) {
      if (!file.is_test || options_.with_tests) load_file(file);
    }
  }

  void load_file(const RuleFile& rule_file) {
    if (rule_file.bundle) {
      if (seen_.insert(rule_file.bundle->path() + ":" + rule_file.relative).second)
        parse(rule_file, rule_file.bundle->text(rule_file.number));
      return;
    }
    std::error_code error;
    if (!seen_.insert(fs::weakly_canonical(rule_file.path, error).string()).second) return;
    const auto size = fs::file_size(rule_file.path, error);
    if (!error && size > kMaxRuleFile) {
      session_.diagnostics.report_path(Code::file_too_large, shown(rule_file.path), "a rule file has at most 16 MB");
      return;
    }
    std::ifstream in(rule_file.path, std::ios::binary);
    if (!in) {
      session_.diagnostics.report_path(Code::file_unreadable, shown(rule_file.path),
                                       std::string("cannot open the file: ") + std::strerror(errno));
      return;
    }
    std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    parse(rule_file, std::move(text));
  }

  void parse(const RuleFile& rule_file, std::string text) {
    const FileId id = session_.sources.add(shown(rule_file.path), std::move(text));
    session_.relative.push_back(rule_file.relative);
    session_.files.push_back(syntax::parse(id, session_.sources, session_.diagnostics));
    check_folder(rule_file, session_.files.back());
  }

  // The folder names the package, so that a name in a report leads to its file.
  void check_folder(const RuleFile& rule_file, const ast::File& file) {
    if (!file.package) return;
    const std::string folder = fs::path(rule_file.relative).parent_path().generic_string();
    std::string expected = folder;
    std::replace(expected.begin(), expected.end(), '/', '.');
    if (!expected.empty() && expected != "." && expected != file.package->text()) {
      session_.diagnostics
          .report(Code::package_not_folder, file.package->span,
                  "package `" + file.package->text() + "` stands in the folder of `" + expected + "`")
          .help = "move the file or rename the package";
    }
  }

  void load_imports(const ast::File& file) {
    // Loading appends to session_.files, which may move `file`: copy what is needed first.
    const std::vector<ast::Import> imports = file.imports;
    std::set<std::string> present;
    for (const ast::File& f : session_.files) {
      if (f.package) present.insert(f.package->text());
    }
    for (const ast::Import& import : imports) {
      if (!present.contains(import.package.text())) load_named(import.package.text(), import.span);
    }
  }

  // Everything downstream goes by this order; it depends on the rule book alone, not on how packs were named.
  void order() {
    const std::vector<std::string>& relative = session_.relative;
    std::vector<std::size_t> by(session_.files.size());
    for (std::size_t i = 0; i < by.size(); ++i) by[i] = i;
    std::sort(by.begin(), by.end(), [&](std::size_t a, std::size_t b) { return relative[a] < relative[b]; });
    std::vector<ast::File> files;
    crypto::Sha256 digest;
    for (std::size_t i : by) {
      // Tests do not change what the rules say: the digest is the same with and without them.
      if (!relative[i].ends_with(".test.writ")) {
        digest.update_field(relative[i]);
        digest.update_field(session_.sources.text(session_.files[i].source));
      }
      files.push_back(std::move(session_.files[i]));
    }
    session_.files = std::move(files);
    session_.digest = "sha256:" + digest.hex();
    std::sort(session_.packs.begin(), session_.packs.end());
  }

  void check_import_cycles() {
    std::map<std::string, std::map<std::string, Span>> imports;
    for (const ast::File& file : session_.files) {
      if (!file.package) continue;
      for (const ast::Import& import : file.imports)
        imports[file.package->text()].try_emplace(import.package.text(), import.span);
    }
    std::map<std::string, int> state;  // 1: on the path, 2: done
    std::vector<std::string> path;
    for (const auto& entry : imports) visit(entry.first, imports, state, path);
  }

  // Iterative, because a chain of a thousand imports is legal input.
  void visit(const std::string& start, const std::map<std::string, std::map<std::string, Span>>& imports,
             std::map<std::string, int>& state, std::vector<std::string>& path) {
    struct Frame {
      std::string name;
      std::map<std::string, Span>::const_iterator next, end;
    };
    static const std::map<std::string, Span> none;
    const auto edges = [&](const std::string& name) -> const std::map<std::string, Span>& {
      const auto it = imports.find(name);
      return it == imports.end() ? none : it->second;
    };
    if (state[start] != 0) return;
    std::vector<Frame> stack;
    const auto enter = [&](const std::string& name) {
      state[name] = 1;
      path.push_back(name);
      stack.push_back({name, edges(name).begin(), edges(name).end()});
    };
    enter(start);
    while (!stack.empty()) {
      Frame& frame = stack.back();
      if (frame.next == frame.end) {
        state[frame.name] = 2;
        path.pop_back();
        stack.pop_back();
        continue;
      }
      const auto [name, span] = *frame.next++;
      if (state[name] == 0) {
        enter(name);
      } else if (state[name] == 1) {
        std::string cycle;
        for (auto it = std::find(path.begin(), path.end(), name); it != path.end(); ++it) cycle += *it + " → ";
        session_.diagnostics.report(Code::import_cycle, span, "packages import each other in a circle: " + cycle + name)
            .help = "move what both need into a package of its own";
      }
    }
  }

  const std::vector<Shelf>& search_;
  const LoadOptions& options_;
  Session& session_;
  std::set<std::string> attempted_, loaded_packs_, seen_;
  std::vector<Shelf> opened_;  // bundles that were named by their paths
};

}  // namespace

const ir::Program& Session::program_known(Date day) {
  WRIT_CHECK(usable());
  const std::vector<Date>& published = program.publications;
  const auto after = std::upper_bound(published.begin(), published.end(), day);
  if (after == published.end()) return program;
  const Date last = after == published.begin() ? Date::min() : *std::prev(after);
  std::unique_ptr<ir::Program>& known = known_[last];
  if (!known) {
    if (parse_) std::exchange(parse_, nullptr)(*this);
    Diagnostics nothing_new;  // the same trees were lowered before
    known = std::make_unique<ir::Program>(lower::lower(files, checked, nothing_new, last));
    if (fill_) fill_(*known);
  }
  return *known;
}

void Session::parse_later(std::function<void(Session&)> parse) { parse_ = std::move(parse); }

void Session::complete(std::function<void(ir::Program&)> fill) {
  fill_ = std::move(fill);
  fill_(program);
  for (auto& [day, known] : known_) fill_(*known);
}

std::unique_ptr<Session> load_from(const std::vector<Shelf>& search, const LoadOptions& options) {
  auto session = std::make_unique<Session>();
  Loader(search, options, *session).run();
  return session;
}

std::unique_ptr<Session> load(const LoadOptions& options) {
  auto session = std::make_unique<Session>();
  std::vector<Shelf> search;
  for (const fs::path& path : options.search) {
    if (!bundle::is_bundle(path)) {
      search.push_back({path});
      continue;
    }
    const auto book = bundle::Book::open(path);
    if (!book) {
      session->diagnostics.add(bundle::refused(book.error(), shown(path)));
      return session;
    }
    search.push_back(shelf_of(*book));
  }
  if (auto compiled = load_compiled(search, options)) return compiled;
  Loader(search, options, *session).run();
  return session;
}

}  // namespace writ::session
