#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include <memory>

#include "engine/base/diagnostic.h"
#include "engine/base/suggest.h"
#include "engine/cli/command.h"
#include "engine/gate/gate.h"

namespace writ::cli {

// Codes of diagnostics for now; findings and rules are shown by `check` and `rules show`.
void add_explain(CLI::App& app, int& code) {
  auto what = std::make_shared<std::string>();
  CLI::App* c = app.add_subcommand("explain", "What a diagnostic code (WR0301) means");
  c->add_option("code", *what, "Code of a diagnostic")->required()->type_name("CODE");
  c->callback([what, &code] {
    std::vector<std::string> known;
    for (const CodeInfo& row : all_codes()) {
      const std::string name = code_text(row.code);
      if (name == *what) {
        code = write_out(fmt::format("{}  {}\n\n{}\n", name, row.title, row.explanation)) ? gate::kOk : gate::kIo;
        return;
      }
      known.push_back(name);
    }
    const std::string near = nearest(*what, known);
    code = usage_error("no diagnostic has the code `" + *what + "`", near.empty() ? "" : "did you mean " + near + "?");
  });
}

}  // namespace writ::cli
