#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include <memory>

#include "engine/cli/command.h"
#include "engine/gate/gate.h"

namespace writ::cli {

const char* program_version() { return WRIT_VERSION; }

void add_version(CLI::App& app, int& code) {
  auto as_json = std::make_shared<bool>(false);
  CLI::App* c = app.add_subcommand("version", "Version of the program");
  c->add_flag("--json", *as_json, "As JSON");
  c->callback([as_json, &code] {
    const std::string text = *as_json ? fmt::format("{{\"tool\": \"writ\", \"version\": \"{}\", \"report\": \"writ-report/1\", \"language\": 1}}\n", WRIT_VERSION)
                                      : fmt::format("writ {}\n", WRIT_VERSION);
    code = write_out(text) ? gate::kOk : gate::kIo;
  });
}

}  // namespace writ::cli
