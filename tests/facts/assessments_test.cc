// Assessments of open norms that contradict themselves.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/facts/reading.h"

namespace writ::test {
namespace {

model::Vocabulary assessing() {
  model::Vocabulary v;
  v.kinds = {"deployment"};
  const auto simple = [&](model::TypeKind kind) {
    model::Type type;
    type.kind = kind;
    return v.types.intern(type);
  };
  const auto field = [](std::string name, model::TypeId type) {
    model::Field f;
    f.name = std::move(name);
    f.type = type;
    return f;
  };
  model::Enum findings;
  findings.name = "assessment_finding";
  findings.members = {{"met", ""}, {"not_met", ""}};
  model::Type finding;
  finding.kind = model::TypeKind::enumeration;
  finding.enumeration = v.enums.add(findings);
  model::Record assessment;
  assessment.name = "assessment";
  assessment.fields = {field("id", simple(model::TypeKind::text)), field("finding", v.types.intern(finding)),
                       field("by", simple(model::TypeKind::text)), field("on", simple(model::TypeKind::date))};
  assessment.key = 0;
  model::Type list;
  list.kind = model::TypeKind::list;
  list.record = v.records.add(assessment);
  model::Record root;
  root.name = "facts";
  root.fields = {field("reviews", v.types.intern(list))};
  v.root = v.records.add(root);
  (void)v.types.intern(model::TypePool::record_type(v.root));
  return v;
}

// Codes with their places, and whether there is a document to judge.
std::string bound(const std::string& reviews) {
  Reading reading = read_raw("writ: deployment/1\nid: test\nreviews:\n" + reviews, facts::Format::yaml);
  const bool read = facts::bind(reading.raw.at(0), reading.sources, assessing(), reading.diagnostics).has_value();
  std::string out = read ? "read" : "";
  for (const std::string& code : reading.codes()) out += code;
  for (const Diagnostic& d : reading.diagnostics.items())
    for (const Label& label : d.labels)
      out += ", first " + std::to_string(reading.sources.position(label.span.file, label.span.begin).line);
  return out;
}

TEST(Assessments, OneAssessorFindsOneThingADay) {
  const std::string lab = "  - {id: a, finding: met, by: Lab, on: 2026-06-01}\n";
  EXPECT_EQ(bound(lab + "  - {id: b, finding: not_met, by: Lab, on: 2026-06-01}\n"), "WR0540 5:22, first 4");
  EXPECT_EQ(bound(lab + "  - {id: b, finding: met, by: Lab, on: 2026-06-01}\n"), "read") << "said twice";
  EXPECT_EQ(bound(lab + "  - {id: b, finding: not_met, by: Lab, on: 2026-06-02}\n"), "read") << "found otherwise later";
  EXPECT_EQ(bound(lab + "  - {id: b, finding: not_met, by: House, on: 2026-06-01}\n"), "read") << "a human must judge";
  EXPECT_EQ(bound(lab + "  - {id: b, by: Lab, on: 2026-06-01}\n"), "read") << "nobody has said";
}

}  // namespace
}  // namespace writ::test
