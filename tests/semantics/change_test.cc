// Law that changes, as text and through the whole program: what the tests of rules cannot say stands here.
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

const std::string kChange = std::string(WRIT_SOURCE_DIR) + "/tests/semantics/change";

struct Output {
  int code = -1;
  std::string text;
};

Output run(const std::string& arguments) {
  const std::string command = std::string(WRIT_PROGRAM) + " " + arguments + " 2>&1";
  Output out;
  FILE* pipe = popen(command.c_str(), "r");  // NOLINT(cert-env33-c): a fixed command of this test
  if (pipe == nullptr) return out;
  std::array<char, 4096> buffer{};
  for (std::size_t n = 0; (n = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) out.text.append(buffer.data(), n);
  const int status = pclose(pipe);
  out.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return out;
}

class Document {
 public:
  explicit Document(const std::string& facts)
      : path_(std::filesystem::temp_directory_path() / ("writ_change_" + std::to_string(getpid()) + ".yaml")) {
    std::ofstream(path_) << "writ: deployment/1\nid: g\nchange: " << facts << "\n";
  }
  ~Document() { std::filesystem::remove(path_); }
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

  [[nodiscard]] Output check(const std::string& options) const {
    return run("check --rules " + kChange + " " + options + " " + path_.string());
  }
  [[nodiscard]] nlohmann::json json(const std::string& options) const {
    const std::string text = check("-f json " + options).text;
    return nlohmann::json::parse(text.substr(0, text.rfind('}') + 1));
  }

 private:
  std::filesystem::path path_;
};

nlohmann::json result(const nlohmann::json& report, const std::string& rule) {
  for (const auto& r : report.at("results"))
    if (r.at("rule") == "change." + rule) return r;
  return nullptr;
}

TEST(Change, GoldenCasesAsText) {
  const Output ran = run("test --rules " + kChange);
  EXPECT_EQ(ran.code, 0) << ran.text;
  EXPECT_NE(ran.text.find("43 tests: 43 passed, 0 failed"), std::string::npos) << ran.text;
}

TEST(Change, LaterText) {  // G10, G11
  const Document document("{a: true, b: false, c: false}");
  const auto then = document.json("--as-of 2026-08-15 --law-known-at 2026-07-01");
  EXPECT_EQ(then.at("law_known_at"), "2026-07-01");
  const auto moved = result(then, "moved");
  EXPECT_EQ(moved.at("verdict"), "gap");
  EXPECT_EQ(moved.at("later_text").at("verdict"), "not_effective");
  EXPECT_EQ(moved.at("later_text").at("published"), "2026-07-24");
  EXPECT_EQ(moved.at("later_text").at("amendments").at(0).at("title"), "Omnibus");
  EXPECT_EQ(result(then, "never_law").at("later_text").at("verdict"), "not_effective");
  EXPECT_EQ(result(then, "added").at("verdict"), "not_effective");
  EXPECT_EQ(result(then, "added").at("later_text").at("verdict"), "gap");
  const auto now = document.json("--as-of 2026-08-15 --law-known-at 2026-09-01");
  EXPECT_EQ(result(now, "moved").at("verdict"), "not_effective");
  EXPECT_TRUE(result(now, "moved").at("later_text").is_null());
}

TEST(Change, UncertainLawIsNoQuestionForTheUser) {  // G13
  const Document document("{a: true, b: false, c: false}");
  const auto r = result(document.json("--as-of 2026-11-22 --law-known-at 2026-08-31"), "stayed");
  EXPECT_EQ(r.at("verdict"), "undetermined");
  EXPECT_EQ(r.at("undetermined_because"), "law");
  EXPECT_TRUE(r.at("missing").at("facts").empty());
  EXPECT_EQ(r.at("later_text").at("verdict"), "gap");
}

TEST(Change, ReadingsAndTheChoiceOfOne) {  // G19
  const Document document("{a: true, b: false, c: false}");
  const auto open = result(document.json("--as-of 2026-01-01"), "quarrel");
  EXPECT_EQ(open.at("undetermined_because"), "contested");
  EXPECT_EQ(open.at("readings").at(0).at("verdict"), "gap");
  EXPECT_EQ(open.at("readings").at(1).at("verdict"), "not_applicable");
  const auto chosen = document.json("--as-of 2026-01-01 --reading disputed=broad");
  EXPECT_EQ(chosen.at("readings").at("change.disputed"), "broad");
  EXPECT_EQ(result(chosen, "quarrel").at("verdict"), "gap");
  const Output shown = document.check("--as-of 2026-01-01 --reading change.disputed=narrow");
  EXPECT_NE(shown.text.find("reading    change.disputed = narrow"), std::string::npos) << shown.text;
  for (const auto& [wrong, help] :
       {std::pair("disputes=broad", "did you mean `change.disputed`?"),
        std::pair("disputed=brood", "did you mean `broad`?"), std::pair("disputed", "TERM=NAME")}) {
    const Output refused = document.check(std::string("--reading ") + wrong);
    EXPECT_EQ(refused.code, 2) << wrong;
    EXPECT_NE(refused.text.find(help), std::string::npos) << refused.text;
  }
}

TEST(Change, RulesShow) {
  const Output shown = run("rules show change.reworded --rules " + kChange);
  for (const char* line : {"first: change.b  (until 2026-07-31)", "first: change.c  (from 2026-08-15)",
                           "`requires first` replaced from 2026-08-01, published 2026-07-24 by OMNIBUS"})
    EXPECT_NE(shown.text.find(line), std::string::npos) << line << "\n" << shown.text;
  EXPECT_NE(run("rules show quarrel --rules " + kChange).text.find("`disputed` Disputed"), std::string::npos);
}

TEST(Change, BadDayOfKnowledge) { EXPECT_EQ(run("check . --law-known-at tomorrow").code, 2); }

}  // namespace
