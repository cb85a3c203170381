// Findings on the page: what counts in full, what is open by who can answer it, the rest behind a summary.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "engine/report/html.h"

namespace writ::report {

namespace {

std::string place_text(const Place& place) {
  return place.file.empty() ? ""
                            : fmt::format("{}:{}:{}", place.file, place.line, place.column == 0 ? 1 : place.column);
}

std::string cited(const SheetRow& row) {
  const std::string url = address(row.url);
  const std::string text = xml(citation_of(row));
  return url.empty() ? text : fmt::format("<a href=\"{}\" rel=\"noopener noreferrer\">{}</a>", xml(url), text);
}

}  // namespace

void Page::finding(const SheetRow& r, const char* edge) {
  const char* look = r.verdict == "undetermined" ? "open" : r.verdict == "waived" ? "info" : "bad";
  out_ += fmt::format("<article class=\"{}\" id=\"f-{}\">\n<h4><span class=\"tag {}\">{} · {}</span>{}</h4>\n", edge,
                      xml(r.id), look, words_of(r.verdict), xml(r.severity), xml(r.title));
  out_ += fmt::format("<p class=\"meta\"><code>{}</code> · <code>{}</code>{}</p>\n<dl>\n", xml(r.id), xml(r.name()),
                      r.status == "binding" ? "" : " · " + xml(r.status) + ", does not gate");
  const auto row = [&](const char* label, const std::string& html) {
    if (!html.empty()) out_ += fmt::format("<dt>{}</dt><dd>{}</dd>\n", label, html);
  };
  row("Provision", cited(r));
  if (!r.effective_from.empty()) row("Applies since", xml(r.effective_from));
  if (!r.role.empty()) row("Binds", xml(r.role + (r.party.empty() ? "" : " (" + r.party + ")")));
  row("Document", xml(r.document));
  std::string because;
  for (const SheetFact& f : r.facts)
    because += fmt::format("<li><code>{}</code> is {}{}</li>", xml(f.path), xml(f.value),
                           f.place.file.empty() ? "" : " <span class=\"meta\">" + xml(place_text(f.place)) + "</span>");
  row("Because", because.empty() ? "" : "<ul>" + because + "</ul>");
  row("Reason", xml(r.reason));
  std::string missing;
  for (const SheetQuestion& q : r.missing)
    missing += fmt::format("<li>{} <span class=\"meta\"><code>{}</code></span></li>",
                           xml(q.question.empty() ? "Not stated" : q.question), xml(q.path));
  for (const std::string& law : r.law) missing += "<li>" + xml(law) + "</li>";
  row("Missing", missing.empty() ? "" : "<ul>" + missing + "</ul>");
  for (const std::string& error : r.errors) row("Error", xml(error));
  if (r.verdict == "gap")
    row("To close it", r.remedy.empty() ? "make true: <code>" + xml(r.closed_when) + "</code>" : xml(r.remedy));
  row("May cost", xml(r.penalty));
  if (r.waiver)
    row("Waiver",
        xml(fmt::format("{} (owner {}, approved by {}, from {} until {}; beneath: {})", r.waiver->reason,
                        r.waiver->owner, r.waiver->approved_by, r.waiver->from, r.waiver->expires, r.waiver->beneath)));
  out_ += "</dl>\n</article>\n";
}

void Page::against() {
  if (against_.empty()) return;
  out_ += fmt::format("<section aria-labelledby=\"gaps\">\n<h2 id=\"gaps\">What counts ({})</h2>\n", against_.size());
  std::vector<std::string> documents;
  for (const SheetRow* r : against_)
    if (std::find(documents.begin(), documents.end(), r->document) == documents.end()) documents.push_back(r->document);
  for (const std::string& d : documents) {
    out_ += fmt::format("<h3>{}</h3>\n", xml(d));
    for (const char* severity : {"critical", "high", "medium", "low"})
      for (const SheetRow* r : against_)
        if (r->document == d && r->severity == severity) finding(*r, "bad-edge");
  }
  out_ += "</section>\n";
}

// Many undetermined results wait for few facts: the questions stand in front, by who can answer them.
void Page::questions() {
  if (open_.empty()) return;
  struct Question {
    std::string text;
    std::size_t results = 0;
    std::set<std::string> documents;
  };
  std::map<std::string, std::map<std::string, Question>> by_answerer;
  for (const SheetRow* r : open_) {
    for (const SheetQuestion& q : r->missing) {
      std::vector<std::string> who = q.answered_by;
      if (who.empty()) who.emplace_back("whoever keeps the document");
      for (const std::string& w : who) {
        Question& entry = by_answerer[w][q.path];
        entry.text = q.question;
        ++entry.results;
        entry.documents.insert(r->document);
      }
    }
  }
  out_ += fmt::format(
      "<section aria-labelledby=\"open\">\n<h2 id=\"open\">Undetermined, at risk ({})</h2>\n<p>Each of these could "
      "turn "
      "out to be a gap. The questions that would settle most stand first.</p>\n",
      open_.size());
  constexpr std::size_t kMost = 40;
  for (const auto& [who, questions] : by_answerer) {
    std::vector<std::pair<std::string, const Question*>> order;
    for (const auto& [path, q] : questions) order.emplace_back(path, &q);
    std::stable_sort(order.begin(), order.end(),
                     [](const auto& a, const auto& b) { return a.second->results > b.second->results; });
    out_ += fmt::format(
        "<h3>To ask: {}</h3>\n<section class=\"scroll\" tabindex=\"0\" aria-label=\"Questions "
        "to {}\">\n<table>\n<thead><tr><th scope=\"col\">Question</th><th scope=\"col\">Fact</th><th "
        "scope=\"col\">Results that wait</th><th scope=\"col\">Documents</th></tr></thead>\n<tbody>\n",
        xml(who), xml(who));
    for (std::size_t i = 0; i < std::min(order.size(), kMost); ++i) {
      const auto& [path, q] = order[i];
      out_ += fmt::format("<tr><td>{}</td><td><code>{}</code></td><td>{}</td><td>{}</td></tr>\n",
                          xml(q->text.empty() ? "not stated" : q->text), xml(path), q->results, q->documents.size());
    }
    out_ += "</tbody>\n</table>\n</section>\n";
    if (order.size() > kMost)
      out_ += fmt::format("<p class=\"meta\">and {} more, for fewer results</p>\n", order.size() - kMost);
  }
  out_ += fmt::format("<details>\n<summary>The {} results, one by one</summary>\n", open_.size());
  table(open_, "Undetermined results at risk");
  out_ += "</details>\n</section>\n";
}

void Page::judgement() {
  if (judged_.empty()) return;
  out_ += fmt::format(
      "<section aria-labelledby=\"norms\">\n<h2 id=\"norms\">For a human to judge ({})</h2>\n<p>The law "
      "uses an open norm here. Somebody has to assess it and put their name to it.</p>\n",
      judged_.size());
  table(judged_, "Results for a human to judge");
  out_ += "</section>\n";
}

void Page::waived() {
  if (waived_.empty()) return;
  out_ += fmt::format("<section aria-labelledby=\"waived\">\n<h2 id=\"waived\">Waived ({})</h2>\n", waived_.size());
  for (const SheetRow* r : waived_) finding(*r, "info-edge");
  out_ += "</section>\n";
}

void Page::information() {
  if (information_.empty()) return;
  out_ += fmt::format(
      "<section aria-labelledby=\"information\">\n<h2 id=\"information\">For information ({})</h2>\n"
      "<p>Drafts, soft law and the rule book's own criteria: they do not move the gate.</p>\n<details>\n"
      "<summary>Show them</summary>\n",
      information_.size());
  for (const SheetRow* r : information_) finding(*r, "info-edge");
  out_ += "</details>\n</section>\n";
}

void Page::rest() {
  out_ += fmt::format(
      "<section aria-labelledby=\"rest\">\n<h2 id=\"rest\">Everything else</h2>\n<p>{} results that are met, exempt, "
      "pending, not yet due, or open without a gap either way; {} that do not apply or are not in force.</p>\n",
      rest_.size(), inapplicable_);
  if (!rest_.empty()) {
    out_ += "<details>\n<summary>Show them</summary>\n";
    table(rest_, "All other results");
    out_ += "</details>\n";
  }
  out_ += "</section>\n";
}

void Page::table(const Rows& rows, const char* label) {
  out_ += fmt::format(
      "<section class=\"scroll\" tabindex=\"0\" aria-label=\"{}\">\n<table>\n<thead><tr><th "
      "scope=\"col\">Verdict</th><th scope=\"col\">Rule</th><th scope=\"col\">Provision</th><th "
      "scope=\"col\">Document</th><th scope=\"col\">Id</th></tr></thead>\n<tbody>\n",
      label);
  for (const SheetRow* r : rows)
    out_ += fmt::format(
        "<tr><td class=\"cell\">{}</td><td>{}<br><code>{}</code></td><td>{}</td><td>{}</td><td><code>{}"
        "</code></td></tr>\n",
        words_of(r->verdict), xml(r->title), xml(r->name()), xml(r->instrument + " " + r->provision), xml(r->document),
        xml(r->id));
  out_ += "</tbody>\n</table>\n</section>\n";
}

}  // namespace writ::report
