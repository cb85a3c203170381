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
  edition,        // lists[a .. a+3b): (first day, last day, node) — the text in force on the current day
  within,         // a: done, a date or instant, possibly absent; b: due, a date or instant — true, pending or false
  working_days,   // a: start day; b: node of a whole number; c: CalendarId — that many working days after the start
  judged,         // a: assessment record, or list of them; b: NormId
  evidenced,      // a: fact; b: node of the greatest age (a duration) or none
  ancestors,   // a: record; b: field of its list of bases; c: field of the reference in an element, or none: in place
  deref,       // a: reference; the record that it names in the same inventory
  higher,      // lists[a .. a+b): numbers or money
  lower,       // "
  contested,   // a: ReadingsId; lists[b .. b+c): one node a reading
  year_start,  // 1 January of the year of the current day
  measure,     // a: Measure; b: node of an argument or none — only in portfolio rules
};

/// What a portfolio rule may ask of its groups.
enum class Measure : std::uint8_t { members, groups, total, top_share, share_of, herfindahl };

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
struct Norm;
struct Readings;
struct Calendar;
struct Presumption;
struct Amendment;
struct Portfolio;
using NormId = Id<Norm>;
using ReadingsId = Id<Readings>;
using CalendarId = Id<Calendar>;
using PresumptionId = Id<Presumption>;
using AmendmentId = Id<Amendment>;
using PortfolioId = Id<Portfolio>;
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
  friend bool operator==(const Citation&, const Citation&) = default;
};

/// Days on which something is in force, while `when` holds (none: always).
struct Effective {
  DayInterval days;
  NodeId when;
  Span span;
  std::string uncertain = {};  // not empty: nobody can say whether it is in force on these days, and why
  friend bool operator==(const Effective&, const Effective&) = default;
};

/// What an amendment known on the program's day of knowledge did to an item.
struct Amended {
  AmendmentId amendment;
  std::string what;  // "effective from 2027-12-02", "`requires` replaced from 2026-07-27"
  std::vector<Citation> cites;
  friend bool operator==(const Amended&, const Amended&) = default;
};
/// How an item came to be in force, beside its days.
struct History {
  std::vector<DayInterval> suspended;  // days that were taken out of `effective`
  std::optional<Date> published;       // of the item itself, where it is younger than its instrument
  bool unpublished = false;            // its text came after the day of knowledge: never in force
  bool never = false;                  // annulled, or repealed before it began
  std::optional<Date> repealed;        // first day without it
  std::vector<Amended> amended;        // in order
  friend bool operator==(const History&, const History&) = default;
};

struct Pack {
  std::string name, title, version, licence, description;
  int language = 1;
  std::optional<Date> law_checked_until;
  Span span;
  friend bool operator==(const Pack&, const Pack&) = default;
};
/// One article or section of an instrument whose provisions are listed.
struct Provision {
  std::string unit;  // "Art. 50"
  enum class Kind : std::uint8_t { cited, outside, judged } kind = Kind::cited;
  std::string reason;  // of the last two
  friend bool operator==(const Provision&, const Provision&) = default;
};
struct Instrument {
  std::string name;  // "AIA"
  std::string package, title, jurisdiction, url;
  std::optional<Date> published, in_force;
  Span span;
  std::vector<Provision> provisions = {};  // all of them, in its order; none: not listed
  friend bool operator==(const Instrument&, const Instrument&) = default;
};
struct Role {
  std::string name, package, title;
  std::vector<Citation> cites;
  std::uint32_t member = 0; /* of party_role */
  Span span;
  std::optional<std::uint16_t> var = {};  // slot of the party, where the role is derived
  NodeId means = {};                      // none: only stated
  std::vector<struct Unless> unless = {};
  friend bool operator==(const Role&, const Role&) = default;
};
struct Group {
  std::string name, package, title;
  std::vector<Citation> cites;
  Span span;
  friend bool operator==(const Group&, const Group&) = default;
};

