// Amendments: what they name exists and can be changed like this, and what they leave is one law on every day.
#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "engine/sema/days.h"
#include "engine/sema/expressions.h"
#include "engine/sema/items.h"

namespace writ::sema {

using Op = ast::Amendment::Op;

namespace {

const std::vector<std::string> kClauses{"applies", "requires", "forbids",  "where",
                                        "when",    "means",    "severity", "remedy"};

const ast::AmendDecl& decl(const Context& context, const Checked::Change& change) {
  return *context.get<ast::AmendDecl>(change.amendment);
}
const ast::Amendment& operation(const Context& context, const Checked::Change& change) {
  return decl(context, change).amendments[change.operation];
}

/// The day on which the text of an item was published: its own, else that of the instrument it cites first.
std::optional<Date> published(const Context& context, ItemRef ref) {
  const auto of = [&](const std::optional<Date>& own, const std::vector<ast::Citation>& cites) -> std::optional<Date> {
    if (own || cites.empty()) return own;
    const ItemRef* found = lookup(context.checked, context.files, ref.file, cites.front().instrument.text);
    const auto* instrument = found == nullptr ? nullptr : context.get<ast::InstrumentDecl>(*found);
    return instrument == nullptr ? std::nullopt : instrument->published;
  };
  if (const auto* r = context.get<ast::RuleDecl>(ref)) return of(r->published, r->cites);
  if (const auto* e = context.get<ast::ExceptionDecl>(ref)) return of(e->published, e->cites);
  if (const auto* t = context.get<ast::TransitionalDecl>(ref)) return of(t->published, t->cites);
  if (const auto* t = context.get<ast::TermDecl>(ref)) return of({}, t->cites);
  if (const auto* s = context.get<ast::ScopeDecl>(ref)) return of({}, s->cites);
  return std::nullopt;
}

bool has_variables(const Context& context, ItemRef ref) {
  if (const auto* r = context.get<ast::RuleDecl>(ref)) return r->for_each.has_value();
  if (const auto* e = context.get<ast::ExceptionDecl>(ref)) return e->variable.has_value();
  if (const auto* t = context.get<ast::TransitionalDecl>(ref)) return t->variable.has_value();
  const auto* term = context.get<ast::TermDecl>(ref);
  return term != nullptr && !term->params.empty();
}

class Resolver {
 public:
  explicit Resolver(Context& context) : context_(context) {
    each<ast::RuleDecl>(context.files, [&](ItemRef ref, const ast::RuleDecl& d) {
      for (const ast::Path& group : d.groups) {
        if (const ItemRef* g = lookup(context.checked, context.files, ref.file, group.text()))
          members_[*g].push_back(ref);
      }
    });
  }

  void amendment(ItemRef ref, const ast::AmendDecl& d) {
    const At at(context_, ref);
    instrument(ref, d.target);
    instrument(ref, d.by);
    check_cites(context_, ref.file, d.cites);
    for (std::uint32_t i = 0; i < d.amendments.size(); ++i) {
      const ast::Amendment& a = d.amendments[i];
      check_cites(context_, ref.file, a.cites);
      static_cast<void>(report_inverted(context_, days_of(a.from, a.until, a.before), a.span));
      if (a.targets.empty()) {
        context_.report(Code::unknown_amended, a.span, "this amends nothing");
        continue;
      }
      if (a.op == Op::insert && a.entries.empty() && a.rows.empty())
        context_.report(Code::unknown_amended, a.span, "this inserts nothing");
      if (a.op == Op::replace && std::find(kClauses.begin(), kClauses.end(), a.clause.text) == kClauses.end()) {
        std::string help = did_you_mean(a.clause.text, kClauses);
        if (help.empty()) help = fmt::format("what can be replaced are {}", quoted_list(kClauses));
        context_.report(Code::unknown_clause, a.clause.span, fmt::format("`{}` cannot be replaced", a.clause.text),
                        std::move(help));
        continue;
      }
      for (const ast::Path& path : a.targets) target(ref, d, i, path);
    }
  }

 private:
  void instrument(ItemRef ref, const ast::Name& name) {
    const Context::Lookup found = context_.find_item(ref.file, name.text);
    if (found.found == Context::Found::one) {
      if (context_.get<ast::InstrumentDecl>(found.item) == nullptr)
        context_.report(Code::unknown_instrument, name.span,
                        fmt::format("`{}` is a {}, not an instrument", name.text, noun_of(context_.item(found.item))));
      return;
    }
    context_.report_lookup(found, Code::unknown_instrument, name.span, "instrument", name.text,
                           context_.visible_items(ref.file, {kItemIndex<ast::InstrumentDecl>}));
  }

