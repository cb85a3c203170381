// Reads a file of waivers. Everything that is wrong is reported, and then none of them is used: a waiver that says
// something else than its author meant would be a false green.
#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "engine/base/suggest.h"
#include "engine/facts/raw.h"
#include "engine/gate/waivers.h"

namespace writ::gate {

namespace {

constexpr auto kKeys = std::to_array<const char*>(
    {"rule", "requirement", "document", "where", "covers", "reason", "owner", "approved_by", "from", "expires"});
constexpr auto kNeeded =
    std::to_array<const char*>({"rule", "document", "reason", "owner", "approved_by", "from", "expires"});

class WaiverFile {
 public:
  WaiverFile(const ir::Program& program, Diagnostics& out) : program_(program), out_(out) {}

  void read(const facts::RawDocument& raw, std::vector<Waiver>& waivers) {
    raw_ = &raw;
    const facts::RawNode& root = raw.nodes[raw.root];
    if (root.kind == facts::RawNode::Kind::null) return;  // a file of none
    if (root.kind != facts::RawNode::Kind::list) {
      report(root.span, "a file of waivers is a list").help = "begin each waiver with `- rule: …`";
      return;
    }
    for (const facts::RawId item : root.items) {
      const std::size_t before = out_.error_count();
      Waiver waiver;
      one(item, waiver);
      if (out_.error_count() == before) waivers.push_back(std::move(waiver));
    }
  }

 private:
  Diagnostic& report(Span span, std::string message) { return out_.report(Code::bad_waiver, span, std::move(message)); }

  void one(facts::RawId item, Waiver& waiver) {
    const facts::RawNode& node = raw_->nodes[item];
    waiver.span = node.span;
    from_ = expires_ = std::nullopt;
    if (node.kind != facts::RawNode::Kind::map) {
      report(node.span, "a waiver is a map that begins with `rule`");
      return;
    }
    std::map<std::string, facts::RawId> entries;
    for (const auto& [key, value] : node.entries) {
      const facts::RawNode& name = raw_->nodes[key];
      if (std::find(kKeys.begin(), kKeys.end(), name.text) == kKeys.end()) {
        const std::string near = nearest(name.text, {kKeys.begin(), kKeys.end()});
        Diagnostic& d = report(name.span, "`" + name.text + "` is no key of a waiver");
        if (!near.empty()) d.help = "did you mean `" + near + "`?";
        continue;
      }
      entries.emplace(name.text, value);
    }
    std::string missing;
    for (const char* needed : kNeeded) {
      if (!entries.contains(needed)) missing += (missing.empty() ? "`" : ", `") + std::string(needed) + "`";
    }
    if (!missing.empty()) report(node.span, "this waiver has no " + missing);
    for (const auto& [key, value] : entries) entry(key, value, waiver);
    if (entries.contains("owner") && !waiver.owner.empty() && waiver.owner == waiver.approved_by)
      report(raw_->nodes[entries.at("approved_by")].span, "`" + waiver.owner + "` approves their own waiver").help =
          "another person approves it";
    if (entries.contains("rule") && !waiver.rule.empty()) check_rule(entries, waiver);
    if (entries.contains("from") && entries.contains("expires") && from_ && expires_) check_days(entries, waiver);
  }

  /// Plain text that says something.
  std::string text(const std::string& key, facts::RawId value) {
    const facts::RawNode& node = raw_->nodes[value];
    const bool blank = node.text.find_first_not_of(" \t\n") == std::string::npos;
    if (node.kind == facts::RawNode::Kind::scalar && !blank) return node.text;
    report(node.span, "`" + key + "` is a text");
    return {};
  }

  std::optional<Date> day(const std::string& key, facts::RawId value) {
    const facts::RawNode& node = raw_->nodes[value];
    const auto date = node.kind == facts::RawNode::Kind::scalar ? Date::parse(node.text) : std::nullopt;
    if (!date) report(node.span, "`" + key + "` is a day, YYYY-MM-DD");
    return date;
  }

