// How deep evaluation can get: nodes call terms, scopes, classifications and sets, whose conditions are nodes again.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <vector>

#include "engine/ir/verify.h"

namespace writ::ir {

namespace {

/// The nodes that a node reads, its lists' included; not the items that it calls.
template <class F>
void each_operand(const Program& p, const Node& n, F f) {
  const auto one = [&](std::uint32_t index) {
    if (index != NodeId::kNone) f(NodeId(index));
  };
  const auto list = [&](std::uint32_t first, std::uint32_t count) {
    for (std::uint32_t i = 0; i < count; ++i) f(NodeId(p.lists[first + i]));
  };
  switch (n.op) {
    case Op::constant:
    case Op::root:
    case Op::var:
    case Op::named_set:
    case Op::as_of:
    case Op::year_start: return;
    case Op::field:
    case Op::not_:
    case Op::at_least:
    case Op::neg:
    case Op::present:
    case Op::answered:
    case Op::size:
    case Op::judged:
    case Op::ancestors:
    case Op::deref: return one(n.a);
    case Op::index:
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
    case Op::on_day:
    case Op::within:
    case Op::working_days:
    case Op::evidenced: one(n.a); return one(n.b);
    case Op::some:
    case Op::every:
    case Op::no:
    case Op::count:
    case Op::sum:
    case Op::min:
    case Op::max:
    case Op::share:
      one(n.a);
      one(n.b);
      return one(n.c);
    case Op::and_:
    case Op::or_:
    case Op::set_literal:
    case Op::higher:
    case Op::lower: return list(n.a, n.b);
    case Op::call:
    case Op::classify:
    case Op::lookup:
    case Op::contested: return list(n.b, n.c);
    case Op::edition:
      for (std::uint32_t i = 0; i < n.b; ++i) f(NodeId(p.lists[n.a + 3 * i + 2]));
      return;
    case Op::measure: return one(n.b);
  }
}

/// Everything that can be evaluated, in one numbering: nodes, then terms, classifications, scopes, sets, exceptions.
class Calls {
 public:
  explicit Calls(const Program& program)
      : p_(program),
        terms_(p_.nodes.size()),
        classes_(terms_ + p_.terms.size()),
        scopes_(classes_ + p_.classes.size()),
        sets_(scopes_ + p_.scopes.size()),
        exceptions_(sets_ + p_.sets.size()),
        height_(exceptions_ + p_.exceptions.size(), 0) {}

  std::optional<std::string> run() {
    first_.reserve(height_.size() + 1);
    edges_.reserve(3 * height_.size());
    for (std::uint32_t i = 0; i < height_.size(); ++i) {
      first_.push_back(static_cast<std::uint32_t>(edges_.size()));
      add_below(i);
    }
    first_.push_back(static_cast<std::uint32_t>(edges_.size()));
    for (std::uint32_t i = 0; i < height_.size(); ++i)
      if (auto wrong = climb(i)) return wrong;
    return std::nullopt;
  }

 private:
  /// Adds what one thing reads and calls to the edges.
  void add_below(std::uint32_t at) {
    std::vector<std::uint32_t>& out = edges_;
    const auto node = [&](NodeId n) {
      if (n.valid()) out.push_back(n.index);
    };
    const auto unlesses = [&](const std::vector<Unless>& list) {
      for (const Unless& u : list) {
        node(u.when);
        for (const Defeater& d : u.but_not) node(d.when);
      }
    };
    if (at < terms_) {
      const Node& n = p_.nodes[NodeId(at)];
      each_operand(p_, n, node);
      if (n.op == Op::call) out.push_back(terms_ + n.a);
      if (n.op == Op::classify) out.push_back(classes_ + n.a);
      if (n.op == Op::named_set) out.push_back(sets_ + n.a);
    } else if (at < classes_) {
      const Term& t = p_.terms[TermId(at - terms_)];
      node(t.means);
      unlesses(t.unless);
    } else if (at < scopes_) {
      const Class& c = p_.classes[ClassId(at - classes_)];
      for (const Branch& b : c.branches) node(b.when);
      if (c.within.valid()) out.push_back(scopes_ + c.within.index);
    } else if (at < sets_) {
      const Scope& s = p_.scopes[ScopeId(at - scopes_)];
      node(s.means);
      unlesses(s.unless);
    } else if (at < exceptions_) {
      node(p_.sets[SetId(at - sets_)].algebra);
    } else {
      for (ExceptionId e : p_.exceptions[ExceptionId(at - exceptions_)].yields_to) out.push_back(exceptions_ + e.index);
    }
  }

  /// The height of one thing and of all below it, without recursion.
  std::optional<std::string> climb(std::uint32_t start) {
    if (height_[start] != 0) return std::nullopt;
    const auto enter = [&](std::uint32_t at) {
      height_[at] = kOnPath;
      path_.emplace_back(at, first_[at]);
    };
    enter(start);
    while (!path_.empty()) {
      const std::uint32_t at = path_.back().first;
      if (path_.back().second < first_[at + 1]) {
        const std::uint32_t to = edges_[path_.back().second++];
        if (height_[to] == kOnPath) return "program: something is defined by itself";
        if (height_[to] == 0) enter(to);
        continue;
      }
      std::uint32_t height = 0;
      for (std::uint32_t e = first_[at]; e < first_[at + 1]; ++e) height = std::max(height, height_[edges_[e]]);
      if (height >= kMaxHeight) return fmt::format("program: conditions are nested deeper than {}", kMaxHeight);
      height_[at] = height + 1;
      path_.pop_back();
    }
    return std::nullopt;
  }

  static constexpr std::uint32_t kOnPath = UINT32_MAX;
  const Program& p_;
  std::uint32_t terms_, classes_, scopes_, sets_, exceptions_;  // where each kind begins
  std::vector<std::uint32_t> height_;                           // 0: not known yet
  std::vector<std::uint32_t> edges_, first_;                    // where the edges of each begin
  std::vector<std::pair<std::uint32_t, std::uint32_t>> path_;   // what is being climbed, and its next edge
};

}  // namespace

std::optional<std::string> verify_calls(const Program& program) { return Calls(program).run(); }

}  // namespace writ::ir
