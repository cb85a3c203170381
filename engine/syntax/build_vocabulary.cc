// The file, its items, and those of the vocabulary: units, enumerations, records, facts, packs.
#include <fmt/format.h>

#include "engine/syntax/build.h"

namespace writ::syntax {

void Build::add_all() {
  depths_.resize(file_.exprs.size(), 1);
  for (const NodeId child : children(0)) {
    switch (rule(child)) {
      case Rule::packageDecl_: {
        const ast::Path package = path(child + 1 + 1);
        if (file_.package) {
          Diagnostic& d = out_.report(Code::duplicate_clause, span(child), "a file belongs to one package");
          d.labels.push_back({file_.package->span, "the first one"});
          break;
        }
        if (!file_.imports.empty() || !file_.items.empty()) {
          out_.report(Code::misplaced_clause, span(child), "`package` is the first statement of a file").help =
              "move it before everything else";
        }
        file_.package = package;
        break;
      }
      case Rule::importDecl_:
        if (!file_.items.empty()) {
          out_.report(Code::misplaced_clause, span(child), "imports stand before the first item").help =
              "move it to the top, after `package`";
        }
        file_.imports.push_back({path(child + 1 + 1), span(child)});
        break;
      case Rule::item_: item(child + 1); break;
      default: break;
    }
  }
}

ast::UnitDecl Build::unit_decl(NodeId node) {
  ast::UnitDecl out;
  out.span = span(node);
  bool has_scale = false;
  for (const NodeId child : children(node)) {
    if (rule(child) == Rule::unitName_) out.name = name(child);
    if (is(child, TokenKind::string)) {
      if (out.description) {
        out_.report(Code::duplicate_clause, span(child), "a unit has one description").help =
            "keep one of the two texts";
      } else {
        out.description = text(child);
      }
    }
    if (rule(child) == Rule::scale_) {
      has_scale = true;
      out.factor = scale(child);
    }
    if (rule(child) == Rule::unit_) out.unit = unit(child);
  }
  if (has_scale && !out.factor) out.factor = Rational(1);  // the number was reported
  return out;
}

ast::EnumDecl Build::enum_decl(NodeId node) {
  ast::EnumDecl out;
  out.span = span(node);
  for (const NodeId child : children(node)) {
    if (rule(child) == Rule::name_) out.name = name(child);
    if (is(child, TokenKind::string)) out.description = text(child);
    if (rule(child) != Rule::enumMember_) continue;
    ast::EnumMember member{name(child), {}};
    for (const NodeId part : children(child)) {
      if (is(part, TokenKind::string)) member.description = text(part);
    }
    out.members.push_back(std::move(member));
  }
  return out;
}

ast::FieldDecl Build::field(NodeId node) {
  ast::FieldDecl out;
  out.span = span(node);
  out.name = name(node);
  std::map<std::string_view, Span> seen;
  for (const NodeId child : children(node)) {
    if (is(child, TokenKind::string)) out.description = text(child);
    if (rule(child) == Rule::type_) out.type = type(child);
    if (rule(child) == Rule::modifier_ && once(seen, token(child).text, span(child))) {
      const std::string_view word = token(child).text;
      (word == "optional" ? out.optional : word == "dated" ? out.dated : out.event) = true;
    }
    if (rule(child) != Rule::fieldClause_) continue;
    const std::string_view word = token(child).text;
    if (!once(seen, word, span(token(child)))) continue;
    for (const NodeId part : children(child)) {
      if (rule(part) == Rule::texts_) texts(part, out.from);
      if (rule(part) == Rule::word_) out.formerly = name(part);
      if (is(part, TokenKind::string)) (word == "ask" ? out.ask : out.provision) = text(part);
    }
  }
  return out;
}

ast::RecordDecl Build::record_decl(NodeId node) {
  ast::RecordDecl out;
  out.span = span(node);
  for (const NodeId child : children(node)) {
    if (rule(child) == Rule::name_) out.name = name(child);
    if (rule(child) == Rule::word_) out.key = name(child);
    if (is(child, TokenKind::string)) out.description = text(child);
    if (rule(child) == Rule::field_) out.fields.push_back(field(child));
  }
  return out;
}

ast::FactsDecl Build::facts_decl(NodeId node) {
  ast::FactsDecl out;
  out.span = span(node);
  for (const NodeId child : children(node)) {
    if (is(child, TokenKind::string)) out.description = text(child);
    if (rule(child) == Rule::field_) out.fields.push_back(field(child));
  }
  return out;
}

ast::PackDecl Build::pack_decl(NodeId node) {
  ast::PackDecl out;
  out.span = span(node);
  std::map<std::string_view, Span> seen;
  for (const NodeId child : children(node)) {
    if (rule(child) == Rule::packagePath_) out.name = path(child);
    if (is(child, TokenKind::string)) out.title = text(child);
    if (rule(child) != Rule::packClause_) continue;
    const std::string_view word = token(child).text;
    if (!once(seen, word, span(token(child)))) continue;
    const NodeId value = [&] {
      NodeId last = child + 1;
      for (const NodeId part : children(child)) last = part;
      return last;
    }();
    if (word == "version") out.version = text(value);
    if (word == "licence") out.licence = text(value);
    if (word == "description") out.description = text(value);
    if (word == "law") out.law_checked_until = date(value);
    if (word == "language") {
      std::int64_t number = 0;
      const auto parsed = Rational::parse(token(value).text);
      if (parsed && parsed->to_int64(number) && number >= 0 && number < 1'000) {
        out.language = static_cast<int>(number);
      } else {
        out_.report(Code::bad_number, span(value), fmt::format("`{}` is no version of the language", token(value).text))
            .help = "the versions are whole numbers: language 1";
      }
    }
  }
  return out;
}

}  // namespace writ::syntax
