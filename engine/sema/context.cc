#include "engine/sema/context.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/suggest.h"

namespace writ::sema {

namespace {

model::TypeId simple(model::Vocabulary& vocabulary, model::TypeKind kind) {
  model::Type type;
  type.kind = kind;
  return vocabulary.types.intern(type);
}

}  // namespace

Context::Context(const std::vector<ast::File>& all, const SourceMap& map, Checked& tables, Diagnostics& diagnostics)
    : files(all), sources(map), checked(tables), vocabulary(*tables.vocabulary), out_(diagnostics) {
  using K = model::TypeKind;
  basic = {simple(vocabulary, K::error),   simple(vocabulary, K::boolean), simple(vocabulary, K::integer),
           simple(vocabulary, K::decimal), simple(vocabulary, K::ratio),   simple(vocabulary, K::money),
           simple(vocabulary, K::date),    simple(vocabulary, K::instant), simple(vocabulary, K::duration),
           simple(vocabulary, K::text),    simple(vocabulary, K::country), simple(vocabulary, K::party)};
}

Diagnostic& Context::report(Code code, Span span, std::string message, std::string help) {
  Diagnostic& diagnostic = out_.report(code, span, std::move(message));
  diagnostic.help = std::move(help);
  diagnostic.citation = citation;
  return diagnostic;
}

bool Context::reported(Span span) const {
  const auto& items = out_.items();
  return std::any_of(items.begin(), items.end(), [&](const Diagnostic& d) { return d.span == span; });
}

bool Context::reported_in(FileId file) const {
  const auto& items = out_.items();
  return std::any_of(items.begin(), items.end(), [&](const Diagnostic& d) { return d.span.file == file; });
}

const ast::Name* name_of(const ast::Item& item) {
  return std::visit(
      Overloaded{
          [](const ast::InstrumentDecl& d) { return &d.name; }, [](const ast::RoleDecl& d) { return &d.name; },
          [](const ast::GroupDecl& d) { return &d.name; }, [](const ast::ScopeDecl& d) { return &d.name; },
          [](const ast::TermDecl& d) { return &d.name; }, [](const ast::SetDecl& d) { return &d.name; },
          [](const ast::TableDecl& d) { return &d.name; }, [](const ast::ClassifyDecl& d) { return &d.name; },
          [](const ast::RuleDecl& d) { return &d.name; }, [](const ast::ExceptionDecl& d) { return &d.name; },
          [](const ast::TransitionalDecl& d) { return &d.name; }, [](const ast::CalendarDecl& d) { return &d.name; },
          [](const ast::PortfolioDecl& d) { return &d.name; }, [](const auto&) -> const ast::Name* { return nullptr; }},
      item);
}

const char* noun_of(const ast::Item& item) {
  return std::visit(Overloaded{[](const ast::UnitDecl&) { return "unit"; },
                               [](const ast::CurrencyDecl&) { return "currency"; },
                               [](const ast::KindsDecl&) { return "list of kinds"; },
                               [](const ast::EnumDecl&) { return "enumeration"; },
                               [](const ast::RecordDecl&) { return "record"; },
                               [](const ast::FactsDecl&) { return "block of facts"; },
                               [](const ast::PackDecl&) { return "pack"; },
                               [](const ast::InstrumentDecl&) { return "instrument"; },
                               [](const ast::RoleDecl&) { return "role"; },
                               [](const ast::GroupDecl&) { return "group"; },
                               [](const ast::ScopeDecl&) { return "scope"; },
                               [](const ast::TermDecl&) { return "term"; },
                               [](const ast::SetDecl&) { return "set"; },
                               [](const ast::TableDecl&) { return "table"; },
                               [](const ast::ClassifyDecl&) { return "classification"; },
                               [](const ast::RuleDecl&) { return "rule"; },
                               [](const ast::ExceptionDecl&) { return "exception"; },
                               [](const ast::TransitionalDecl&) { return "transitional"; },
                               [](const ast::CalendarDecl&) { return "calendar"; },
                               [](const ast::AmendDecl&) { return "amendment"; },
                               [](const ast::PortfolioDecl&) { return "portfolio rule"; },
                               [](const ast::TestDecl&) { return "test"; }},
                    item);
}

std::string did_you_mean(std::string_view name, const std::vector<std::string>& candidates) {
  const std::string near = nearest(name, candidates);
  return near.empty() || near == name ? std::string() : fmt::format("did you mean `{}`?", near);
}

std::string citation_of(const ast::Item& item) {
  return std::visit(
      [](const auto& declaration) -> std::string {
        if constexpr (requires { declaration.cites; }) {
          if (declaration.cites.empty()) return {};
          return declaration.cites.front().instrument.text + " " + declaration.cites.front().provision.text;
        } else {
          return {};
        }
      },
      item);
}

std::string quoted_list(const std::vector<std::string>& names) {
  std::string out;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) out += i + 1 == names.size() ? " and " : ", ";
    out += "`" + names[i] + "`";
  }
  return out;
}

}  // namespace writ::sema
