// Hostile documents that are too large to keep in files. Each is refused with its code and place, in under a second and
// within 256 MB.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <malloc.h>

#include <ctime>
#include <fstream>
#include <string>
#include <utility>

#include "tests/facts/reading.h"

namespace writ::test {
namespace {

using facts::Format;

// Sanitizers slow everything down and shadow the memory; the figures are those of the program as it is shipped.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr double kSeconds = 30;
constexpr bool kMeasureMemory = false;
constexpr std::uint32_t kLess = 10;  // of the largest inputs, and of the limits they must reach
#else
constexpr double kSeconds = 1;
constexpr bool kMeasureMemory = true;
constexpr std::uint32_t kLess = 1;
#endif
constexpr long kMegabytes = 256;

const std::string kHeader = "writ: deployment/1\nid: test\n";

facts::ReadLimits limits() {
  facts::ReadLimits limits;
  limits.max_nodes /= kLess;
  limits.max_total_nodes /= kLess;
  return limits;
}

std::string repeat(std::string_view text, std::size_t times) {
  std::string result;
  result.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
}

long resident_megabytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::stol(line.substr(6)) / 1024;
  }
  return 0;
}

/// Forgets the peak of the tests before.
void reset_peak() {
  malloc_trim(0);
  std::ofstream("/proc/self/clear_refs") << "5";
}

/// Of this process: other processes on the machine do not count.
double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

class Bombs : public testing::Test {
 protected:
  /// `expected`: "WR0801 3:73", or only the code where the place does not matter.
  static void refuse(const std::string& text, Format format, const std::string& expected) {
    reset_peak();
    double begin = cpu_seconds();
    const Reading reading = read_bound(text, format, limits());
    double seconds = cpu_seconds() - begin;
    // Of the first reading alone; what the test itself holds is not the reader's.
    const long megabytes = resident_megabytes() - static_cast<long>(text.size() / 1'000'000);
    // A machine that is busy elsewhere makes any run slow, and none fast: the least of a few is what it costs.
    for (int again = 0; again < 9 && seconds >= kSeconds; ++again) {
      begin = cpu_seconds();
      static_cast<void>(read_bound(text, format, limits()));
      seconds = std::min(seconds, cpu_seconds() - begin);
    }
    EXPECT_TRUE(reading.documents.empty());
    const auto codes = reading.codes();
    ASSERT_FALSE(codes.empty());
    EXPECT_TRUE(codes.front().starts_with(expected)) << codes.front();
    for (const Diagnostic& d : reading.diagnostics.items()) EXPECT_TRUE(d.span.valid());
    EXPECT_LT(seconds, kSeconds);
    if (kMeasureMemory) {
      EXPECT_LT(megabytes, kMegabytes);
    }
  }
};

