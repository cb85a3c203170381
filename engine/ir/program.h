// The waist of the house: a checked rule book as flat data. Expressions are 16-byte nodes in post-order (a node's
// operands have smaller indices), so that evaluating, folding, printing and translating are each one loop or one
// recursion with a switch without default. Law (rules, exceptions, sets …) is plain records that point to root nodes.
// Frozen after lowering and shared by all threads.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/date.h"
#include "engine/base/id.h"
#include "engine/base/source.h"
#include "engine/model/type.h"
#include "engine/model/value.h"
#include "engine/model/vocabulary.h"

namespace writ::ir {

struct Node;
using NodeId = Id<Node>;

// One line per operation: operands, then meaning.
enum class Op : std::uint8_t {
  constant,      // a: index into constants
  root,          // the document's root record
  var,           // var: slot of a for-each, quantifier or parameter variable
  field,         // a: record node; b: field index in the record's type
  index,         // a: map node; b: key node
  and_,          // lists[a .. a+b): n-ary strong Kleene
  or_,           // lists[a .. a+b)
  not_,          // a
  eq,            // a b
  ne,            // a b
  lt,            // a b
  le,            // a b
  gt,            // a b
  ge,            // a b
  in,            // a: element; b: set node (fact set, literal, named, algebra) or a set constant
  includes_any,  // a: set; b: set
  includes_all,  // a: set; b: set — every member of b is in a
  at_least,     // a: classification or enum node; b: bit set of members that satisfy, as index into lists; c: number of
                // words
  set_literal,  // lists[a .. a+b): member nodes
  named_set,    // a: SetId — read on the current day
  set_union,    // a b
  set_minus,    // a b
  set_intersect,  // a b
  add,            // a b  (numbers; date + duration)
  sub,            // a b  (numbers; date - duration; date - date = duration in days is not built)
  mul,            // a b
  div,            // a b
  neg,            // a
  present,        // a: true if known, false if absent, unknown when unknown
  answered,       // a: true if known or absent, false if refused, else unknown
  otherwise,      // a b: b when a is absent
  some,           // var; a: list or map node; b: where node or none; c: body node or none (true)
  every,          // "
  no,             // "
  count,          // var; a; b: number of members that satisfy b
  sum,            // var; a; b; c: the number summed
  min,            // "    an error over an empty list
  max,            // "    an error over an empty list
  share,          // var; a; b: count where / count of all, an error over an empty list
  size,           // a: list, set or map node: number of members
  call,           // a: TermId; lists[b .. b+c): arguments
  classify,       // a: ClassId; lists[b .. b+c): arguments
  lookup,         // a: TableId; lists[b .. b+c): keys — read on the current day
  on_day,         // a: node; b: day node — evaluates a with b as current day
  as_of,          // the as-of date
};

struct Node {
  Op op = Op::constant;
  std::uint8_t flags = 0;
  std::uint16_t var = 0;
  std::uint32_t a = NodeId::kNone;
  std::uint32_t b = NodeId::kNone;
  std::uint32_t c = NodeId::kNone;
  friend bool operator==(const Node&, const Node&) = default;
};
static_assert(sizeof(Node) == 16);

// ---- law
// ---------------------------------------------------------------------------------------------------------------

struct Instrument;
struct Pack;
struct Role;
struct Group;
struct Scope;
struct Term;
struct Set;
struct Table;
struct Class;
struct Rule;
struct Exception;
struct Transitional;
using InstrumentId = Id<Instrument>;
using PackId = Id<Pack>;
using RoleId = Id<Role>;
using GroupId = Id<Group>;
using ScopeId = Id<Scope>;
using TermId = Id<Term>;
using SetId = Id<Set>;
using TableId = Id<Table>;
using ClassId = Id<Class>;
using RuleId = Id<Rule>;
using ExceptionId = Id<Exception>;
using TransitionalId = Id<Transitional>;

enum class Severity : std::uint8_t { low, medium, high, critical };
enum class Status : std::uint8_t { binding, draft, unenforced, soft, project };
[[nodiscard]] const char* to_string(Severity severity);
[[nodiscard]] const char* to_string(Status status);
[[nodiscard]] const char* to_string(Op op);

struct Citation {
  InstrumentId instrument;
  std::string provision;
};

/// Days on which something is in force, while `when` holds (none: always).
struct Effective {
  DayInterval days;
  NodeId when;
  Span span;
};

struct Pack {
  std::string name, title, version, licence, description;
  int language = 1;
  std::optional<Date> law_checked_until;
  Span span;
};
struct Instrument {
  std::string name;  // "AIA"
  std::string package, title, jurisdiction, url;
  std::optional<Date> published, in_force;
  Span span;
};
struct Role {
  std::string name, package, title;
  std::vector<Citation> cites;
  std::uint32_t member = 0; /* of party_role */
  Span span;
};
struct Group {
  std::string name, package, title;
  std::vector<Citation> cites;
  Span span;
};

/// `but not when C`: defeats its exception.
struct Defeater {
  NodeId when;
  std::vector<Citation> cites;
  Span span;
};
/// An `unless` of a term or scope: operative iff `when` and no defeater holds.
struct Unless {
  std::string title;
  NodeId when;
  std::vector<Citation> cites;
  std::vector<Defeater> but_not;
  Span span;
};
struct Scope {
  std::string name, package, title;
  InstrumentId instrument;
  std::vector<Citation> cites;
  NodeId means;
  std::vector<Unless> unless;
  Span span;
};
struct Term {
  std::string name, package, title;
  std::vector<Citation> cites;
  std::vector<std::uint16_t> params;  // variable slots
  model::TypeId type;
  NodeId means;
  std::vector<Unless> unless;  // only where the type is boolean
  Span span;
};
struct SetEntry {
  model::Scalar member;
  DayInterval days;
  Span span;
};
struct Set {
  std::string name, package, title;
  std::vector<Citation> cites;
  model::TypeId element;
  DayInterval known;  // outside: unknown (law)
  std::vector<SetEntry> entries;
  NodeId algebra;  // valid: the set is this expression over other sets; entries are empty
  Span span;
};
struct TableRow {
  std::vector<model::Scalar> keys;
  model::Scalar value;
  DayInterval days;
  Span span;
};
struct Table {
  std::string name, package, title;
  std::vector<Citation> cites;
  std::vector<model::TypeId> keys;
  model::TypeId type;
  DayInterval known;
  std::vector<TableRow> rows;
  bool otherwise_absent = false;
  std::optional<model::Scalar> otherwise;
  Span span;
};
struct Branch {
  std::uint32_t member = 0;  // of the class's enumeration
  NodeId when;               // none: otherwise
  Span span;
};
struct Class {
  std::string name, package, title;
  std::vector<Citation> cites;
  std::vector<std::uint16_t> params;
  model::EnumId enumeration;
  ScopeId within;                    // may be none
  std::vector<std::uint32_t> order;  // members, highest first; empty: unordered
  std::vector<Branch> branches;
  Span span;
};

struct Requirement {
  std::string label;     // empty when the rule has one unlabelled requirement
  bool forbids = false;  // `holds` is already negated
  NodeId holds;
  std::vector<Citation> cites;  // own or the rule's
  Severity severity = Severity::low;
  std::string remedy, note;
  Span span;
};
struct ForEach {
  std::uint16_t var = 0;
  std::string variable;
  NodeId list;
  NodeId where;      // may be none
  std::string path;  // "exports": for messages and results
};
struct Rule {
  std::string name, package, title;  // id: package + "." + name
  PackId pack;
  std::vector<Citation> cites;
  std::vector<GroupId> groups;
  ScopeId scope;  // may be none
  std::vector<RoleId> binds;
  std::vector<Effective> effective;  // a union
  std::optional<ForEach> for_each;
  NodeId judged_on;  // may be none: the as-of date
  NodeId applies;    // may be none: always
  std::vector<Requirement> requirements;
  std::vector<ExceptionId> exceptions;  // resolved targets, in order of package, file, place
  std::vector<TransitionalId> transitionals;
  Severity severity = Severity::medium;
  std::optional<Citation> penalty;
  std::string penalty_text;
  std::string remedy, note, author, reviewer;
  Status status = Status::draft;
  std::vector<std::string> sources;
  bool not_waivable = false;
  Span span;
  [[nodiscard]] std::string id() const { return package + "." + name; }
};
struct Exception {
  std::string name, package, title;
  std::vector<Citation> cites;
  std::optional<std::uint16_t> var;  // the element's slot: the evaluator binds the rule's element to it
  NodeId when;
  std::vector<Defeater> but_not;
  std::vector<Effective> effective;  // empty: always
  /// Labels it is limited to, per rule; a rule that is not listed is covered whole.
  std::vector<std::pair<RuleId, std::string>> only_labels;
  Span span;
};
struct Transitional {
  std::string name, package, title;
  std::vector<Citation> cites;
  std::optional<std::uint16_t> var;
  NodeId when;
  std::vector<Effective> effective;
  Span span;
};

struct Program {
  std::shared_ptr<const model::Vocabulary> vocabulary;
  Pool<Node> nodes;
  std::vector<model::TypeId> types;  // by node; sets have the element's set type
  std::vector<Span> spans;           // by node
  std::vector<std::uint32_t> lists;
  std::vector<model::Scalar> constants;
  std::uint16_t slots = 0;  // number of variable slots
  Pool<Pack> packs;
  Pool<Instrument> instruments;
  Pool<Role> roles;
  Pool<Group> groups;
  Pool<Scope> scopes;
  Pool<Term> terms;
  Pool<Set> sets;
  Pool<Table> tables;
  Pool<Class> classes;
  Pool<Rule> rules;  // sorted by id()
  Pool<Exception> exceptions;
  Pool<Transitional> transitionals;
};

/// "Art. 53(1)(d)" with the instrument's name in front: "AIA Art. 53(1)(d)".
[[nodiscard]] std::string text(const Program& program, const Citation& citation);

}  // namespace writ::ir
