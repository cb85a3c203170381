// One page that can be sent to people who have no tools: what was checked against which law, what is missing, who can
// answer, and what comes next. It loads nothing and runs nothing.
#include "engine/report/html.h"

#include <fmt/format.h>

namespace writ::report {

Page::Page(const Sheet& sheet) : sheet_(sheet) {
  for (const SheetRow& r : sheet.rows) {
    const bool against = r.verdict == "gap" || r.verdict == "conflict" || r.verdict == "error";
    if (!r.due.empty()) dated_.push_back(&r);
    if (against) {
      (r.counts ? against_ : information_).push_back(&r);
    } else if (r.verdict == "waived") {
      waived_.push_back(&r);
    } else if (r.verdict == "undetermined" && r.undetermined_because == "judgement") {
      judged_.push_back(&r);
    } else if (r.verdict == "undetermined" && r.at_risk) {
      open_.push_back(&r);
    } else if (r.verdict == "not_applicable" || r.verdict == "not_effective") {
      ++inapplicable_;
    } else {
      rest_.push_back(&r);
    }
  }
}

void Page::head() {
  out_ +=
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
      "base-uri 'none'; form-action 'none'\">\n"
      "<meta name=\"generator\" content=\"writ\">\n<title>AI compliance report</title>\n<style>";
  out_ += html_style();
  out_ += "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to the report</a>\n";
  out_ += "<header class=\"top\">\n<p class=\"kicker\">AI compliance report</p>\n";
  const std::size_t n = sheet_.documents.size();
  out_ += fmt::format("<h1>{} against {} rules of law</h1>\n",
                      n == 1 && !sheet_.documents.front().id.empty() ? xml(sheet_.documents.front().id)
                                                                     : fmt::format("{} documents", n),
                      sheet_.judged);
  out_ += fmt::format(
      "<p class=\"meta\">As of <time>{}</time> · law known at <time>{}</time> · {} pack{} of rules · Writ "
      "{} · rule book <code>{}</code></p>\n</header>\n<main id=\"main\">\n",
      xml(sheet_.as_of), xml(sheet_.law_known_at), sheet_.packs.size(), sheet_.packs.size() == 1 ? "" : "s",
      xml(sheet_.version), xml(sheet_.digest.substr(0, 19)));
}

void Page::verdict() {
  const char* look = sheet_.code == 0 ? "good" : sheet_.code == 4 ? "open" : "bad";
  const char* title = sheet_.code == 0   ? "Nothing counts against these documents"
                      : sheet_.code == 1 ? "There are gaps"
                      : sheet_.code == 4 ? "Not everything could be decided"
                                         : "The check failed";
  if (sheet_.documents.empty()) {
    look = "bad";
    title = "Nothing was checked";
  }
  out_ += fmt::format(
      "<section aria-labelledby=\"gate\" class=\"verdict {}\">\n<h2 id=\"gate\" class=\"plain-title\">"
      "<strong>{}</strong></h2>\n<p>{}</p>\n",
      look, title, xml(exit_words(sheet_)));
  const std::vector<std::string> all = shortcomings(sheet_);
  if (!all.empty()) {
    out_ += "<ul class=\"plain\">\n";
    for (const std::string& text : all) out_ += "<li>" + xml(text) + "</li>\n";
    out_ += "</ul>\n";
  }
  out_ += "</section>\n";
}

void Page::figures() {
  out_ += "<ul class=\"nums\">\n";
  const auto number = [&](const char* name, const char* label) {
    out_ += fmt::format("<li class=\"num\"><b>{}</b><span>{}</span></li>\n", sheet_.count(name), label);
  };
  number("obligations", "obligations");
  number("compliant", "met");
  number("gap", "gaps");
  number("undetermined", "undetermined");
  number("at_risk", "of them at risk");
  number("waived", "waived");
  number("pending", "pending");
  number("exempt", "exempt");
  number("not_yet_due", "not yet due");
  out_ += "</ul>\n";
}

void Page::foot() {
  out_ += "</main>\n<footer>\n<p>";
  out_ += fmt::format("{} obligations: {} met, {} gaps, {} undetermined ({} at risk). ", sheet_.count("obligations"),
                      sheet_.count("compliant"), sheet_.count("gap"), sheet_.count("undetermined"),
                      sheet_.count("at_risk"));
  out_ += kDisclaimer;
  out_ += "</p>\n";
  for (const std::string& note : sheet_.notes) out_ += "<p>" + xml(note) + "</p>\n";
  out_ += "</footer>\n</body>\n</html>\n";
}

std::string Page::write() {
  head();
  verdict();
  figures();
  chart();
  matrix();
  against();
  questions();
  judgement();
  time();
  waived();
  information();
  rest();
  law();
  diagnostics();
  foot();
  return std::move(out_);
}

std::string html(const Sheet& sheet, const FormatOptions&) { return Page(sheet).write(); }

}  // namespace writ::report