  static std::pair<std::set<std::size_t>, std::string_view> wanted(const ast::Amendment& a) {
    switch (a.op) {
      case Op::insert: return {{kItemIndex<ast::SetDecl>, kItemIndex<ast::TableDecl>}, "set or table"};
      case Op::replace:
        if (a.clause.text == "means") return {{kItemIndex<ast::TermDecl>, kItemIndex<ast::ScopeDecl>}, "term or scope"};
        if (a.clause.text == "when")
          return {{kItemIndex<ast::ExceptionDecl>, kItemIndex<ast::TransitionalDecl>}, "exception or transitional"};
        return {{kItemIndex<ast::RuleDecl>}, "rule"};
      case Op::effective:
      case Op::repeal:
      case Op::suspend: break;
    }
    return {{kItemIndex<ast::RuleDecl>, kItemIndex<ast::GroupDecl>, kItemIndex<ast::ExceptionDecl>,
             kItemIndex<ast::TransitionalDecl>},
            "rule, group, exception or transitional"};
  }

  void target(ItemRef ref, const ast::AmendDecl& d, std::uint32_t index, const ast::Path& path) {
    const ast::Amendment& a = d.amendments[index];
    const auto [kinds, what] = wanted(a);
    const TargetLookup found = find_target(context_, ref.file, path, kinds, what, Code::unknown_amended);
    if (!found.ok) return;
    context_.used_items.insert(found.target.item);
    if (!found.target.label.empty() && a.op != Op::replace) {
      context_.report(Code::not_amendable, path.span,
                      fmt::format("`{}` is one requirement: days are those of a whole rule", path.text()));
      return;
    }
    if (context_.get<ast::GroupDecl>(found.target.item) != nullptr) {
      for (const ItemRef& member : members_[found.target.item]) {
        // What is published with the amendment, or later, says its own days.
        const std::optional<Date> day = published(context_, member);
        if (!day || *day < d.published) context_.checked.changes[member].push_back({ref, index, {}, true});
      }
      return;
    }
    if (const std::optional<Date> day = published(context_, found.target.item); day && *day > d.published) {
      context_.report(Code::amended_before_published, path.span,
                      fmt::format("`{}` was published on {}, after this amendment", path.text(), day->text()));
      return;
    }
    std::string label = found.target.label;
    if (a.op == Op::replace && !clause(a, path, found.target.item, label)) return;
    if (a.op == Op::insert && !insertable(a, path, found.target.item)) return;
    context_.checked.changes[found.target.item].push_back({ref, index, std::move(label), false});
  }

  /// The clause stands in the item; finds the label of its requirement.
  bool clause(const ast::Amendment& a, const ast::Path& path, ItemRef item, std::string& label) {
    const std::string& name = a.clause.text;
    const auto refuse = [&](Code code, Span span, std::string message, std::string help = {}) {
      context_.report(code, span, std::move(message), std::move(help));
      return false;
    };
    if (a.targets.size() > 1 && has_variables(context_, item))
      return refuse(Code::not_amendable, path.span,
                    fmt::format("`{}` has elements or parameters of its own", path.text()),
                    "replace the clause of each item in an operation of its own");
    if (a.label && name != "requires" && name != "forbids")
      return refuse(Code::unknown_clause, a.label->span, fmt::format("`{}` has no label", name));
    const bool word = name == "severity" || name == "remedy";
    if (word && (a.from || a.until || a.before))
      return refuse(Code::not_amendable, a.span, fmt::format("the {} of a rule is the same on all days", name),
                    "leave the days out");
    if ((name == "severity") != a.word.has_value() || (name == "remedy") != a.text.has_value())
      return refuse(Code::not_amendable, a.span,
                    name == "severity" ? "a severity is one word: critical, high, medium or low"
                    : name == "remedy" ? "a remedy is a text"
                                       : fmt::format("`{}` is replaced with a condition", name));
    if (name == "severity") {
      const std::vector<std::string> words{"critical", "high", "medium", "low"};
      if (std::find(words.begin(), words.end(), a.word->text) == words.end())
        return refuse(Code::unknown_word, a.word->span, fmt::format("unknown severity `{}`", a.word->text),
                      did_you_mean(a.word->text, words));
    }
    if (const auto* term = context_.get<ast::TermDecl>(item); term != nullptr && !term->readings.empty())
      return refuse(Code::not_amendable, path.span,
                    fmt::format("`{}` has readings: which of them is replaced cannot be told", path.text()));
    const auto* rule = context_.get<ast::RuleDecl>(item);
    if (rule == nullptr) return true;
    const auto missing = [&] {
      return refuse(Code::unknown_clause, a.clause.span, fmt::format("rule `{}` has no `{}`", rule->name.text, name));
    };
    if (name == "applies" && !rule->applies) return missing();
    if (name == "where" && (!rule->for_each || !rule->for_each->where)) return missing();
    if (name != "requires" && name != "forbids") return true;
    if (a.label) label = a.label->text;
    std::vector<std::string> labels;
    for (const ast::Requirement& r : rule->requirements) {
      const std::string own = r.label ? r.label->text : std::string();
      if (own == label && r.forbids == (name == "forbids")) return true;
      if (r.forbids == (name == "forbids") && !own.empty()) labels.push_back(own);
    }
    const Span span = a.label ? a.label->span : a.clause.span;
    std::string help = did_you_mean(label, labels);
    if (help.empty() && !labels.empty()) help = fmt::format("say which: {}", quoted_list(labels));
    return refuse(Code::unknown_clause, span,
                  label.empty() ? fmt::format("rule `{}` has no `{}` without a label", rule->name.text, name)
                                : fmt::format("rule `{}` has no `{} {}`", rule->name.text, name, label),
                  std::move(help));
  }

