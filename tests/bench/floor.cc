// The floor that streams are measured against: simdjson's DOM parser, reused, line by line on one thread, of bytes that
// are in memory. Prints the processor seconds of one pass over the lines.
#include <fmt/format.h>
#include <simdjson.h>
#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace {

double processor_seconds() {
  rusage use{};
  ::getrusage(RUSAGE_SELF, &use);
  constexpr double kMicro = 1e-6;
  return static_cast<double>(use.ru_utime.tv_sec) + kMicro * static_cast<double>(use.ru_utime.tv_usec);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    fmt::print(stderr, "writ_bench_floor FILE PASSES\n");
    return 2;
  }
  std::ifstream in(argv[1], std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  const int passes = std::atoi(argv[2]);
  const std::size_t size = text.size();
  text.resize(size + simdjson::SIMDJSON_PADDING);
  std::vector<std::pair<std::size_t, std::size_t>> lines;
  for (std::size_t begin = 0; begin < size;) {
    std::size_t end = text.find('\n', begin);
    if (end == std::string::npos || end > size) end = size;
    if (end > begin) lines.emplace_back(begin, end - begin);
    begin = end + 1;
  }
  simdjson::dom::parser parser;
  std::size_t elements = 0;
  const double before = processor_seconds();
  for (int pass = 0; pass < passes; ++pass)
    for (const auto& [begin, length] : lines) {
      simdjson::dom::element document;
      // The bytes behind a line are there: its successors, or the padding. Integers over 64 bits are refused, at the
      // end of the work.
      const bool taken = parser.parse(text.data() + begin, length, false).get(document) == simdjson::SUCCESS;
      elements += taken && document.is_object() ? 1 : 0;
    }
  const double after = processor_seconds();
  fmt::print("{:.9f} {} {}\n", (after - before) / passes, lines.size(), elements);
  return 0;
}
