// Completions are what the program takes, bash accepts them, and every flag says what it is for.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/acceptance/program.h"

namespace writ::acceptance {
namespace {

/// What bash proposes for the words; the last is the one that is being written.
std::string proposed(const std::vector<std::string>& words) {
  std::string all;
  for (const std::string& word : words) all += " '" + word + "'";
  const Ran ran =
      run({"bash", "-c",
           "source <(" + std::string(WRIT_PROGRAM) + " completion bash) && COMP_WORDS=(writ" + all +
               ") && COMP_CWORD=" + std::to_string(words.size()) + " && _writ && echo \"${COMPREPLY[@]}\""});
  EXPECT_EQ(ran.code, 0) << ran.err;
  return ran.out.substr(0, ran.out.find('\n'));
}

TEST(Completion, BashProposesWhatTheProgramTakes) {
  EXPECT_EQ(run({"bash", "-n", "-c", writ({"completion", "bash"}).out}).code, 0);
  EXPECT_EQ(proposed({"che"}), "check");
  EXPECT_EQ(proposed({"bundle", "v"}), "verify");
  EXPECT_EQ(proposed({"check", "-f", "sar"}), "sarif");
  EXPECT_EQ(proposed({"check", "--undetermined", "n"}), "new");
  EXPECT_EQ(proposed({"check", "--as"}), "--as-of");
  EXPECT_EQ(proposed({"check", "fixtures/mal"}), "fixtures/malformed");
  EXPECT_NE(proposed({"check", "--"}).find("--baseline"), std::string::npos);
}

TEST(Completion, EveryShellKnowsEveryCommand) {
  for (const char* shell : {"bash", "zsh", "fish"}) {
    const Ran ran = writ({"completion", shell});
    EXPECT_EQ(ran.code, 0);
    for (const char* word : {"check", "report", "baseline", "prune", "bundle", "inspect", "explain", "as-of", "sarif"})
      EXPECT_NE(ran.out.find(word), std::string::npos) << shell << " " << word;
  }
  EXPECT_EQ(writ({"completion", "tcsh"}).code, 2);
  EXPECT_EQ(writ({"completion"}).code, 2);
}

TEST(Completion, EveryFlagSaysWhatItIsFor) {
  const std::string fish = writ({"completion", "fish"}).out;
  EXPECT_GT(std::count(fish.begin(), fish.end(), '\n'), 100);
  EXPECT_EQ(fish.find(" -d ''"), std::string::npos) << fish.substr(fish.find(" -d ''") - 120, 130);
}

}  // namespace
}  // namespace writ::acceptance
