// Markdown for a job summary or a comment. Foreign text cannot make a link, a mention, a heading or a table cell of its
// own: every sign that means something is escaped.
#include <fmt/format.h>

#include <vector>

#include "engine/report/formats.h"
#include "engine/report/sheet_text.h"

namespace writ::report {

namespace {

std::string md(std::string_view text) {
  std::string out;
  for (const char c : one_line(text)) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '@') {
      out += "&#64;";
    } else if (c == ':') {
      out += "&#58;";  // no address becomes a link
    } else if (std::string_view("\\`*_{}[]()#+-.!|~").find(c) != std::string_view::npos) {
      out += '\\';
      out += c;
    } else {
      out += c;
    }
  }
  return out;
}

std::string link(const SheetRow& row) {
  const std::string text = md(citation_of(row));
  const std::string url = address(row.url);
  return url.empty() ? text : fmt::format("[{}]({})", text, url);
}

void section(std::string& out, const Sheet& sheet, const char* title, const std::vector<const SheetRow*>& rows) {
  if (rows.empty()) return;
  out += fmt::format("\n### {} ({})\n\n", title, rows.size());
  for (const SheetRow* r : rows) {
    const Place place = sheet.place_of(*r);
    out += fmt::format("- **{}** {} · {} \\[{}\\] · {}\n", words_of(r->verdict), md(r->severity), md(r->name()), r->id,
                       md(r->title));
    out += fmt::format("  - {}{}\n", link(*r), r->role.empty() ? "" : ", binds the " + md(r->role));
    out += fmt::format("  - {} {}\n", md(r->document),
                       place.file.empty() ? "" : md(fmt::format("({}:{})", place.file, place.line)));
    std::string because;
    for (const SheetFact& f : r->facts) because += (because.empty() ? "" : "; ") + f.path + " is " + f.value;
    if (!because.empty()) out += "  - because " + md(because) + "\n";
    if (!r->reason.empty()) out += "  - " + md(r->reason) + "\n";
    for (const SheetQuestion& q : r->missing)
      out += "  - missing: " + md(q.question.empty() ? q.path : q.question + " (" + q.path + ")") + "\n";
    if (r->verdict == "gap") out += "  - to close it: " + md(r->remedy.empty() ? r->closed_when : r->remedy) + "\n";
    if (r->waiver)
      out += "  - waived until " + md(r->waiver->expires) + ": " + md(r->waiver->reason) + " (owner " +
             md(r->waiver->owner) + ", approved by " + md(r->waiver->approved_by) + ")\n";
  }
}

}  // namespace

std::string markdown(const Sheet& sheet, const FormatOptions&) {
  std::string out = fmt::format("## Writ: {}\n\n", md(exit_words(sheet)));
  for (const std::string& text : shortcomings(sheet)) out += "- **" + md(text) + "**\n";
  out +=
      fmt::format("\nAs of {}, law known at {}, {} rules judged, {} document{}.\n\n", md(sheet.as_of),
                  md(sheet.law_known_at), sheet.judged, sheet.documents.size(), sheet.documents.size() == 1 ? "" : "s");
  out += "| obligations | compliant | gap | undetermined | at risk | waived | pending | exempt | conflict | error |\n";
  out += "|---|---|---|---|---|---|---|---|---|---|\n|";
  for (const char* name : {"obligations", "compliant", "gap", "undetermined", "at_risk", "waived", "pending", "exempt",
                           "conflict", "error"})
    out += fmt::format(" {} |", sheet.count(name));
  out += "\n";
  std::vector<const SheetRow*> against, open, waived, other;
  for (const SheetRow& r : sheet.rows) {
    if (r.verdict == "gap" || r.verdict == "conflict" || r.verdict == "error")
      (r.counts ? against : other).push_back(&r);
    if (r.verdict == "undetermined" && r.at_risk) (r.counts ? open : other).push_back(&r);
    if (r.verdict == "waived") waived.push_back(&r);
  }
  section(out, sheet, "Counts", against);
  section(out, sheet, "Undetermined, at risk", open);
  section(out, sheet, "Waived", waived);
  section(out, sheet, "For information", other);
  if (!sheet.diagnostics.empty()) out += "\n### Diagnostics\n\n";
  for (const SheetDiagnostic& d : sheet.diagnostics)
    out += fmt::format("- {} {} {} {}\n", md(d.level), md(d.code), md(d.message),
                       d.place.file.empty() ? "" : md(fmt::format("({}:{})", d.place.file, d.place.line)));
  for (const std::string& note : sheet.notes) out += "- " + md(note) + "\n";
  return out + fmt::format("\n{}\n", kDisclaimer);
}

}  // namespace writ::report