/// `but not when C`: defeats its exception.
struct Defeater {
  NodeId when;
  std::vector<Citation> cites;
  Span span;
  friend bool operator==(const Defeater&, const Defeater&) = default;
};
/// An `unless` of a term or scope: operative iff `when` and no defeater holds.
struct Unless {
  std::string title;
  NodeId when;
  std::vector<Citation> cites;
  std::vector<Defeater> but_not;
  Span span;
  friend bool operator==(const Unless&, const Unless&) = default;
};
struct Scope {
  std::string name, package, title;
  InstrumentId instrument;
  std::vector<Citation> cites;
  NodeId means;
  std::vector<Unless> unless;
  Span span;
  friend bool operator==(const Scope&, const Scope&) = default;
};
struct Term {
  std::string name, package, title;
  std::vector<Citation> cites;
  std::vector<std::uint16_t> params;  // variable slots
  model::TypeId type;
  NodeId means;
  std::vector<Unless> unless;  // only where the type is boolean
  Span span;
  friend bool operator==(const Term&, const Term&) = default;
};
struct SetEntry {
  model::Scalar member;
  DayInterval days;
  Span span;
  friend bool operator==(const SetEntry&, const SetEntry&) = default;
};
/// A set or table whose rows come from the user's file: what was supplied, for the report.
struct Supplied {
  bool declared = false;
  std::string file, digest;  // empty: not supplied, unknown (law)
  std::optional<Date> known_until;
  std::size_t rows = 0;
  friend bool operator==(const Supplied&, const Supplied&) = default;
};
struct Set {
  std::string name, package, title;
  std::vector<Citation> cites;
  model::TypeId element;
  DayInterval known;  // outside: unknown (law)
  std::vector<SetEntry> entries;
  NodeId algebra;  // valid: the set is this expression over other sets; entries are empty
  Span span;
  Supplied supplied = {};
  friend bool operator==(const Set&, const Set&) = default;
};
struct TableRow {
  std::vector<model::Scalar> keys;
  model::Scalar value;
  DayInterval days;
  Span span;
  friend bool operator==(const TableRow&, const TableRow&) = default;
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
  Supplied supplied = {};
  std::vector<std::string> columns = {};  // names of the keys, for files
  friend bool operator==(const Table&, const Table&) = default;
};
struct Branch {
  std::uint32_t member = 0;  // of the class's enumeration
  NodeId when;               // none: otherwise
  Span span;
  friend bool operator==(const Branch&, const Branch&) = default;
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
  friend bool operator==(const Class&, const Class&) = default;
};

/// An open norm: whether a criterion is met is for a human to judge.
struct Norm {
  std::string criterion;
  std::optional<Duration> max_age;
  bool independent = false;
  std::optional<Date> worded;  // of its current wording: older assessments are stale
  Span span;
  friend bool operator==(const Norm&, const Norm&) = default;
};
/// Contested law: the ways to read one item.
struct Readings {
  struct Reading {
    std::string name, title;
    std::vector<Citation> cites;
    Span span;
    friend bool operator==(const Reading&, const Reading&) = default;
  };
  std::string name, package, title;  // of the item
  std::vector<Reading> readings;
  Span span;
  friend bool operator==(const Readings&, const Readings&) = default;
};
/// Working days.
struct Calendar {
  std::string name, package, title;
  std::vector<Citation> cites;
  DayInterval known;           // outside: unknown (law)
  std::uint8_t weekend = 0;    // bit 0: Monday … bit 6: Sunday
  std::vector<Date> holidays;  // in order
  Span span;
  friend bool operator==(const Calendar&, const Calendar&) = default;
};
/// Fills a fact that nobody has stated, where the verdict would be undetermined without.
struct Presumption {
  NodeId fact, value;
  NodeId when;  // may be none
  std::vector<Citation> cites;
  Span span;
  friend bool operator==(const Presumption&, const Presumption&) = default;
};
/// `amend TARGET by BY published D`.
struct Amendment {
  InstrumentId target, by;
  std::string title;
  Date published;
  int sequence = 0;
  std::vector<Citation> cites;
  Span span;
  friend bool operator==(const Amendment&, const Amendment&) = default;
};
struct Penalty {
  Citation citation;
  std::string text;
  NodeId amount;  // money; may be none
  NodeId when;    // may be none
  Span span;
  friend bool operator==(const Penalty&, const Penalty&) = default;
};