  bool insertable(const ast::Amendment& a, const ast::Path& path, ItemRef item) {
    const auto* set = context_.get<ast::SetDecl>(item);
    const bool derived = set != nullptr && set->algebra;
    const auto* table = context_.get<ast::TableDecl>(item);
    const bool supplied = (set != nullptr && set->supplied) || (table != nullptr && table->supplied);
    const bool fits = set != nullptr ? a.rows.empty() : a.entries.empty();
    if (!derived && !supplied && fits) return true;
    context_.report(Code::not_amendable, path.span,
                    derived    ? fmt::format("`{}` follows from other sets: amend those", path.text())
                    : supplied ? fmt::format("the rows of `{}` come from a file of the user", path.text())
                               : fmt::format("`{}` is a {}", path.text(), noun_of(context_.item(item))));
    return false;
  }

  Context& context_;
  std::map<ItemRef, std::vector<ItemRef>> members_;
};

// ---- what is left ----

/// What an operation changes: two that change the same thing compete.
std::string subject(const Context& context, const Checked::Change& c) {
  const ast::Amendment& a = operation(context, c);
  if (a.op == Op::insert) return {};
  return a.op == Op::replace ? a.clause.text + " " + c.label : "days";
}

bool same_days(const ast::Amendment& a, const ast::Amendment& b) {
  if (a.op != Op::replace) return true;
  return overlap(days_of(a.from, a.until, a.before), days_of(b.from, b.until, b.before));
}

class Competition {
 public:
  explicit Competition(Context& context) : context_(context) {}

  void item(ItemRef ref, const std::vector<Checked::Change>& changes) {
    for (std::size_t j = 1; j < changes.size(); ++j) {
      for (std::size_t i = 0; i < j; ++i) pair(ref, changes[i], changes[j]);
    }
    for (std::size_t first = 0, last = 0; first < changes.size(); first = last) {
      while (last < changes.size() && changes[last].amendment == changes[first].amendment) ++last;
      spans(
          {changes.begin() + static_cast<std::ptrdiff_t>(first), changes.begin() + static_cast<std::ptrdiff_t>(last)});
    }
  }

 private:
  void pair(ItemRef ref, const Checked::Change& a, const Checked::Change& b) {
    const ast::Amendment& x = operation(context_, a);
    const ast::Amendment& y = operation(context_, b);
    const std::string what = subject(context_, b);
    if (what.empty() || subject(context_, a) != what || !same_days(x, y)) return;
    const std::string& name = name_of(context_.item(ref))->text;
    if (a.amendment == b.amendment) {
      if (y.op != Op::replace || !fresh(x.span, y.span)) return;
      const At at(context_, b.amendment);
      context_
          .report(Code::overlapping_editions, y.span,
                  fmt::format("`{}` of `{}` gets two texts for the same days", y.clause.text, name))
          .labels.push_back({x.span, "the other one"});
      return;
    }
    const ast::AmendDecl& first = decl(context_, a);
    const ast::AmendDecl& second = decl(context_, b);
    const auto key = [](const ast::AmendDecl& d) { return std::pair(d.published, d.sequence.value_or(0)); };
    if (key(first) != key(second) || !fresh(x.span, y.span)) return;
    const At at(context_, b.amendment);
    context_
        .report(Code::amendments_tie, y.span,
                fmt::format("two amendments of {} change `{}`, and nothing says which comes last",
                            second.published.text(), name),
                "number them: `published DATE sequence N`")
        .labels.push_back({x.span, "the other one"});
  }

