// The overview on the page: verdicts as a chart, documents and instruments as a matrix, the days to come, the law.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/report/html.h"

namespace writ::report {

namespace {

struct Band {
  const char* name;
  const char* label;
  const char* colour;
};
constexpr auto kBands = std::to_array<Band>({{"compliant", "met", "var(--good)"},
                                             {"exempt", "exempt", "var(--info)"},
                                             {"pending", "pending", "var(--accent)"},
                                             {"waived", "waived", "var(--soft)"},
                                             {"undetermined", "undetermined", "var(--open)"},
                                             {"gap", "gaps", "var(--bad)"}});

}  // namespace

void Page::chart() {
  std::size_t all = 0;
  for (const Band& b : kBands) all += sheet_.count(b.name);
  if (all == 0) return;
  std::string words, bars;
  double x = 0;
  for (const Band& b : kBands) {
    const std::size_t n = sheet_.count(b.name);
    if (n == 0) continue;
    const double width = 1000.0 * static_cast<double>(n) / static_cast<double>(all);
    bars += fmt::format(
        "<rect x=\"{:.2f}\" y=\"0\" width=\"{:.2f}\" height=\"34\" style=\"fill:{};stroke:var(--paper);"
        "stroke-width:2\"/>",
        x, width, b.colour);
    if (width > 60)
      bars += fmt::format(
          "<text x=\"{:.2f}\" y=\"22\" style=\"fill:var(--paper);font:600 14px system-ui,sans-serif\">{}"
          "</text>",
          x + 8, n);
    words += fmt::format("{}{} {}", words.empty() ? "" : ", ", n, b.label);
    x += width;
  }
  out_ += fmt::format(
      "<figure>\n<svg viewBox=\"0 0 1000 34\" role=\"img\" aria-labelledby=\"chart-t chart-d\" "
      "preserveAspectRatio=\"none\"><title id=\"chart-t\">Verdicts</title><desc id=\"chart-d\">{}</desc>{}"
      "</svg>\n<figcaption>From left to right: {}.</figcaption>\n</figure>\n",
      words, bars, words);
}

void Page::matrix() {
  struct Cell {
    std::size_t met = 0, gaps = 0, open = 0, other = 0;
  };
  std::vector<std::string> documents, instruments;
  std::map<std::string, std::string> titles;
  std::map<std::pair<std::string, std::string>, Cell> cells;
  for (const SheetRow& r : sheet_.rows) {
    if (r.verdict == "not_applicable" || r.verdict == "not_effective") continue;
    if (std::find(documents.begin(), documents.end(), r.document) == documents.end()) documents.push_back(r.document);
    if (titles.emplace(r.instrument, r.instrument_title).second) instruments.push_back(r.instrument);
    Cell& c = cells[{r.instrument, r.document}];
    const bool gap = r.verdict == "gap" || r.verdict == "conflict" || r.verdict == "error";
    ++(gap ? c.gaps : r.verdict == "compliant" ? c.met : r.verdict == "undetermined" ? c.open : c.other);
  }
  if (cells.empty()) return;
  // What says something stands first; where all is open, the questions below say more.
  std::sort(instruments.begin(), instruments.end());
  const auto says_something = [&](const std::string& i) {
    return std::any_of(documents.begin(), documents.end(), [&](const std::string& d) {
      const auto it = cells.find({i, d});
      return it != cells.end() && it->second.gaps + it->second.met + it->second.other > 0;
    });
  };
  const auto middle = std::stable_partition(instruments.begin(), instruments.end(), says_something);
  const auto rows = [&](auto from, auto to, const char* label) {
    out_ += fmt::format(
        "<section class=\"scroll matrix\" tabindex=\"0\" aria-label=\"{}\">\n<table>\n<thead><tr><th "
        "scope=\"col\">Instrument</th>",
        label);
    for (const std::string& d : documents) out_ += "<th scope=\"col\">" + xml(d) + "</th>";
    out_ += "</tr></thead>\n<tbody>\n";
    for (auto i = from; i != to; ++i) {
      out_ += fmt::format("<tr><th scope=\"row\">{}<br><span class=\"meta\">{}</span></th>", xml(*i), xml(titles[*i]));
      for (const std::string& d : documents) {
        const auto it = cells.find({*i, d});
        if (it == cells.end()) {
          out_ += "<td class=\"cell\"><span class=\"meta\">does not apply</span></td>";
          continue;
        }
        const Cell& c = it->second;
        out_ += "<td class=\"cell\">";
        if (c.gaps > 0) out_ += fmt::format("<span class=\"tag bad\">{} gap{}</span>", c.gaps, c.gaps == 1 ? "" : "s");
        if (c.open > 0) out_ += fmt::format("<span class=\"tag open\">{} open</span>", c.open);
        if (c.met > 0) out_ += fmt::format("<span class=\"tag good\">{} met</span>", c.met);
        if (c.other > 0) out_ += fmt::format("<span class=\"tag info\">{} other</span>", c.other);
        out_ += "</td>";
      }
      out_ += "</tr>\n";
    }
    out_ += "</tbody>\n</table>\n</section>\n";
  };
  out_ += "<section aria-labelledby=\"matrix\">\n<h2 id=\"matrix\">By instrument and document</h2>\n";
  if (middle != instruments.begin()) rows(instruments.begin(), middle, "Results by instrument and document");
  if (middle != instruments.end()) {
    out_ += fmt::format("<details>\n<summary>{} instruments of which everything is open</summary>\n",
                        instruments.end() - middle);
    rows(middle, instruments.end(), "Instruments of which everything is open");
    out_ += "</details>\n";
  }
  out_ += "</section>\n";
}

void Page::time() {
  if (dated_.empty()) return;
  Rows rows = dated_;
  std::stable_sort(rows.begin(), rows.end(), [](const SheetRow* a, const SheetRow* b) { return a->due < b->due; });
  out_ += fmt::format(
      "<section aria-labelledby=\"time\">\n<h2 id=\"time\">What comes next ({})</h2>\n<section "
      "class=\"scroll\" tabindex=\"0\" aria-label=\"Days to come\">\n<table>\n<thead><tr>"
      "<th scope=\"col\">Day</th><th scope=\"col\">What</th><th scope=\"col\">Duty</th><th "
      "scope=\"col\">Document</th></tr></thead>\n<tbody>\n",
      rows.size());
  for (const SheetRow* r : rows)
    out_ += fmt::format(
        "<tr><td class=\"cell\"><time>{}</time></td><td class=\"cell\">{}</td><td>{}<br><span "
        "class=\"meta\">{} · <code>{}</code></span></td><td>{}</td></tr>\n",
        xml(r->due), r->verdict == "not_yet_due" ? "begins to apply" : "last day in time", xml(r->title),
        xml(r->instrument + " " + r->provision), xml(r->id), xml(r->document));
  out_ += "</tbody>\n</table>\n</section>\n</section>\n";
}

void Page::law() {
  out_ +=
      "<section aria-labelledby=\"law\">\n<h2 id=\"law\">What was checked, against which law</h2>\n<h3>Documents</h3>\n"
      "<section class=\"scroll\" tabindex=\"0\" aria-label=\"Documents\">\n<table>\n<thead><tr><th "
      "scope=\"col\">Document</th><th scope=\"col\">File</th><th scope=\"col\">State</th></tr></thead>\n<tbody>\n";
  for (const SheetDocument& d : sheet_.documents)
    out_ += fmt::format("<tr><td>{}</td><td><code>{}</code></td><td>{}</td></tr>\n", d.unread ? "–" : xml(d.id),
                        xml(d.path),
                        d.unread     ? "<span class=\"tag bad\">could not be read</span>"
                        : !d.checked ? "<span class=\"tag bad\">no rule could check it</span>"
                                     : "checked");
  out_ +=
      "</tbody>\n</table>\n</section>\n<details>\n<summary>The packs of rules, and until when their law was "
      "checked</summary>\n<section class=\"scroll\" tabindex=\"0\" aria-label=\"Packs of "
      "rules\">\n<table>\n<thead><tr><th scope=\"col\">Pack</th><th scope=\"col\">Version</th><th "
      "scope=\"col\">Rules</th><th scope=\"col\">Law checked until</th></tr></thead>\n<tbody>\n";
  for (const SheetPack& p : sheet_.packs)
    out_ += fmt::format("<tr><td><code>{}</code>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n", xml(p.name),
                        p.broken ? " <span class=\"tag bad\">has errors, not judged</span>" : "", xml(p.version),
                        p.rules, p.law_checked_until.empty() ? "not stated" : xml(p.law_checked_until));
  out_ += "</tbody>\n</table>\n</section>\n</details>\n</section>\n";
}

void Page::diagnostics() {
  if (sheet_.diagnostics.empty()) return;
  out_ += fmt::format(
      "<section aria-labelledby=\"diagnostics\">\n<h2 id=\"diagnostics\">Diagnostics ({})</h2>\n<ul "
      "class=\"plain\">\n",
      sheet_.diagnostics.size());
  for (const SheetDiagnostic& d : sheet_.diagnostics)
    out_ += fmt::format(
        "<li><span class=\"tag {}\">{}</span><code>{}</code> {}{}{}</li>\n", d.level == "error" ? "bad" : "info",
        xml(d.level), xml(d.code), xml(d.message),
        d.place.file.empty() ? "" : fmt::format(" <span class=\"meta\">{}:{}</span>", xml(d.place.file), d.place.line),
        d.help.empty() ? "" : "; " + xml(d.help));
  out_ += "</ul>\n</section>\n";
}

}  // namespace writ::report
