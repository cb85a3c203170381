#include "engine/eval/phrase.h"

#include "engine/eval/evaluate.h"

namespace writ::eval {

using ir::NodeId;
using ir::Op;

namespace {

class Phraser {
 public:
  explicit Phraser(const ir::Program& program) : p_(program) {}

  std::string of(NodeId id) const {
    if (!id.valid()) return {};
    const ir::Node& n = p_.nodes[id];
    const auto a = [&] { return of(NodeId(n.a)); };
    const auto b = [&] { return of(NodeId(n.b)); };
    switch (n.op) {
      case Op::constant: return display(p_, p_.constants[n.a], p_.types[id.index]);
      case Op::root: return {};
      case Op::var: return "it";
      case Op::field: return member(NodeId(n.a), n.b);
      case Op::index: return a() + "[" + b() + "]";
      case Op::and_: return joined(n.a, n.b, " and ");
      case Op::or_: return joined(n.a, n.b, " or ");
      case Op::not_: return "not " + a();
      case Op::eq: return a() + " == " + b();
      case Op::ne: return a() + " != " + b();
      case Op::lt: return a() + " < " + b();
      case Op::le: return a() + " <= " + b();
      case Op::gt: return a() + " > " + b();
      case Op::ge: return a() + " >= " + b();
      case Op::in: return a() + " in " + b();
      case Op::includes_any: return a() + " includes any of " + b();
      case Op::includes_all: return a() + " includes all of " + b();
      case Op::at_least: return a() + " at least the named member";
      case Op::set_literal: return "{" + joined(n.a, n.b, ", ") + "}";
      case Op::named_set: return p_.sets[ir::SetId(n.a)].name;
      case Op::set_union: return a() + " union " + b();
      case Op::set_minus: return a() + " minus " + b();
      case Op::set_intersect: return a() + " intersect " + b();
      case Op::add: return a() + " + " + b();
      case Op::sub: return a() + " - " + b();
      case Op::mul: return a() + " * " + b();
      case Op::div: return a() + " / " + b();
      case Op::neg: return "-" + a();
      case Op::present: return a() + " is present";
      case Op::answered: return a() + " is answered";
      case Op::otherwise: return a() + " otherwise " + b();
      case Op::some: return "some of " + a() + filter(n) + (n.c == NodeId::kNone ? "" : ": " + of(NodeId(n.c)));
      case Op::every: return "every one of " + a() + filter(n) + " satisfies " + of(NodeId(n.c));
      case Op::no: return "none of " + a() + filter(n) + (n.c == NodeId::kNone ? "" : ": " + of(NodeId(n.c)));
      case Op::count: return "count of " + a() + filter(n);
      case Op::sum: return "sum of " + of(NodeId(n.c)) + " for " + a() + filter(n);
      case Op::min: return "min of " + of(NodeId(n.c)) + " for " + a() + filter(n);
      case Op::max: return "max of " + of(NodeId(n.c)) + " for " + a() + filter(n);
      case Op::share: return "share of " + a() + filter(n);
      case Op::size: return "count of " + a();
      case Op::call: return p_.terms[ir::TermId(n.a)].name + arguments(n);
      case Op::classify: return p_.classes[ir::ClassId(n.a)].name + arguments(n);
      case Op::lookup: return p_.tables[ir::TableId(n.a)].name + arguments(n);
      case Op::on_day: return a() + " on " + b();
      case Op::as_of: return "as of";
      case Op::edition: return of(NodeId(p_.lists[n.a + 3 * (n.b - 1) + 2]));  // the latest text
      case Op::year_start: return "1 January of the year";
      case Op::within: return a() + deadline(NodeId(n.b));
      case Op::working_days: return b() + " working days after " + a();
      case Op::judged: return "judged \"" + p_.norms[ir::NormId(n.b)].criterion + "\" in " + a();
      case Op::evidenced:
        return a() + " is evidenced" + (n.b == NodeId::kNone ? std::string() : " no older than " + b());
      case Op::ancestors: return "ancestors of " + a();
      case Op::deref: return a();
      case Op::higher: return "higher of (" + joined(n.a, n.b, ", ") + ")";
      case Op::lower: return "lower of (" + joined(n.a, n.b, ", ") + ")";
      case Op::contested: return p_.readings[ir::ReadingsId(n.a)].name;
      case Op::measure: return "the measure";
    }
    return {};
  }

 private:
  std::string joined(std::uint32_t begin, std::uint32_t count, const char* between) const {
    std::string out;
    for (std::uint32_t i = 0; i < count; ++i) out += (i == 0 ? "" : between) + of(NodeId(p_.lists[begin + i]));
    return out;
  }
  std::string arguments(const ir::Node& n) const {
    return n.c == 0 || n.c == NodeId::kNone ? "" : "(" + joined(n.b, n.c, ", ") + ")";
  }
  /// " within 14 days of START", or the due date itself.
  std::string deadline(NodeId due) const {
    const ir::Node& n = p_.nodes[due];
    if (n.op == Op::add) return " within " + of(NodeId(n.b)) + " of " + of(NodeId(n.a));
    if (n.op == Op::working_days)
      return " within " + of(NodeId(n.b)) + " working days of " + of(NodeId(n.a)) + " in " +
             p_.calendars[ir::CalendarId(n.c)].name;
    return " by " + of(due);
  }
  std::string filter(const ir::Node& n) const { return n.b == NodeId::kNone ? "" : " where " + of(NodeId(n.b)); }
  std::string member(NodeId base, std::uint32_t index) const {
    const bool root = p_.nodes[base].op == Op::root;
    const model::RecordId record = root ? p_.vocabulary->root : p_.vocabulary->types[p_.types[base.index]].record;
    const auto& fields = p_.vocabulary->records[record].fields;
    WRIT_CHECK(index < fields.size());
    const std::string& name = fields[index].name;
    const std::string front = of(base);
    return front.empty() ? name : front + "." + name;
  }

  const ir::Program& p_;
};

}  // namespace

std::string phrase(const ir::Program& program, NodeId node) { return Phraser(program).of(node); }

}  // namespace writ::eval
