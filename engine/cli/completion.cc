// `writ completion`: what a shell proposes, from the one table of commands and flags.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/cli/command.h"
#include "engine/gate/gate.h"

namespace writ::cli {

namespace {

std::string joined(const std::vector<std::string>& words) { return fmt::format("{}", fmt::join(words, " ")); }

/// Within single quotes of a shell.
std::string in_quotes(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

std::string bash(const std::vector<Described>& commands) {
  std::string known, values, words;
  for (const Described& d : commands) {
    const std::string path = joined(d.path);
    std::vector<std::string> flags;
    for (const Described::Option& o : d.options) {
      flags.insert(flags.end(), o.names.begin(), o.names.end());
      for (const std::string& name : o.names) {
        if (!o.choices.empty())
          values += fmt::format("    '{}:{}') COMPREPLY=($(compgen -W '{}' -- \"$current\")); return ;;\n", path, name,
                                joined(o.choices));
        else if (o.takes_value)
          values += fmt::format("    '{}:{}') COMPREPLY=($(compgen -f -- \"$current\")); return ;;\n", path, name);
      }
    }
    if (!path.empty()) known += fmt::format("      '{}') command='{}' ;;\n", path, path);
    words += fmt::format("    '{}') flags='{}'; inner='{}' ;;\n", path, joined(flags), joined(d.subcommands));
  }
  return "# bash: source <(writ completion bash)\n"
         "_writ() {\n"
         "  local current=\"${COMP_WORDS[COMP_CWORD]}\" before=\"\" command='' flags='' inner='' i\n"
         "  [ \"$COMP_CWORD\" -gt 0 ] && before=\"${COMP_WORDS[COMP_CWORD-1]}\"\n"
         "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
         "    case \"${command:+$command }${COMP_WORDS[i]}\" in\n" +
         known +
         "    esac\n"
         "  done\n"
         "  case \"$command:$before\" in\n" +
         values +
         "  esac\n"
         "  case \"$command\" in\n" +
         words +
         "  esac\n"
         "  if [[ $current == -* ]]; then\n"
         "    COMPREPLY=($(compgen -W \"$flags\" -- \"$current\"))\n"
         "  elif [ -n \"$inner\" ]; then\n"
         "    COMPREPLY=($(compgen -W \"$inner\" -- \"$current\"))\n"
         "  else\n"
         "    COMPREPLY=($(compgen -f -- \"$current\"))\n"
         "  fi\n"
         "}\n"
         "complete -o filenames -F _writ writ\n";
}

std::string zsh(const std::vector<Described>& commands) {
  return "#compdef writ\n# zsh: source <(writ completion zsh)\nautoload -U +X bashcompinit && bashcompinit\n" +
         bash(commands);
}

std::string fish(const std::vector<Described>& commands) {
  std::string out = "# fish: writ completion fish | source\n";
  for (const Described& d : commands) {
    std::string when = "__fish_use_subcommand";
    for (std::size_t i = 0; i < d.path.size(); ++i)
      when = (i == 0 ? "" : when + "; and ") + "__fish_seen_subcommand_from " + d.path[i];
    for (const Described& below : commands) {
      if (below.path.size() != d.path.size() + 1 || !std::equal(d.path.begin(), d.path.end(), below.path.begin()))
        continue;
      out += fmt::format("complete -c writ -n {} -f -a {} -d {}\n", in_quotes(when), below.path.back(),
                         in_quotes(below.help));
    }
    for (const Described::Option& o : d.options) {
      out += "complete -c writ -n " + in_quotes(when);
      for (const std::string& name : o.names)
        out += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
      if (o.takes_value) out += " -r";
      if (!o.choices.empty()) out += " -f -a " + in_quotes(joined(o.choices));
      out += " -d " + in_quotes(o.help) + "\n";
    }
  }
  return out;
}

}  // namespace

void add_completion(const Program& program, int& code) {
  const Command c = program.root().subcommand("completion", "Completions for a shell, to be sourced");
  auto shell = std::make_shared<std::string>();
  c.text("shell", *shell, "bash, zsh or fish", "SHELL", {"bash", "zsh", "fish"}, true);
  c.action(
      [shell, &program] {
        const std::vector<Described> commands = program.describe();
        const std::string text = *shell == "fish" ? fish(commands) : *shell == "zsh" ? zsh(commands) : bash(commands);
        return write_out(text) ? gate::kOk : gate::kIo;
      },
      code);
}

}  // namespace writ::cli
