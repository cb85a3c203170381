// `presume FACT = VALUE [when C]`: what law supposes where nobody has said. Only single facts can be presumed, in
// rules, requirements and exceptions.
#include <fmt/format.h>

#include <algorithm>

#include "engine/sema/expressions.h"
#include "engine/sema/items.h"
#include "engine/sema/presence.h"
#include "engine/sema/types.h"

namespace writ::sema {

namespace {

using K = model::TypeKind;

class Presumptions {
 public:
  Presumptions(Context& context, ItemRef ref)
      : context_(context), ref_(ref), info_(context.checked.files[ref.file]), expressions_(context, ref.file) {
    const auto variables = context.checked.item_variables.find(ref);
    if (variables == context.checked.item_variables.end()) return;
    for (std::uint32_t v : variables->second) expressions_.show(v);
  }

  void check(const std::vector<ast::Presumption>& all) {
    std::map<std::string, Span> settled;  // facts that an earlier one fills whenever it is read
    for (const ast::Presumption& p : all) {
      check_cites(context_, ref_.file, p.cites);
      const model::TypeId type = expressions_.infer(p.fact);
      const bool fine = is_single_fact(p.fact, type);
      if (fine) {
        expressions_.require(p.value, type, "`presume`");
      } else {
        expressions_.infer(p.value);
      }
      expressions_.condition(p.when, "`presume … when`");
      if (!fine) continue;
      const std::string key = Absence(context_, ref_.file).key(p.fact);
      if (key.empty()) continue;
      if (const auto first = settled.find(key); first != settled.end()) {
        context_
            .report(Code::idle_presumption, p.span,
                    fmt::format("`{}` is presumed already, so that this presumption never acts", text(p.fact)),
                    "the first whose condition holds counts: put the one without `when` last")
            .labels.push_back({first->second, "always presumed here"});
      } else if (!p.when) {
        settled.emplace(key, p.span);
      }
    }
  }

 private:
  [[nodiscard]] const ast::Expr& expr(ast::ExprId id) const { return context_.expr(ref_.file, id); }
  [[nodiscard]] std::string text(ast::ExprId id) const { return excerpt(context_, expr(id).span); }

  /// A path through records from the document or the element.
  [[nodiscard]] bool is_path(ast::ExprId id) const {
    const Meaning& meaning = info_.meanings[id.index];
    if (const auto* member = std::get_if<ast::Member>(&expr(id).node))
      return std::holds_alternative<FieldOf>(meaning) && (is_path(member->base) || is_start(member->base));
    return std::holds_alternative<ast::NameRef>(expr(id).node) && std::holds_alternative<FieldOf>(meaning);
  }
  [[nodiscard]] bool is_start(ast::ExprId id) const {
    const Meaning& meaning = info_.meanings[id.index];
    return std::holds_alternative<Variable>(meaning) || std::holds_alternative<Root>(meaning);
  }

  bool is_single_fact(ast::ExprId id, model::TypeId type) {
    if (!id || is_error(context_, type)) return false;
    if (!is_path(id)) {
      const auto* use = std::get_if<ItemUse>(&info_.meanings[id.index]);
      context_.report(Code::not_presumable, expr(id).span,
                      use == nullptr
                          ? fmt::format("`{}` is not a fact", text(id))
                          : fmt::format("`{}` is a {}, not a fact", text(id), noun_of(context_.item(use->item))),
                      use == nullptr ? "a fact is a dotted path of the vocabulary, such as `model.training_compute`"
                                     : "presume the facts that it rests on");
      return false;
    }
    const K kind = context_.kind(type);
    if (kind == K::record || kind == K::list || kind == K::map || kind == K::set) {
      context_.report(
          Code::not_presumable, expr(id).span,
          fmt::format("`{}` is {}: only a single value can be presumed", text(id), context_.describe(type)));
      return false;
    }
    return true;
  }

  Context& context_;
  ItemRef ref_;
  FileInfo& info_;
  Expressions expressions_;
};

}  // namespace

void check_presumptions(Context& context) {
  each<ast::RuleDecl>(context.files, [&](ItemRef ref, const ast::RuleDecl& d) {
    const At at(context, ref);
    Presumptions presumptions(context, ref);
    presumptions.check(d.presumptions);
    for (const ast::Requirement& r : d.requirements) presumptions.check(r.presumptions);
  });
  each<ast::ExceptionDecl>(context.files, [&](ItemRef ref, const ast::ExceptionDecl& d) {
    const At at(context, ref);
    Presumptions(context, ref).check(d.presumptions);
  });
}

}  // namespace writ::sema
