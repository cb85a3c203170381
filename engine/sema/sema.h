// Checks parsed files against each other: names, types, units, dates, presence guards, law. Fills side tables and never
// changes the trees. Everything it accepts, lowering turns into a Program without further questions, and evaluation
// without type errors.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

#include "engine/base/diagnostic.h"
#include "engine/model/vocabulary.h"
#include "engine/syntax/ast.h"

namespace writ::sema {

/// An item of some file: pointer into that file's `items` (stable while the files live).
struct ItemRef {
  std::uint32_t file = 0;
  std::uint32_t item = 0;
  friend auto operator<=>(const ItemRef&, const ItemRef&) = default;
};

/// What a bare name, dotted path or call callee in an expression means.
struct Root {};  // (inner node of a fact path) the document
struct FieldOf {
  std::uint32_t field;
};  // Member: field of the base's record. NameRef: a field of the root record
struct Variable {
  std::uint32_t variable;
};  // index into Checked::variables
struct MemberOf {
  model::EnumId enumeration;
  std::uint32_t member;
};
struct ItemUse {
  ItemRef item;
};                    // term, set, table, scope, classification
struct Namespace {};  // a prefix of a qualified name: no value of its own
using Meaning = std::variant<std::monostate, Root, FieldOf, Variable, MemberOf, ItemUse, Namespace>;

struct VariableInfo {
  std::string name;
  model::TypeId type;
};

/// Side tables of one file, by expression index.
struct FileInfo {
  std::vector<model::TypeId> types;
  std::vector<Meaning> meanings;
  std::vector<std::uint32_t>
      quantifier_variables;  // Quantifier expressions: index into Checked::variables; else UINT32_MAX
};

struct Checked {
  std::shared_ptr<model::Vocabulary> vocabulary;
  std::vector<FileInfo> files;
  std::vector<VariableInfo> variables;
  /// Qualified name ("eu.ai_act.gpai") to item; instruments, roles and groups included.
  std::map<std::string, ItemRef> items;
  /// Parameters of terms, tables and classifications, and for-each variables of rules, exceptions and transitionals, to
  /// variables.
  std::map<ItemRef, std::vector<std::uint32_t>> item_variables;
  /// Enumerations of the classifications.
  std::map<ItemRef, model::EnumId> class_enums;
  /// Result types of terms and tables, element types of sets.
  std::map<ItemRef, model::TypeId> item_types;
  /// exceptions and transitionals: what each target path means (rule, group, term or scope; label when one is named),
  /// parallel to `targets`.
  struct Target {
    ItemRef item;
    std::string label;
  };
  std::map<ItemRef, std::vector<Target>> targets;
  /// An operation of an amendment on one item, named itself or as a member of a group.
  struct Change {
    ItemRef amendment;
    std::uint32_t operation = 0;  // index into AmendDecl::amendments
    std::string label;            // of the requirement it is about
    bool by_group = false;
  };
  /// What amendments do to an item, in order of (published, sequence), whatever is known when.
  std::map<ItemRef, std::vector<Change>> changes;
  /// The variable `bearer` of penalties: the party that bears the duty. UINT32_MAX: the vocabulary has no parties.
  std::uint32_t bearer = UINT32_MAX;
  /// exception → the exceptions that it yields to, those that prevail over it included
  std::map<ItemRef, std::vector<ItemRef>> yields;
  /// rule → scope (own, the instrument's, or none)
  std::map<ItemRef, ItemRef> rule_scopes;
};

/// `files` in load order; `facts` files included. Reports into `out`; the tables are as complete as the files allow.
[[nodiscard]] Checked check(const std::vector<ast::File>& files, const SourceMap& sources, Diagnostics& out);

/// `year_start()`, unless an item has that name: 1 January of the year of the governing day.
[[nodiscard]] inline bool is_year_start(const ast::Call& call) {
  return call.args.empty() && call.callee.text() == "year_start";
}

/// Resolves an instrument, role, group, rule … as seen from `file` ("name", "pkg.name"). Nothing when unknown or
/// ambiguous.
[[nodiscard]] const ItemRef* lookup(const Checked& checked, const std::vector<ast::File>& files, std::uint32_t file,
                                    const std::string& name);

}  // namespace writ::sema
