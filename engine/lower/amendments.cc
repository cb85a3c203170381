#include "engine/lower/amendments.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace writ::lower {

using sema::ItemRef;
using Op = ast::Amendment::Op;

namespace {

std::string days_text(DayInterval days) {
  std::string out = days.from == Date::min() ? "" : " from " + days.from.text();
  if (days.last != Date::max()) out += " until " + days.last.text();
  return out;
}

// "effective from 2027-12-02, from 2028-08-02", "`requires` replaced from 2026-07-27": for people.
std::string what(const ast::Amendment& a) {
  switch (a.op) {
    case Op::effective: {
      if (a.never) return "never effective";
      std::string out;
      for (const ast::EffectiveSpan& s : a.effective) {
        out += (out.empty() ? "effective" : ",") + days_text(days_of(s.from, s.until, s.before));
        if (s.uncertain) out += " (uncertain)";
      }
      return out;
    }
    case Op::replace:
      return "`" + a.clause.text + (a.label ? " " + a.label->text : std::string()) + "` replaced" +
             days_text(days_of(a.from, a.until, a.before));
    case Op::repeal: return "repealed" + days_text(days_of(a.from, a.until, a.before));
    case Op::suspend: return "suspended" + days_text(days_of(a.from, a.until, a.before));
    case Op::insert: return "entries inserted";
  }
  return {};
}

// What is left of `days` outside `taken`.
std::vector<DayInterval> without(DayInterval days, DayInterval taken) {
  if (taken.last < days.from || taken.from > days.last) return {days};
  std::vector<DayInterval> out;
  if (days.from < taken.from) out.push_back({days.from, taken.from.plus_days(-1)});
  if (taken.last < days.last) out.push_back({taken.last.plus_days(1), days.last});
  return out;
}

void take(std::vector<ir::Effective>& spans, DayInterval taken) {
  std::vector<ir::Effective> out;
  for (const ir::Effective& e : spans) {
    for (DayInterval days : without(e.days, taken)) {
      out.push_back(e);
      out.back().days = days;
    }
  }
  spans = std::move(out);
}

}  // namespace

DayInterval days_of(std::optional<Date> from, std::optional<Date> until, std::optional<Date> before) {
  DayInterval out;
  if (from) out.from = *from;
  if (until) out.last = *until;
  if (before) out.last = before->plus_days(-1);  // law written [from, to): the last day is the one before
  return out;
}

void overlay(Texts& texts, DayInterval days, ir::NodeId node) {
  Texts out;
  for (const auto& [old, text] : texts)
    for (DayInterval left : without(old, days)) out.emplace_back(left, text);
  out.emplace_back(days, node);
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.first.from < b.first.from; });
  texts = std::move(out);
}

Amendments::Amendments(ir::Program& program, const std::vector<ast::File>& files, const sema::Checked& checked,
                       const ItemIds& ids, Expressions& expressions, Date known_at)
    : program_(program), files_(files), checked_(checked), ids_(ids), expressions_(expressions), known_at_(known_at) {}

std::vector<ir::Citation> Amendments::cites(std::uint32_t file, const std::vector<ast::Citation>& list) const {
  std::vector<ir::Citation> out;
  for (const ast::Citation& c : list)
    out.push_back({ids_.instruments.at(*sema::lookup(checked_, files_, file, c.instrument.text)), c.provision.text});
  return out;
}

void Amendments::declare() {
  std::vector<std::pair<std::tuple<Date, int, ItemRef>, const ast::AmendDecl*>> all;
  for (std::uint32_t file = 0; file < files_.size(); ++file) {
    for (std::uint32_t item = 0; item < files_[file].items.size(); ++item) {
      if (const auto* d = std::get_if<ast::AmendDecl>(&files_[file].items[item]))
        all.push_back({{d->published, d->sequence.value_or(0), ItemRef{file, item}}, d});
    }
  }
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (const auto& [key, d] : all) {
    const ItemRef ref = std::get<ItemRef>(key);
    const auto instrument = [&](const ast::Name& name) {
      return ids_.instruments.at(*sema::lookup(checked_, files_, ref.file, name.text));
    };
    amendments_[ref] =
        program_.amendments.add({instrument(d->target), instrument(d->by), d->title ? d->title->text : std::string(),
                                 d->published, d->sequence.value_or(0), cites(ref.file, d->cites), d->span});
  }
}

std::vector<Amendments::Step> Amendments::steps(ItemRef item) const {
  std::vector<Step> out;
  const auto it = checked_.changes.find(item);
  if (it == checked_.changes.end()) return out;
  for (const sema::Checked::Change& c : it->second) {
    const auto& decl = std::get<ast::AmendDecl>(files_[c.amendment.file].items[c.amendment.item]);
    if (!known(decl.published)) continue;
    out.push_back({amendments_.at(c.amendment), c.amendment.file, &decl.amendments[c.operation], c.label, c.by_group});
  }
  return out;
}

