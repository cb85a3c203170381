// Type expressions and the names they use.
#include <fmt/format.h>

#include <algorithm>

#include "engine/sema/vocabulary.h"

namespace writ::sema {

namespace {

using K = model::TypeKind;

std::string qualified(const Context& context, std::uint32_t file, const std::string& name) {
  return context.package[file] == kFacts ? name : context.package[file] + "." + name;
}

bool claim(Context& context, std::uint32_t file, const ast::Name& name, TypeName type) {
  if (name.text.empty()) return false;
  type.span = name.span;
  const auto [first, fresh] = context.type_names.emplace(qualified(context, file, name.text), type);
  if (fresh) return true;
  context.report(Code::duplicate_name, name.span, fmt::format("type `{}` is declared twice", name.text))
      .labels.push_back({first->second.span, "first here"});
  return false;
}

void add_member(Context& context, model::Enum& out, const ast::Name& name, std::string description,
                std::map<std::string, Span>& seen) {
  const auto [first, fresh] = seen.emplace(name.text, name.span);
  if (fresh) {
    out.members.push_back({name.text, std::move(description)});
  } else {
    context.report(Code::duplicate_name, name.span, fmt::format("`{}` is a member twice", name.text))
        .labels.push_back({first->second, "first here"});
  }
}

void declare_enum(Context& context, ItemRef ref, const ast::EnumDecl& d) {
  model::Enum out;
  out.name = qualified(context, ref.file, d.name.text);
  if (d.description) out.description = d.description->text;
  std::map<std::string, Span> seen;
  for (const ast::EnumMember& m : d.members)
    add_member(context, out, m.name, m.description ? m.description->text : std::string(), seen);
  if (context.type_names.contains(out.name)) {
    static_cast<void>(claim(context, ref.file, d.name, {}));  // reports
    return;
  }
  TypeName type{TypeName::Kind::enumeration, context.vocabulary.enums.add(std::move(out)), {}, {}};
  static_cast<void>(claim(context, ref.file, d.name, type));
}

/// Members: those of `order` (highest first), then the others in order of their branches, then `out_of_scope`.
void declare_class(Context& context, ItemRef ref, const ast::ClassifyDecl& d) {
  model::Enum out;
  out.name = context.package[ref.file] + "." + d.name.text;
  if (d.title) out.description = d.title->text;
  std::map<std::string, Span> seen;
  for (const ast::Name& name : d.order) add_member(context, out, name, {}, seen);
  for (const ast::Branch& branch : d.branches) {
    if (!branch.value.text.empty() && out.find(branch.value.text) < 0) out.members.push_back({branch.value.text, {}});
  }
  if (d.within && out.find("out_of_scope") < 0) out.members.push_back({"out_of_scope", {}});
  const model::EnumId id = context.vocabulary.enums.add(std::move(out));
  context.checked.class_enums[ref] = id;
  context.type_names.emplace(context.package[ref.file] + "." + d.name.text,
                             TypeName{TypeName::Kind::classification, id, {}, d.name.span});
}

model::TypeId composite(Context& context, K kind, model::TypeId element, model::TypeId key = {}) {
  model::Type type;
  type.kind = kind;
  type.element = element;
  type.key = key;
  return context.vocabulary.types.intern(type);
}

model::TypeId builtin(const Context& context, const std::string& name) {
  const BasicTypes& b = context.basic;
  static const std::map<std::string, model::TypeId BasicTypes::*> table{
      {"bool", &BasicTypes::boolean},    {"int", &BasicTypes::integer},       {"decimal", &BasicTypes::decimal},
      {"ratio", &BasicTypes::ratio},     {"money", &BasicTypes::money},       {"date", &BasicTypes::date},
      {"instant", &BasicTypes::instant}, {"duration", &BasicTypes::duration}, {"text", &BasicTypes::text},
      {"country", &BasicTypes::country}, {"party", &BasicTypes::party}};
  const auto it = table.find(name);
  return it == table.end() ? model::TypeId() : b.*(it->second);
}

std::vector<std::string> type_candidates(const Context& context, std::uint32_t file) {
  std::vector<std::string> out{"bool",    "int",      "decimal", "ratio",   "money", "date",
                               "instant", "duration", "text",    "country", "party"};
  for (const auto& [name, type] : context.type_names) {
    const std::string own = context.package[file] + ".";
    out.push_back(name.starts_with(own) ? name.substr(own.size()) : name);
  }
  return out;
}

model::TypeId named(Context& context, std::uint32_t file, const ast::TypeExpr& type) {
  const std::string name = type.name.text();
  const TypeName* found = context.find_type(file, name);
  if (found == nullptr) {
    if (const model::TypeId simple = builtin(context, name)) return simple;
    std::string help = did_you_mean(name, type_candidates(context, file));
    if (name == "quantity") help = "say of what: `quantity[UNIT]`";
    context.report(Code::unknown_type, type.name.span, fmt::format("unknown type `{}`", name), std::move(help));
    return context.basic.error;
  }
  return found->kind == TypeName::Kind::record ? record_type(context, found->record)
                                               : enum_type(context, found->enumeration);
}

}  // namespace

model::TypeId quantity_type(Context& context, const Unit& unit, std::string name) {
  model::Type type;
  type.kind = K::quantity;
  type.dimension = unit.dimension;
  type.name = std::move(name);
  return context.vocabulary.types.intern(type);
}

model::TypeId set_type(Context& context, model::TypeId element) { return composite(context, K::set, element); }

model::TypeId enum_type(Context& context, model::EnumId enumeration) {
  model::Type type;
  type.kind = K::enumeration;
  type.enumeration = enumeration;
  return context.vocabulary.types.intern(type);
}

model::TypeId record_type(Context& context, model::RecordId record) {
  model::Type type;
  type.kind = K::record;
  type.record = record;
  return context.vocabulary.types.intern(type);
}

void declare_types(Context& context) {
  each<ast::EnumDecl>(context.files, [&](ItemRef ref, const ast::EnumDecl& d) { declare_enum(context, ref, d); });
  each<ast::RecordDecl>(context.files, [&](ItemRef ref, const ast::RecordDecl& d) {
    model::Record record;
    record.name = qualified(context, ref.file, d.name.text);
    if (d.description) record.description = d.description->text;
    record.span = d.name.span;
    TypeName type{TypeName::Kind::record, {}, {}, {}};
    if (!claim(context, ref.file, d.name, type)) return;
    context.type_names[record.name].record = context.vocabulary.records.add(record);
  });
  each<ast::ClassifyDecl>(context.files,
                          [&](ItemRef ref, const ast::ClassifyDecl& d) { declare_class(context, ref, d); });
}

model::TypeId resolve_type(Context& context, std::uint32_t file, ast::TypeExprId id) {
  if (!id) return context.basic.error;
  const ast::TypeExpr& type = context.files[file].types[id];
  using T = ast::TypeExpr::Kind;
  switch (type.kind) {
    case T::hole: return context.basic.error;
    case T::named: return named(context, file, type);
    case T::quantity: {
      if (!type.unit) return context.basic.error;
      const std::string& text = type.unit->text;
      const auto unit = context.vocabulary.units.parse(text);
      if (unit && !context.vocabulary.units.is_currency(text)) return quantity_type(context, *unit, text);
      if (unit) {
        context.report(Code::unknown_unit, type.unit->span, fmt::format("`{}` is a currency", text),
                       "the type of amounts is `money`");
      } else if (context.duration_words.contains(text)) {
        context.report(Code::unknown_unit, type.unit->span, fmt::format("`{}` is a duration", text),
                       "the type of lengths of time is `duration`");
      } else {
        context.report(Code::unknown_unit, type.unit->span, fmt::format("unknown unit `{}`", unit.error()),
                       did_you_mean(unit.error(), context.vocabulary.units.names()));
      }
      return context.basic.error;
    }
    case T::set: {
      const model::TypeId element = resolve_type(context, file, type.element);
      const K kind = context.kind(element);
      if (kind == K::enumeration || kind == K::country || kind == K::text || kind == K::error)
        return set_type(context, element);
      context.report(
          Code::invalid_type, type.span,
          fmt::format("a set holds members of an enumeration, countries or texts, not {}", context.describe(element)),
          kind == K::record ? "records come in a `list of` them" : "");
      return context.basic.error;
    }
    case T::map: {
      const model::TypeId key = resolve_type(context, file, type.key);
      const model::TypeId value = resolve_type(context, file, type.element);
      const K kind = context.kind(key);
      if (kind != K::enumeration && kind != K::country && kind != K::text && kind != K::party && kind != K::error) {
        context.report(Code::invalid_type, type.span,
                       fmt::format("the keys of a map are members of an enumeration, countries or texts, not {}",
                                   context.describe(key)));
        return context.basic.error;
      }
      const K held = context.kind(value);
      if (held == K::map || held == K::list) {
        context.report(Code::invalid_type, type.span,
                       fmt::format("a map holds single values, sets or records, not {}", context.describe(value)));
        return context.basic.error;
      }
      return composite(context, K::map, value, key);
    }
    case T::list: {
      const model::TypeId element = named(context, file, type);
      if (context.kind(element) == K::error) return element;
      if (context.kind(element) != K::record) {
        context.report(Code::invalid_type, type.span,
                       fmt::format("a list holds records, not {}", context.describe(element)),
                       fmt::format("several values: `set of {}`", type.name.text()));
        return context.basic.error;
      }
      model::Type list;
      list.kind = K::list;
      list.record = context.type(element).record;
      return context.vocabulary.types.intern(list);
    }
    case T::reference: {
      const std::string kind = type.name.text();
      if (!context.kind_spans.contains(kind)) {
        context.report(Code::unknown_kind, type.name.span, fmt::format("unknown kind of document `{}`", kind),
                       did_you_mean(kind, context.vocabulary.kinds));
        return context.basic.error;
      }
      model::Type reference;
      reference.kind = K::reference;
      reference.name = kind;
      return context.vocabulary.types.intern(reference);
    }
  }
  return context.basic.error;
}

}  // namespace writ::sema
