#include <fmt/format.h>

#include <algorithm>

#include "engine/sema/items.h"

namespace writ::sema {

namespace {

std::string article(std::string_view what) {
  return std::string("aeiou").find(what.front()) == std::string::npos ? "a" : "an";
}

std::vector<std::string> labels_of(const std::vector<ast::Requirement>& requirements) {
  std::vector<std::string> out;
  for (const ast::Requirement& r : requirements) {
    if (r.label) out.push_back(r.label->text);
  }
  return out;
}

}  // namespace

TargetLookup find_target(Context& context, std::uint32_t file, const ast::Path& path,
                         const std::set<std::size_t>& wanted, std::string_view what, Code unknown) {
  TargetLookup out;
  if (path.segments.empty()) return out;
  const std::string name = path.text();
  const Context::Lookup whole = context.find_item(file, name);
  if (whole.found == Context::Found::one) {
    if (wanted.contains(context.item(whole.item).index())) {
      out.ok = true;
      out.target = {whole.item, {}};
      return out;
    }
    context.report(Code::wrong_kind_of_item, path.span,
                   fmt::format("`{}` is {} {}, where {} {} is wanted", name, article(noun_of(context.item(whole.item))),
                               noun_of(context.item(whole.item)), article(what), what));
    return out;
  }
  if (path.segments.size() > 1 && wanted.contains(kItemIndex<ast::RuleDecl>)) {
    const std::string label = path.segments.back().text;
    const std::string rule_name = name.substr(0, name.size() - label.size() - 1);
    const Context::Lookup rule = context.find_item(file, rule_name);
    if (rule.found == Context::Found::one) {
      const std::vector<ast::Requirement>* requirements = nullptr;
      if (const auto* d = context.get<ast::RuleDecl>(rule.item)) requirements = &d->requirements;
      if (const auto* p = context.get<ast::PortfolioDecl>(rule.item);
          p != nullptr && wanted.contains(kItemIndex<ast::PortfolioDecl>))
        requirements = &p->requirements;
      if (requirements == nullptr) {
        context.report(Code::wrong_kind_of_item, path.span,
                       fmt::format("`{}` is {} {}, which has no requirements", rule_name,
                                   article(noun_of(context.item(rule.item))), noun_of(context.item(rule.item))));
        return out;
      }
      const std::vector<std::string> labels = labels_of(*requirements);
      if (std::find(labels.begin(), labels.end(), label) == labels.end()) {
        std::string help = did_you_mean(label, labels);
        if (help.empty() && !labels.empty()) help = fmt::format("its requirements are {}", quoted_list(labels));
        context.report(unknown, path.segments.back().span,
                       fmt::format("rule `{}` has no requirement `{}`", rule_name, label), std::move(help));
        return out;
      }
      out.ok = true;
      out.target = {rule.item, label};
      return out;
    }
    if (rule.found != Context::Found::none) {
      context.report_lookup(rule, unknown, path.span, what, rule_name, {});
      return out;
    }
  }
  context.report_lookup(whole, unknown, path.span, what, name, context.visible_items(file, wanted));
  return out;
}

}  // namespace writ::sema
