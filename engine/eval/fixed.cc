#include "engine/eval/fixed.h"

#include "engine/base/source.h"
#include "engine/eval/machine.h"
#include "engine/facts/bind.h"
#include "engine/facts/raw.h"

namespace writ::eval {

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
  bool troubled = false;

  // Facts that serve as members, made once: adding moves the pool.
  std::vector<facts::FactId> spare;
  void state_members(facts::FactId set, const std::vector<model::Scalar>& members, std::size_t& used) {
    std::vector<facts::FactId> children;
    for (const model::Scalar& member : members) {
      if (used == spare.size()) spare.push_back(document.facts.add({}));
      children.push_back(spare[used++]);
      document.facts[children.back()].state = facts::State::known;
      document.facts[children.back()].scalar = member;
    }
    document.facts[set].children = std::move(children);
  }

  Value eval(ir::NodeId node, std::span<const Binding> bindings, bool strict, const Given& given) {
    Machine machine(program, document, options);
    for (const auto& [var, bound] : bindings) {
      const auto* fact = std::get_if<facts::FactId>(&bound);
      machine.slot(var) = fact != nullptr ? machine.read(*fact) : Value::of(std::get<model::Scalar>(bound));
    }
    Guards guards;
    for (facts::FactId fact : given.guarded)
      for (; fact.valid(); fact = document[fact].parent) guards.push_back({fact, {}});
    const auto body = [&] {
      return machine.guarded(guards, [&] { return strict ? machine.condition(node) : machine.eval(node); });
    };
    Value out = given.no_day ? machine.on(Value::maybe({}, {}), body)
                : given.day  ? machine.on(Value::of(model::Scalar(*given.day)), body)
                             : body();
    troubled = !machine.take_errors().empty();
    return troubled ? Value::failed() : out;
  }
};

Fixed::Fixed(const ir::Program& program, const Options& options)
    : state_(std::make_unique<State>(State{program, options, empty_document(*program.vocabulary), false, {}})) {}
Fixed::~Fixed() = default;

const facts::Document& Fixed::document() const { return state_->document; }

bool Fixed::troubled() const { return state_->troubled; }

Truth Fixed::truth(ir::NodeId node, std::span<const Binding> bindings, const Given& given) {
  State& s = *state_;
  std::vector<facts::Fact> before;
  std::size_t spare = 0;
  for (const Supposed& one : given.supposed) {
    before.push_back(s.document[one.fact]);
    facts::Fact& fact = s.document.facts[one.fact];
    fact.state = one.state;
    fact.reason = one.state == facts::State::unknown ? one.reason : model::Reason::none;
    fact.scalar = one.scalar;
    if (one.members) s.state_members(one.fact, *one.members, spare);
  }
  const Truth out = s.eval(node, bindings, true, given).truth();
  for (std::size_t i = given.supposed.size(); i-- > 0;) s.document.facts[given.supposed[i].fact] = std::move(before[i]);
  return out;
}

std::optional<model::Scalar> Fixed::scalar(ir::NodeId node, std::span<const Binding> bindings) {
  const Value v = state_->eval(node, bindings, false, {});
  if (!v.known() || v.set || !v.blame.because.empty() || std::holds_alternative<std::monostate>(v.scalar))
    return std::nullopt;
  return v.scalar;
}

}  // namespace writ::eval
