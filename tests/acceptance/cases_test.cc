// The real cases that the project promises: each as a user would run it, with the dates that decide it.
#include <gtest/gtest.h>

#include "tests/acceptance/program.h"

namespace writ::acceptance {
namespace {

nlohmann::json check(const std::string& fixture, const std::string& as_of, const std::vector<std::string>& more = {},
                     int* code = nullptr) {
  std::vector<std::string> arguments{"check", "fixtures/cases/" + fixture + ".writ.yaml", "--as-of", as_of, "-f",
                                     "json"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  const Ran ran = writ(arguments);
  if (code != nullptr) *code = ran.code;
  EXPECT_FALSE(ran.out.empty()) << ran.err;
  return ran.json();
}

TEST(DeepSeekInItaly, OnTheDayOfTheOrder) {
  int code = -1;
  const auto report = check("deepseek-app-italy", "2025-01-30", {}, &code);
  EXPECT_EQ(code, 1);
  EXPECT_EQ(verdict_of(report, "eu.gdpr.transfer_safeguard", "cn_servers"), "gap");
  EXPECT_EQ(verdict_of(report, "eu.gdpr.eu_gdpr_representative", "", "designated"), "gap");
  EXPECT_EQ(verdict_of(report, "eu.gdpr.information_on_collection", "", "legal_basis"), "gap");
  EXPECT_EQ(verdict_of(report, "eu.gdpr.garante_deepseek"), "gap");
  EXPECT_EQ(result_of(report, "eu.gdpr.garante_deepseek").at("effective").at(0).at("from"), "2025-01-30");
  EXPECT_EQ(result_of(report, "eu.gdpr.transfer_safeguard", "cn_servers").at("status"), "binding");
}

TEST(DeepSeekInItaly, BeforeTheOrder) {
  int code = -1;
  const auto report = check("deepseek-app-italy", "2024-12-01", {}, &code);
  EXPECT_EQ(code, 1);
  EXPECT_EQ(verdict_of(report, "eu.gdpr.transfer_safeguard", "cn_servers"), "gap");
  EXPECT_EQ(verdict_of(report, "eu.gdpr.garante_deepseek"), "not_effective");
  const Ran pretty = writ({"check", "fixtures/cases/deepseek-app-italy.writ.yaml", "--as-of", "2024-12-01"});
  EXPECT_EQ(pretty.out.find("garante_deepseek"), std::string::npos);
  EXPECT_NE(pretty.out.find("GAP  critical  eu.gdpr.transfer_safeguard[cn_servers]"), std::string::npos) << pretty.out;
}

TEST(H800, TheRuleOfItsDayDecides) {
  const auto report = check("h800-exports", "2026-11-22");
  const std::string r22 = "us.ear.licence_2022", r23 = "us.ear.licence_2023";
  EXPECT_EQ(verdict_of(report, r22, "june-2023"), "not_applicable");
  EXPECT_EQ(verdict_of(report, r22, "last-day-of-the-old-rule"), "not_applicable");
  EXPECT_EQ(verdict_of(report, r23, "june-2023"), "not_effective");
  EXPECT_EQ(verdict_of(report, r23, "last-day-of-the-old-rule"), "not_effective");
  EXPECT_EQ(verdict_of(report, r23, "first-day-of-the-new-rule"), "gap");
  EXPECT_EQ(verdict_of(report, r23, "december-2023"), "gap");
  EXPECT_EQ(result_of(report, r23, "december-2023").at("governing_day"), "2023-12-01");
  bool names_bandwidth = false;
  const auto facts = result_of(report, r22, "june-2023").at("facts");
  for (const auto& fact : facts) {
    names_bandwidth = names_bandwidth || fact.at("path") == "exports[june-2023].item.io_bandwidth";
  }
  EXPECT_TRUE(names_bandwidth) << "I/O below 600 GB/s is the deciding fact";
}

// The same document with every licence held, and with every licence unknown.
TEST(H800, LicenceHeldOrUnknown) {
  const std::string text = read_file(std::filesystem::path(WRIT_SOURCE_DIR) / "fixtures/cases/h800-exports.writ.yaml");
  for (const auto& [value, verdict] : {std::pair<std::string, std::string>{"held: true", "compliant"},
                                       {"held: {unknown: not_assessed}", "undetermined"}}) {
    std::string changed = text;
    std::size_t count = 0;
    for (std::size_t at = changed.find("held: false"); at != std::string::npos;
         at = changed.find("held: false", at + value.size())) {
      changed.replace(at, 11, value);
      ++count;
    }
    ASSERT_GE(count, 2u);
    const Folder folder;
    const Ran ran =
        writ({"check", folder.write("h800.writ.yaml", changed), "-r", "us.ear", "--as-of", "2026-11-22", "-f", "json"});
    EXPECT_EQ(verdict_of(ran.json(), "us.ear.licence_2023", "december-2023"), verdict) << value;
    EXPECT_EQ(verdict_of(ran.json(), "us.ear.licence_2023", "june-2023"), "not_effective") << value;
  }
}

TEST(H20, DutyBeginsWithTheLetter) {
  const auto report = check("h20-exports", "2026-11-22");
  for (const char* rule : {"us.ear.licence_2022", "us.ear.licence_2023", "us.ear.letter_h20_2025"}) {
    const std::string v = verdict_of(report, rule, "june-2024");
    EXPECT_TRUE(v == "not_applicable" || v == "not_effective") << rule << " " << v;
  }
  EXPECT_EQ(verdict_of(report, "us.ear.letter_h20_2025", "may-2025"), "gap");
}

TEST(Rtx4090, GapWithoutLicenceOrNoticeAndNote2ForThe4090D) {
  const auto full = check("rtx-4090-exports", "2026-11-22");
  EXPECT_EQ(verdict_of(full, "us.ear.licence_2023", "without-licence-or-notice"), "gap");
  EXPECT_EQ(verdict_of(full, "us.ear.licence_2023", "notified-in-time"), "exempt");
  const auto reduced = check("rtx-4090d-exports", "2026-11-22");
  const auto result = result_of(reduced, "us.ear.licence_2023", "january-2024");
  EXPECT_EQ(result.at("verdict"), "not_applicable");
  EXPECT_NE(result.at("steps").dump().find("Note 2"), std::string::npos) << result.at("steps").dump(2);
}

TEST(DeepSeekR1, OpenSourceAndOlderThanTheAct) {
  const auto report = check("deepseek-r1", "2026-11-22");
  for (const char* rule : {"technical_documentation", "integrator_documentation", "eu_representative"}) {
    EXPECT_EQ(verdict_of(report, std::string("eu.ai_act.") + rule), "exempt") << rule;
  }
  for (const char* rule : {"copyright_policy", "training_content_summary"}) {
    const auto result = result_of(report, std::string("eu.ai_act.") + rule);
    EXPECT_EQ(result.at("verdict"), "not_yet_due") << rule;
    EXPECT_EQ(result.at("due"), "2027-08-02") << rule;
    EXPECT_NE(result.at("reason").get<std::string>().find("Art. 111(3)"), std::string::npos) << rule;
  }
}

TEST(EuChatbot, NoticeMissingMarkingNotYetDue) {
  int code = -1;
  const auto report = check("eu-chatbot-2025", "2026-08-03", {}, &code);
  EXPECT_EQ(code, 1);
  EXPECT_EQ(verdict_of(report, "eu.ai_act.ai_interaction_notice"), "gap");
  const auto marking = result_of(report, "eu.ai_act.machine_readable_marking");
  EXPECT_EQ(marking.at("verdict"), "not_yet_due");
  EXPECT_EQ(marking.at("due"), "2026-12-02");
}

TEST(EuHiringTool, HighRiskDutiesOfTheAmendedAct) {
  const auto report = check("eu-hiring-tool", "2026-11-22");
  const auto result = result_of(report, "eu.ai_act.risk_management");
  ASSERT_FALSE(result.is_null());
  EXPECT_EQ(result.at("verdict"), "not_effective");
  EXPECT_NE(result.at("reason").get<std::string>().find("2027-12-02"), std::string::npos);
}

TEST(RuleBook, HoldsWhatIsPromised) {
  const Ran ran = writ({"rules", "list", "-f", "json"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  const auto rules = ran.json();
  EXPECT_GE(rules.size(), 400u);
  for (const auto& rule : rules) {
    EXPECT_FALSE(rule.at("cites").empty()) << rule.at("id");
    // Repealed or annulled before it began, and so in force on no day: it says so.
    EXPECT_NE(rule.value("never", false), !rule.at("effective").empty()) << rule.at("id");
    if (rule.at("status") == "binding") {
      EXPECT_GE(rule.at("sources").size(), 2u) << rule.at("id");
    }
    for (const auto& requirement : rule.at("requirements"))
      EXPECT_FALSE(requirement.at("remedy").get<std::string>().empty()) << rule.at("id");
  }
}

TEST(RuleBook, PassesItsOwnTests) {
  const Ran ran = writ({"test", "--coverage"});
  EXPECT_EQ(ran.code, 0) << ran.out << ran.err;
}

TEST(EstimatedCompute, IsAtRiskUntilItIsNarrowed) {
  int code = -1;
  const auto report =
      check("estimated-compute", "2026-11-22", {"--rule", "eu.ai_act.systemic_risk_notification"}, &code);
  EXPECT_EQ(code, 4);
  const auto result = result_of(report, "eu.ai_act.systemic_risk_notification");
  EXPECT_EQ(result.at("verdict"), "undetermined");
  EXPECT_EQ(result.at("at_risk"), true);
  ASSERT_EQ(result.at("missing").at("facts").size(), 1u);
  EXPECT_EQ(result.at("missing").at("facts").at(0).at("path"), "model.training_compute");
  const Ran pretty = writ({"check", "fixtures/cases/estimated-compute.writ.yaml", "--as-of", "2026-11-22", "-v",
                           "--rule", "eu.ai_act.systemic_risk_notification"});
  EXPECT_NE(pretty.out.find("so far between 8.2e24 FLOP and 4.4e25 FLOP"), std::string::npos) << pretty.out;
}

// The terms of Qwen-72B reach a product on Smaug-72B, whose own licence is another one.
TEST(Smaug, InheritsTheTermsOfQwenByLineage) {
  const auto report = writ({"check", "fixtures/inventories/smaug", "--as-of", "2026-11-22", "--rule",
                            "licences.inherited_qwen_limit", "-f", "json"})
                          .json();
  for (const auto& result : report.at("results"))
    EXPECT_EQ(result.at("verdict"), result.at("document") == "legal-assistant" ? "gap" : "not_applicable")
        << result.at("document");
  EXPECT_NE(report.at("results").dump().find("smaug-72b: base_models[qwen_72b].release"), std::string::npos)
      << "the base of the base decides";
}

TEST(LlamaDerivative, NameThatDoesNotBeginWithLlamaIsAGap) {
  const auto report = check("r1-distill-llama-70b", "2026-11-22", {"--rule", "licences.llama_name"});
  EXPECT_EQ(verdict_of(report, "licences.llama_name", "llama"), "gap");
}

TEST(PublicBody, ReportsConcentrationWithItsIndexAndTheSourceOfTheThreshold) {
  const auto report = writ({"check", "fixtures/inventories/public-body", "--as-of", "2026-11-22", "--rule",
                            "project.concentration.providers", "-f", "json"})
                          .json();
  ASSERT_EQ(report.at("portfolio").size(), 1u);
  const auto& whole = report.at("portfolio").at(0);
  EXPECT_EQ(whole.at("verdict"), "gap");
  EXPECT_EQ(whole.at("measures").at(1).at("text"), "herfindahl()");
  EXPECT_EQ(whole.at("measures").at(1).at("from"), "127525/18");  // 7084.72
  EXPECT_NE(whole.at("citation").at("title").get<std::string>().find("Merger Guidelines"), std::string::npos);
  const auto rules = writ({"rules", "show", "project.concentration.providers"}).out;
  EXPECT_NE(rules.find("markets above 1,800 are highly concentrated"), std::string::npos) << rules;
}

}  // namespace
}  // namespace writ::acceptance
