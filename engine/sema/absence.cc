#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "engine/sema/items.h"
#include "engine/sema/presence.h"
#include "engine/sema/types.h"

namespace writ::sema {

namespace {

/// `a.b` leads to `a.b` and to `a.b.c`, in canonical texts.
bool leads_to(const std::string& path, const std::string& below) {
  if (path.empty() || !below.starts_with(path)) return false;
  return below.size() == path.size() || std::string_view(".[@").find(below[path.size()]) != std::string_view::npos;
}

/// What a term says about a path below one of its parameters, said about the argument; the document's own paths stay as
/// they are.
std::string with_arguments(const std::string& path, const std::vector<std::uint32_t>& params,
                           const std::vector<std::string>& arguments) {
  if (path.find_first_of("[(@") != std::string::npos) return {};  // a parameter may be inside
  for (std::size_t i = 0; i < params.size(); ++i) {
    const std::string name = fmt::format("v{}", params[i]);
    if (leads_to(name, path)) return arguments[i].empty() ? std::string() : arguments[i] + path.substr(name.size());
  }
  return path.starts_with("v") ? std::string() : path;
}

}  // namespace

std::vector<ast::ExprId> flatten(const ast::File& file, ast::ExprId id, ast::BinaryOp op) {
  std::vector<ast::ExprId> out;
  std::vector<ast::ExprId> pending{id};
  while (!pending.empty()) {
    const ast::ExprId at = pending.back();
    pending.pop_back();
    if (!at) continue;
    const auto* binary = std::get_if<ast::Binary>(&file.exprs[at].node);
    if (binary != nullptr && binary->op == op) {
      pending.push_back(binary->right);
      pending.push_back(binary->left);
    } else {
      out.push_back(at);
    }
  }
  return out;
}

const model::Field* Absence::field(ast::ExprId id) const {
  const auto* f = std::get_if<FieldOf>(&meaning(id));
  if (f == nullptr) return nullptr;
  model::RecordId record = context_.vocabulary.root;
  if (const auto* member = std::get_if<ast::Member>(&expr(id).node)) {
    record = record_of(context_, context_.checked.files[file_].types[member->base.index]);
  }
  return record ? &context_.vocabulary.records[record].fields[f->field] : nullptr;
}

std::string Absence::key(ast::ExprId id) const {
  if (!id) return {};
  if (const auto* v = std::get_if<Variable>(&meaning(id))) return fmt::format("v{}", v->variable);
  if (const auto* m = std::get_if<MemberOf>(&meaning(id)))
    return fmt::format("m{}.{}", m->enumeration.index, m->member);
  const auto item = [&](const Meaning& of) {
    const auto* use = std::get_if<ItemUse>(&of);
    return use == nullptr ? std::string() : fmt::format("i{}.{}", use->item.file, use->item.item);
  };
  return std::visit(Overloaded{
                        [](const ast::BoolLit& n) { return std::string(n.value ? "true" : "false"); },
                        [](const ast::NumberLit& n) { return n.value.exact() + (n.unit ? " " + n.unit->text : ""); },
                        [](const ast::DateLit& n) { return n.value.text(); },
                        [](const ast::InstantLit& n) { return n.value.text(); },
                        [](const ast::TextLit& n) { return "\"" + n.value + "\""; },
                        [](const ast::CountryLit& n) { return "c" + n.code; },
                        [](const ast::AsOf&) { return std::string("as of"); },
                        [&](const ast::NameRef&) {
                          const auto* f = std::get_if<FieldOf>(&meaning(id));
                          return f == nullptr ? item(meaning(id)) : fmt::format("r.{}", f->field);
                        },
                        [&](const ast::Member& n) {
                          const auto* f = std::get_if<FieldOf>(&meaning(id));
                          if (f == nullptr) return item(meaning(id));
                          const std::string base = key(n.base);
                          return base.empty() ? base : fmt::format("{}.{}", base, f->field);
                        },
                        [&](const ast::Index& n) {
                          const std::string base = key(n.base);
                          const std::string at = key(n.key);
                          return base.empty() || at.empty() ? std::string() : fmt::format("{}[{}]", base, at);
                        },
                        [&](const ast::Call& n) {
                          std::string out = item(meaning(id)) + "(";
                          for (ast::ExprId a : n.args) {
                            const std::string argument = key(a);
                            if (argument.empty()) return std::string();
                            out += argument + ",";
                          }
                          return out + ")";
                        },
                        [&](const ast::Binary& n) {
                          if (n.op != ast::BinaryOp::on_day) return std::string();
                          const std::string what = key(n.left);
                          const std::string day = key(n.right);
                          return what.empty() || day.empty() ? std::string() : fmt::format("{}@{}", what, day);
                        },
                        [](const auto&) { return std::string(); },
                    },
                    expr(id).node);
}

std::vector<Absence::Need> Absence::needs(ast::ExprId id) const {
  if (!id) return {};
  const ast::Expr& e = expr(id);
  std::vector<Need> out;
  if (const auto* member = std::get_if<ast::Member>(&e.node)) out = needs(member->base);
  if (const auto* index = std::get_if<ast::Index>(&e.node)) out = needs(index->base);
  if (const auto* binary = std::get_if<ast::Binary>(&e.node);
      binary != nullptr && binary->op == ast::BinaryOp::on_day) {
    out = needs(binary->left);
    // Read on another day, it may be absent although it is present on this one.
    const std::string today = key(binary->left);
    for (Need& need : out) {
      if (need.key == today) need = {key(id), e.span};
    }
  }
  if (const model::Field* f = field(id); f != nullptr && f->optional) out.push_back({key(id), e.span});
  if (std::holds_alternative<ast::Call>(e.node)) {
    const auto* use = std::get_if<ItemUse>(&meaning(id));
    const auto* table = use == nullptr ? nullptr : context_.get<ast::TableDecl>(use->item);
    if (table != nullptr && table->otherwise_none) out.push_back({key(id), e.span});
  }
  return out;
}

bool Absence::may_be_absent(ast::ExprId id) const {
  if (!id) return false;
  if (const auto* binary = std::get_if<ast::Binary>(&expr(id).node);
      binary != nullptr && binary->op == ast::BinaryOp::otherwise) {
    return may_be_absent(binary->right);
  }
  return !needs(id).empty();
}

bool Absence::is_fact(ast::ExprId id) const {
  const ast::Expr& e = expr(id);
  if (std::holds_alternative<FieldOf>(meaning(id)) || std::holds_alternative<ast::Index>(e.node)) return true;
  if (const auto* binary = std::get_if<ast::Binary>(&e.node))
    return binary->op == ast::BinaryOp::on_day && is_fact(binary->left);
  const auto* use = std::get_if<ItemUse>(&meaning(id));
  return use != nullptr && context_.get<ast::TableDecl>(use->item) != nullptr;
}

Absence::Paths Absence::when(ast::ExprId id, bool holds, int depth) const {
  Paths out;
  constexpr int kDeepest = 4000;  // expressions and chains of terms have their own, smaller bounds
  if (!id || depth > kDeepest) return out;
  const ast::Expr& e = expr(id);
  if (const auto* unary = std::get_if<ast::Unary>(&e.node)) {
    if (unary->op == ast::UnaryOp::not_) return when(unary->operand, !holds, depth + 1);
    const bool present =
        (unary->op == ast::UnaryOp::is_present && holds) || (unary->op == ast::UnaryOp::is_absent && !holds);
    if (const std::string path = key(unary->operand); present && !path.empty()) out.insert(path);
    return out;
  }
  if (const auto* binary = std::get_if<ast::Binary>(&e.node)) {
    // Every part is as the whole: those of an `and` that holds, of an `or` that does not. (That both sides of an `or`
    // hold a guard is not followed: the machine does not either.)
    const bool all = binary->op == (holds ? ast::BinaryOp::and_ : ast::BinaryOp::or_);
    if (!all) return out;
    for (ast::ExprId part : flatten(context_.files[file_], id, binary->op)) out.merge(when(part, holds, depth + 1));
    return out;
  }
  // A term stands for its meaning. One that holds was not defeated; one that does not may have been (an exception may
  // attach from any file), so that nothing follows from it.
  const auto* use = std::get_if<ItemUse>(&meaning(id));
  const auto* term = use == nullptr ? nullptr : context_.get<ast::TermDecl>(use->item);
  if (term == nullptr || !holds) return out;
  const std::vector<std::uint32_t>& params = context_.checked.item_variables.at(use->item);
  std::vector<std::string> arguments;
  if (const auto* call = std::get_if<ast::Call>(&e.node)) {
    for (ast::ExprId a : call->args) arguments.push_back(key(a));
  }
  if (arguments.size() != params.size()) return out;
  // Once for each term: terms share terms. One that leads back to itself finds the empty entry, and is reported
  // elsewhere.
  const auto [guards, fresh] = context_.term_guards.try_emplace(use->item);
  if (fresh) {
    Paths paths = Absence(context_, use->item.file).when(term->means, true, depth + 1);
    for (const Replacement& r : replacements(context_, use->item, "means")) {  // whichever text is in force
      const Paths other = Absence(context_, r.file).when(r.operation->value, true, depth + 1);
      std::erase_if(paths, [&](const std::string& path) { return !other.contains(path); });
    }
    context_.term_guards[use->item] = std::move(paths);
  }
  for (const std::string& guard : guards->second) {
    const std::string path = with_arguments(guard, params, arguments);
    if (!path.empty()) out.insert(path);
  }
  return out;
}

bool Absence::covered(const Need& need, const std::string& read, const Paths& guards) {
  // A guard of `a.b.c` covers what `a.b.c` needs on its way, for this read and those below it.
  return std::any_of(guards.begin(), guards.end(), [&](const std::string& guard) {
    return leads_to(need.key, guard) && leads_to(guard, read.empty() ? need.key : read);
  });
}

}  // namespace writ::sema