  void entry(const std::string& key, facts::RawId value, Waiver& waiver) {
    if (key == "rule") waiver.rule = text(key, value);
    if (key == "requirement") waiver.requirement = text(key, value);
    if (key == "document") waiver.document = text(key, value);
    if (key == "reason") waiver.reason = text(key, value);
    if (key == "owner") waiver.owner = text(key, value);
    if (key == "approved_by") waiver.approved_by = text(key, value);
    if (key == "from" && (from_ = day(key, value))) waiver.from = *from_;
    if (key == "expires" && (expires_ = day(key, value))) waiver.expires = *expires_;
    if (key == "where") element(value, waiver);
    if (key == "covers") {
      const facts::RawNode& node = raw_->nodes[value];
      if (node.text == "undetermined") {
        waiver.covers = eval::Verdict::undetermined;
      } else if (node.text != "gap") {
        Diagnostic& d = report(node.span, "a waiver covers `gap` or `undetermined`");
        d.help = "errors and conflicts are mended, not waived";
      }
    }
  }

  void element(facts::RawId value, Waiver& waiver) {
    const facts::RawNode& node = raw_->nodes[value];
    if (node.kind != facts::RawNode::Kind::map || node.entries.size() != 1) {
      report(node.span, "`where` names one element by its key").help = "for example {transfers: cn_servers}";
      return;
    }
    waiver.list = raw_->nodes[node.entries.front().first].text;
    waiver.key = text("where", node.entries.front().second);
  }

  void check_rule(const std::map<std::string, facts::RawId>& entries, const Waiver& waiver) {
    const Span span = raw_->nodes[entries.at("rule")].span;
    const ir::Rule* rule = nullptr;
    std::vector<std::string> ids;
    for (const ir::Rule& r : program_.rules) {
      ids.push_back(r.id());
      if (ids.back() == waiver.rule) rule = &r;
    }
    if (rule == nullptr) {
      for (const ir::Portfolio& p : program_.portfolios) {
        if (p.id() != waiver.rule) continue;
        report(span, "`" + waiver.rule + "` is a rule over many documents, which no waiver covers");
        return;
      }
      Diagnostic& d = report(span, "unknown rule `" + waiver.rule + "`");
      const auto labelled = std::find_if(ids.begin(), ids.end(),
                                         [&](const std::string& id) { return waiver.rule.starts_with(id + "."); });
      const std::string near = nearest(waiver.rule, ids);
      if (labelled != ids.end())
        d.help = "write `rule: " + *labelled + "` and `requirement: " + waiver.rule.substr(labelled->size() + 1) + "`";
      else if (!near.empty())
        d.help = "did you mean `" + near + "`?";
      return;
    }
    if (rule->not_waivable) report(span, "`" + waiver.rule + "` is marked `not waivable`");
    if (entries.contains("requirement") && !waiver.requirement.empty()) {
      std::vector<std::string> labels;
      for (const ir::Requirement& r : rule->requirements)
        if (!r.label.empty()) labels.push_back(r.label);
      if (std::find(labels.begin(), labels.end(), waiver.requirement) == labels.end()) {
        Diagnostic& d = report(raw_->nodes[entries.at("requirement")].span,
                               "`" + waiver.rule + "` has no requirement `" + waiver.requirement + "`");
        const std::string near = nearest(waiver.requirement, labels);
        if (!near.empty()) d.help = "did you mean `" + near + "`?";
      }
    }
    if (!waiver.key.empty() && (!rule->for_each || rule->for_each->path != waiver.list)) {
      report(raw_->nodes[entries.at("where")].span,
             rule->for_each ? "`" + waiver.rule + "` walks `" + rule->for_each->path + "`, not `" + waiver.list + "`"
                            : "`" + waiver.rule + "` walks no list");
    }
  }

  void check_days(const std::map<std::string, facts::RawId>& entries, const Waiver& waiver) {
    const Span span = raw_->nodes[entries.at("expires")].span;
    if (waiver.expires < waiver.from) {
      report(span, "this waiver ends before it begins");
    } else if (waiver.expires > waiver.from.plus_months(kLongestWaiverMonths)) {
      report(span, "a waiver lasts a year at most").help =
          "until " + waiver.from.plus_months(kLongestWaiverMonths).text();
    }
  }

  const ir::Program& program_;
  Diagnostics& out_;
  const facts::RawDocument* raw_ = nullptr;
  std::optional<Date> from_, expires_;
};

}  // namespace

std::vector<Waiver> read_waivers(FileId file, const SourceMap& sources, const ir::Program& program, Diagnostics& out) {
  std::vector<Waiver> waivers;
  const facts::ReadLimits limits;
  const std::string_view path = sources.path(file);
  const facts::Format format = path.ends_with(".json") ? facts::Format::json : facts::Format::yaml;
  for (const facts::RawDocument& raw : facts::read(file, format, sources, limits, out))
    WaiverFile(program, out).read(raw, waivers);
  return waivers;
}

}  // namespace writ::gate
