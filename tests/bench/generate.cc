// Writes NDJSON of deployments to standard output, the same for the same seed and rule book:
//   writ_bench_generate --documents 200000 --seed 1 > /tmp/documents.ndjson
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <exception>
#include <string>

#include "engine/session/session.h"
#include "tests/bench/documents.h"

namespace {

struct Arguments {
  std::uint64_t documents = 1000, seed = 1;
  std::string rules = WRIT_SOURCE_DIR "/rules", fixtures = WRIT_SOURCE_DIR "/fixtures/cases";
  bool plain = false;
};

int generate(const Arguments& arguments) {
  writ::session::LoadOptions options;
  options.search = {arguments.rules};
  const auto session = writ::session::load(options);
  if (!session->ok()) {
    fmt::print(stderr, "the rule book in {} has errors\n", arguments.rules);
    return 1;
  }
  const writ::bench::Forms forms = arguments.plain ? writ::bench::Forms::plain() : writ::bench::Forms{};
  writ::bench::Documents documents(*session, arguments.fixtures, forms, arguments.seed);
  constexpr std::size_t kChunk = 1U << 20;
  std::string out;
  std::size_t least = SIZE_MAX, greatest = 0, bytes = 0;
  for (std::uint64_t n = 0; n < arguments.documents; ++n) {
    const std::size_t before = out.size();
    documents.append(out);
    const std::size_t size = out.size() - before;
    least = std::min(least, size);
    greatest = std::max(greatest, size);
    bytes += size;
    if (out.size() < kChunk && n + 1 < arguments.documents) continue;
    if (std::fwrite(out.data(), 1, out.size(), stdout) != out.size()) return 74;
    out.clear();
  }
  if (std::fflush(stdout) != 0) return 74;
  if (arguments.documents == 0) return 0;
  fmt::print(
      stderr,
      "{} documents, {} bytes; a document has {} to {} bytes, {} on average; {:.1f} % of the facts of its records\n",
      arguments.documents, bytes, least, greatest, bytes / arguments.documents,
      100.0 * static_cast<double>(documents.stated()) / static_cast<double>(documents.declared()));
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  Arguments arguments;
  CLI::App app("Writes NDJSON of deployments made from the fixtures.");
  app.add_option("--documents", arguments.documents, "How many")->capture_default_str();
  app.add_option("--seed", arguments.seed, "The same seed gives the same documents")->capture_default_str();
  app.add_option("--rules", arguments.rules, "The rule book")->capture_default_str();
  app.add_option("--fixtures", arguments.fixtures, "The documents to begin with")->capture_default_str();
  app.add_flag("--plain", arguments.plain, "No null, estimates, evidence, unknowns, escapes, letters beyond ASCII");
  CLI11_PARSE(app, argc, argv);
  try {
    return generate(arguments);
  } catch (const std::exception& e) {
    fmt::print(stderr, "{}\n", e.what());
    return 1;
  }
}
