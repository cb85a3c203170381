// Tests of the rule book: what they state and expect exists, and they can fail.
#include <fmt/format.h>

#include <algorithm>

#include "engine/sema/fact_values.h"
#include "engine/sema/items.h"

namespace writ::sema {

namespace {

class Tests {
 public:
  explicit Tests(Context& context) : context_(context) {}

  void test(ItemRef ref, const ast::TestDecl& d) {
    packages_.insert(context_.package[ref.file]);
    facts(ref, d);
    if (!d.on)
      context_.report(Code::undated_test, d.title.span,
                      fmt::format("test \"{}\" is judged on the day on which it runs", d.title.text),
                      "add `on YYYY-MM-DD`");
    if (d.expect.empty())
      context_.report(Code::expects_nothing, d.title.span, fmt::format("test \"{}\" expects nothing", d.title.text),
                      "add `expect VERDICT RULE`");
    readings(ref, d);
    std::map<std::string, std::pair<std::string, Span>> expected;
    for (const ast::Expectation& e : d.expect) {
      if (e.verdict.empty()) {
        classification(ref, e, expected);
      } else {
        verdict(ref, d, e, expected);
      }
    }
  }

  void report_untested() {
    const auto untested = [&](ItemRef ref, const auto& d) {
      if (!d.status || d.status->text != "binding" || gaps_.contains(ref) ||
          !packages_.contains(context_.package[ref.file]))
        return;
      const At at(context_, ref);
      context_.report(Code::untested_rule, d.name.span,
                      fmt::format("no test makes the binding rule `{}` a gap", d.name.text),
                      fmt::format("add a test with `expect gap {}`", d.name.text));
    };
    each<ast::RuleDecl>(context_.files, untested);
    each<ast::PortfolioDecl>(context_.files, untested);
  }

 private:
  void facts(ItemRef ref, const ast::TestDecl& d) {
    std::map<std::string, Span> seen;
    const auto twice = [&](const ast::Path& path) {
      const auto [first, fresh] = seen.emplace(path.text(), path.span);
      if (!fresh)
        context_.report(Code::contradicting_test, path.span, fmt::format("`{}` is stated twice", path.text()))
            .labels.push_back({first->second, "first here"});
    };
    for (const ast::FactAssign& a : d.facts) {
      const FactPlace place = resolve_fact(context_, a.path);
      twice(a.path);
      if (place.ok) check_value(context_, ref.file, a.value, place, a.path.text());
    }
    for (const ast::Path& path : d.without) {
      static_cast<void>(resolve_fact(context_, path));
      twice(path);
    }
  }

  void readings(ItemRef ref, const ast::TestDecl& d) {
    for (const auto& [term, reading] : d.readings) {
      const TargetLookup found =
          find_target(context_, ref.file, term, {kItemIndex<ast::TermDecl>}, "term", Code::unknown_reading);
      if (!found.ok) continue;
      std::vector<std::string> names;
      for (const ast::Reading& r : context_.get<ast::TermDecl>(found.target.item)->readings)
        names.push_back(r.name.text);
      if (std::find(names.begin(), names.end(), reading.text) != names.end()) continue;
      std::string help = did_you_mean(reading.text, names);
      if (help.empty() && !names.empty()) help = fmt::format("its readings are {}", quoted_list(names));
      context_.report(Code::unknown_reading, reading.span,
                      names.empty() ? fmt::format("term `{}` has one reading only", term.text())
                                    : fmt::format("term `{}` has no reading `{}`", term.text(), reading.text),
                      std::move(help));
    }
  }

  void expect_once(std::map<std::string, std::pair<std::string, Span>>& expected, const std::string& what,
                   const std::string& value, Span span, const std::string& shown) {
    const auto [first, fresh] = expected.emplace(what, std::pair(value, span));
    if (fresh || first->second.first == value) return;
    context_
        .report(Code::contradicting_test, span,
                fmt::format("`{}` cannot be `{}` and `{}` at once", shown, first->second.first, value))
        .labels.push_back({first->second.second, "first here"});
  }

