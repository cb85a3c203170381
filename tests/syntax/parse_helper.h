// Parsing in tests: a text in, the printed tree and the diagnostics out.
#pragma once

#include <string>
#include <string_view>

#include "engine/base/diagnostic.h"
#include "engine/syntax/parse.h"
#include "engine/syntax/print.h"

namespace writ::testing {

struct Parsed {
  SourceMap sources;
  Diagnostics diagnostics;
  ast::File file;

  [[nodiscard]] std::string tree() const { return ast::print(file); }
  [[nodiscard]] std::string messages() const {
    std::string out;
    for (const Diagnostic& d : diagnostics.items())
      out += code_text(d.code) + " " + d.message + (d.help.empty() ? "" : " | " + d.help) + "\n";
    return out;
  }
};

inline Parsed parse_text(std::string text) {
  Parsed out;
  const FileId id = out.sources.add("test.writ", std::move(text));
  out.file = syntax::parse(id, out.sources, out.diagnostics);
  return out;
}

/// The tree of the text, after which there must be no diagnostic.
inline std::string tree_of(std::string text) {
  const Parsed parsed = parse_text(std::move(text));
  return parsed.messages() + parsed.tree();
}

/// The tree of an expression.
inline std::string expr_of(const std::string& text) {
  const Parsed parsed = parse_text("term x means " + text);
  if (!parsed.diagnostics.empty()) return parsed.messages();
  return ast::print(parsed.file, std::get<ast::TermDecl>(parsed.file.items.at(0)).means);
}

/// The diagnostics of a text.
inline std::string errors_of(std::string text) { return parse_text(std::move(text)).messages(); }

}  // namespace writ::testing
