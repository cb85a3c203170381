#include <fmt/format.h>

#include "engine/sema/expressions.h"
#include "engine/sema/items.h"
#include "engine/sema/types.h"
#include "engine/sema/vocabulary.h"
#include "engine/sema/walk.h"

namespace writ::sema {

using K = model::TypeKind;

void check_unless(Context& context, Expressions& expressions, std::uint32_t file,
                  const std::vector<ast::Unless>& unless) {
  for (const ast::Unless& u : unless) {
    check_cites(context, file, u.cites);
    expressions.condition(u.condition, "`unless`");
    for (const ast::ButNotWhen& but : u.but_not) {
      check_cites(context, file, but.cites);
      expressions.condition(but.condition, "`but not when`");
    }
  }
}

namespace {

void declare_params(Context& context, ItemRef ref, const std::vector<ast::Param>& params) {
  std::vector<std::uint32_t>& out = context.checked.item_variables[ref];
  std::map<std::string, Span> seen;
  for (const ast::Param& p : params) {
    const auto [first, fresh] = seen.emplace(p.name.text, p.name.span);
    if (!fresh)
      context.report(Code::duplicate_name, p.name.span, fmt::format("parameter `{}` is declared twice", p.name.text))
          .labels.push_back({first->second, "first here"});
    context.checked.variables.push_back({p.name.text, resolve_type(context, ref.file, p.type)});
    out.push_back(static_cast<std::uint32_t>(context.checked.variables.size() - 1));
  }
}

// Contested law: values that can be compared, of one type.
void check_readings(Context& context, Expressions& expressions, ItemRef ref, const ast::TermDecl& d) {
  std::map<std::string, Span> seen;
  model::TypeId type = d.result ? context.checked.item_types[ref] : model::TypeId();
  for (const ast::Reading& r : d.readings) {
    check_cites(context, ref.file, r.cites);
    const auto [first, fresh] = seen.emplace(r.name.text, r.name.span);
    if (!fresh)
      context
          .report(Code::unreadable_readings, r.name.span,
                  fmt::format("`{}` has two readings `{}`", d.name.text, r.name.text))
          .labels.push_back({first->second, "first here"});
    if (type) {
      expressions.require(r.means, type, fmt::format("reading `{}`", r.name.text));
    } else {
      type = expressions.infer(r.means);
    }
  }
  context.checked.item_types[ref] = type;
  const K kind = context.kind(type);
  if (kind == K::record || kind == K::set || kind == K::map || kind == K::list || kind == K::reference)
    context.report(Code::unreadable_readings, d.readings.front().name.span,
                   fmt::format("`{}` is {}: what readings share cannot be told", d.name.text, context.describe(type)),
                   "let the readings be conditions or scalar values");
}

void check_term(Context& context, ItemRef ref) {
  Context::Progress& progress = context.progress[ref];
  if (progress != Context::Progress::untouched) return;
  progress = Context::Progress::busy;
  const std::string outer = context.citation;
  const auto& d = *context.get<ast::TermDecl>(ref);
  context.citation = citation_of(context.item(ref));
  check_cites(context, ref.file, d.cites);
  Expressions expressions(context, ref.file);
  for (std::uint32_t v : context.checked.item_variables[ref]) expressions.show(v);
  if (!d.readings.empty()) {
    check_readings(context, expressions, ref, d);
  } else if (d.result) {
    expressions.require(d.means, context.checked.item_types[ref], fmt::format("term `{}`", d.name.text));
  } else {
    const model::TypeId type = expressions.infer(d.means);
    context.checked.item_types[ref] = type;
  }
  if (!d.unless.empty() && context.kind(context.checked.item_types[ref]) != K::boolean &&
      !is_error(context, context.checked.item_types[ref])) {
    context.report(Code::type_mismatch, d.unless.front().span,
                   fmt::format("`unless` defeats what is true, but `{}` is {}", d.name.text,
                               context.describe(context.checked.item_types[ref])));
  }
  check_unless(context, expressions, ref.file, d.unless);
  for (std::size_t i = 0; i < d.params.size(); ++i) {
    const std::uint32_t v = context.checked.item_variables[ref][i];
    if (!context.used_variables.contains(v)) {
      context.report(Code::unused_variable, d.params[i].name.span,
                     fmt::format("`{}` is never read in `{}`", d.params[i].name.text, d.name.text));
    }
  }
  context.citation = outer;
  context.progress[ref] = Context::Progress::done;
}

/// "a.b.c" of nested members over a name; empty for anything else.
std::string dotted(const ast::File& file, ast::ExprId id) {
  if (const auto* name = std::get_if<ast::NameRef>(&file.exprs[id].node)) return name->name;
  const auto* member = std::get_if<ast::Member>(&file.exprs[id].node);
  const std::string base = member == nullptr || !member->base ? std::string() : dotted(file, member->base);
  return base.empty() ? base : base + "." + member->field.text;
}

/// Terms whose type the body of this one may ask for, by name only: some names may turn out to be variables.
std::vector<ItemRef> asked_terms(const Context& context, ItemRef ref) {
  std::vector<ItemRef> out;
  const ast::File& file = context.files[ref.file];
  const auto name = [&](const std::string& text) {
    const ItemRef* found = text.empty() ? nullptr : lookup(context.checked, context.files, ref.file, text);
    const auto* term = found == nullptr ? nullptr : context.get<ast::TermDecl>(*found);
    if (term != nullptr && !term->result) out.push_back(*found);
  };
  for (const auto& [clause, root] : roots(context.item(ref))) {
    walk(file, root, [&](ast::ExprId id, const ast::Expr& e) {
      if (const auto* call = std::get_if<ast::Call>(&e.node)) name(call->callee.text());
      if (std::holds_alternative<ast::NameRef>(e.node) || std::holds_alternative<ast::Member>(e.node))
        name(dotted(file, id));
    });
  }
  return out;
}

/// Terms after those that they ask for, so that typing one never has to wait for a chain of others on the stack.
void check_in_order(Context& context, ItemRef start, std::set<ItemRef>& seen) {
  struct Frame {
    ItemRef item;
    std::vector<ItemRef> asks;
    std::size_t next = 0;
  };
  if (!seen.insert(start).second) return;
  std::vector<Frame> path;
  path.push_back({start, asked_terms(context, start)});
  while (!path.empty()) {
    Frame& top = path.back();
    if (top.next == top.asks.size()) {
      check_term(context, top.item);
      path.pop_back();
    } else if (const ItemRef to = top.asks[top.next++]; seen.insert(to).second) {
      path.push_back({to, asked_terms(context, to)});
    }
  }
}

void check_scope(Context& context, ItemRef ref, const ast::ScopeDecl& d) {
  const At at(context, ref);
  check_cites(context, ref.file, d.cites);
  const Context::Lookup found = context.find_item(ref.file, d.instrument.text);
  if (found.found != Context::Found::one || context.get<ast::InstrumentDecl>(found.item) == nullptr) {
    if (found.found == Context::Found::one) {
      context.report(
          Code::unknown_instrument, d.instrument.span,
          fmt::format("`{}` is a {}, not an instrument", d.instrument.text, noun_of(context.item(found.item))));
    } else {
      context.report_lookup(found, Code::unknown_instrument, d.instrument.span, "instrument", d.instrument.text,
                            context.visible_items(ref.file, {kItemIndex<ast::InstrumentDecl>}));
    }
  }
  Expressions expressions(context, ref.file);
  expressions.condition(d.means, fmt::format("scope `{}`", d.name.text));
  check_unless(context, expressions, ref.file, d.unless);
}

}  // namespace

void declare_signatures(Context& context) {
  each<ast::TermDecl>(context.files, [&](ItemRef ref, const ast::TermDecl& d) {
    declare_params(context, ref, d.params);
    context.checked.item_types[ref] = d.result ? resolve_type(context, ref.file, d.result) : context.basic.error;
  });
  each<ast::TableDecl>(context.files, [&](ItemRef ref, const ast::TableDecl& d) {
    declare_params(context, ref, d.params);
    context.checked.item_types[ref] = resolve_type(context, ref.file, d.result);
  });
  each<ast::ClassifyDecl>(context.files,
                          [&](ItemRef ref, const ast::ClassifyDecl& d) { declare_params(context, ref, d.params); });
  each<ast::RoleDecl>(context.files, [&](ItemRef ref, const ast::RoleDecl& d) {
    if (d.of) declare_params(context, ref, {*d.of});
  });
  each<ast::SetDecl>(context.files, [&](ItemRef ref, const ast::SetDecl& d) {
    context.checked.item_types[ref] = resolve_type(context, ref.file, d.element);
  });
}

model::TypeId term_type(Context& context, ItemRef term) {
  const auto* declaration = context.get<ast::TermDecl>(term);
  if (declaration != nullptr && !declaration->result) check_term(context, term);
  return context.checked.item_types[term];
}

void check_terms(Context& context) {
  std::set<ItemRef> seen;
  each<ast::TermDecl>(context.files, [&](ItemRef ref, const ast::TermDecl&) { check_in_order(context, ref, seen); });
  each<ast::ScopeDecl>(context.files, [&](ItemRef ref, const ast::ScopeDecl& d) { check_scope(context, ref, d); });
}

}  // namespace writ::sema
