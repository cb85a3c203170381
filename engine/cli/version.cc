#include <fmt/format.h>

#include <memory>

#include "engine/cli/command.h"
#include "engine/gate/gate.h"

namespace writ::cli {

const char* program_version() { return WRIT_VERSION; }

void add_version(const Command& program, int& code) {
  auto as_json = std::make_shared<bool>(false);
  const Command c = program.subcommand("version", "Version of the program");
  c.flag("--json", *as_json, "As JSON");
  c.action(
      [as_json] {
        const std::string text =
            *as_json
                ? fmt::format(
                      "{{\"tool\": \"writ\", \"version\": \"{}\", \"report\": \"writ-report/1\", \"language\": 1}}\n",
                      WRIT_VERSION)
                : fmt::format("writ {}\n", WRIT_VERSION);
        return write_out(text) ? gate::kOk : gate::kIo;
      },
      code);
}

}  // namespace writ::cli
