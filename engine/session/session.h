// The staircase of a rule book: finds packs, reads and parses their files, checks, lowers, and owns the texts. With
// errors it still returns what it has (an editor needs it); `ok()` says whether the program may judge.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/base/diagnostic.h"
#include "engine/base/source.h"
#include "engine/ir/program.h"
#include "engine/sema/sema.h"
#include "engine/syntax/ast.h"

namespace writ::session {

/// A test of the rule book, resolved: rules and requirements exist, paths are declared facts.
struct Expected {
  bool exactly = false;
  std::string verdict;      // machine name: "not_applicable"; empty: a classification's value
  std::optional<Date> due;  // of pending
  ir::RuleId rule;
  ir::PortfolioId portfolio;  // instead of `rule`
  std::string label;          // requirement, may be empty
  ir::ClassId classification;
  std::string value;  // of the classification
  std::optional<std::string> element;
  Span span;
};
struct TestCase {
  std::string title, package;
  std::optional<std::string> file;       // resolved path
  std::optional<std::string> inventory;  // resolved folder: all its documents are judged
  std::vector<std::pair<std::vector<std::string>, ast::FactValueId>>
      assignments;  // path, value (in the AST of `ast_file`)
  std::vector<std::vector<std::string>> removals;
  std::optional<Date> on;
  std::optional<Date> known_at;  // nothing: all text of the rule book
  std::vector<std::pair<ir::ReadingsId, std::uint32_t>> readings;
  std::vector<Expected> expected;
  std::size_t ast_file = 0;  // index into Session::files
  Span span;
};

struct Session {
  SourceMap sources;
  std::vector<ast::File> files;       // in order of package-relative path; none where the program was compiled before
  std::vector<std::string> relative;  // by FileId: the path within the rule book
  Diagnostics diagnostics;
  ir::Program program;    // all of the rule book's text, whenever it was published
  sema::Checked checked;  // what `program` was made from
  std::vector<TestCase> tests;
  std::vector<std::string> packs;  // names, in order
  /// Packages that were asked for; the others came by import, and only their definitions are used.
  std::set<std::string> selected;
  std::vector<std::string> broken;  // packages with errors, and those that import them: not in the program
  std::string digest;               // "sha256:…" over package-relative paths and bytes, the same on every machine
  /// The program may judge: it holds every package without errors. Packages with errors are in `broken` and in the
  /// diagnostics.
  [[nodiscard]] bool usable() const { return program.vocabulary != nullptr; }
  [[nodiscard]] bool is_selected(const ir::Rule& rule) const { return selected.contains(rule.package); }
  [[nodiscard]] bool is_selected(const ir::Portfolio& rule) const { return selected.contains(rule.package); }
  [[nodiscard]] bool ok() const { return !diagnostics.has_errors(); }
  /// The law as it was known at the end of a day: `program` without what was published later. Made once for all days
  /// between two publications; the ids of all items are those of `program`. Not for several threads.
  [[nodiscard]] const ir::Program& program_known(Date day);
  /// Puts what the rule book leaves to the user into `program` and the program of every other day of knowledge.
  void complete(std::function<void(ir::Program&)> fill);
  /// How `files` and `checked` are made when somebody asks for another day of knowledge and they are not there yet.
  void parse_later(std::function<void(Session&)> parse);

 private:
  std::function<void(ir::Program&)> fill_;
  std::function<void(Session&)> parse_;
  std::map<Date, std::unique_ptr<ir::Program>> known_;  // by the last publication until then
};

struct LoadOptions {
  std::vector<std::filesystem::path>
      search;  // rule books, folders or bundles: where `eu.ai_act` is `eu/ai_act` and `facts` is `facts`
  /// Packs by name ("eu.ai_act", "eu" = all below) or paths of folders and files; empty: every pack of the first search
  /// folder. Imported packs and `facts` are loaded too.
  std::vector<std::string> rules;
  bool with_tests = false;
  bool names_only = false;         // `rules` are names, whatever files there are
  std::filesystem::path fixtures;  // where `given "…"` is looked up after the rule file's folder
};

/// Never null. Refuses links that leave the rule folder, import cycles (with the whole path), two files with one item
/// name.
[[nodiscard]] std::unique_ptr<Session> load(const LoadOptions& options);

}  // namespace writ::session
