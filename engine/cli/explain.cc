#include <fmt/format.h>

#include <memory>

#include "engine/base/diagnostic.h"
#include "engine/base/suggest.h"
#include "engine/cli/command.h"
#include "engine/gate/gate.h"

namespace writ::cli {

// Codes of diagnostics for now; findings and rules are shown by `check` and `rules show`.
void add_explain(const Command& program, int& code) {
  auto what = std::make_shared<std::string>();
  const Command c = program.subcommand("explain", "What a diagnostic code (WR0301) means");
  c.text("code", *what, "Code of a diagnostic", "CODE", {}, true);
  c.action(
      [what] {
        std::vector<std::string> known;
        for (const CodeInfo& row : all_codes()) {
          const std::string name = code_text(row.code);
          if (name == *what) {
            return write_out(fmt::format("{}  {}\n\n{}\n", name, row.title, row.explanation)) ? gate::kOk : gate::kIo;
          }
          known.push_back(name);
        }
        const std::string near = nearest(*what, known);
        return usage_error("no diagnostic has the code `" + *what + "`",
                           near.empty() ? "" : "did you mean " + near + "?");
      },
      code);
}

}  // namespace writ::cli
