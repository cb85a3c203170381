#include "engine/sema/fact_values.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/sema/expressions.h"
#include "engine/sema/fact_paths.h"
#include "engine/sema/types.h"
#include "engine/sema/vocabulary.h"

namespace writ::sema {

using K = model::TypeKind;

namespace {

std::vector<std::string> field_names(const model::Record& record) {
  std::vector<std::string> out;
  for (const model::Field& f : record.fields) out.push_back(f.name);
  return out;
}

void report_field(Context& context, const model::Record& record, const ast::Name& name, const std::string& path) {
  std::string help;
  if (const int renamed = record.find_formerly(name.text); renamed >= 0) {
    help = fmt::format("it is now called `{}`", record.fields[static_cast<std::size_t>(renamed)].name);
  } else {
    help = did_you_mean(name.text, field_names(record));
    const std::string near = help.empty() ? nearest_fact(context, path) : std::string();
    if (!near.empty()) help = fmt::format("did you mean `{}`?", near);
  }
  context.report(Code::undeclared_fact, name.span, fmt::format("`{}` is not a declared fact", path), std::move(help));
}

/// The key of a map, which a test writes as a word or a text.
bool key_fits(Context& context, model::TypeId type, const ast::Name& key) {
  const model::Type& t = context.type(type);
  if (t.kind == K::enumeration && context.vocabulary.enums[t.enumeration].find(key.text) < 0) {
    std::vector<std::string> members;
    for (const model::EnumMember& m : context.vocabulary.enums[t.enumeration].members) members.push_back(m.name);
    context.report(Code::no_member, key.span,
                   fmt::format("`{}` is no member of `{}`", key.text, context.vocabulary.enums[t.enumeration].name),
                   did_you_mean(key.text, members));
    return false;
  }
  if (t.kind == K::country && !model::check_country(key.text).ok) {
    context.report(Code::invalid_country, key.span, fmt::format("`{}` is no country", key.text));
    return false;
  }
  return true;
}

class Values {
 public:
  Values(Context& context, std::uint32_t file)
      : context_(context), expressions_(context, file), tree_(context.files[file]) {}

  void check(ast::FactValueId id, const FactPlace& place, const std::string& path) {
    if (!id) return;
    const ast::FactValue& value = tree_.values[id];
    if (std::holds_alternative<ast::FactValue::Absent>(value.node)) {
      if (!place.optional) {
        context_.report(Code::type_mismatch, value.span, fmt::format("`{}` is not optional: it is never absent", path),
                        "what nobody has said is `unknown`");
      }
      return;
    }
    if (const auto* unknown = std::get_if<ast::FactValue::Unknown>(&value.node)) {
      static const std::vector<std::string> kReasons{"not_assessed", "disputed", "refused"};
      if (unknown->reason && std::find(kReasons.begin(), kReasons.end(), unknown->reason->text) == kReasons.end()) {
        std::string help = did_you_mean(unknown->reason->text, kReasons);
        if (help.empty()) help = fmt::format("it is one of {}", quoted_list(kReasons));
        context_.report(Code::unknown_word, unknown->reason->span,
                        fmt::format("unknown reason `{}`", unknown->reason->text), std::move(help));
      }
      return;
    }
    if (is_error(context_, place.type)) return;
    if (const auto* record = std::get_if<ast::FactValue::Record>(&value.node)) {
      if (form(*record, place, path)) return;
    }
    if (place.dated) return dated(value, place, path);
    typed(value, place.type, path);
  }

