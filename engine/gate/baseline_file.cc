// Reads a baseline. Everything that is wrong is reported, and then nothing of it is used: a baseline that holds
// something else than was owed would be a false green.
#include <algorithm>
#include <array>
#include <optional>

#include "engine/base/suggest.h"
#include "engine/facts/raw.h"
#include "engine/gate/baseline.h"

namespace writ::gate {

namespace {

using facts::RawId;
using facts::RawNode;

class BaselineFile {
 public:
  BaselineFile(const facts::RawDocument& raw, Diagnostics& out) : raw_(raw), out_(out) {}

  Baseline read() {
    Baseline out;
    const auto top = keys(raw_.root, {"schema", "as_of", "expires", "rules", "entries"}, "a baseline");
    if (!top) return out;
    if (text(top->at("schema")) != "writ-baseline/1")
      report(top->at("schema"), "this is no `writ-baseline/1`").help = "make one with `writ baseline create`";
    out.as_of = day(top->at("as_of"));
    out.expires = day(top->at("expires"));
    if (out.expires > out.as_of.plus_months(kLongestBaselineMonths))
      report(top->at("expires"), "a baseline lasts a year at most").help =
          "until " + out.as_of.plus_months(kLongestBaselineMonths).text();
    if (const auto rules = keys(top->at("rules"), {"digest", "ids"}, "`rules`")) {
      out.digest = text(rules->at("digest"));
      for (RawId id : items(rules->at("ids"))) out.rules.insert(text(id));
    }
    for (RawId item : items(top->at("entries"))) entry(item, out);
    return out;
  }

 private:
  void entry(RawId item, Baseline& out) {
    const auto parts = keys(item, {"fingerprint", "rule", "document", "verdict", "could_be"}, "an entry");
    if (!parts) return;
    Baseline::Entry e;
    e.rule = text(parts->at("rule"));
    e.document = text(parts->at("document"), true);
    const auto verdict = verdict_of(parts->at("verdict"));
    if (verdict) e.verdict = *verdict;
    if (verdict && *verdict != eval::Verdict::gap && *verdict != eval::Verdict::conflict &&
        *verdict != eval::Verdict::undetermined)
      report(parts->at("verdict"), "a baseline holds `gap`, `conflict` or `undetermined`");
    for (RawId v : items(parts->at("could_be")))
      if (const auto could = verdict_of(v)) e.could_be.insert(*could);
    const std::string fingerprint = text(parts->at("fingerprint"));
    constexpr std::size_t kHex = 64;
    if (fingerprint.size() != kHex || fingerprint.find_first_not_of("0123456789abcdef") != std::string::npos)
      report(parts->at("fingerprint"), "this is no fingerprint");
    if (!out.entries.emplace(fingerprint, std::move(e)).second)
      report(parts->at("fingerprint"), "two entries of one result");
  }

  Diagnostic& report(RawId node, std::string message) {
    return out_.report(Code::bad_baseline, raw_.nodes[node].span, std::move(message));
  }

  /// The values of a map that has just these keys.
  std::optional<std::map<std::string, RawId>> keys(RawId id, const std::vector<std::string>& wanted,
                                                   const std::string& what) {
    const RawNode& node = raw_.nodes[id];
    if (node.kind != RawNode::Kind::map) {
      report(id, what + " is a map");
      return std::nullopt;
    }
    std::map<std::string, RawId> out;
    for (const auto& [key, value] : node.entries) {
      const std::string& name = raw_.nodes[key].text;
      if (std::find(wanted.begin(), wanted.end(), name) == wanted.end()) {
        const std::string near = nearest(name, wanted);
        Diagnostic& d = report(key, "`" + name + "` is no key of " + what);
        if (!near.empty()) d.help = "did you mean `" + near + "`?";
      }
      out.emplace(name, value);
    }
    std::string missing;
    for (const std::string& key : wanted)
      if (!out.contains(key)) missing += (missing.empty() ? "`" : ", `") + key + "`";
    if (missing.empty()) return out;
    report(id, what + " has no " + missing);
    return std::nullopt;
  }

  std::vector<RawId> items(RawId id) {
    if (raw_.nodes[id].kind == RawNode::Kind::list) return raw_.nodes[id].items;
    report(id, "this is a list");
    return {};
  }

  std::string text(RawId id, bool may_be_empty = false) {
    const RawNode& node = raw_.nodes[id];
    if (node.kind != RawNode::Kind::scalar || (node.text.empty() && !may_be_empty)) report(id, "this is a text");
    return node.text;
  }

  Date day(RawId id) {
    const RawNode& node = raw_.nodes[id];
    const auto date = node.kind == RawNode::Kind::scalar ? Date::parse(node.text) : std::nullopt;
    if (!date) report(id, "this is a day, YYYY-MM-DD");
    return date.value_or(Date{});
  }

  std::optional<eval::Verdict> verdict_of(RawId id) {
    const RawNode& node = raw_.nodes[id];
    for (int v = 0; v <= static_cast<int>(eval::Verdict::error); ++v)
      if (node.text == eval::to_string(static_cast<eval::Verdict>(v))) return static_cast<eval::Verdict>(v);
    report(id, "`" + node.text + "` is no verdict");
    return std::nullopt;
  }

  const facts::RawDocument& raw_;
  Diagnostics& out_;
};

}  // namespace

Baseline read_baseline(FileId file, const SourceMap& sources, Diagnostics& out) {
  facts::ReadLimits limits;
  limits.max_bytes = std::size_t{1} << 30U;
  const facts::Format format = sources.path(file).ends_with(".yaml") || sources.path(file).ends_with(".yml")
                                   ? facts::Format::yaml
                                   : facts::Format::json;
  const std::vector<facts::RawDocument> raw = facts::read(file, format, sources, limits, out);
  if (raw.size() == 1) return BaselineFile(raw.front(), out).read();
  if (!out.has_errors()) out.report(Code::bad_baseline, Span{file, 0, 0}, "a baseline is one map");
  return {};
}

}  // namespace writ::gate