struct Requirement {
  std::string label;     // empty when the rule has one unlabelled requirement
  bool forbids = false;  // `holds` is already negated
  NodeId holds;
  std::vector<Citation> cites;  // own or the rule's
  Severity severity = Severity::low;
  std::string remedy, note;
  Span span;
  std::vector<PresumptionId> presumptions = {};
  friend bool operator==(const Requirement&, const Requirement&) = default;
};
struct ForEach {
  std::uint16_t var = 0;
  std::string variable;
  NodeId list;
  NodeId where;      // may be none
  std::string path;  // "exports": for messages and results
  friend bool operator==(const ForEach&, const ForEach&) = default;
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
  std::vector<Penalty> penalties;
  std::vector<PresumptionId> presumptions;
  History history;
  std::string remedy, note, author, reviewer;
  Status status = Status::draft;
  std::vector<std::string> sources;
  bool not_waivable = false;
  Span span;
  [[nodiscard]] std::string id() const { return package + "." + name; }
  friend bool operator==(const Rule&, const Rule&) = default;
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
  NodeId instead = {};                      // what is required instead; none: it exempts
  std::vector<ExceptionId> yields_to = {};  // not operative while one of these is (`prevails over` of others included)
  std::vector<PresumptionId> presumptions = {};
  History history = {};
  friend bool operator==(const Exception&, const Exception&) = default;
};
struct Transitional {
  std::string name, package, title;
  std::vector<Citation> cites;
  std::optional<std::uint16_t> var;
  NodeId when;
  std::vector<Effective> effective;
  Span span;
  History history = {};
  friend bool operator==(const Transitional&, const Transitional&) = default;
};

/// A rule over all documents of one kind: grouped by a key, weighed, and measured.
struct Portfolio {
  std::string name, package, title;
  PackId pack;
  std::uint16_t var = 0;  // the document's root record
  std::string kind;       // "deployment"
  std::vector<Citation> cites;
  std::vector<RoleId> binds;
  std::vector<Effective> effective;
  NodeId where;  // may be none
  NodeId key;
  NodeId weight;                          // may be none: each counts 1
  std::vector<Requirement> requirements;  // over measures
  std::vector<Penalty> penalties;
  Severity severity = Severity::medium;
  std::string remedy, note, author, reviewer;
  Status status = Status::draft;
  std::vector<std::string> sources;
  bool not_waivable = false;
  Span span;
  [[nodiscard]] std::string id() const { return package + "." + name; }
  friend bool operator==(const Portfolio&, const Portfolio&) = default;
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
  Pool<Norm> norms;
  Pool<Readings> readings;
  Pool<Calendar> calendars;
  Pool<Presumption> presumptions;
  Pool<Amendment> amendments;      // known and not, in order of (published, sequence)
  Pool<Portfolio> portfolios;      // sorted by id()
  std::uint16_t bearer = 0;        // slot of the party that bears the duty, for amounts of penalties
  Date known_at = Date::max();     // the law known on this day
  std::vector<Date> publications;  // every day on which some text of the book was published, in order
  friend bool operator==(const Program&, const Program&) = default;  // the vocabulary by address
};

/// Neither of the weekend nor a holiday. INVARIANT: `day` is among the known days.
[[nodiscard]] bool is_working_day(const Calendar& calendar, Date day);

/// "Art. 53(1)(d)" with the instrument's name in front: "AIA Art. 53(1)(d)".
[[nodiscard]] std::string text(const Program& program, const Citation& citation);

}  // namespace writ::ir