 private:
  /// What stands in place of a value, as in a document: evidence around it, an estimate, a list that may have more.
  bool form(const ast::FactValue::Record& record, const FactPlace& place, const std::string& path) {
    static const std::vector<std::string> kBounds{"between", "at_least", "more_than", "at_most", "less_than"};
    const model::Type t = context_.type(place.type);
    const auto has = [&](std::string_view name) {
      return std::any_of(record.fields.begin(), record.fields.end(),
                         [&](const auto& field) { return field.first.text == name; });
    };
    const auto among = [](const std::vector<std::string>& names, const std::string& name) {
      return std::find(names.begin(), names.end(), name) != names.end();
    };
    const bool own =
        t.kind == K::map || (t.kind == K::record && context_.vocabulary.records[t.record].find("value") >= 0);
    if (has("value") && has("evidence") && !own) {
      for (const auto& [name, inner] : record.fields) {
        if (name.text == "value") {
          check(inner, place, path);
        } else if (name.text == "as_of") {
          check(inner, {true, context_.basic.date, false, false}, path + ".as_of");
        } else if (name.text == "evidence" || name.text == "by") {
          check(inner, {true, context_.basic.text, false, false}, path + "." + name.text);
        } else {
          stranger(name, {"value", "evidence", "as_of", "by"}, "a value with evidence");
        }
      }
      return true;
    }
    if ((t.kind == K::list || t.kind == K::set) && has("incomplete") && !place.dated) {
      for (const auto& [name, inner] : record.fields) {
        if (name.text != "incomplete") {
          stranger(name, {"incomplete"}, "a list that may have more");
        } else if (inner) {
          typed(tree_.values[inner], place.type, path);
        }
      }
      return true;
    }
    const bool number = t.kind == K::integer || t.kind == K::decimal || t.kind == K::ratio || t.kind == K::quantity ||
                        t.kind == K::money;
    if (place.dated || (!number && t.kind != K::enumeration)) return false;
    for (const auto& [name, inner] : record.fields) {
      if (number && name.text == "between") {
        const auto* pair = inner ? std::get_if<ast::FactValue::List>(&tree_.values[inner].node) : nullptr;
        if (pair == nullptr || pair->items.size() != 2)
          context_.report(Code::type_mismatch, name.span, "`between` takes two bounds", "write `{between: [1, 2]}`");
        else
          members(pair->items, place.type, path);
      } else if (number && among(kBounds, name.text)) {
        check(inner, {true, place.type, false, false}, path);
      } else if (!number && name.text == "one_of") {
        const auto* list = inner ? std::get_if<ast::FactValue::List>(&tree_.values[inner].node) : nullptr;
        if (list == nullptr)
          context_.report(Code::type_mismatch, name.span, "`one_of` takes the members that are possible",
                          "write `{one_of: [one, another]}`");
        else
          members(list->items, place.type, path);
      } else {
        stranger(name, number ? kBounds : std::vector<std::string>{"one_of"}, "an estimate");
      }
    }
    return !record.fields.empty();
  }

  void stranger(const ast::Name& name, const std::vector<std::string>& known, std::string_view what) {
    std::string help = did_you_mean(name.text, known);
    if (help.empty()) help = fmt::format("it has {}", quoted_list(known));
    context_.report(Code::undeclared_fact, name.span, fmt::format("{} has no `{}`", what, name.text), std::move(help));
  }

  void typed(const ast::FactValue& value, model::TypeId type, const std::string& path) {
    const model::Type t = context_.type(type);
    if (const auto* literal = std::get_if<ast::ExprId>(&value.node)) return scalar(*literal, type, path);
    if (const auto* list = std::get_if<ast::FactValue::List>(&value.node)) {
      if (t.kind == K::set) return members(list->items, t.element, path);
      if (t.kind != K::list) return mismatch(value, type, path);
      for (ast::FactValueId item : list->items)
        check(item, {true, record_type(context_, t.record), false, false}, path + "[…]");
      return;
    }
    if (const auto* set = std::get_if<ast::FactValue::Set>(&value.node)) {
      const bool nothing = set->items.empty() && (t.kind == K::record || t.kind == K::map);  // `{}`
      if (t.kind == K::set) return members(set->items, t.element, path);
      if (!nothing) mismatch(value, type, path);
      return;
    }
    const auto& record = std::get<ast::FactValue::Record>(value.node);
    if (t.kind == K::set && record.fields.empty()) return;
    if (t.kind == K::map) {
      for (const auto& [name, inner] : record.fields) {
        if (key_fits(context_, t.key, name))
          check(inner, {true, t.element, false, false}, fmt::format("{}.{}", path, name.text));
      }
      return;
    }
    if (t.kind != K::record) return mismatch(value, type, path);
    std::map<std::string, Span> seen;
    for (const auto& [name, inner] : record.fields) {
      const model::Record& declared = context_.vocabulary.records[t.record];
      const std::string inside = fmt::format("{}.{}", path, name.text);
      const int found = declared.find(name.text);
      if (found < 0) {
        report_field(context_, declared, name, inside);
        continue;
      }
      const auto [first, fresh] = seen.emplace(name.text, name.span);
      if (!fresh)
        context_.report(Code::contradicting_test, name.span, fmt::format("`{}` is stated twice", inside))
            .labels.push_back({first->second, "first here"});
      const model::Field& field = declared.fields[static_cast<std::size_t>(found)];
      check(inner, {true, field.type, field.optional, field.dated}, inside);
    }
  }

