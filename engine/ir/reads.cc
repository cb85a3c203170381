#include "engine/ir/reads.h"

#include <map>
#include <vector>

namespace writ::ir {

namespace {

class Reads {
 public:
  explicit Reads(const Program& program) : program_(program) {}

  [[nodiscard]] const std::set<ReadingsId>& contested() const { return contested_; }

  std::set<std::string> of(const Rule& rule) {
    if (rule.scope) scope(program_.scopes[rule.scope]);
    if (rule.for_each) {
      bind(rule.for_each->var, node(rule.for_each->list) + "[]");
      read(rule.for_each->where);
    }
    read(rule.judged_on);
    read(rule.applies);
    for (const Effective& e : rule.effective) read(e.when);
    for (const Requirement& r : rule.requirements) read(r.holds);
    const std::string element = rule.for_each ? paths_[rule.for_each->var] : std::string();
    for (ExceptionId id : rule.exceptions) {
      const Exception& e = program_.exceptions[id];
      if (e.var) bind(*e.var, element);
      read(e.when);
      for (const Defeater& d : e.but_not) read(d.when);
      for (const Effective& f : e.effective) read(f.when);
      read(e.instead);
      presumed(e.presumptions);
    }
    presumed(rule.presumptions);
    for (const Requirement& r : rule.requirements) presumed(r.presumptions);
    for (TransitionalId id : rule.transitionals) {
      const Transitional& t = program_.transitionals[id];
      if (t.var) bind(*t.var, element);
      read(t.when);
      for (const Effective& f : t.effective) read(f.when);
    }
    bind(program_.bearer, "parties[]");
    for (const Penalty& p : rule.penalties) {
      read(p.amount);
      read(p.when);
    }
    return std::move(out_);
  }

 private:
  void bind(std::uint16_t var, std::string path) { paths_[var] = std::move(path); }

  void read(NodeId id) {
    if (id) record(id, node(id));
  }

  // A path is a fact when something is read there that is no whole record.
  void record(NodeId id, const std::string& path) {
    if (path.empty()) return;
    const model::TypeKind kind = program_.vocabulary->types[program_.types[id.index]].kind;
    if (kind != model::TypeKind::record) out_.insert(path);
  }

  // What is presumed is read elsewhere, or it would not matter.
  void presumed(const std::vector<PresumptionId>& all) {
    for (PresumptionId id : all) {
      read(program_.presumptions[id].value);
      read(program_.presumptions[id].when);
    }
  }

  void list(std::uint32_t first, std::uint32_t count) {
    for (std::uint32_t i = 0; i < count; ++i) read(NodeId(program_.lists[first + i]));
  }

  void scope(const Scope& s) {
    read(s.means);
    unless(s.unless);
  }

  void unless(const std::vector<Unless>& list) {
    for (const Unless& u : list) {
      read(u.when);
      for (const Defeater& d : u.but_not) read(d.when);
    }
  }

  void bind_arguments(const std::vector<std::uint16_t>& params, const Node& n) {
    for (std::uint32_t i = 0; i < n.c; ++i) {
      const NodeId argument(program_.lists[n.b + i]);
      const std::string path = node(argument);
      record(argument, path);
      if (i < params.size()) bind(params[i], path);
    }
  }

  // The fact path that the node denotes, or nothing; reads what is below on the way.
  std::string node(NodeId id) {
    const Node& n = program_.nodes[id];
    const auto both = [&] {
      read(NodeId(n.a));
      read(NodeId(n.b));
      return std::string();
    };
    const auto one = [&] {
      read(NodeId(n.a));
      return std::string();
    };
    switch (n.op) {
      case Op::constant:
      case Op::as_of:
      case Op::year_start: return {};
      case Op::root: return {};
      case Op::var: {
        const auto it = paths_.find(n.var);
        return it == paths_.end() ? std::string() : it->second;
      }
      case Op::field: {
        const std::string base = node(NodeId(n.a));
        // The root's node bears the type of the expression it stands for, not that of the document.
        const bool top = program_.nodes[NodeId(n.a)].op == Op::root;
        const model::RecordId record =
            top ? program_.vocabulary->root : program_.vocabulary->types[program_.types[n.a]].record;
        const std::string& name = program_.vocabulary->records[record].fields[n.b].name;
        return base.empty() ? name : base + "." + name;
      }
      case Op::index: {
        read(NodeId(n.b));
        const std::string base = node(NodeId(n.a));
        return base.empty() ? base : base + "[]";
      }
      case Op::and_:
      case Op::or_:
      case Op::set_literal: list(n.a, n.b); return {};
      case Op::not_:
      case Op::neg:
      case Op::present:
      case Op::answered:
      case Op::size:
      case Op::at_least: return one();
      case Op::eq:
      case Op::ne:
      case Op::lt:
      case Op::le:
      case Op::gt:
      case Op::ge:
      case Op::in:
      case Op::includes_any:
      case Op::includes_all:
      case Op::set_union:
      case Op::set_minus:
      case Op::set_intersect:
      case Op::add:
      case Op::sub:
      case Op::mul:
      case Op::div:
      case Op::otherwise:
      case Op::on_day: return both();
      case Op::named_set: read(program_.sets[SetId(n.a)].algebra); return {};
      case Op::some:
      case Op::every:
      case Op::no:
      case Op::count:
      case Op::sum:
      case Op::min:
      case Op::max:
      case Op::share: {
        const std::string over = node(NodeId(n.a));
        if (!over.empty()) out_.insert(over);
        bind(n.var, over + "[]");
        read(NodeId(n.b));
        read(NodeId(n.c));
        return {};
      }
      case Op::call: {
        const Term& term = program_.terms[TermId(n.a)];
        bind_arguments(term.params, n);
        const std::string path = node(term.means);
        record(term.means, path);
        unless(term.unless);
        return path;
      }
      case Op::classify: {
        const Class& cls = program_.classes[ClassId(n.a)];
        bind_arguments(cls.params, n);
        if (cls.within) scope(program_.scopes[cls.within]);
        for (const Branch& b : cls.branches) read(b.when);
        return {};
      }
      case Op::lookup: list(n.b, n.c); return {};
      case Op::edition: {
        std::string path;
        for (std::uint32_t i = 0; i < n.b; ++i) path = node(NodeId(program_.lists[n.a + 3 * i + 2]));
        return path;
      }
      case Op::within:
      case Op::working_days:
      case Op::evidenced: return both();
      case Op::judged: {
        const std::string path = node(NodeId(n.a));
        if (!path.empty()) out_.insert(path);
        return {};
      }
      case Op::ancestors: {
        const std::string path = node(NodeId(n.a));
        return path.empty() ? path : path + ".ancestors";
      }
      case Op::deref: return node(NodeId(n.a));
      case Op::higher:
      case Op::lower: list(n.a, n.b); return {};
      case Op::contested:
        contested_.insert(ReadingsId(n.a));
        list(n.b, n.c);
        return {};
      case Op::measure: read(NodeId(n.b)); return {};
    }
    return {};
  }

  const Program& program_;
  std::map<std::uint16_t, std::string> paths_;  // by variable slot
  std::set<std::string> out_;
  std::set<ReadingsId> contested_;
};

}  // namespace

std::set<std::string> fact_paths(const Program& program, RuleId rule) { return Reads(program).of(program.rules[rule]); }

std::vector<const Readings*> contested(const Program& program, RuleId rule) {
  Reads reads(program);
  static_cast<void>(reads.of(program.rules[rule]));
  std::vector<const Readings*> out;
  for (ReadingsId id : reads.contested()) out.push_back(&program.readings[id]);
  return out;
}

}  // namespace writ::ir
