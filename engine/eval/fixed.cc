#include "engine/eval/fixed.h"

#include <unordered_map>

#include "engine/base/source.h"
#include "engine/eval/machine.h"
#include "engine/facts/bind.h"
#include "engine/facts/raw.h"

namespace writ::eval {

using facts::FactId;

namespace {

facts::Document empty_document(const model::Vocabulary& vocabulary) {
  SourceMap sources;
  const std::string kind = vocabulary.kinds.empty() ? "deployment" : vocabulary.kinds.front();
  const FileId file = sources.add("<nothing>", "{\"writ\": \"" + kind + "/1\", \"id\": \"nothing\"}");
  Diagnostics problems;
  const std::vector<facts::RawDocument> raw =
      facts::read(file, facts::Format::json, sources, facts::ReadLimits{}, problems);
  WRIT_CHECK(raw.size() == 1);
  std::optional<facts::Document> document = facts::bind(raw.front(), sources, vocabulary, problems);
  WRIT_CHECK(document.has_value());
  return std::move(*document);
}

}  // namespace

struct Fixed::State {
  const ir::Program& program;
  Options options;
  facts::Document document;
  Machine machine;
  bool troubled = false;

  State(const ir::Program& p, const Options& o)
      : program(p), options(o), document(empty_document(*p.vocabulary)), machine(program, document, options) {}

  // What is stated now, in order.
  struct Stated {
    FactId fact, phantom;  // the unknown element of a list
  };
  std::vector<Stated> stated;

  // Facts that serve as members of sets, made once.
  std::vector<FactId> spare;
  std::size_t used_spare = 0;
  FactId member(const model::Scalar& scalar) {
    if (used_spare == spare.size()) spare.push_back(document.facts.add({}));
    facts::Fact& fact = document.facts[spare[used_spare]];
    fact.state = facts::State::known;
    fact.scalar = scalar;
    return spare[used_spare++];
  }

  // Elements of lists, made once: copies of the unknown element, which is followed by what is below it.
  struct Elements {
    FactId unknown;
    FactId original;          // in the document without facts, of which that may be a copy
    std::uint32_t facts = 0;  // in each
    std::vector<FactId> all;
    std::size_t used = 0;
  };
  std::unordered_map<std::uint32_t, Elements> lists;          // by list
  std::unordered_map<std::uint32_t, const Elements*> copies;  // by element

  std::unordered_map<std::uint32_t, FactId> originals;  // of facts in copies
  FactId original_of(FactId fact) const {
    const auto it = originals.find(fact.index);
    return it == originals.end() ? fact : it->second;
  }

  Elements& elements_of(FactId list) {
    const auto [it, fresh] = lists.try_emplace(list.index);
    Elements& out = it->second;
    if (!fresh) return out;
    out.unknown = document[list].phantom;
    WRIT_CHECK(out.unknown.valid() && document[out.unknown].parent == list);
    std::uint32_t end = out.unknown.index + 1;
    while (end < document.facts.size() && document.lies_below(FactId(end), out.unknown)) ++end;
    out.facts = end - out.unknown.index;
    out.original = original_of(out.unknown);
    return out;
  }

  FactId copy(const Elements& like) {
    const std::uint32_t from = like.unknown.index, to = document.facts.size();
    const auto moved = [&](FactId fact) {
      const bool within = fact.valid() && fact.index >= from && fact.index < from + like.facts;
      return within ? FactId(to + fact.index - from) : fact;
    };
    for (std::uint32_t i = 0; i < like.facts; ++i) {
      facts::Fact fact = document.facts[FactId(from + i)];
      fact.parent = moved(fact.parent);
      for (FactId& child : fact.children) child = moved(child);
      // The unknown element of a list within itself stays the one of which nothing is stated.
      if (fact.phantom.index > from + i) fact.phantom = moved(fact.phantom);
      originals.emplace(document.facts.add(std::move(fact)).index, original_of(FactId(from + i)));
    }
    return FactId(to);
  }

  void state(const Supposed& s) {
    facts::Fact& fact = document.facts[s.fact];
    stated.push_back({s.fact, fact.phantom});
    fact.state = s.state;
    fact.reason = s.state == facts::State::unknown ? s.reason : model::Reason::none;
    fact.scalar = s.scalar;
    fact.span = {FileId{0}, 0, 0};  // somewhere: it is stated
    if (!s.members) return;
    std::vector<FactId> members;
    for (const model::Scalar& scalar : *s.members) members.push_back(member(scalar));  // may move the pool
    document.facts[s.fact].children = std::move(members);
  }

