// JUnit XML: a suite for each document, a case for each result. The schemas of Jenkins and of Ant know no file or line
// of a case, so that the place stands in the message. There is no wall clock: the time of a suite is the day of the
// assessment.
#include <fmt/format.h>

#include <map>
#include <vector>

#include "engine/report/formats.h"
#include "engine/report/sheet_text.h"

namespace writ::report {

namespace {

enum class Outcome { passed, failed, erred, skipped };

Outcome outcome_of(const SheetRow& row) {
  if (row.verdict == "compliant") return Outcome::passed;
  if (row.verdict == "gap") return Outcome::failed;
  if (row.verdict == "conflict" || row.verdict == "error") return Outcome::erred;
  if (row.verdict == "undetermined")
    return row.undetermined_because == "judgement" && !row.at_risk ? Outcome::skipped : Outcome::erred;
  return Outcome::skipped;
}

struct Suite {
  std::string name, cases;
  std::size_t tests = 0, failures = 0, errors = 0, skipped = 0;

  void add(const std::string& title, Outcome outcome, const std::string& type, const std::string& message) {
    ++tests;
    cases += fmt::format("    <testcase name=\"{}\" classname=\"{}\" time=\"0\"", xml(title), xml(name));
    const std::string text = xml(message);
    switch (outcome) {
      case Outcome::passed: cases += "/>\n"; return;
      case Outcome::failed:
        ++failures;
        cases += fmt::format(">\n      <failure type=\"{}\" message=\"{}\">{}</failure>\n", xml(type), text, text);
        break;
      case Outcome::erred:
        ++errors;
        cases += fmt::format(">\n      <error type=\"{}\" message=\"{}\">{}</error>\n", xml(type), text, text);
        break;
      case Outcome::skipped:
        ++skipped;
        cases += fmt::format(">\n      <skipped message=\"{}\"/>\n", text);
        break;
    }
    cases += "    </testcase>\n";
  }
};

std::string at(const Place& place) {
  return place.file.empty() ? "" : fmt::format(" [{}:{}]", place.file, place.line == 0 ? 1 : place.line);
}

}  // namespace

std::string junit(const Sheet& sheet, const FormatOptions&) {
  std::vector<Suite> suites;
  std::map<std::string, std::size_t> by_document;
  const auto suite = [&](const std::string& name) -> Suite& {
    const auto [it, fresh] = by_document.emplace(name, suites.size());
    if (fresh) suites.push_back({name, {}});
    return suites[it->second];
  };
  Suite& run = suite("writ");
  run.add("the run is complete", complete(sheet) ? Outcome::passed : Outcome::erred, "incomplete", exit_words(sheet));
  if (sheet.documents.empty()) run.add("documents", Outcome::erred, "unchecked", "no document was checked");
  for (const SheetDiagnostic& d : sheet.diagnostics)
    if (d.level == "error") suite("writ").add(d.code + at(d.place), Outcome::erred, d.code, d.message + at(d.place));
  for (const SheetDocument& d : sheet.documents) {
    if (d.unread)
      suite(d.path).add("the document can be read", Outcome::erred, "unread", d.path + " could not be read");
    if (!d.unread && !d.checked)
      suite(d.id).add("the document is checked", Outcome::erred, "unchecked", d.path + ": no rule could check it");
  }
  for (const SheetRow& row : sheet.rows)
    suite(row.document)
        .add(fmt::format("{} [{}]", row.name(), row.id), outcome_of(row), row.verdict,
             message_of(row) + at(sheet.place_of(row)));
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n";
  for (std::size_t i = 0; i < suites.size(); ++i) {
    const Suite& s = suites[i];
    out += fmt::format(
        "  <testsuite name=\"{}\" package=\"writ\" id=\"{}\" timestamp=\"{}T00:00:00\" hostname=\"localhost\" "
        "tests=\"{}\" "
        "failures=\"{}\" errors=\"{}\" skipped=\"{}\" time=\"0\">\n    <properties>\n"
        "      <property name=\"as_of\" value=\"{}\"/>\n      <property name=\"law_known_at\" value=\"{}\"/>\n"
        "      <property name=\"note\" value=\"{}\"/>\n    </properties>\n{}    <system-out/>\n    <system-err/>\n"
        "  </testsuite>\n",
        xml(s.name), i, sheet.as_of, s.tests, s.failures, s.errors, s.skipped, sheet.as_of, sheet.law_known_at,
        kDisclaimer, s.cases);
  }
  return out + "</testsuites>\n";
}

}  // namespace writ::report
