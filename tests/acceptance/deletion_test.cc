// Missing is not false: whatever fact of whatever fixture is deleted, no gap, conflict or result at risk turns into one
// in favour or goes away, and exit 0 never appears where it was not.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <tuple>

#include "engine/eval/evaluate.h"
#include "engine/eval/plan.h"
#include "engine/facts/bind.h"
#include "engine/facts/raw.h"
#include "engine/gate/gate.h"
#include "engine/session/session.h"
#include "tests/acceptance/program.h"

namespace writ::acceptance {
namespace {

namespace fs = std::filesystem;
using eval::Verdict;
using facts::RawDocument;
using facts::RawId;
using facts::RawNode;

session::Session& rule_book() {
  static const std::unique_ptr<session::Session> session = [] {
    session::LoadOptions options;
    options.search = {fs::path(WRIT_SOURCE_DIR) / "rules"};
    return session::load(options);
  }();
  return *session;
}

using Name = std::tuple<std::string, std::string,
                        std::string>;  // rule, requirement, element key ("?" where nobody has stated one)

struct Judged {
  bool readable = false;
  bool exit_zero = false;
  std::map<Name, eval::Finding> findings;
};

Judged judge(const RawDocument& raw, Date as_of) {
  session::Session& session = rule_book();
  const ir::Program& program = session.program;
  Judged out;
  Diagnostics diagnostics;
  const auto document = facts::bind(raw, session.sources, *program.vocabulary, diagnostics);
  if (!document) return out;
  out.readable = true;
  eval::Options options;
  options.as_of = as_of;
  static const eval::Plan plan(program);
  options.plan = &plan;
  eval::DocumentResult result = eval::evaluate(program, *document, options);
  std::vector<gate::Row> rows;
  bool counts = false, failed = false;
  for (eval::Finding& f : result.findings) {
    const ir::Rule& rule = program.rules[f.rule];
    counts = counts || gate::counts(program, f, {});
    failed = failed || f.judgement.verdict == Verdict::error || !f.errors.empty();
    gate::Row row;
    row.finding = f;
    rows.push_back(row);
    out.findings[{rule.id(), rule.requirements[f.requirement].label, f.phantom ? "?" : f.element_key}] = std::move(f);
  }
  out.exit_zero = !counts && !failed && gate::is_checked(*document, rows);
  return out;
}

bool against(const eval::Finding& f) {
  const Verdict v = f.judgement.verdict;
  return v == Verdict::gap || v == Verdict::conflict || v == Verdict::error || f.judgement.at_risk;
}

/// Every entry of every map: facts, lists, records. Not what names the document or an element.
struct Place {
  RawId map;
  std::size_t entry;
  std::string path;
};

void places(const RawDocument& raw, RawId at, const std::string& path, bool top, const std::set<std::string>& keys,
            std::vector<Place>& out) {
  const RawNode& node = raw.nodes[at];
  for (std::size_t i = 0; i < node.entries.size(); ++i) {
    const std::string name = raw.nodes[node.entries[i].first].text;
    if (name.starts_with("x-") || (top && (name == "writ" || name == "id"))) continue;
    const std::string here = path.empty() ? name : path + "." + name;
    if (!top && node.entries.size() == 1 && name == "unknown") continue;  // `{unknown: disputed}` is one fact
    const bool is_key = !top && keys.contains(here);
    if (!is_key) out.push_back({at, i, here});
    places(raw, node.entries[i].second, here, false, keys, out);
  }
  for (RawId item : node.items) places(raw, item, path + "[]", false, keys, out);
}

/// Paths of the fields that are keys of lists: "transfers[].id".
void key_paths(const model::Vocabulary& vocabulary, model::RecordId record, const std::string& prefix,
               std::set<std::string>& out) {
  for (const model::Field& field : vocabulary.records[record].fields) {
    const model::Type& type = vocabulary.types[field.type];
    const std::string path = prefix + field.name;
    if (type.kind == model::TypeKind::record) key_paths(vocabulary, type.record, path + ".", out);
    if (type.kind == model::TypeKind::list) {
      const model::Record& element = vocabulary.records[type.record];
      if (element.key) out.insert(path + "[]." + element.fields[*element.key].name);
      key_paths(vocabulary, type.record, path + "[].", out);
    }
  }
}

std::vector<fs::path> fixtures() {
  std::vector<fs::path> out;
  for (const auto& entry : fs::directory_iterator(fs::path(WRIT_SOURCE_DIR) / "fixtures/cases")) {
    if (entry.path().string().ends_with(".writ.yaml")) out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

// Every so many deletions; WRIT_DELETION_STRIDE=1 tries all. The parts share the fixtures out, to run at one time.
constexpr std::size_t kStride = 3, kParts = 8;
std::size_t stride() {
  const char* text = std::getenv("WRIT_DELETION_STRIDE");
  const std::size_t n = text != nullptr ? std::strtoul(text, nullptr, 10) : 0;
  return n > 0 ? n : kStride;
}

class Deletion : public ::testing::TestWithParam<std::size_t> {};
INSTANTIATE_TEST_SUITE_P(Part, Deletion, ::testing::Range(std::size_t{0}, kParts));

TEST_P(Deletion, NeverTurnsAgainstIntoInFavour) {
  session::Session& session = rule_book();
  ASSERT_TRUE(session.ok());
  std::set<std::string> keys;
  key_paths(*session.program.vocabulary, session.program.vocabulary->root, "", keys);
  const Date as_of = *Date::parse("2026-11-22");
  std::size_t tried = 0, unreadable = 0, compared = 0;
  const std::vector<fs::path> all = fixtures();
  for (std::size_t i = GetParam(); i < all.size(); i += kParts) {
    const fs::path& fixture = all[i];
    const FileId file = session.sources.add(fixture.filename().string(), read_file(fixture));
    Diagnostics diagnostics;
    const auto raws = facts::read(file, facts::Format::yaml, session.sources, {}, diagnostics);
    ASSERT_FALSE(diagnostics.has_errors()) << fixture;
    for (const RawDocument& raw : raws) {
      const Judged before = judge(raw, as_of);
      ASSERT_TRUE(before.readable) << fixture;
      std::vector<Place> list;
      places(raw, raw.root, "", true, keys, list);
      for (std::size_t p = 0; p < list.size(); p += stride()) {
        const Place& place = list[p];
        RawDocument changed = raw;
        auto& entries = changed.nodes[place.map].entries;
        entries.erase(entries.begin() + static_cast<std::ptrdiff_t>(place.entry));
        const Judged after = judge(changed, as_of);
        ++tried;
        if (!after.readable) {  // a reference to a deleted party: refused, which is never exit 0
          ++unreadable;
          continue;
        }
        EXPECT_FALSE(after.exit_zero && !before.exit_zero) << fixture << " without " << place.path << " exits 0";
        for (const auto& [name, finding] : before.findings) {
          if (!against(finding)) continue;
          ++compared;
          auto it = after.findings.find(name);
          // The element went with its list: what is then asked about the unstated list stands for it.
          if (it == after.findings.end()) it = after.findings.find({std::get<0>(name), std::get<1>(name), "?"});
          ASSERT_NE(it, after.findings.end())
              << fixture << " without " << place.path << ": " << std::get<0>(name) << " disappears";
          EXPECT_TRUE(against(it->second))
              << fixture << " without " << place.path << ": " << std::get<0>(name) << " " << std::get<1>(name)
              << " becomes " << eval::to_string(it->second.judgement.verdict);
        }
      }
    }
  }
  std::printf("deletions tried: %zu (%zu of them refused as unreadable), results compared: %zu\n", tried, unreadable,
              compared);
  RecordProperty("deletions", static_cast<int>(tried));
  EXPECT_GE(tried, 200u);
}

}  // namespace
}  // namespace writ::acceptance