  /// Back to when so much was stated.
  void forget(std::size_t count) {
    for (; stated.size() > count; stated.pop_back()) {
      facts::Fact& fact = document.facts[stated.back().fact];
      fact.state = facts::State::unknown;
      fact.reason = model::Reason::not_provided;
      fact.scalar = {};
      fact.span = {};
      fact.phantom = stated.back().phantom;
      const model::TypeKind kind =
          fact.type.valid() ? program.vocabulary->types[fact.type].kind : model::TypeKind::record;
      if (kind == model::TypeKind::record) continue;
      fact.children.clear();
      if (const auto it = lists.find(stated.back().fact.index); it != lists.end()) it->second.used = 0;
    }
    if (count == 0) used_spare = 0;
  }

  Value eval(ir::NodeId node, std::span<const Binding> bindings, bool strict, const Given& given) {
    machine.forget();
    for (const auto& [var, bound] : bindings) {
      const auto* fact = std::get_if<FactId>(&bound);
      machine.slot(var) = fact != nullptr ? machine.read(*fact) : Value::of(std::get<model::Scalar>(bound));
    }
    const bool chosen = given.readings != nullptr && !given.readings->empty();
    if (chosen) {
      Machine::Chosen readings(options.readings.begin(), options.readings.end());
      for (const auto& [item, reading] : *given.readings) readings[item] = reading;
      machine.choose(std::move(readings));
    }
    Guards guards;
    for (FactId fact : given.guarded)
      for (; fact.valid(); fact = document[fact].parent) guards.push_back({fact, {}});
    const auto body = [&] {
      return machine.guarded(guards, [&] { return strict ? machine.condition(node) : machine.eval(node); });
    };
    Value out = given.no_day ? machine.on(Value::maybe({}, {}), body)
                : given.day  ? machine.on(Value::of(model::Scalar(*given.day)), body)
                             : body();
    for (const auto& [var, bound] : bindings) machine.slot(var) = {};
    if (chosen) machine.choose({options.readings.begin(), options.readings.end()});
    troubled = !machine.take_errors().empty();
    return troubled ? Value::failed() : out;
  }
};

Fixed::Fixed(const ir::Program& program, const Options& options) : state_(std::make_unique<State>(program, options)) {}
Fixed::~Fixed() = default;

const facts::Document& Fixed::document() const { return state_->document; }

bool Fixed::troubled() const { return state_->troubled; }

void Fixed::state(const Supposed& supposed) { state_->state(supposed); }

void Fixed::state_list(FactId list) {
  (void)state_->elements_of(list);  // while its unknown element can be told
  state_->state({list});
  state_->document.facts[list].phantom = {};
}

FactId Fixed::add_element(FactId list, std::string_view key) {
  State::Elements& elements = state_->elements_of(list);
  if (elements.used == elements.all.size()) {
    elements.all.push_back(state_->copy(elements));
    state_->copies.emplace(elements.all.back().index, &elements);
  }
  const FactId out = elements.all[elements.used++];
  state_->document.facts[list].children.push_back(out);
  state_->state({out});
  state_->document.facts[out].key = key;
  return out;
}

FactId Fixed::counterpart(FactId element, FactId fact) const {
  const State::Elements& like = *state_->copies.at(element.index);
  if (!fact.valid() || fact.index < like.original.index || fact.index >= like.original.index + like.facts) return {};
  return FactId(element.index + (fact.index - like.original.index));
}

void Fixed::forget() { state_->forget(0); }

Truth Fixed::truth(ir::NodeId node, std::span<const Binding> bindings, const Given& given) {
  const std::size_t before = state_->stated.size();
  for (const Supposed& one : given.supposed) state_->state(one);
  const Truth out = state_->eval(node, bindings, true, given).truth();
  state_->forget(before);
  return out;
}

std::optional<model::Scalar> Fixed::scalar(ir::NodeId node, std::span<const Binding> bindings) {
  const Value v = state_->eval(node, bindings, false, {});
  if (!v.known() || v.set || !v.blame.because.empty() || std::holds_alternative<std::monostate>(v.scalar))
    return std::nullopt;
  return v.scalar;
}

}  // namespace writ::eval
