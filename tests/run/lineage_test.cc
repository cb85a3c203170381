// `ancestors of`: each ancestor counted once over however many paths, and open where a list or a reference is not
// known.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "engine/run/run.h"

namespace writ::run {
namespace {

namespace fs = std::filesystem;

class Lineage : public testing::Test {
 protected:
  Lineage() : root_(fs::temp_directory_path() / ("writ-lineage-" + std::to_string(::getpid()))) {
    fs::remove_all(root_);
    const std::string tail = R"( "P" { version "0.1.0" language 1 law checked until 2026-11-22 licence "Apache-2.0" })";
    write("rules/facts/pack.writ", "pack facts" + tail);
    write("rules/facts/facts.writ",
          "package facts\nkinds model\n"
          "record model \"M\" { open: bool \"O\" }\n"
          "record base \"B\" key id { id: text \"I\" record: optional reference to model \"R\" free: bool \"F\" }\n"
          "facts \"Facts\" { model: model \"M\" bases: list of base \"B\" }\n");
    write("rules/a/pack.writ", "pack a" + tail);
    write("rules/a/a.writ",
          "package a\nimport facts\ninstrument I \"I\" { jurisdiction EU }\n"
          "rule r \"R\" { cites I \"1\" effective from 2020-01-01\n"
          "  requires three: (count of ancestors of model via bases) == 3\n"
          "  requires free: every a in ancestors of model via bases satisfies a.free\n"
          "  requires open: no a in ancestors of model via bases where a.record is present satisfies a.record.open\n"
          "  requires one: (count of a in ancestors of model via bases where a.free == false) <= 1\n"
          "  status binding sources \"https://example.org/1\", \"https://example.org/2\" }\n");
  }
  ~Lineage() override { fs::remove_all(root_); }
  void write(const std::string& name, const std::string& text) const {
    fs::create_directories((root_ / name).parent_path());
    std::ofstream(root_ / name) << text;
  }
  /// Verdicts of the document `leaf` by label.
  [[nodiscard]] std::string judge() const {
    Request request;
    request.rules.search = {root_ / "rules"};
    request.paths = {(root_ / "docs").string()};
    request.as_of = Date::from_civil(2026, 11, 22);
    const Outcome outcome = check(request);
    std::string out;
    for (const Diagnostic& d : outcome.result.diagnostics.items()) out += code_text(d.code) + " " + d.message + "\n";
    for (const auto& d : outcome.result.documents) {
      if (d.document.id != "leaf") continue;
      for (const gate::Row& row : d.rows) {
        const ir::Rule& rule = outcome.result.program->rules[row.finding.rule];
        out += (out.empty() ? "" : " ") + rule.requirements[row.finding.requirement].label + "=" +
               eval::to_string(row.finding.judgement.verdict);
      }
    }
    return out;
  }
  void diamond(const std::string& root_bases, const std::string& second_path) const {
    write(
        "docs/leaf.writ.yaml",
        "writ: model/1\nid: leaf\nbases:\n  - {id: x, record: a, free: true}\n  - {id: y, record: ./b.writ.yaml, free: "
        "true}\n");
    write("docs/a.writ.yaml",
          "writ: model/1\nid: a\nmodel: {open: false}\nbases:\n  - {id: z, record: root, free: false}\n");
    write("docs/b.writ.yaml",
          "writ: model/1\nid: b\nmodel: {open: false}\nbases:\n  - {id: z, " + second_path + ", free: false}\n");
    write("docs/root.writ.yaml", "writ: model/1\nid: root\nmodel: {open: false}\n" + root_bases);
  }

  fs::path root_;
};

TEST_F(Lineage, EachAncestorOnceOverTwoPaths) {
  diamond("bases: []\n", "record: root");
  EXPECT_EQ(judge(), "three=compliant free=gap open=compliant one=compliant");
}

TEST_F(Lineage, WhatTheRootWasBuiltOnIsNotKnown) {
  diamond("", "record: root");
  EXPECT_EQ(judge(), "three=undetermined free=gap open=undetermined one=undetermined");
}

TEST_F(Lineage, AReferenceThatNobodyHasStated) {
  diamond("bases: []\n", "record: {unknown: not_assessed}");
  EXPECT_EQ(judge(), "three=undetermined free=gap open=undetermined one=undetermined") << "it may be the same root";
}

TEST_F(Lineage, ABaseWithoutADocumentEndsTheLine) {
  diamond("bases: []\n", "record: null");
  EXPECT_EQ(judge(), "three=gap free=gap open=compliant one=gap") << "another one than the root";
}

}  // namespace
}  // namespace writ::run
