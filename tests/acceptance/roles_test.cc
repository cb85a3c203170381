// Who owes a duty and what missing it may cost, with the rule book that is delivered.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/acceptance/program.h"

namespace writ::acceptance {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kHiring = "fixtures/cases/eu-hiring-tool.writ.yaml";

/// The hiring tool with other parties; `party`: what stands after the key of the deployer.
std::string hiring(const Folder& folder, const std::string& party) {
  std::string text = read_file(std::string(WRIT_SOURCE_DIR) + "/" + kHiring);
  const std::size_t begin = text.find("parties:"), end = text.find("deployment:\n");
  text.replace(begin, end - begin,
               "parties:\n  - {key: ouvrage, name: Ouvrage SA, roles: [deployer]" + party + "}\n\n");
  text.replace(text.find("assessed_for: selecta"), 21, "assessed_for: ouvrage");
  return folder.write("tool.writ.yaml", text);
}
nlohmann::json bearer(const std::string& file, const std::string& day, const std::string& rule,
                      const std::string& requirement = {}) {
  return result_of(writ({"check", file, "-r", "eu.ai_act", "--as-of", day, "-f", "json"}).json(), rule, {}, requirement)
      .at("bearer");
}

TEST(DerivedRoles, AnotherBecomesTheProviderByArticle25) {
  const Folder folder;
  const std::string rule = "eu.ai_act.risk_management";
  const std::string not_else =
      ", duties_allocated_otherwise: false, substantial_modification: false, changes_purpose: false";
  const auto who = [&](const std::string& party, const std::string& day) {
    return bearer(hiring(folder, party), day, rule, "system").dump();
  };
  const std::string own = R"({"certain":true,"party":"ouvrage","role":"provider"})";
  const std::string nobody = R"({"certain":false,"party":null,"role":"provider"})";
  const std::string perhaps = R"({"certain":false,"party":"ouvrage","role":"provider"})";
  EXPECT_EQ(who(", puts_own_name: true" + not_else, "2027-12-02"), own);
  EXPECT_EQ(who(", puts_own_name: true" + not_else, "2027-12-01"), nobody) << "Art. 25 does not apply yet";
  EXPECT_EQ(who(", puts_own_name: false" + not_else, "2027-12-02"), nobody);
  EXPECT_EQ(who("", "2027-12-02"), perhaps) << "nobody has said";
  EXPECT_EQ(who(", substantial_modification: true", "2027-12-02"), own);
  EXPECT_EQ(who(", changes_purpose: true", "2027-12-02"), own);
  EXPECT_EQ(who(", puts_own_name: true, duties_allocated_otherwise: true, substantial_modification: false, "
                "changes_purpose: false",
                "2027-12-02"),
            nobody)
      << "a contract allocates the duties otherwise";
}

TEST(DerivedRoles, AThirdOfTheComputeMakesTheModifierAProvider) {
  const Folder folder;
  const auto who = [&](const std::string& party) {
    const std::string file = folder.write("model.writ.yaml",
                                          "writ: deployment/1\nid: modified\nparties:\n  - {key: m, roles: [], "
                                          "original_provider: false, " +
                                              party + "}\ndeployment: {covers: [ai_model]}\n");
    const nlohmann::json b = bearer(file, "2026-11-22", "eu.ai_act.copyright_policy", "");
    return b.at("party").is_null() ? std::string("nobody") : b.at("certain").get<bool>() ? "m" : "m?";
  };
  EXPECT_EQ(who("modification_compute: 1.1e24 FLOP, original_compute: 3e24 FLOP"), "m");
  EXPECT_EQ(who("modification_compute: 1e24 FLOP, original_compute: 3e24 FLOP"), "nobody") << "a third is not more";
  EXPECT_EQ(who("modification_compute: null"), "nobody");
  EXPECT_EQ(who("modification_compute: 1.1e24 FLOP"), "m?");
  EXPECT_EQ(who("modification_compute: 3.4e22 FLOP, original_compute: null, original_systemic_risk: false"), "m");
  EXPECT_EQ(who("modification_compute: 3.4e22 FLOP, original_compute: null, original_systemic_risk: true"), "nobody");
  EXPECT_EQ(who("modification_compute: 3.4e24 FLOP, original_compute: null, original_systemic_risk: true"), "m");
}

TEST(Selection, HiddenResultsCountForNothing) {
  const Ran all = writ({"check", kHiring, "-r", "eu.ai_act", "--as-of", "2027-12-02", "-f", "json"});
  const Ran some =
      writ({"check", kHiring, "-r", "eu.ai_act", "--as-of", "2027-12-02", "--role", "processor", "-f", "json"});
  const nlohmann::json a = all.json(), s = some.json();
  EXPECT_EQ(a.at("selection"), nullptr);
  EXPECT_EQ(a.at("results").size(), s.at("results").size() + s.at("selection").at("hidden").get<std::size_t>());
  EXPECT_EQ(s.at("summary").at("gap"), 0);
  EXPECT_EQ(some.code, 4) << some.err;
}

TEST(Selection, APartyThatTheDocumentDoesNotNameIsSaid) {
  const Ran ran = writ({"check", kHiring, "-r", "eu.ai_act", "--as-of", "2027-12-02", "--party", "selekta"});
  EXPECT_EQ(ran.code, 4);
  EXPECT_THAT(ran.out, HasSubstr("1 document has no party `selekta`, and is not checked: did you mean `selecta`?"));
  const Ran right = writ({"check", kHiring, "-r", "eu.ai_act", "--as-of", "2027-12-02", "--party", "selecta"});
  EXPECT_EQ(right.code, 1);
  EXPECT_THAT(right.out, HasSubstr("the duties of Selecta SAS stand first"));
}

TEST(Selection, AnUnknownRoleIsAMistake) {
  const Ran ran = writ({"check", kHiring, "-r", "eu.ai_act", "--as-of", "2027-12-02", "--role", "providr"});
  EXPECT_EQ(ran.code, 2);
  EXPECT_THAT(ran.err, HasSubstr("did you mean `provider`?"));
  EXPECT_EQ(ran.out, "");
}

TEST(Penalties, FollowFromTheTurnover) {
  const Folder folder;
  const auto cost = [&](const std::string& party) {
    const Ran ran = writ({"check", hiring(folder, ", substantial_modification: true" + party), "-r", "eu.ai_act",
                          "--as-of", "2027-12-02", "--rule", "eu.ai_act.risk_management"});
    const std::size_t at = ran.out.find("may cost  ");
    return at == std::string::npos ? ran.out : ran.out.substr(at + 10, ran.out.find('\n', at) - at - 10);
  };
  EXPECT_THAT(cost(", sme: false, worldwide_turnover: 2000000000 EUR"), HasSubstr("60,000,000 EUR, the higher of"));
  EXPECT_THAT(cost(", sme: false"), HasSubstr("15,000,000 EUR or more"));
  EXPECT_THAT(cost(", sme: true, worldwide_turnover: 10000000 EUR"), HasSubstr("300,000 EUR, the lower of"));
  EXPECT_THAT(cost(", sme: true"), HasSubstr("15,000,000 EUR or less"));
}

TEST(Penalties, HaveTheirOwnDays) {
  const std::string file = "fixtures/cases/deepseek-r1.writ.yaml";
  const auto amounts = [&](const std::string& day) {
    std::vector<std::string> out;
    const nlohmann::json report = writ({"check", file, "-r", "eu.ai_act", "--as-of", day, "-f", "json"}).json();
    for (const auto& r : report.at("results")) {
      if (r.at("penalty").is_null() || r.at("penalty").at("citation").at("provision") != "Art. 101(1)") continue;
      for (const auto& a : r.at("penalty").at("amounts")) out.push_back(a.at("applies").get<std::string>());
    }
    return out;
  };
  EXPECT_THAT(amounts("2026-08-01"), Not(testing::Contains("true"))) << "the duties apply, the fines do not";
  EXPECT_THAT(amounts("2027-08-02"), testing::Each("true"));
}

}  // namespace
}  // namespace writ::acceptance
