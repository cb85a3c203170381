// The golden cases of the semantics as text, through the whole program: parsed, checked, lowered, bound, judged,
// reported.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

namespace {

struct Ran {
  int code = -1;
  std::string out;
};

Ran writ(const std::string& arguments) {
  const std::string command = std::string(WRIT_PROGRAM) + " " + arguments + " 2>/dev/null";
  Ran ran;
  FILE* pipe = popen(command.c_str(), "r");  // NOLINT(cert-env33-c): a fixed command of this test
  if (pipe == nullptr) return ran;
  std::array<char, 4096> buffer{};
  for (std::size_t n = 0; (n = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) ran.out.append(buffer.data(), n);
  const int status = pclose(pipe);
  ran.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return ran;
}

const std::string kRules = std::string(WRIT_SOURCE_DIR) + "/tests/semantics/golden";

TEST(Semantics, GoldenCasesAsText) {
  const Ran ran = writ("test --rules " + kRules);
  EXPECT_EQ(ran.code, 0) << ran.out;
  // No case may vanish unseen: every `test` that stands in the file has run.
  std::size_t written = 0;
  for (const auto& file : std::filesystem::directory_iterator(kRules)) {
    if (!file.path().filename().string().ends_with(".test.writ")) continue;
    std::ifstream in(file.path());
    for (std::string line; std::getline(in, line);) written += line.starts_with("test \"") ? 1 : 0;
  }
  EXPECT_GE(written, 60u);
  const std::string n = std::to_string(written);
  EXPECT_NE(ran.out.find(n + " tests: " + n + " passed, 0 failed"), std::string::npos) << ran.out;
}

// What the tests of rules cannot say: outcomes, risk, what is missing, errors beside a verdict.
nlohmann::json check(const std::string& facts) {
  const std::filesystem::path file =
      std::filesystem::temp_directory_path() / ("writ_semantics_" + std::to_string(getpid()) + ".yaml");
  std::ofstream(file) << "writ: deployment/1\nid: g\ngolden:\n" << facts;
  const Ran ran = writ("check --format json --as-of 2026-11-22 --rules " + kRules + " " + file.string());
  std::filesystem::remove(file);
  return nlohmann::json::parse(ran.out);
}

nlohmann::json result(const nlohmann::json& report, const std::string& rule) {
  for (const auto& r : report.at("results"))
    if (r.at("rule") == "golden." + rule) return r;
  return nullptr;
}

TEST(Semantics, OutcomesRiskAndQuestions) {  // G04
  const auto r = result(check("  e: false\n  q: false\n"), "r");
  EXPECT_EQ(r.at("verdict"), "undetermined");
  EXPECT_EQ(r.at("at_risk"), true);
  EXPECT_EQ(r.at("could_be"), nlohmann::json::array({"gap", "not_applicable"}));
  ASSERT_EQ(r.at("missing").at("facts").size(), 1u);
  EXPECT_EQ(r.at("missing").at("facts").at(0).at("path"), "golden.a");
  const auto safe = result(check("  e: false\n  q: true\n"), "r");
  EXPECT_EQ(safe.at("at_risk"), false);
}

TEST(Semantics, AVerdictThatStandsDespiteAnErrorReportsIt) {  // G08
  const auto report = check("  b: false\n  x: 0\n");
  EXPECT_EQ(result(report, "quotient").at("verdict"), "not_applicable");
  EXPECT_EQ(result(report, "quotient").at("errors"), nlohmann::json::array({"division by zero"}));
  EXPECT_EQ(report.at("exit").at("code"), 3);
  EXPECT_NE(report.at("exit").dump().find("stands despite an error"), std::string::npos);
  EXPECT_EQ(check("  b: false\n  x: 1\n").at("exit").dump().find("stands despite an error"), std::string::npos);
}

TEST(Semantics, EstimatesFromADocument) {  // G16
  const auto astride = result(
      check("  compute: {value: {between: [8e24, 3e25]}, evidence: telemetry, as_of: 2026-10-01}\n"), "threshold");
  EXPECT_EQ(astride.at("verdict"), "undetermined");
  EXPECT_EQ(astride.at("at_risk"), true);
  const auto missing = astride.at("missing").at("facts").at(0);
  EXPECT_EQ(missing.at("state"), "known");
  EXPECT_EQ(missing.at("value"), nlohmann::json({{"at_least", "8e24"}, {"at_most", "3e25"}, {"unit", "FLOP"}}));
  EXPECT_EQ(missing.at("evidence").at("text"), "telemetry");
  const auto touching = result(check("  compute: {between: [1e25, 3e25]}\n"), "threshold");
  EXPECT_EQ(touching.at("verdict"), "undetermined");
  const auto above = result(check("  compute: {more_than: 1e25}\n"), "threshold");
  EXPECT_EQ(above.at("verdict"), "gap");
  EXPECT_EQ(above.at("basis"), "estimated");
  EXPECT_EQ(above.at("facts").at(0).at("value"), nlohmann::json({{"more_than", "1e25"}, {"unit", "FLOP"}}));
  EXPECT_EQ(result(check("  compute: {between: [1e24, 1e25]}\n"), "threshold").at("verdict"), "compliant");
}

TEST(Semantics, AnIncompleteListFromADocument) {  // G14
  const auto report = check("  flows: {incomplete: [{id: t1, mechanism: scc}]}\n");
  std::vector<std::string> verdicts;
  for (const auto& r : report.at("results"))
    if (r.at("rule") == "golden.flow_basis")
      verdicts.push_back(r.at("verdict").get<std::string>() + " " + r.at("element").at("key").dump());
  EXPECT_EQ(verdicts, (std::vector<std::string>{"compliant \"t1\"", "undetermined null"}));
}

TEST(Semantics, WhatSomebodyRefusedIsNotAskedAgain) {
  const auto refused = result(check("  cost: {unknown: refused}\n"), "budget");
  EXPECT_EQ(refused.at("verdict"), "undetermined");
  EXPECT_EQ(refused.at("missing").at("facts").at(0).at("reason"), "refused");
  EXPECT_EQ(refused.at("missing").at("facts").at(0).at("question"), nullptr);
}

TEST(Semantics, TheBasisIsThatOfTheWeakestFact) {
  EXPECT_EQ(result(check("  cost: {value: 9 million EUR, evidence: ledger}\n"), "budget").at("basis"), "evidenced");
  EXPECT_EQ(result(check("  cost: 9 million EUR\n"), "budget").at("basis"), "declared");
  EXPECT_EQ(result(check("  cost: {value: {at_most: 9 million EUR}, evidence: ledger}\n"), "budget").at("basis"),
            "estimated");
  EXPECT_EQ(result(check("  cost: {value: {at_least: 11 million EUR}, evidence: ledger}\n"), "budget").at("verdict"),
            "gap");
}

}  // namespace