TEST_F(Bombs, YamlDepth) {
  refuse(kHeader + "purpose: " + repeat("[", 1'000'000), Format::yaml, "WR0801 3:73");
  refuse(kHeader + "purpose: " + repeat("{a: ", 1'000'000), Format::yaml, "WR0801 3:");
  refuse(kHeader + "purpose:\n  " + repeat("- ", 1'000'000), Format::yaml, "WR0801 4:");
  refuse(kHeader + "? " + repeat("? ", 1'000'000), Format::yaml, "WR0505 3:");
}
TEST_F(Bombs, JsonDepth) {
  refuse(R"({"writ": "deployment/1", "id": "x", "purpose": )" + repeat("[", 1'000'000), Format::json, "WR0801 1:111");
  refuse(R"({"writ": "deployment/1", "id": "x", "purpose": )" + repeat("[", 1'000'000) + repeat("]", 1'000'000) + "}",
         Format::json, "WR0801 1:111");
  refuse(repeat(R"({"a":)", 1'000'000), Format::json, "WR0801 1:");
}
TEST_F(Bombs, OneAnchorManyAliases) {
  refuse(kHeader + "x-a: &a [" + repeat("lol, ", 1'000) + "]\nx-b: [" + repeat("*a, ", 100'000) + "]\n", Format::yaml,
         "WR0804 4:");
}
TEST_F(Bombs, AliasesDeepenWithoutBrackets) {
  std::string text = kHeader + "x-0: &a0 [" + repeat("[", 30) + repeat("]", 30) + "]\n";
  for (int i = 1; i < 50; ++i) text += fmt::format("x-{}: &a{} [[[[[[[[[[*a{}]]]]]]]]]]\n", i, i, i - 1);
  refuse(text, Format::yaml, "WR0801 ");
}
TEST_F(Bombs, ManyAnchors) {
  std::string text = kHeader;
  constexpr std::uint32_t kAnchors = 200'000 / kLess;
  for (std::uint32_t i = 0; i < kAnchors; ++i) text += fmt::format("x-{}: &a{} 1\n", i, i);
  refuse(text + "y: 1\n", Format::yaml, fmt::format("WR0501 {}:1", kAnchors + 3));
}
TEST_F(Bombs, Directives) {
  refuse(repeat("%TAG !a! tag:example.org,2026:\n", 100'000) + "---\na: b\n", Format::yaml, "WR0505 33:1");
}
TEST_F(Bombs, ManyKeys) {
  std::string text = kHeader;
  for (std::size_t i = 0; i < 300'000 / kLess; ++i) text += fmt::format("key_{}: 1\n", i);
  refuse(text, Format::yaml, "WR0501 3:1");
}
TEST_F(Bombs, ManyEqualKeys) {
  refuse(kHeader + repeat("purpose: x\n", 300'000 / kLess), Format::yaml, "WR0504 4:1");
  refuse("{" + repeat("\"purpose\": 1, ", 300'000 / kLess) + "\"a\": 1}", Format::json, "WR0504 1:");
}
TEST_F(Bombs, ManyValues) {
  refuse(kHeader + "purpose: [" + repeat("1,", 5'000'000 / kLess) + "]\n", Format::yaml, "WR0803 3:");
  refuse("{\"a\": [" + repeat("1,", 5'000'000 / kLess) + "1]}", Format::json, "WR0803 1:");
}
TEST_F(Bombs, ManyValuesInManyDocuments) {
  refuse(repeat("---\n- [" + repeat("1,", 100'000 / kLess) + "]\n", 50), Format::yaml, "WR0507 2:1");
  const Reading reading = read_raw(repeat("[" + repeat("1,", 900'000 / kLess) + "1]\n", 4), Format::ndjson, limits());
  ASSERT_EQ(reading.codes().size(), 1U);  // the whole file is over, not only the line
  EXPECT_TRUE(reading.codes().front().starts_with("WR0803 3:")) << reading.codes().front();
  EXPECT_EQ(reading.raw.size(), 2U);
}
TEST_F(Bombs, ManyErrorsOnOneLine) {
  refuse(
      "{\"writ\": \"deployment/1\", \"id\": \"x\", \"users\": {" + repeat("\"UK\":1,", 200'000 / kLess) + "\"DE\": 1}}",
      Format::json, "WR0504 1:");
  refuse(kHeader + "transfers: [" + repeat("{ib: 1}, ", 100'000 / kLess) + "]\n", Format::yaml, "WR0520 3:");
}
TEST_F(Bombs, ElementsOfNothing) {  // each stands for a record full of unknown facts
  std::string text = kHeader + "transfers:\n";
  for (int i = 0; i < 200'000; ++i) text += fmt::format("- id: {}\n", i);
  refuse(text, Format::yaml, "WR0803 ");
}
TEST_F(Bombs, LongLine) {
  refuse(kHeader + "purpose: " + std::string(100'000'000, 'a') + "\n", Format::yaml, "WR0802 1:1");
  refuse("{\"a\": \"" + std::string(100'000'000, 'a') + "\"}", Format::json, "WR0802 1:1");
}
TEST_F(Bombs, LongInteger) {
  refuse(kHeader + "model: {layers: " + std::string(1'000'000, '7') + "}\n", Format::yaml, "WR0806 3:17");
  refuse(R"({"writ": "deployment/1", "id": "x", "model": {"layers": )" + std::string(1'000'000, '7') + "}}",
         Format::json, "WR0806 1:57");
  refuse(kHeader + "model: {layers: 1" + std::string(1'000'000, '0') + "}\n", Format::yaml, "WR0806 3:17");
  refuse(kHeader + "model: {retention: " + std::string(1'000'000, '9') + " days}\n", Format::yaml, "WR0512 3:20");
}
TEST_F(Bombs, LongWords) {
  refuse(kHeader + "model: {" + std::string(1'000'000, 'o') + ": true}\n", Format::yaml, "WR0502 3:");
  refuse(kHeader + "seat: " + std::string(1'000'000, 'D') + "\n", Format::yaml, "WR0516 3:7");
  refuse(kHeader + "model: {price: 1 " + std::string(1'000'000, 'E') + "}\n", Format::yaml, "WR0513 3:16");
  refuse(kHeader + "model: {training_compute: 1 " + repeat("FLOP/", 100'000) + "s}\n", Format::yaml, "WR0513 3:27");
  refuse(kHeader + "model: {released: " + std::string(1'000'000, '2') + "}\n", Format::yaml, "WR0512 3:19");
  refuse(R"({")" + std::string(1'000'000, 'w') + R"(": 1})", Format::json, "WR0507 1:2");
}
TEST_F(Bombs, ManyDocuments) { refuse(repeat("---\na: 1\n", 100'000 / kLess), Format::yaml, "WR0507 2:1"); }
TEST_F(Bombs, ManyBadLines) { refuse(repeat("{\"a\":\n", 100'000 / kLess), Format::ndjson, "WR0503 1:6"); }

TEST(Numbers, NegativeZeroAndLargeNumbersAreExact) {
  for (const Format format : {Format::yaml, Format::json}) {
    const Reading r = read_bound(
        R"({"writ": "deployment/1", "id": "x", "model": {"temperature": -0, "layers": 10000000000000000000000000,
      "training_compute": 1e25, "sparsity": "1e-3 %", "share": 0.1}})",
        format);
    EXPECT_EQ(std::get<model::NumberRange>(r.at("model.temperature").scalar).lo->exact(), "0");
    EXPECT_EQ(std::get<model::NumberRange>(r.at("model.layers").scalar).lo,
              std::get<model::NumberRange>(r.at("model.training_compute").scalar).lo);
    EXPECT_EQ(std::get<model::NumberRange>(r.at("model.sparsity").scalar).lo->exact(), "0.00001");
    EXPECT_EQ(*std::get<model::NumberRange>(r.at("model.share").scalar).lo, *Rational::fraction(1, 10));
    EXPECT_EQ(r.at("model.layers").written, "10000000000000000000000000");
  }
}

}  // namespace
}  // namespace writ::test
