#include "engine/report/brief.h"

#include <fmt/format.h>

#include <array>
#include <charconv>

#include "engine/base/utf8.h"

namespace writ::report {

using eval::Verdict;

namespace {

void append_number(std::string& out, std::uint64_t n) {
  char digits[20];
  const auto end = std::to_chars(digits, digits + sizeof digits, n).ptr;
  out.append(digits, end);
}

void append_escaped(std::string& out, std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  const std::size_t from = out.size();
  bool plain = true;
  for (const char c : text) {
    plain = plain && static_cast<unsigned char>(c) < 0x7F;
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      case '\b': out += "\\b"; break;
      case '\f': out += "\\f"; break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          out += "\\u00";
          out += kHex[static_cast<unsigned char>(c) >> 4U];
          out += kHex[static_cast<unsigned char>(c) & 15U];
        } else {
          out += c;
        }
    }
  }
  if (plain) return;
  const std::string shown = printable_json(std::string_view(out).substr(from));
  out.resize(from);
  out += shown;
}

void append_text(std::string& out, std::string_view text) {
  out += '"';
  append_escaped(out, text);
  out += '"';
}

constexpr auto kVerdicts = std::to_array<Verdict>(
    {Verdict::compliant, Verdict::gap, Verdict::undetermined, Verdict::waived, Verdict::pending, Verdict::exempt,
     Verdict::not_yet_due, Verdict::not_applicable, Verdict::not_effective, Verdict::conflict, Verdict::error});

}  // namespace

BriefLines::BriefLines(const gate::Result& result) {
  head_ = fmt::format(R"({{"schema":"writ-line/1","version":"{}","as_of":"{}","law_known_at":"{}","rules":"{}",)",
                      WRIT_VERSION, result.as_of.text(), result.law_known_at.text(), result.rules_digest);
  for (const ir::Rule& rule : result.program->rules) {
    std::vector<Names>& all = names_.emplace_back();
    for (const ir::Requirement& r : rule.requirements) {
      Names names;
      names.object = "{\"rule\":";
      append_text(names.object, rule.id());
      names.object += ",\"requirement\":";
      if (r.label.empty()) {
        names.object += "null";
      } else {
        append_text(names.object, r.label);
      }
      append_escaped(names.brief, r.label.empty() ? rule.id() : rule.id() + "#" + r.label);
      all.push_back(std::move(names));
    }
  }
}

void BriefLines::begin(std::string_view path, std::uint64_t line, std::string& out) const {
  out += head_;
  out += "\"document\":{\"path\":";
  append_text(out, path);
  out += ",\"line\":";
  if (line == 0) {
    out += "null";
  } else {
    append_number(out, line);
  }
}

void BriefLines::add(const gate::Brief& brief, std::string& out) const {
  begin(brief.path, brief.line, out);
  out += ",\"id\":";
  append_text(out, brief.id);
  out += brief.checked ? ",\"checked\":true},\"summary\":{" : ",\"checked\":false},\"summary\":{";
  for (Verdict v : kVerdicts) {
    out += '"';
    out += eval::to_string(v);
    out += "\":";
    append_number(out, brief.by_verdict[static_cast<std::size_t>(v)]);
    out += ',';
  }
  out += "\"at_risk\":";
  append_number(out, brief.at_risk);
  out += ",\"counts\":";
  append_number(out, brief.counts);
  out += "},\"results\":[";
  bool first = true;
  for (const gate::BriefResult& r : brief.results) {
    if (r.verdict == Verdict::undetermined) continue;
    if (!first) out += ',';
    first = false;
    out += names_[r.rule.index][r.requirement].object;
    out += ",\"element\":";
    if (r.listed && !r.phantom) {
      append_text(out, r.element);
    } else {
      out += r.phantom ? "\"?\"" : "null";
    }
    out += ",\"verdict\":\"";
    out += eval::to_string(r.verdict);
    out += r.counts ? "\",\"counts\":true}" : "\",\"counts\":false}";
  }
  out += "],\"undetermined\":{\"at_risk\":[";
  const auto undetermined = [&](bool at_risk) {
    bool begun = false;
    for (const gate::BriefResult& r : brief.results) {
      if (r.verdict != Verdict::undetermined || r.at_risk != at_risk) continue;
      out += begun ? ",\"" : "\"";
      begun = true;
      out += names_[r.rule.index][r.requirement].brief;
      if (r.listed) {
        out += '[';
        if (r.phantom) {
          out += '?';
        } else {
          append_escaped(out, r.element);
        }
        out += ']';
      }
      out += '"';
    }
  };
  undetermined(true);
  out += "],\"either_way\":[";
  undetermined(false);
  out += "]}}\n";
}