  void scalar(ast::ExprId literal, model::TypeId type, const std::string& path) {
    const model::Type t = context_.type(type);
    // As in a document: a bare number takes the unit of its fact, except where it could be meant in two ways.
    const auto* number = literal ? std::get_if<ast::NumberLit>(&tree_.exprs[literal].node) : nullptr;
    if (number != nullptr && !number->unit && t.kind == K::quantity && t.name != "%") {
      expressions_.infer(literal);
      return;
    }
    expressions_.require(literal, type, fmt::format("`{}`", path));
  }

  void members(const std::vector<ast::FactValueId>& items, model::TypeId element, const std::string& path) {
    for (ast::FactValueId item : items) check(item, {true, element, false, false}, fmt::format("a member of {}", path));
  }

  /// A list of {from, until, value}.
  void dated(const ast::FactValue& value, const FactPlace& place, const std::string& path) {
    const auto* list = std::get_if<ast::FactValue::List>(&value.node);
    if (list == nullptr) {
      context_.report(Code::type_mismatch, value.span, fmt::format("`{}` is dated", path),
                      "write a list of `{from: DATE, until: DATE, value: …}`");
      return;
    }
    for (ast::FactValueId item : list->items) {
      const auto* record = item ? std::get_if<ast::FactValue::Record>(&tree_.values[item].node) : nullptr;
      if (record == nullptr) continue;
      for (const auto& [name, inner] : record->fields) {
        if (name.text == "value") {
          check(inner, {true, place.type, place.optional, false}, path);
        } else if (name.text == "from" || name.text == "until") {
          check(inner, {true, context_.basic.date, true, false}, path + "." + name.text);
        } else {
          context_.report(Code::undeclared_fact, name.span, fmt::format("a dated value has no `{}`", name.text),
                          "it has `from`, `until` and `value`");
        }
      }
    }
  }

  void mismatch(const ast::FactValue& value, model::TypeId type, const std::string& path) {
    const K kind = context_.kind(type);
    context_.report(Code::type_mismatch, value.span, fmt::format("`{}` is {}", path, context_.describe(type)),
                    kind == K::list     ? "records are written `[{field: value}, …]`"
                    : kind == K::set    ? "members are written `{a, b}`"
                    : kind == K::record ? "fields are written `{field: value}`"
                                        : "");
  }

  Context& context_;
  Expressions expressions_;
  const ast::File& tree_;
};

}  // namespace

FactPlace resolve_fact(Context& context, const ast::Path& path) {
  FactPlace at{true, record_type(context, context.vocabulary.root), false, false};
  std::string so_far;
  for (const ast::Name& segment : path.segments) {
    if (segment.text.empty()) return {};
    so_far += (so_far.empty() ? "" : ".") + segment.text;
    const model::Type type = context.type(at.type);
    switch (type.kind) {
      case K::error: return {};
      case K::list: at = {true, record_type(context, type.record), false, false}; continue;
      case K::map:
        if (!key_fits(context, type.key, segment)) return {};
        at = {true, type.element, false, false};
        continue;
      case K::record: break;
      default:
        context.report(Code::undeclared_fact, segment.span,
                       fmt::format("`{}` is not a declared fact: {} has no fields", so_far, context.describe(at.type)));
        return {};
    }
    const model::Record& record = context.vocabulary.records[type.record];
    const int found = record.find(segment.text);
    if (found < 0) {
      report_field(context, record, segment, so_far);
      return {};
    }
    const model::Field& field = record.fields[static_cast<std::size_t>(found)];
    at = {true, field.type, field.optional, field.dated};
  }
  return at;
}

void check_value(Context& context, std::uint32_t file, ast::FactValueId value, const FactPlace& place,
                 const std::string& path) {
  Values(context, file).check(value, place, path);
}

}  // namespace writ::sema
