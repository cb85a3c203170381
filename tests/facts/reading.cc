#include "tests/facts/reading.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/facts/vocabulary.h"

namespace writ::test {

std::vector<std::string> Reading::codes() const {
  std::vector<std::string> result;
  for (const Diagnostic& d : diagnostics.items()) {
    const Position position = sources.position(d.span.file, d.span.begin);
    result.push_back(fmt::format("{} {}:{}", code_text(d.code), position.line, position.column));
  }
  return result;
}

const facts::Fact& Reading::at(const std::string& path) const {
  static const facts::Fact none;
  if (documents.empty()) {
    std::string all;
    for (const Diagnostic& d : diagnostics.items()) all += render(d, sources, false);
    ADD_FAILURE() << "no document\n" << all;
    return none;
  }
  const facts::FactId id = facts::find(documents.front(), vocabulary(), split(path));
  if (!id.valid()) {
    ADD_FAILURE() << "no fact " << path;
    return none;
  }
  return documents.front()[id];
}

Reading read_raw(std::string text, facts::Format format, const facts::ReadLimits& limits) {
  Reading reading;
  const FileId file = reading.sources.add(format == facts::Format::yaml ? "test.yaml" : "test.json", std::move(text));
  reading.raw = facts::read(file, format, reading.sources, limits, reading.diagnostics);
  reading.diagnostics.sort(reading.sources);
  return reading;
}

Reading read_bound(std::string text, facts::Format format, const facts::ReadLimits& limits) {
  Reading reading = read_raw(std::move(text), format, limits);
  for (const facts::RawDocument& raw : reading.raw) {
    if (auto document = facts::bind(raw, reading.sources, vocabulary(), reading.diagnostics))
      reading.documents.push_back(std::move(*document));
  }
  reading.diagnostics.sort(reading.sources);
  return reading;
}

Reading read_facts(const std::string& yaml) { return read_bound("writ: deployment/1\nid: test\n\n" + yaml); }

std::vector<std::string> split(std::string_view path) {
  std::vector<std::string> segments;
  while (!path.empty()) {
    const std::size_t dot = std::min(path.find('.'), path.size());
    segments.emplace_back(path.substr(0, dot));
    path.remove_prefix(std::min(dot + 1, path.size()));
  }
  return segments;
}

namespace {

struct ScalarText {
  std::string operator()(std::monostate) const { return ""; }
  std::string operator()(bool value) const { return value ? "true" : "false"; }
  std::string operator()(const model::NumberRange& value) const { return value.exact() ? value.lo->exact() : "range"; }
  std::string operator()(const model::Money& value) const { return (*this)(value.amount) + " " + value.currency; }
  std::string operator()(const Date& value) const { return value.text(); }
  std::string operator()(const Instant& value) const { return value.text(); }
  std::string operator()(const Duration& value) const { return value.text(); }
  std::string operator()(const std::string& value) const { return "\"" + value + "\""; }
  std::string operator()(const model::Country& value) const { return value.code; }
  std::string operator()(const model::Candidates& value) const { return fmt::format("#{}", value.single()); }
};

void dump(const facts::Document& document, facts::FactId id, std::string& out) {
  const facts::Fact& fact = document[id];
  constexpr const char* kStates[] = {"known", "absent", "unknown"};
  out += fmt::format("{} {} {} {} {}", fact.path, fact.pointer, kStates[static_cast<int>(fact.state)],
                     model::to_string(fact.reason), std::visit(ScalarText{}, fact.scalar));
  for (const auto& key : fact.keys) out += " key " + std::visit(ScalarText{}, key);
  out += '\n';
  for (const facts::FactId child : fact.children) dump(document, child, out);
  for (const auto& period : fact.dated) {
    out += fmt::format("  from {} to {}\n", period.days.from.days, period.days.last.days);
    dump(document, period.value, out);
  }
  if (fact.phantom.valid() && document[fact.phantom].parent == id) dump(document, fact.phantom, out);
}

}  // namespace

std::string dump(const facts::Document& document) {
  std::string out = fmt::format("{} {} {}\n", document.id, document.kind, document.assessed_for);
  dump(document, document.root, out);
  return out;
}

}  // namespace writ::test