std::vector<Amendments::Step> Amendments::replacing(ItemRef item, std::string_view clause,
                                                    std::string_view label) const {
  std::vector<Step> out = steps(item);
  std::erase_if(out, [&](const Step& s) {
    return s.operation->op != Op::replace || s.operation->clause.text != clause || s.label != label;
  });
  return out;
}

void Amendments::record(const Step& step, ir::History& history) const {
  const ast::Amendment& a = *step.operation;
  auto of = cites(step.file, a.cites);
  if (of.empty()) of = program_.amendments[step.amendment].cites;
  history.amended.push_back({step.amendment, what(a), std::move(of)});
}

std::vector<ir::Effective> Amendments::effective(ItemRef item, const std::vector<ast::EffectiveSpan>& own, bool never,
                                                 ir::History& history) {
  std::vector<ir::Effective> spans;
  const auto add = [&](std::uint32_t file, const std::vector<ast::EffectiveSpan>& list) {
    for (const ast::EffectiveSpan& s : list) {
      spans.push_back({days_of(s.from, s.until, s.before), expressions_.lower(file, s.when), s.span,
                       s.uncertain ? s.uncertain->text : std::string()});
    }
  };
  add(item.file, own);
  history.never = never;
  const std::vector<Step> all = steps(item);
  for (std::size_t first = 0, last = 0; first < all.size(); first = last) {
    while (last < all.size() && all[last].amendment == all[first].amendment) ++last;
    const auto of = [&](Op op, auto f) {
      for (std::size_t i = first; i < last; ++i)
        if (all[i].operation->op == op) f(all[i]);
    };
    // An item that the amendment names itself does not follow its group.
    bool moved = false, named = false;
    of(Op::effective, [&](const Step& s) { moved = true, named = named || !s.by_group; });
    if (moved) {
      spans.clear();
      history.suspended.clear();
      history.repealed.reset();
      history.never = false;
      of(Op::effective, [&](const Step& s) {
        if (named && s.by_group) return;
        history.never = history.never || s.operation->never;
        add(s.file, s.operation->effective);
      });
    }
    of(Op::suspend, [&](const Step& s) {
      const DayInterval days = days_of(s.operation->from, s.operation->until, s.operation->before);
      take(spans, days);
      history.suspended.push_back(days);
    });
    of(Op::repeal, [&](const Step& s) {
      const Date from = s.operation->from.value_or(Date::min());
      const bool had = !spans.empty();
      take(spans, {from, Date::max()});
      if (!history.repealed || from < *history.repealed) history.repealed = from;
      history.never = history.never || (had && spans.empty());  // before it began
    });
    for (std::size_t i = first; i < last; ++i)
      if (!(named && all[i].by_group && all[i].operation->op == Op::effective)) record(all[i], history);
  }
  if (history.never) spans.clear();
  return spans;
}

ir::NodeId Amendments::clause(ItemRef item, std::string_view clause, std::string_view label, ir::NodeId base) {
  if (!base) return base;
  Texts texts{{DayInterval{}, base}};
  for (const Step& s : replacing(item, clause, label)) {
    const ast::Amendment& a = *s.operation;
    overlay(texts, days_of(a.from, a.until, a.before), expressions_.lower(s.file, a.value));
  }
  return expressions_.editions(texts, program_.spans[base.index]);
}

const ast::Amendment* Amendments::replaced(ItemRef item, std::string_view clause, std::string_view label) const {
  const std::vector<Step> all = replacing(item, clause, label);
  return all.empty() ? nullptr : all.back().operation;
}

std::vector<Amendments::Inserted> Amendments::inserted(ItemRef item) const {
  std::vector<Inserted> out;
  for (const Step& s : steps(item))
    if (s.operation->op == Op::insert) out.push_back({s.file, s.operation});
  return out;
}

std::vector<Date> Amendments::publications() const {
  std::set<Date> out;
  const auto add = [&](const std::optional<Date>& day) {
    if (day) out.insert(*day);
  };
  const auto parts = [&](const auto& list) {
    for (const auto& part : list) add(part.published);
  };
  for (const ast::File& file : files_) {
    for (const ast::Item& item : file.items) {
      if (const auto* i = std::get_if<ast::InstrumentDecl>(&item)) add(i->published);
      if (const auto* r = std::get_if<ast::RuleDecl>(&item)) add(r->published);
      if (const auto* e = std::get_if<ast::ExceptionDecl>(&item)) add(e->published);
      if (const auto* t = std::get_if<ast::TransitionalDecl>(&item)) add(t->published);
      if (const auto* s = std::get_if<ast::SetDecl>(&item)) parts(s->entries);
      if (const auto* t = std::get_if<ast::TableDecl>(&item)) parts(t->rows);
      if (const auto* a = std::get_if<ast::AmendDecl>(&item)) {
        add(a->published);
        for (const ast::Amendment& op : a->amendments) parts(op.entries), parts(op.rows);
      }
    }
  }
  return {out.begin(), out.end()};
}

}  // namespace writ::lower
