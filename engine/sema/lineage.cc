// `ancestors of RECORD via FIELD`: what may be walked, and where it may stand.
#include <fmt/format.h>

#include "engine/model/reference.h"
#include "engine/sema/expressions.h"
#include "engine/sema/types.h"

namespace writ::sema {

using K = model::TypeKind;

/// The list of a quantifier: the one place for ancestors.
model::TypeId Expressions::walked(ast::ExprId list) {
  const auto* line = list ? std::get_if<ast::Ancestors>(&expr(list).node) : nullptr;
  if (line == nullptr) return infer(list);
  const model::TypeId type = ancestors(list, *line);
  info_.types[list.index] = type;
  return type;
}

model::TypeId Expressions::misplaced_ancestors(ast::ExprId id, const ast::Ancestors& line) {
  static_cast<void>(ancestors(id, line));
  report(Code::misplaced_lineage, id, "`ancestors of` stands only where a list is walked or counted",
         fmt::format("for instance `every a in {} satisfies …`", text(id)));
  return error();
}

model::TypeId Expressions::ancestors(ast::ExprId id, const ast::Ancestors& line) {
  using P = model::Lineage::Problem;
  const model::TypeId of = infer(line.of);
  if (is_error(context_, of) || line.via.text.empty()) return error();
  const K kind = context_.kind(of);
  if (kind != K::record && kind != K::reference) {
    report(Code::no_lineage, line.of,
           fmt::format("`{}` is {}: only a record or a document has ancestors", text(line.of), show_type(of)));
    return error();
  }
  const auto* name = std::get_if<ast::NameRef>(&expr(line.of).node);
  const model::Vocabulary& vocabulary = context_.vocabulary;
  const model::Lineage found = model::lineage(vocabulary, of, name != nullptr ? name->name : "", line.via.text);
  switch (found.problem) {
    case P::none: return found.type;
    case P::no_field: {
      std::vector<std::string> lists;
      const auto collect = [&](model::RecordId record) {
        if (!record.valid()) return;
        for (const model::Field& f : vocabulary.records[record].fields)
          if (context_.kind(f.type) == K::list) lists.push_back(f.name);
      };
      collect(kind == K::record ? context_.type(of).record : model::record_of_kind(vocabulary, context_.type(of).name));
      collect(vocabulary.root);
      context_.report(Code::undeclared_fact, line.via.span,
                      fmt::format("`{}` has no `{}`", text(line.of), line.via.text),
                      did_you_mean(line.via.text, lists));
      return error();
    }
    case P::no_list:
      context_.report(Code::no_lineage, line.via.span,
                      fmt::format("`{}` is {}, not a list of records", line.via.text, show_type(found.type)));
      return error();
    case P::leads_nowhere:
      context_.report(
          Code::no_lineage, line.via.span, fmt::format("the records of `{}` lead to no further ones", line.via.text),
          fmt::format("give `{}` a field of type `reference to KIND`", vocabulary.records[found.element].name));
      return error();
    case P::several_ways:
      context_.report(Code::no_lineage, line.via.span,
                      fmt::format("the records of `{}` refer to documents in several fields", line.via.text),
                      "one of them has to be in a record of its own");
      return error();
  }
  static_cast<void>(id);
  return error();
}

}  // namespace writ::sema
