#include "engine/ir/coverage.h"

#include <algorithm>
#include <map>

#include "engine/base/provisions.h"

namespace writ::ir {

namespace {

struct Cited {
  std::vector<std::string> items;
  std::size_t requirements = 0, judged = 0;
};

class Citations {
 public:
  explicit Citations(const Program& program) : program_(program) {
    for (const Role& r : program.roles) cite(r.package + "." + r.name, r.cites);
    for (const Group& g : program.groups) cite(g.package + "." + g.name, g.cites);
    for (const Scope& s : program.scopes) cite(s.package + "." + s.name, s.cites, s.unless);
    for (const Term& t : program.terms) cite(t.package + "." + t.name, t.cites, t.unless);
    for (const Readings& r : program.readings)
      for (const Readings::Reading& one : r.readings) cite(r.package + "." + r.name, one.cites);
    for (const Set& s : program.sets) cite(s.package + "." + s.name, s.cites);
    for (const Table& t : program.tables) cite(t.package + "." + t.name, t.cites);
    for (const Class& c : program.classes) cite(c.package + "." + c.name, c.cites);
    for (const Rule& r : program.rules) rule(r);
    for (const Exception& e : program.exceptions) cite(e.package + "." + e.name, e.cites);
    for (const Transitional& t : program.transitionals) cite(t.package + "." + t.name, t.cites);
    for (const Portfolio& p : program.portfolios) cite(p.id(), p.cites);
  }

  /// By instrument and unit.
  std::map<InstrumentId, std::map<std::string, Cited>> all;

 private:
  void rule(const Rule& r) {
    cite(r.id(), r.cites);
    for (const Requirement& q : r.requirements) {
      const bool asks = judged(q.holds);
      for (Cited* cited : cite(r.id(), q.cites)) {
        ++cited->requirements;
        cited->judged += std::size_t{asks};
      }
    }
    for (const Penalty& p : r.penalties) cite(r.id(), {p.citation});
  }

  std::vector<Cited*> cite(const std::string& item, const std::vector<Citation>& cites,
                           const std::vector<Unless>& unless = {}) {
    std::vector<Cited*> out;
    for (const Citation& c : cites) {
      for (const std::string& unit : provision_units(c.provision)) {
        Cited& cited = all[c.instrument][unit];
        if (std::find(cited.items.begin(), cited.items.end(), item) == cited.items.end()) cited.items.push_back(item);
        out.push_back(&cited);
      }
    }
    for (const Unless& u : unless) cite(item, u.cites);
    return out;
  }

  /// Some human has to say whether it holds.
  [[nodiscard]] bool judged(NodeId id) const {
    if (!id) return false;
    const Node& node = program_.nodes[id];
    switch (node.op) {
      case Op::judged: return true;
      case Op::not_: return judged(NodeId(node.a));
      case Op::and_:
      case Op::or_: {
        bool any = false;
        for (std::uint32_t i = 0; i < node.b; ++i) any = any || judged(NodeId(program_.lists[node.a + i]));
        return any;
      }
      case Op::call: return judged(program_.terms[TermId(node.a)].means);
      default: return false;
    }
  }

  const Program& program_;
};

CoveredProvision state_of(const Provision& provision, const Cited* cited) {
  CoveredProvision out;
  out.unit = provision.unit;
  out.reason = provision.reason;
  if (cited != nullptr) out.items = cited->items;
  if (provision.kind == Provision::Kind::judged) {
    out.covered = Covered::open_norm;
  } else if (provision.kind == Provision::Kind::outside) {
    out.covered = Covered::outside;
  } else if (cited != nullptr) {
    const bool open = cited->requirements > 0 && cited->judged == cited->requirements;
    out.covered = open ? Covered::open_norm : Covered::encoded;
  }
  return out;
}

}  // namespace

const char* to_string(Covered covered) {
  switch (covered) {
    case Covered::encoded: return "encoded";
    case Covered::open_norm: return "open_norm";
    case Covered::outside: return "outside";
    case Covered::not_encoded: return "not_encoded";
  }
  return "not_encoded";
}

std::size_t InstrumentCoverage::count(Covered covered) const {
  return static_cast<std::size_t>(std::count_if(provisions.begin(), provisions.end(),
                                                [&](const CoveredProvision& p) { return p.covered == covered; }));
}

namespace {

void merge(std::map<std::string, Cited>& to, const std::map<std::string, Cited>& from) {
  for (const auto& [unit, cited] : from) {
    Cited& sum = to[unit];
    sum.requirements += cited.requirements;
    sum.judged += cited.judged;
    for (const std::string& item : cited.items)
      if (std::find(sum.items.begin(), sum.items.end(), item) == sum.items.end()) sum.items.push_back(item);
  }
}

InstrumentCoverage of(InstrumentId id, const std::vector<Provision>& provisions,
                      const std::map<std::string, Cited>& cited) {
  InstrumentCoverage out{id, !provisions.empty(), {}};
  for (const Provision& p : provisions) {
    const auto it = cited.find(p.unit);
    out.provisions.push_back(state_of(p, it == cited.end() ? nullptr : &it->second));
  }
  // Of a list, what is cited beside its provisions is a part of them: "Annex XI, section 1".
  if (out.listed) return out;
  for (const auto& [unit, who] : cited) out.provisions.push_back(state_of({unit, Provision::Kind::cited, {}}, &who));
  return out;
}

}  // namespace

std::vector<InstrumentCoverage> coverage(const Program& program) {
  const Citations citations(program);
  // Packages that cite one act each declare it: it is one by its title.
  std::map<std::string, std::vector<InstrumentId>> acts;
  for (std::uint32_t i = 0; i < program.instruments.size(); ++i)
    acts[program.instruments[InstrumentId(i)].title].emplace_back(i);
  std::vector<InstrumentCoverage> out;
  for (const auto& [title, ids] : acts) {
    std::map<std::string, Cited> cited;
    InstrumentId best = ids.front();
    for (InstrumentId id : ids) {
      if (const auto found = citations.all.find(id); found != citations.all.end()) merge(cited, found->second);
      if (program.instruments[best].provisions.empty() && !program.instruments[id].provisions.empty()) best = id;
    }
    const std::vector<Provision>& provisions = program.instruments[best].provisions;
    if (!cited.empty() || !provisions.empty()) out.push_back(of(best, provisions, cited));
  }
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.instrument < b.instrument; });
  return out;
}

}  // namespace writ::ir
