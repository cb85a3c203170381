// What is required by a day, of a human, or of evidence: `within`, `by`, `judged`, `is evidenced`. Where they may stand
// is in placement.cc.
#include <fmt/format.h>

#include <algorithm>

#include "engine/sema/calendars.h"
#include "engine/sema/expressions.h"
#include "engine/sema/presence.h"
#include "engine/sema/types.h"

namespace writ::sema {

using K = model::TypeKind;

namespace {

bool is_moment(K kind) { return kind == K::date || kind == K::instant; }

}  // namespace

/// A date or an instant; reports and is the error type otherwise.
model::TypeId Expressions::moment(ast::ExprId id, std::string_view clause) {
  const model::TypeId type = infer(id, context_.basic.date);
  if (is_error(context_, type) || is_moment(context_.kind(type))) return type;
  std::string help;
  if (context_.kind(type) == K::boolean) help = "a deadline asks when something was done, not whether";
  report(Code::type_mismatch, id,
         fmt::format("{} is a day or a moment, but `{}` is {}", clause, text(id), show_type(type)), std::move(help));
  return error();
}

/// A literal length of time; what a text of the law says is no computation.
void Expressions::constant_age(ast::ExprId id) {
  if (!id) return;
  const model::TypeId type = infer(id, context_.basic.duration);
  if (is_error(context_, type)) return;
  const auto* literal = std::get_if<ast::NumberLit>(&expr(id).node);
  const bool hours = literal != nullptr && literal->unit && literal->unit->text.starts_with("hour");
  if (context_.kind(type) == K::duration && literal != nullptr && !hours) return;
  report(Code::invalid_duration, id, fmt::format("an age is written out in days, months or years, not `{}`", text(id)),
         "for instance `no older than 12 months`");
}

model::TypeId Expressions::deadline(ast::ExprId id, const ast::Deadline& d) {
  const model::TypeId done = moment(d.done, "what is done in time");
  model::TypeId due = moment(d.start, d.period || d.working_days ? "the start of a deadline" : "a due date");
  if (d.working_days) {
    working_days(id, d);
    if (!is_error(context_, due)) due = context_.basic.date;
  } else if (d.calendar) {
    context_.report(Code::needless_calendar, d.calendar->span, "a calendar counts working days only",
                    "write `within N working days of …`");
  }
  if (d.period) {
    const model::TypeId period = infer(d.period, context_.basic.duration);
    if (context_.kind(period) != K::duration && !is_error(context_, period)) {
      report(Code::type_mismatch, d.period,
             fmt::format("a deadline is a length of time, but `{}` is {}", text(d.period), show_type(period)),
             "for instance `within 14 days of …`");
    }
    const auto* literal = std::get_if<ast::NumberLit>(&expr(d.period).node);
    const bool hours = literal != nullptr && literal->unit && literal->unit->text.starts_with("hour");
    if (hours && context_.kind(due) == K::date) {
      report(Code::invalid_duration, d.period, fmt::format("`{}` is a day: hours count from an instant", text(d.start)),
             "count in days, or declare the fact as an instant");
      return context_.basic.boolean;
    }
    if (literal != nullptr && literal->value.sign() <= 0)
      report(Code::invalid_duration, d.period, "a deadline is longer than nothing");
  }
  // A day is no answer to a question of hours.
  if (context_.kind(done) == K::date && context_.kind(due) == K::instant) {
    report(Code::type_mismatch, d.done, fmt::format("the deadline ends at a moment, but `{}` is a day", text(d.done)),
           "declare the fact as an instant");
  }
  return context_.basic.boolean;
}

void Expressions::working_days(ast::ExprId id, const ast::Deadline& d) {
  std::int64_t count = 0;
  if (!d.working_days->to_int64(count) || count <= 0 || count > 10'000) {
    report(Code::wrong_day_count, id, "working days are counted in a whole number from 1 to 10000");
    return;
  }
  const auto calendar_names = [&] { return context_.visible_items(file_, {kItemIndex<ast::CalendarDecl>}); };
  if (!d.calendar) {
    std::string help = "say in which: `within N working days of START in CALENDAR`";
    if (const auto names = calendar_names(); !names.empty())
      help += fmt::format("; {} is declared", quoted_list(names));
    report(Code::missing_calendar, id, "working days are counted in a calendar, and none is named", std::move(help));
    return;
  }
  const std::string name = d.calendar->text();
  const Context::Lookup found = context_.find_item(file_, name);
  if (found.found != Context::Found::one) {
    context_.report_lookup(found, Code::unknown_name, d.calendar->span, "calendar", name, calendar_names());
    return;
  }
  const auto* calendar = context_.get<ast::CalendarDecl>(found.item);
  if (calendar == nullptr) {
    context_.report(Code::wrong_kind_of_item, d.calendar->span,
                    fmt::format("`{}` is a {}, not a calendar", name, noun_of(context_.item(found.item))));
    return;
  }
  const auto* start = std::get_if<ast::DateLit>(&expr(d.start).node);
  if (start == nullptr) return;
  if (const std::optional<Date> missing = first_unknown_day(*calendar, start->value, count))
    report(Code::calendar_too_short, id, fmt::format("calendar `{}` does not reach {}", name, missing->text()))
        .labels.push_back({calendar->name.span, "declared here"});
}

model::TypeId Expressions::judged(ast::ExprId id, const ast::Judged& j) {
  const model::TypeId type = infer(j.assessment);
  constant_age(j.max_age);
  if (j.criterion.text.find_first_not_of(" \t") == std::string::npos)
    context_.report(Code::not_an_assessment, j.criterion.span, "the criterion that is judged is not named");
  const model::Type t = context_.type(type);
  if (t.kind == K::error) return context_.basic.boolean;
  const bool record = t.kind == K::record || t.kind == K::list;
  const std::string name = record ? context_.vocabulary.records[t.record].name : std::string();
  if (name != "assessment") {
    report(Code::not_an_assessment, j.assessment,
           fmt::format("`{}` is {}, not an assessment", text(j.assessment), show_type(type)),
           "declare it as `assessment`, or as a list of them");
    return context_.basic.boolean;
  }
  // What the evaluator reads of an assessment.
  const model::Record& fields = context_.vocabulary.records[t.record];
  const auto lacks = [&](const char* field, auto good) {
    const int i = fields.find(field);
    if (i >= 0 && good(context_.type(fields.fields[static_cast<std::size_t>(i)].type))) return false;
    report(Code::not_an_assessment, id, fmt::format("record `{}` has no usable field `{}`", name, field))
        .labels.push_back({fields.span, "declared here"});
    return true;
  };
  const bool wrong = lacks("finding",
                           [&](const model::Type& f) {
                             if (f.kind != K::enumeration) return false;
                             const model::Enum& e = context_.vocabulary.enums[f.enumeration];
                             return e.find("met") >= 0 && e.find("not_met") >= 0;
                           }) ||
                     lacks("by", [](const model::Type& f) { return is_textual(f.kind); }) ||
                     lacks("on", [](const model::Type& f) { return f.kind == K::date; });
  if (!wrong && j.independent) lacks("independent", [](const model::Type& f) { return f.kind == K::boolean; });
  return context_.basic.boolean;
}

model::TypeId Expressions::evidenced(const ast::Evidenced& e) {
  const model::TypeId type = infer(e.fact);
  constant_age(e.max_age);
  if (!is_error(context_, type) && !std::holds_alternative<FieldOf>(info_.meanings[e.fact.index]))
    report(Code::not_a_fact, e.fact, fmt::format("`{}` is not a fact: nothing is evidence for it", text(e.fact)));
  return context_.basic.boolean;
}

}  // namespace writ::sema