void BriefLines::add_unread(std::string_view path, std::uint64_t line, const Diagnostics& problems,
                            const SourceMap& sources, std::string& out) const {
  begin(path, line, out);
  out += ",\"id\":null,\"checked\":false},\"errors\":[";
  bool first = true;
  for (const Diagnostic& d : problems.items()) {
    if (d.level != Level::error) continue;
    if (!first) out += ',';
    first = false;
    const Position at = d.span.valid() ? sources.position(d.span.file, d.span.begin) : Position{};
    const std::uint64_t on = line != 0 ? line : d.span.valid() ? at.line : 0;
    out += fmt::format("{{\"code\":\"{}\",\"line\":{},\"column\":{}", code_text(d.code),
                       on == 0 ? "null" : std::to_string(on), d.span.valid() ? std::to_string(at.column) : "null");
    out += ",\"message\":";
    append_text(out, d.message);
    out += ",\"help\":";
    if (d.help.empty()) {
      out += "null}";
    } else {
      append_text(out, d.help);
      out += '}';
    }
  }
  out += "]}\n";
}

std::string brief_summary(const gate::Result& result) {
  std::string out = fmt::format(R"({{"schema":"writ-summary/1","version":"{}","as_of":"{}","law_known_at":"{}",)"
                                R"("rules":"{}","documents":{},"unread":{},"unchecked":{},"summary":{{)",
                                WRIT_VERSION, result.as_of.text(), result.law_known_at.text(), result.rules_digest,
                                result.streamed.documents, result.streamed.unread, result.streamed.unchecked);
  for (Verdict v : kVerdicts) out += fmt::format("\"{}\":{},", eval::to_string(v), result.summary[v]);
  out += fmt::format(R"("at_risk":{},"obligations":{},"decided":{},"informational":{}}},"exit":{{"code":{},"causes":[)",
                     result.summary.at_risk, result.summary.obligations, result.summary.decided,
                     result.summary.informational, result.exit.code);
  for (std::size_t i = 0; i < result.exit.causes.size(); ++i) {
    if (i > 0) out += ',';
    append_text(out, result.exit.causes[i]);
  }
  out += "]},\"notes\":[";
  for (std::size_t i = 0; i < result.notes.size(); ++i) {
    if (i > 0) out += ',';
    append_text(out, result.notes[i]);
  }
  return out + "]}\n";
}

std::string brief(const gate::Result& result) {
  const BriefLines lines(result);
  std::string out;
  for (const gate::CheckedDocument& d : result.documents) {
    gate::Brief b;
    b.path = d.document.path;
    b.id = d.document.id;
    b.checked = d.checked;
    if (d.document.span.valid()) b.line = result.sources->position(d.document.span.file, d.document.span.begin).line;
    for (const gate::Row& row : d.rows) {
      const Verdict v = row.verdict();
      ++b.by_verdict[static_cast<std::size_t>(v)];
      const bool at_risk = !row.waiver && row.finding.judgement.at_risk;
      b.at_risk += at_risk;
      b.counts += row.counts;
      if (v != Verdict::gap && v != Verdict::conflict && v != Verdict::error && v != Verdict::undetermined) continue;
      const eval::Finding& f = row.finding;
      b.results.push_back(
          {f.rule, f.requirement, v, at_risk, row.counts, f.phantom || f.element.valid(), f.phantom, f.element_key});
    }
    lines.add(b, out);
  }
  for (const gate::UnreadDocument& d : result.unread) {
    Diagnostics problems;
    for (const Diagnostic& p : result.diagnostics.items())
      if ((p.span.valid() ? result.sources->path(p.span.file) : std::string_view(p.path)) == d.path) problems.add(p);
    lines.add_unread(d.path, 0, problems, *result.sources, out);
  }
  return out;
}

}  // namespace writ::report
