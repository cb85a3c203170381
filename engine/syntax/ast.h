// The syntax tree of one rule file: what the author wrote, with the place of everything, and no meaning yet. Nodes live
// in pools of their File and refer to each other by Id; passes attach what they find in side vectors and never change
// the tree.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/base/date.h"
#include "engine/base/id.h"
#include "engine/base/rational.h"
#include "engine/base/source.h"

namespace writ::ast {

struct Expr;
using ExprId = Id<Expr>;

struct Name {  // one word
  std::string text;
  Span span;
};
struct Path {  // a.b.c; quoted segments are possible in tests
  std::vector<Name> segments;
  Span span;
  [[nodiscard]] std::string text() const {
    std::string out;
    for (const Name& s : segments) out += (out.empty() ? "" : ".") + s.text;
    return out;
  }
};
struct Text {  // a string literal, unescaped
  std::string text;
  Span span;
};
struct UnitText {  // "TPP/mm2", "%", "EUR", "days": checked by sema
  std::string text;
  Span span;
};

// ---- expressions
// -------------------------------------------------------------------------------------------------------

struct Hole {};  // what could not be parsed; sema says nothing more about it
struct BoolLit {
  bool value;
};
struct NumberLit {
  Rational value;  // magnitude words (million) and powers (10^25) already applied
  std::optional<UnitText> unit;
};
struct DateLit {
  Date value;
};
struct InstantLit {
  Instant value;
};
struct TextLit {
  std::string value;
};
struct CountryLit {
  std::string code;
};  // JP, US-CA
struct AsOf {};
struct NameRef {
  std::string name;
};  // bare: variable, member or item
/// base.field. A dotted path is nested Member over a NameRef; sema decides between fact path and qualified item.
struct Member {
  ExprId base;
  Name field;
};
struct Index {
  ExprId base;
  ExprId key;
};
struct Call {
  Path callee;
  std::vector<ExprId> args;
};
struct SetLit {
  std::vector<ExprId> members;
};
enum class UnaryOp : std::uint8_t { not_, neg, is_present, is_absent, is_answered };
struct Unary {
  UnaryOp op;
  ExprId operand;
};
enum class BinaryOp : std::uint8_t {
  and_,
  or_,
  eq,
  ne,
  lt,
  le,
  gt,
  ge,
  in,
  not_in,
  includes,
  includes_any,
  includes_all,
  at_least,
  otherwise,
  union_,
  minus,
  intersect,
  add,
  sub,
  mul,
  div,
  of,  // `3 % of TURNOVER`: a share of an amount
  on_day
};
struct Binary {
  BinaryOp op;
  ExprId left;
  ExprId right;
};
enum class QuantifierOp : std::uint8_t { some, every, no, count, sum, min, max, share };
/// `op [value for] variable in list [where condition] [satisfies body]`. body: `satisfies` of some/every/no, the value
/// of sum/min/max. `count of LIST` without a variable has an empty variable.
struct Quantifier {
  QuantifierOp op;
  Name variable;
  ExprId list;
  ExprId where;  // may be invalid
  ExprId body;   // may be invalid
};

/// `DONE within 14 days of START [in CALENDAR]`, `DONE within 10 working days of START in CALENDAR`, `DONE by DUE`.
struct Deadline {
  ExprId done;
  ExprId start;                          // of; `by`: the due date itself
  ExprId period;                         // a duration; invalid: `by`, or working days
  std::optional<Rational> working_days;  // `within N working days`
  std::optional<Path> calendar;
};
/// `judged "CRITERION" in ASSESSMENT [no older than P] [independent] [worded DATE]`.
struct Judged {
  Text criterion;
  ExprId assessment;
  ExprId max_age;  // may be invalid
  bool independent = false;
  std::optional<Date> worded;
};
/// `FACT is evidenced [no older than P]`.
struct Evidenced {
  ExprId fact;
  ExprId max_age;  // may be invalid
};
/// `ancestors of RECORD via FIELD`: a list to walk.
struct Ancestors {
  ExprId of;
  Name via;
};
/// `higher of (a, b)`, `lower of (a, b)`.
struct Extreme {
  bool higher = true;
  std::vector<ExprId> parts;
};

struct Expr {
  Span span;
  std::variant<Hole, BoolLit, NumberLit, DateLit, InstantLit, TextLit, CountryLit, AsOf, NameRef, Member, Index, Call,
               SetLit, Unary, Binary, Quantifier, Deadline, Judged, Evidenced, Ancestors, Extreme>
      node;
};

// ---- parts shared by items
// ---------------------------------------------------------------------------------------------

struct Citation {
  Name instrument;
  Text provision;
  Span span;
};
struct EffectiveSpan {  // from D [until E | before E] [uncertain "why"] [when C]
  Date from;
  std::optional<Date> until;      // inclusive
  std::optional<Date> before;     // exclusive
  std::optional<Text> uncertain;  // nobody can say whether it is in force then
  ExprId when;                    // may be invalid
  Span span;
};
/// `presume FACT = VALUE [when C] [cites …]`: fills a fact that nobody has stated.
struct Presumption {
  ExprId fact, value;
  ExprId when;  // may be invalid: always
  std::vector<Citation> cites;
  Span span;
};
/// One of several ways to read a provision.
struct Reading {
  Name name;
  std::optional<Text> title;
  std::vector<Citation> cites;
  ExprId means;
  Span span;
};
struct Penalty {  // penalty AIA "Art. 101" ["text"] [: AMOUNT [when C]]
  Citation citation;
  std::optional<Text> text;
  ExprId amount;  // may be invalid
  ExprId when;    // may be invalid
  Span span;
};
struct ButNotWhen {
  ExprId condition;
  std::vector<Citation> cites;
  Span span;
};
struct Unless {
  std::optional<Text> title;
  ExprId condition;
  std::vector<Citation> cites;
  std::vector<ButNotWhen> but_not;
  Span span;
};
struct ForEach {
  Name variable;
  ExprId list;
  ExprId where;  // may be invalid
  Span span;
};

// ---- vocabulary
// --------------------------------------------------------------------------------------------------------

struct TypeExpr;
using TypeExprId = Id<TypeExpr>;
struct TypeExpr {
  enum class Kind : std::uint8_t { hole, named, quantity, set, map, list, reference };
  Kind kind = Kind::hole;
  Path name;                     // named: builtin or enum or record or classification; list: record; reference: kind
  std::optional<UnitText> unit;  // quantity
  TypeExprId element;            // set, map value
  TypeExprId key;                // map key
  Span span;
};
struct UnitDecl {
  Name name;
  std::optional<Text> description;
  std::optional<Rational> factor;
  std::optional<UnitText> unit;
  Span span;
};
struct CurrencyDecl {
  std::vector<Name> codes;
  Span span;
};
struct KindsDecl {
  std::vector<Name> kinds;
  Span span;
};
struct EnumMember {
  Name name;
  std::optional<Text> description;
};
struct EnumDecl {
  Name name;
  std::optional<Text> description;
  std::vector<EnumMember> members;
  Span span;
};
struct FieldDecl {
  Name name;
  bool optional = false;
  bool dated = false;
  bool event = false;
  TypeExprId type;
  std::optional<Text> description;
  std::optional<Text> ask;
  std::vector<Text> from;
  std::optional<Text> provision;
  std::optional<Name> formerly;
  Span span;
};
struct RecordDecl {
  Name name;
  std::optional<Text> description;
  std::optional<Name> key;
  std::vector<FieldDecl> fields;
  Span span;
};
struct FactsDecl {
  std::optional<Text> description;
  std::vector<FieldDecl> fields;
  Span span;
};

// ---- law
// ---------------------------------------------------------------------------------------------------------------

struct PackDecl {
  Path name;
  std::optional<Text> title;
  std::optional<Text> version;
  std::optional<int> language;
  std::optional<Date> law_checked_until;
  std::optional<Text> licence;
  std::optional<Text> description;
  Span span;
};
struct ProvisionClause {  // provision "Art. 64-70" outside "Of authorities"
  Text text;
  enum class Kind : std::uint8_t { cited, outside, judged } kind = Kind::cited;
  std::optional<Text> reason;
  Span span;
};
struct InstrumentDecl {
  Name name;
  std::optional<Text> title;
  std::optional<Name> jurisdiction;
  std::optional<Date> published;
  std::optional<Date> in_force;
  std::optional<Text> url;
  std::vector<ProvisionClause> provisions;
  Span span;
};
struct GroupDecl {
  Name name;
  std::optional<Text> title;
  std::vector<Citation> cites;
  Span span;
};
struct ScopeDecl {
  Name name;
  Name instrument;
  std::optional<Text> title;
  std::vector<Citation> cites;
  ExprId means;
  std::vector<Unless> unless;
  Span span;
};
struct Param {
  Name name;
  TypeExprId type;
};
struct RoleDecl {  // role R [of p: party_entry] … [means …]: stated by parties, or derived where `means` holds
  Name name;
  std::optional<Param> of;
  std::optional<Text> title;
  std::vector<Citation> cites;
  ExprId means;  // invalid: only stated
  std::vector<Unless> unless;
  Span span;
};
struct TermDecl {
  Name name;
  std::vector<Param> params;
  TypeExprId result;  // may be invalid: inferred
  std::optional<Text> title;
  std::vector<Citation> cites;
  ExprId means;                   // invalid where there are readings
  std::vector<Reading> readings;  // at least two, or none
  std::vector<Unless> unless;
  Span span;
};
struct SetEntry {
  ExprId member;                  // CountryLit, TextLit, NameRef
  std::vector<ExprId> including;  // members on the same days
  std::optional<Date> from, until, before;
  std::optional<Date> published;  // known from this day on; nothing: as old as the set
  Span span;
};
struct SetDecl {
  Name name;
  TypeExprId element;
  std::optional<Text> title;
  std::vector<Citation> cites;
  std::optional<Date> known_from, known_until;
  std::vector<SetEntry> entries;
  ExprId algebra;         // valid instead of entries: `= (a union b) minus c`
  bool supplied = false;  // `supplied set`: its entries come from the user's file
  Span span;
};
struct TableRow {
  std::vector<ExprId> keys;
  ExprId value;
  std::optional<Date> from, until, before;
  std::optional<Date> published;
  Span span;
};
struct TableDecl {
  Name name;
  std::vector<Param> params;
  TypeExprId result;
  std::optional<Text> title;
  std::vector<Citation> cites;
  std::optional<Date> known_from, known_until;
  std::vector<TableRow> rows;
  bool otherwise_none = false;
  ExprId otherwise;  // may be invalid
  bool supplied = false;
  Span span;
};
/// Working days: every day but those of the weekend and the holidays, within the known days.
struct CalendarDecl {
  struct Holiday {
    Date day;
    std::optional<Text> name;
    Span span;
  };
  Name name;
  std::optional<Text> title;
  std::vector<Citation> cites;
  std::optional<Date> known_from, known_until;
  std::vector<Name> weekend;  // monday … sunday
  std::vector<Holiday> holidays;
  Span span;
};
struct Branch {
  Name value;
  ExprId when; /* invalid: otherwise */
  Span span;
};
struct ClassifyDecl {
  Name name;
  std::vector<Param> params;
  std::optional<Text> title;
  std::optional<Path> within;  // a scope
  std::vector<Citation> cites;
  std::vector<Name> order;  // highest first
  std::vector<Branch> branches;
  Span span;
};
struct Requirement {
  bool forbids = false;
  std::optional<Name> label;
  ExprId condition;
  std::vector<Citation> cites;
  std::optional<Name> severity;
  std::optional<Text> remedy;
  std::optional<Text> note;
  std::vector<Presumption> presumptions;
  Span span;
};
struct RuleDecl {
  Name name;
  std::optional<Text> title;
  std::vector<Citation> cites;
  std::vector<Path> groups;
  std::optional<Path> scope;  // "none" opts out
  std::vector<Path> binds;
  std::vector<EffectiveSpan> effective;
  bool never_effective = false;   // `effective never`
  std::optional<Date> published;  // of this rule, where it is younger than its instrument
  std::vector<Presumption> presumptions;
  std::optional<ForEach> for_each;
  ExprId judged_on;  // may be invalid
  ExprId applies;    // may be invalid: always
  std::vector<Requirement> requirements;
  std::optional<Name> severity;
  std::vector<Penalty> penalties;
  std::optional<Text> remedy;
  std::optional<Name> status;
  std::vector<Text> sources;
  std::optional<Text> author, reviewer, note;
  bool not_waivable = false;
  Span span;
};
struct ExceptionDecl {
  Name name;
  std::optional<Text> title;
  std::vector<Path> targets;
  std::optional<Name> variable;  // for each v
  std::vector<Citation> cites;
  ExprId when;
  std::vector<ButNotWhen> but_not;
  std::vector<EffectiveSpan> effective;
  std::optional<Date> published;
  ExprId instead;  // `requires instead …`; invalid: exempts
  std::vector<Path> yields_to, prevails_over;
  std::vector<Presumption> presumptions;
  Span span;
};
struct TransitionalDecl {
  Name name;
  std::optional<Text> title;
  std::vector<Path> targets;
  std::optional<Name> variable;
  std::vector<Citation> cites;
  ExprId when;
  std::vector<EffectiveSpan> effective;
  std::optional<Date> published;
  Span span;
};

// ---- law that changes
// --------------------------------------------------------------------------------------------------

/// One operation of an amendment. Which members count depends on `op`.
struct Amendment {
  enum class Op : std::uint8_t {
    effective,  // TARGETS effective from … | effective never
    replace,    // replace CLAUSE [LABEL] of TARGETS [from D [until E]] with VALUE
    repeal,     // repeal TARGETS from D
    suspend,    // suspend TARGETS from D [until E]
    insert      // insert into TARGET { entries or rows }; whole items are inserted by standing in the block
  };
  Op op = Op::effective;
  std::vector<Path> targets;
  std::vector<EffectiveSpan> effective;
  bool never = false;
  Name clause;                // replace: applies, requires, where, when, means, severity, remedy
  std::optional<Name> label;  // of `requires`
  std::optional<Date> from, until, before;
  ExprId value;              // replace: an expression …
  std::optional<Text> text;  // … or a text (remedy) …
  std::optional<Name> word;  // … or a word (severity)
  std::vector<SetEntry> entries;
  std::vector<TableRow> rows;
  std::vector<Citation> cites;
  Span span;
};
/// `amend AIA by OMNIBUS ["title"] published D [sequence N] { … }`. Items that it inserts are items of the file, with
/// the amendment's day as their `published`.
struct AmendDecl {
  Name target, by;  // instruments
  std::optional<Text> title;
  Date published;
  std::optional<int> sequence;  // between amendments of one day
  std::vector<Citation> cites;
  std::vector<Amendment> amendments;
  Span span;
};

/// A rule over all documents of a kind: `portfolio rule NAME "title" over d in deployments { … }`.
struct PortfolioDecl {
  Name name;
  std::optional<Text> title;
  Name variable;
  Name kind;  // as written: "deployments"
  std::vector<Citation> cites;
  std::optional<Path> scope;
  std::vector<Path> binds;
  std::vector<EffectiveSpan> effective;
  ExprId where;   // may be invalid
  ExprId key;     // group by
  ExprId weight;  // weigh; may be invalid: each counts 1
  std::vector<Requirement> requirements;
  std::vector<Penalty> penalties;
  std::optional<Name> severity;
  std::optional<Text> remedy;
  std::optional<Name> status;
  std::vector<Text> sources;
  std::optional<Text> author, reviewer, note;
  bool not_waivable = false;
  Span span;
};

// ---- tests
// -------------------------------------------------------------------------------------------------------------

struct FactValue;
using FactValueId = Id<FactValue>;
struct FactValue {
  struct Absent {};
  struct Unknown {
    std::optional<Name> reason;
  };
  struct List {
    std::vector<FactValueId> items;
  };
  struct Set {
    std::vector<FactValueId> items;
  };
  struct Record {
    std::vector<std::pair<Name, FactValueId>> fields;
  };
  Span span;
  std::variant<Absent, Unknown, ExprId /* literal or word */, List, Set, Record> node;
};
struct FactAssign {
  Path path;
  FactValueId value;
  Span span;
};
struct Expectation {
  bool exactly = false;
  std::string verdict;          // "gap", "not applicable", …; empty for a classification
  std::vector<Path> targets;    // rules or rule.label; or one classification
  std::optional<Text> element;  // for "key"
  std::optional<Name> value;    // classification = value
  std::optional<Date> due;      // pending … due D
  Span span;
};
struct TestDecl {
  Text title;
  std::optional<Text> file;
  std::vector<FactAssign> facts;  // given { … } or with …
  std::vector<Path> without;
  std::optional<Date> on;
  std::optional<Date> known_at;                 // the law known on that day; nothing: all of the rule book
  std::vector<std::pair<Path, Name>> readings;  // reading TERM = NAME
  std::optional<Text> inventory;                // given inventory "folder": for portfolio rules
  std::vector<Expectation> expect;
  Span span;
};

using Item = std::variant<UnitDecl, CurrencyDecl, KindsDecl, EnumDecl, RecordDecl, FactsDecl, PackDecl, InstrumentDecl,
                          RoleDecl, GroupDecl, ScopeDecl, TermDecl, SetDecl, TableDecl, ClassifyDecl, RuleDecl,
                          ExceptionDecl, TransitionalDecl, CalendarDecl, AmendDecl, PortfolioDecl, TestDecl>;

struct Import {
  Path package;
  Span span;
};

struct File {
  FileId source;
  std::optional<Path> package;
  std::vector<Import> imports;
  std::vector<Item> items;
  Pool<Expr> exprs;
  Pool<TypeExpr> types;
  Pool<FactValue> values;
};

}  // namespace writ::ast