  void classification(ItemRef ref, const ast::Expectation& e,
                      std::map<std::string, std::pair<std::string, Span>>& expected) {
    if (!e.value) return;  // neither a verdict nor a value: the parser has said so
    for (const ast::Path& path : e.targets) {
      const TargetLookup found = find_target(context_, ref.file, path, {kItemIndex<ast::ClassifyDecl>},
                                             "classification", Code::unknown_expectation);
      if (!found.ok) continue;
      const auto& declaration = *context_.get<ast::ClassifyDecl>(found.target.item);
      if (!declaration.params.empty()) {
        context_.report(Code::unknown_expectation, path.span,
                        fmt::format("`{}` takes arguments: it has no value of its own", path.text()),
                        "expect the verdict of a rule that reads it");
        continue;
      }
      const model::Enum& values = context_.vocabulary.enums[context_.checked.class_enums[found.target.item]];
      if (values.find(e.value->text) < 0) {
        std::vector<std::string> members;
        for (const model::EnumMember& m : values.members) members.push_back(m.name);
        std::string help = did_you_mean(e.value->text, members);
        if (help.empty()) help = fmt::format("its values are {}", quoted_list(members));
        context_.report(Code::unknown_expectation, e.value->span,
                        fmt::format("`{}` is no value of `{}`", e.value->text, path.text()), std::move(help));
        continue;
      }
      expect_once(expected, fmt::format("{}.{}", found.target.item.file, found.target.item.item), e.value->text,
                  path.span, path.text());
    }
  }

  void portfolio(const ast::TestDecl& d, const ast::Expectation& e, const ast::Path& path,
                 const Checked::Target& target) {
    const std::string& name = context_.get<ast::PortfolioDecl>(target.item)->name.text;
    if (e.element)
      context_.report(Code::misplaced_element, e.element->span,
                      fmt::format("portfolio rule `{}` judges no elements", name));
    if (!d.inventory)
      context_.report(Code::unknown_expectation, path.span,
                      fmt::format("portfolio rule `{}` judges an inventory, not one document", name),
                      "give the test a folder: `given inventory \"folder\"`");
  }

  void verdict(ItemRef ref, const ast::TestDecl& d, const ast::Expectation& e,
               std::map<std::string, std::pair<std::string, Span>>& expected) {
    for (const ast::Path& path : e.targets) {
      const TargetLookup found =
          find_target(context_, ref.file, path, {kItemIndex<ast::RuleDecl>, kItemIndex<ast::PortfolioDecl>}, "rule",
                      Code::unknown_expectation);
      if (!found.ok) continue;
      if (context_.get<ast::PortfolioDecl>(found.target.item) != nullptr) {
        portfolio(d, e, path, found.target);
        if (e.verdict == "gap") gaps_.insert(found.target.item);
        continue;
      }
      const auto& rule = *context_.get<ast::RuleDecl>(found.target.item);
      if (e.element && !rule.for_each) {
        context_.report(
            Code::misplaced_element, e.element->span,
            fmt::format("rule `{}` has no `for each`, and no element \"{}\"", rule.name.text, e.element->text));
        continue;
      }
      if (e.due && e.verdict != "pending")
        context_.report(Code::contradicting_test, path.span,
                        fmt::format("only what is pending is due: `{}` is expected to be {}", path.text(), e.verdict));
      if (e.verdict == "gap") gaps_.insert(found.target.item);
      expect_once(expected,
                  fmt::format("{}.{}.{}\n{}", found.target.item.file, found.target.item.item, found.target.label,
                              e.element ? e.element->text : ""),
                  e.verdict, path.span, path.text());
    }
  }

  Context& context_;
  std::set<std::string> packages_;  // with tests
  std::set<ItemRef> gaps_;
};

}  // namespace

void check_tests(Context& context) {
  Tests tests(context);
  each<ast::TestDecl>(context.files, [&](ItemRef ref, const ast::TestDecl& d) { tests.test(ref, d); });
  tests.report_untested();
}

}  // namespace writ::sema