  /// The effective spans that one amendment gives an item.
  void spans(const std::vector<Checked::Change>& changes) {
    const bool named = std::any_of(changes.begin(), changes.end(), [&](const Checked::Change& c) {
      return operation(context_, c).op == Op::effective && !c.by_group;
    });
    std::vector<const ast::EffectiveSpan*> seen;
    for (const Checked::Change& c : changes) {
      const ast::Amendment& a = operation(context_, c);
      if (a.op != Op::effective || (named && c.by_group)) continue;
      for (const ast::EffectiveSpan& s : a.effective) {
        const DayInterval days = days_of(s.from, s.until, s.before);
        for (const ast::EffectiveSpan* other : seen) {
          if (s.when || other->when || !overlap(days, days_of(other->from, other->until, other->before))) continue;
          if (!fresh(other->span, s.span)) continue;
          const At at(context_, c.amendment);
          context_.report(Code::overlapping_editions, s.span, "two effective spans share days")
              .labels.push_back({other->span, "the other one"});
        }
        seen.push_back(&s);
      }
    }
  }

  /// Once, however many members of a group it concerns.
  bool fresh(Span a, Span b) { return said_.insert({a.file.index, a.begin, b.file.index, b.begin}).second; }

  Context& context_;
  std::set<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, std::uint32_t>> said_;
};

void check_value(Context& context, ItemRef item, const Checked::Change& change) {
  const ast::Amendment& a = operation(context, change);
  if (a.op != Op::replace || !a.value) return;
  const At at(context, change.amendment);
  Expressions expressions(context, change.amendment.file);
  if (const auto it = context.checked.item_variables.find(item); it != context.checked.item_variables.end())
    for (std::uint32_t v : it->second) expressions.show(v);
  const std::string clause = fmt::format("`{}` of `{}`", a.clause.text, name_of(context.item(item))->text);
  if (context.get<ast::TermDecl>(item) != nullptr) {
    expressions.require(a.value, term_type(context, item), clause);
  } else {
    expressions.condition(a.value, clause);
  }
}

}  // namespace

std::vector<Replacement> replacements(const Context& context, ItemRef item, std::string_view clause,
                                      std::string_view label) {
  std::vector<Replacement> out;
  const auto it = context.checked.changes.find(item);
  if (it == context.checked.changes.end()) return out;
  for (const Checked::Change& c : it->second) {
    const ast::Amendment& a = operation(context, c);
    if (a.op == Op::replace && a.value && a.clause.text == clause && c.label == label)
      out.push_back({c.amendment.file, &a, c.amendment});
  }
  return out;
}

std::vector<Replacement> insertions(const Context& context, ItemRef item) {
  std::vector<Replacement> out;
  const auto it = context.checked.changes.find(item);
  if (it == context.checked.changes.end()) return out;
  for (const Checked::Change& c : it->second) {
    const ast::Amendment& a = operation(context, c);
    if (a.op == Op::insert) out.push_back({c.amendment.file, &a, c.amendment});
  }
  return out;
}

void resolve_amendments(Context& context) {
  Resolver resolver(context);
  each<ast::AmendDecl>(context.files, [&](ItemRef ref, const ast::AmendDecl& d) { resolver.amendment(ref, d); });
  for (auto& [item, changes] : context.checked.changes) {
    std::stable_sort(changes.begin(), changes.end(), [&](const Checked::Change& a, const Checked::Change& b) {
      const ast::AmendDecl& x = decl(context, a);
      const ast::AmendDecl& y = decl(context, b);
      return std::tuple(x.published, x.sequence.value_or(0), a.amendment, a.operation) <
             std::tuple(y.published, y.sequence.value_or(0), b.amendment, b.operation);
    });
  }
}

void check_amendments(Context& context) {
  each<ast::AmendDecl>(context.files, [&](ItemRef ref, const ast::AmendDecl& d) {
    const At at(context, ref);
    Expressions expressions(context, ref.file);
    for (const ast::Amendment& a : d.amendments) {
      for (const ast::EffectiveSpan& s : a.effective) {
        static_cast<void>(report_inverted(context, days_of(s.from, s.until, s.before), s.span));
        expressions.condition(s.when, "`effective … when`");
      }
    }
  });
  Competition competition(context);
  for (const auto& [item, changes] : context.checked.changes) {
    competition.item(item, changes);
    for (const Checked::Change& c : changes) check_value(context, item, c);
  }
}

}  // namespace writ::sema
