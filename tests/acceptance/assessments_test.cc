// Assessments that contradict each other are an error of the document, with both places.
#include <gtest/gtest.h>

#include "tests/acceptance/program.h"

namespace writ::acceptance {
namespace {

TEST(Assessments, OneAssessorWithTwoFindingsOnOneDayIsAnError) {
  const Folder folder;
  const std::string path = folder.write("model.writ.yaml",
                                        "writ: deployment/1\n"
                                        "id: m\n"
                                        "assessments:\n"
                                        "  model_evaluation:\n"
                                        "    - {id: one, finding: met, by: lab, on: 2026-05-01}\n"
                                        "    - {id: two, finding: not_met, by: lab, on: 2026-05-01}\n");
  const Ran ran = writ({"check", path, "-r", "eu.ai_act", "--as-of", "2026-11-22"});
  EXPECT_EQ(ran.code, 3);
  EXPECT_NE((ran.out + ran.err).find("WR0540"), std::string::npos) << ran.out << ran.err;
  EXPECT_NE((ran.out + ran.err).find("model.writ.yaml:6:"), std::string::npos) << ran.out << ran.err;
}

}  // namespace
}  // namespace writ::acceptance
