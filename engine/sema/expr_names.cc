// What names stand for in expressions: variables, members, items, facts.
#include <fmt/format.h>

#include <algorithm>

#include "engine/base/suggest.h"
#include "engine/model/reference.h"
#include "engine/sema/expressions.h"
#include "engine/sema/fact_paths.h"
#include "engine/sema/types.h"
#include "engine/sema/vocabulary.h"

namespace writ::sema {

using K = model::TypeKind;

const std::uint32_t* Expressions::variable(const std::string& name) const {
  for (auto it = scope_.rbegin(); it != scope_.rend(); ++it) {
    if (context_.checked.variables[*it].name == name) return &*it;
  }
  return nullptr;
}

std::uint32_t Expressions::enter(const ast::Name& name, model::TypeId type) {
  if (const std::uint32_t* outer = variable(name.text); outer != nullptr && !name.text.empty()) {
    context_.used_variables.insert(*outer);  // nobody can tell which of them is read
    context_.report(Code::shadowed_variable, name.span,
                    fmt::format("`{}` already stands for another variable here", name.text), "choose another name");
  }
  context_.checked.variables.push_back({name.text, type});
  const auto index = static_cast<std::uint32_t>(context_.checked.variables.size() - 1);
  scope_.push_back(index);
  return index;
}

bool Expressions::self_explaining(ast::ExprId id) const {
  const ast::Expr& e = expr(id);
  if (const auto* name = std::get_if<ast::NameRef>(&e.node)) {
    if (variable(name->name) != nullptr || context_.vocabulary.records[context_.vocabulary.root].find(name->name) >= 0)
      return true;
    return context_.find_item(file_, name->name).found == Context::Found::one;
  }
  return !std::holds_alternative<ast::SetLit>(e.node) && !std::holds_alternative<ast::CountryLit>(e.node);
}

model::TypeId Expressions::name(ast::ExprId id, const ast::NameRef& ref, model::TypeId expected) {
  if (const std::uint32_t* v = variable(ref.name)) {
    mean(id, Variable{*v});
    context_.used_variables.insert(*v);
    return context_.checked.variables[*v].type;
  }
  const model::Type wanted = context_.type(expected);
  if (wanted.kind == K::enumeration) {
    const int member = context_.vocabulary.enums[wanted.enumeration].find(ref.name);
    if (member >= 0) {
      mean(id, MemberOf{wanted.enumeration, static_cast<std::uint32_t>(member)});
      return expected;
    }
  }
  const Context::Lookup found = context_.find_item(file_, ref.name);
  if (found.found == Context::Found::one) return item_value(id, found.item, ref.name);
  const model::RecordId root = context_.vocabulary.root;
  if (const int field = context_.vocabulary.records[root].find(ref.name); field >= 0) {
    mean(id, FieldOf{static_cast<std::uint32_t>(field)});
    return context_.vocabulary.records[root].fields[static_cast<std::size_t>(field)].type;
  }
  // What it would be compared with is wrong already: it may well be a member of what was meant.
  if (expected && wanted.kind == K::error) return error();
  if (found.found != Context::Found::none) {
    context_.report_lookup(found, Code::unknown_name, expr(id).span, "name", ref.name, {});
    return error();
  }
  report_unknown_name(id, ref.name, expected);
  return error();
}

void Expressions::report_unknown_name(ast::ExprId id, const std::string& name, model::TypeId expected) {
  const model::Type& wanted = context_.type(expected);
  std::vector<std::string> candidates;
  if (wanted.kind == K::enumeration) {
    const model::Enum& enumeration = context_.vocabulary.enums[wanted.enumeration];
    std::vector<std::string> members;
    for (const model::EnumMember& m : enumeration.members) members.push_back(m.name);
    std::string help = did_you_mean(name, members);
    if (help.empty() && members.size() <= 12) help = fmt::format("its members are {}", quoted_list(members));
    report(Code::no_member, id, fmt::format("`{}` is no member of `{}`", name, enumeration.name), std::move(help));
    return;
  }
  for (std::uint32_t v : scope_) candidates.push_back(context_.checked.variables[v].name);
  for (const model::Field& f : context_.vocabulary.records[context_.vocabulary.root].fields)
    candidates.push_back(f.name);
  const std::set<std::size_t> values{kItemIndex<ast::TermDecl>, kItemIndex<ast::SetDecl>, kItemIndex<ast::ScopeDecl>,
                                     kItemIndex<ast::ClassifyDecl>};
  for (std::string& item : context_.visible_items(file_, values)) candidates.push_back(std::move(item));
  std::string help = did_you_mean(name, candidates);
  if (name == "bearer") help = "`bearer`, the party that owes a duty, stands only in the penalties of its rule";
  if (help.empty()) {
    const std::string fact = fact_named(context_, name);
    if (!fact.empty()) help = fmt::format("the fact is written `{}`", fact);
  }
  if (help.empty()) {
    const auto elsewhere = std::find_if(context_.checked.items.begin(), context_.checked.items.end(),
                                        [&](const auto& entry) { return entry.first.ends_with("." + name); });
    if (elsewhere != context_.checked.items.end()) {
      help = fmt::format("`{}` exists: add `import {}`", elsewhere->first,
                         elsewhere->first.substr(0, elsewhere->first.rfind('.')));
    }
  }
  report(Code::unknown_name, id, fmt::format("unknown name `{}`", name), std::move(help));
}

model::TypeId Expressions::item_value(ast::ExprId id, ItemRef item, const std::string& name) {
  const auto needs_arguments = [&](std::size_t count) {
    report(Code::wrong_argument_count, id, fmt::format("`{}` takes {} argument{}", name, count, count == 1 ? "" : "s"),
           fmt::format("write `{}(…)`", name));
    return error();
  };
  const auto use = [&](model::TypeId type) {
    mean(id, ItemUse{item});
    return type;
  };
  if (const auto* term = context_.get<ast::TermDecl>(item)) {
    if (!term->params.empty()) return needs_arguments(term->params.size());
    return use(term_type(context_, item));
  }
  if (context_.get<ast::SetDecl>(item) != nullptr) return use(set_type(context_, context_.checked.item_types[item]));
  if (context_.get<ast::ScopeDecl>(item) != nullptr) return use(context_.basic.boolean);
  if (const auto* table = context_.get<ast::TableDecl>(item)) return needs_arguments(table->params.size());
  if (const auto* classification = context_.get<ast::ClassifyDecl>(item)) {
    if (!classification->params.empty()) return needs_arguments(classification->params.size());
    return use(enum_type(context_, context_.checked.class_enums[item]));
  }
  report(Code::wrong_kind_of_item, id,
         fmt::format("`{}` is a {}, which has no value", name, noun_of(context_.item(item))));
  return error();
}

model::TypeId Expressions::call(ast::ExprId id, const ast::Call& call) {
  const std::string name = call.callee.text();
  const auto check_rest = [&] {
    for (ast::ExprId a : call.args) infer(a);
    return error();
  };
  const Context::Lookup found = context_.find_item(file_, name);
  if (found.found == Context::Found::none && is_year_start(call)) return context_.basic.date;
  if (found.found == Context::Found::none) {
    if (const auto type = measure(id, call)) return *type;
  }
  if (found.found != Context::Found::one) {
    const std::set<std::size_t> callable{kItemIndex<ast::TermDecl>, kItemIndex<ast::TableDecl>,
                                         kItemIndex<ast::ClassifyDecl>};
    context_.report_lookup(found, Code::unknown_name, call.callee.span, "term, table or classification", name,
                           context_.visible_items(file_, callable));
    return check_rest();
  }
  const ItemRef item = found.item;
  const bool callable = context_.get<ast::TermDecl>(item) != nullptr || context_.get<ast::TableDecl>(item) != nullptr ||
                        context_.get<ast::ClassifyDecl>(item) != nullptr;
  if (!callable) {
    context_.report(Code::wrong_kind_of_item, call.callee.span,
                    fmt::format("`{}` is a {}, which takes no arguments", name, noun_of(context_.item(item))));
    return check_rest();
  }
  const std::vector<std::uint32_t> params = context_.checked.item_variables[item];
  if (params.size() != call.args.size()) {
    report(Code::wrong_argument_count, id,
           fmt::format("`{}` takes {} argument{}, not {}", name, params.size(), params.size() == 1 ? "" : "s",
                       call.args.size()))
        .labels.push_back({name_of(context_.item(item))->span, "declared here"});
    return check_rest();
  }
  mean(id, ItemUse{item});
  for (std::size_t i = 0; i < params.size(); ++i) {
    const VariableInfo parameter = context_.checked.variables[params[i]];
    require(call.args[i], parameter.type, fmt::format("`{}` of `{}`", parameter.name, name));
  }
  if (context_.get<ast::TermDecl>(item) != nullptr) return term_type(context_, item);
  if (context_.get<ast::TableDecl>(item) != nullptr) return context_.checked.item_types[item];
  return enum_type(context_, context_.checked.class_enums[item]);
}

// ---- dotted paths
// ------------------------------------------------------------------------------------------------------

bool Expressions::fact_path(const std::vector<std::string>& names) const {
  model::RecordId at = context_.vocabulary.root;
  std::string reference;  // the kind of document that the path goes on in
  for (const std::string& name : names) {
    std::uint32_t field = 0;
    if (!reference.empty()) {
      const auto found = model::referred_field(context_.vocabulary, reference, name);
      if (!found) return false;
      at = found->record;
      field = found->field;
    } else {
      const int found = at ? context_.vocabulary.records[at].find(name) : -1;
      if (found < 0) return false;
      field = static_cast<std::uint32_t>(found);
    }
    const model::TypeId type = context_.vocabulary.records[at].fields[field].type;
    reference = context_.kind(type) == K::reference ? context_.type(type).name : std::string();
    at = record_of(context_, type);
  }
  return true;
}

/// Some prefix of the path is the qualified name of an item: `eu.gdpr.adequate`, although `eu` holds the facts of
/// `eu.ai_act`.
bool Expressions::item_path(const std::vector<std::string>& names) const {
  std::string qualified;
  for (const std::string& name : names) {
    qualified += (qualified.empty() ? "" : ".") + name;
    if (context_.checked.items.contains(qualified)) return true;
  }
  return false;
}

/// The package that a path to no item begins with; empty when the package has facts of its own, which are meant then.
std::string Expressions::package_of(const std::vector<std::string>& names) const {
  std::string prefix, found;
  std::vector<std::string> head;
  for (std::size_t i = 0; i + 1 < names.size(); ++i) {
    head.push_back(names[i]);
    prefix += (prefix.empty() ? "" : ".") + names[i];
    if (prefix != kFacts && context_.packages.contains(prefix) && !fact_path(head)) found = prefix;
  }
  return found;
}

model::TypeId Expressions::path(ast::ExprId id) {
  // The chain from the outermost member inwards; its nodes get their meaning from the inside out.
  std::vector<ast::ExprId> chain{id};
  while (const auto* member = std::get_if<ast::Member>(&expr(chain.back()).node)) chain.push_back(member->base);
  std::reverse(chain.begin(), chain.end());
  const auto* head = std::get_if<ast::NameRef>(&expr(chain.front()).node);
  std::size_t done = 1;  // nodes of the chain that have a type
  model::TypeId type = error();
  if (head == nullptr) {
    type = infer(chain.front());
  } else {
    std::vector<std::string> names{head->name};
    for (std::size_t i = 1; i < chain.size(); ++i)
      names.push_back(std::get<ast::Member>(expr(chain[i]).node).field.text);
    const model::Record& root = context_.vocabulary.records[context_.vocabulary.root];
    if (variable(head->name) != nullptr) {
      type = infer(chain.front());
    } else if (root.find(head->name) >= 0 && (fact_path(names) || !(item_path(names) || !package_of(names).empty()))) {
      const int field = root.find(head->name);
      mean(chain.front(), FieldOf{static_cast<std::uint32_t>(field)});
      type = root.fields[static_cast<std::size_t>(field)].type;
      info_.types[chain.front().index] = type;
    } else {
      // A qualified item: the shortest prefix that names one.
      std::string qualified = names.front();
      Context::Lookup missed;
      for (std::size_t i = 1; i < chain.size(); ++i) {
        qualified += "." + names[i];
        const Context::Lookup found = context_.find_item(file_, qualified);
        if (found.found == Context::Found::not_imported) missed = found;
        if (found.found != Context::Found::one) continue;
        for (std::size_t k = 0; k < i; ++k) mean(chain[k], Namespace{});
        type = item_value(chain[i], found.item, qualified);
        info_.types[chain[i].index] = type;
        done = i + 1;
        break;
      }
      if (done == 1) {
        const Context::Lookup bare = context_.find_item(file_, head->name);
        if (missed.found == Context::Found::not_imported) {
          context_.report_lookup(missed, Code::unknown_name, expr(id).span, "name", qualified, {});
          return error();
        }
        if (bare.found != Context::Found::one) {
          report_unknown_fact(id, names, expr(id).span);
          return error();
        }
        type = item_value(chain.front(), bare.item, head->name);
        info_.types[chain.front().index] = type;
      }
    }
  }
  for (std::size_t i = done; i < chain.size(); ++i) {
    type = field(chain[i], std::get<ast::Member>(expr(chain[i]).node), type);
    info_.types[chain[i].index] = type;
  }
  return type;
}

model::TypeId Expressions::field(ast::ExprId id, const ast::Member& member, model::TypeId base) {
  const model::Type& type = context_.type(base);
  if (type.kind == K::error || member.field.text.empty()) return error();
  if (type.kind == K::reference) return referred(id, member, type);
  if (type.kind != K::record) {
    std::string help;
    if (type.kind == K::list)
      help = fmt::format("walk the list: `some x in {} where x.{} …`", text(member.base), member.field.text);
    if (type.kind == K::map) help = fmt::format("name the key: `{}[…]`", text(member.base));
    context_.report(Code::type_mismatch, member.field.span,
                    fmt::format("`{}` is {} and has no fields", text(member.base), show_type(base)), std::move(help));
    return error();
  }
  const model::Record& record = context_.vocabulary.records[type.record];
  const int found = record.find(member.field.text);
  if (found < 0) {
    std::string help;
    if (const int renamed = record.find_formerly(member.field.text); renamed >= 0) {
      help = fmt::format("it is now called `{}`", record.fields[static_cast<std::size_t>(renamed)].name);
    } else {
      std::vector<std::string> names;
      for (const model::Field& f : record.fields) names.push_back(f.name);
      help = did_you_mean(member.field.text, names);
      if (help.empty()) {
        const std::string elsewhere = nearest_fact(context_, text(id));
        if (!elsewhere.empty()) help = fmt::format("did you mean `{}`?", elsewhere);
      }
    }
    context_.report(Code::undeclared_fact, member.field.span,
                    fmt::format("`{}` is not declared: {} has no `{}`", text(id), show_type(base), member.field.text),
                    std::move(help));
    return error();
  }
  mean(id, FieldOf{static_cast<std::uint32_t>(found)});
  return record.fields[static_cast<std::size_t>(found)].type;
}

/// The document that is referred to: what it says of the thing of its kind, else any of its facts.
model::TypeId Expressions::referred(ast::ExprId id, const ast::Member& member, const model::Type& type) {
  const model::Vocabulary& vocabulary = context_.vocabulary;
  if (const auto found = model::referred_field(vocabulary, type.name, member.field.text)) {
    mean(id, FieldOf{found->field});
    return vocabulary.records[found->record].fields[found->field].type;
  }
  std::vector<std::string> names;
  if (const model::RecordId own = model::record_of_kind(vocabulary, type.name); own.valid())
    for (const model::Field& f : vocabulary.records[own].fields) names.push_back(f.name);
  for (const model::Field& f : vocabulary.records[vocabulary.root].fields) names.push_back(f.name);
  context_.report(
      Code::undeclared_fact, member.field.span,
      fmt::format("`{}` is not declared: a document of kind {} has no `{}`", text(id), type.name, member.field.text),
      did_you_mean(member.field.text, names));
  return error();
}

void Expressions::report_unknown_fact(ast::ExprId id, const std::vector<std::string>& names, Span span) {
  std::string dotted;
  for (const std::string& n : names) dotted += (dotted.empty() ? "" : ".") + n;
  std::vector<std::string> heads;
  for (std::uint32_t v : scope_) heads.push_back(context_.checked.variables[v].name);
  std::string help;
  if (const std::string package = package_of(names); !package.empty()) {
    std::vector<std::string> items;
    for (const auto& [qualified, ref] : context_.checked.items) {
      if (qualified.starts_with(package + ".")) items.push_back(qualified);
    }
    context_.report(Code::unknown_name, span, fmt::format("unknown name `{}`", dotted), did_you_mean(dotted, items));
    return;
  }
  if (const std::string near = nearest_fact(context_, dotted); !near.empty()) {
    help = fmt::format("did you mean `{}`?", near);
  } else {
    help = did_you_mean(names.front(), heads);
  }
  static_cast<void>(id);
  context_.report(Code::undeclared_fact, span, fmt::format("`{}` is not a declared fact", dotted), std::move(help));
}

}  // namespace writ::sema
