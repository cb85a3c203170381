// What the passes of sema share: the files, the growing tables, the names of packages and types, and one way to report.
// Nothing here leaves the room.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/diagnostic.h"
#include "engine/sema/sema.h"

namespace writ::sema {

/// `facts`: always loaded, visible everywhere.
inline constexpr std::string_view kFacts = "facts";

/// Definitions that lead through more others than this are refused: whoever walks them later may use the stack.
inline constexpr std::size_t kDeepestDefinition = 1000;
/// A document cannot be nested deeper, and states no more facts than this.
inline constexpr std::size_t kDeepestFact = 64;
inline constexpr std::size_t kMostFacts = 100'000;

/// What a type name stands for.
struct TypeName {
  enum class Kind : std::uint8_t { enumeration, record, classification };
  Kind kind = Kind::enumeration;
  model::EnumId enumeration;  // enumeration, classification
  model::RecordId record;
  Span span;
};

struct BasicTypes {
  model::TypeId error, boolean, integer, decimal, ratio, money, date, instant, duration, text, country, party;
};

struct Context {
  Context(const std::vector<ast::File>& files, const SourceMap& sources, Checked& checked, Diagnostics& out);

  const std::vector<ast::File>& files;
  const SourceMap& sources;
  Checked& checked;
  model::Vocabulary& vocabulary;
  BasicTypes basic;

  // ---- names ----
  std::vector<std::string> package;                 // by file
  std::vector<std::vector<std::string>> imports;    // by file, without `facts` and the own package
  std::vector<std::set<std::string>> used_imports;  // by file
  std::set<std::string> packages;                   // all that are loaded
  std::map<std::string, TypeName> type_names;       // "chip" of package facts, "eu.ai_act.annex" of others
  std::map<std::string, Span> unit_spans;           // units and currencies
  std::map<std::string, Span> kind_spans;
  std::set<std::string> duration_words;
  std::set<ItemRef> used_items;  // named by some expression, clause or test
  std::set<std::uint32_t> used_variables;
  /// Articles and sections that an instrument lists; found on demand.
  std::map<const ast::InstrumentDecl*, std::set<std::string>> provisions;
  /// Paths that are present where a term holds (see presence.h); found on demand.
  mutable std::map<ItemRef, std::set<std::string>> term_guards;
  /// Types of terms are found on demand; `busy` breaks cycles, which the cycle check reports.
  enum class Progress : std::uint8_t { untouched, busy, done };
  std::map<ItemRef, Progress> progress;

  // ---- reporting ----
  /// Shown with every report while set: the citation of the item at work.
  std::string citation;
  Diagnostic& report(Code code, Span span, std::string message, std::string help = {});
  /// Errors so far: whether a step went well is read from the difference.
  [[nodiscard]] std::size_t errors() const { return out_.error_count(); }
  [[nodiscard]] bool reported(Span span) const;
  [[nodiscard]] bool reported_in(FileId file) const;

  // ---- access ----
  [[nodiscard]] const ast::Item& item(ItemRef ref) const { return files[ref.file].items[ref.item]; }
  template <class T>
  [[nodiscard]] const T* get(ItemRef ref) const {
    return std::get_if<T>(&item(ref));
  }
  [[nodiscard]] const model::Type& type(model::TypeId id) const {
    return vocabulary.types[id.valid() ? id : basic.error];
  }
  [[nodiscard]] model::TypeKind kind(model::TypeId id) const { return type(id).kind; }
  [[nodiscard]] const ast::Expr& expr(std::uint32_t file, ast::ExprId id) const { return files[file].exprs[id]; }
  /// "quantity[FLOP]", "set of modality", "record chip": for messages.
  [[nodiscard]] std::string describe(model::TypeId id) const {
    return (kind(id) == model::TypeKind::record ? "record " : "") + vocabulary.describe(id);
  }

  // ---- names ----
  enum class Found : std::uint8_t { none, one, ambiguous, not_imported };
  struct Lookup {
    Found found = Found::none;
    ItemRef item;
    std::vector<std::string> candidates;  // ambiguous: qualified names; not imported: the package
  };
  /// An item by bare or qualified name as seen from `file`; marks the import and the item as used.
  Lookup find_item(std::uint32_t file, const std::string& name);
  /// A type by bare or qualified name as seen from `file`.
  const TypeName* find_type(std::uint32_t file, const std::string& name);
  /// Bare names of items visible from `file` that satisfy `wanted` (by variant index; empty: all): for did-you-mean.
  [[nodiscard]] std::vector<std::string> visible_items(std::uint32_t file,
                                                       const std::set<std::size_t>& wanted = {}) const;
  /// Reports a failed lookup; `what` is "term", "rule" … in the message.
  void report_lookup(const Lookup& lookup, Code unknown, Span span, std::string_view what, const std::string& name,
                     const std::vector<std::string>& candidates);

 private:
  Diagnostics& out_;
};

/// The name under which an item is registered, or null for items without one.
[[nodiscard]] const ast::Name* name_of(const ast::Item& item);
/// "rule", "term", "set" …: for messages.
[[nodiscard]] const char* noun_of(const ast::Item& item);
/// "did you mean `x`?" or nothing.
[[nodiscard]] std::string did_you_mean(std::string_view name, const std::vector<std::string>& candidates);
/// "AIA Art. 53(2)"; empty when there is none.
[[nodiscard]] std::string citation_of(const ast::Item& item);
/// "`a`, `b` and `c`".
[[nodiscard]] std::string quoted_list(const std::vector<std::string>& names);

template <class T>
inline constexpr std::size_t kItemIndex = [] {
  constexpr auto find = []<class... Ts>(std::variant<Ts...>*) {
    std::size_t index = 0;
    static_cast<void>(((std::is_same_v<T, Ts> ? false : (++index, true)) && ...));
    return index;
  };
  return find(static_cast<ast::Item*>(nullptr));
}();

/// Calls f(ref, declaration) for every item of type T, in load order.
template <class T, class F>
void each(const std::vector<ast::File>& files, F&& f) {
  for (std::uint32_t file = 0; file < files.size(); ++file) {
    for (std::uint32_t item = 0; item < files[file].items.size(); ++item) {
      if (const T* declaration = std::get_if<T>(&files[file].items[item])) f(ItemRef{file, item}, *declaration);
    }
  }
}

template <class... Fs>
struct Overloaded : Fs... {
  using Fs::operator()...;
};

}  // namespace writ::sema
