#include "engine/run/line_judge.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <functional>

#include "engine/columns/bound.h"
#include "engine/facts/bind.h"
#include "engine/facts/link.h"

namespace writ::run {

using eval::Verdict;

namespace {

constexpr std::size_t kTo = columns::kRows;

std::uint64_t hash_of(std::string_view id) { return std::hash<std::string_view>{}(id); }

bool is_adverse(Verdict v) {
  return v == Verdict::gap || v == Verdict::conflict || v == Verdict::error || v == Verdict::undetermined;
}

bool settles(Verdict v) {
  return v == Verdict::compliant || v == Verdict::gap || v == Verdict::exempt || v == Verdict::conflict;
}

void add_summary(gate::Summary& s, ir::Status status, Verdict v, bool at_risk, std::size_t n) {
  if (status != ir::Status::binding) {
    s.informational += n;
    return;
  }
  s.by_verdict[static_cast<std::size_t>(v)] += n;
  if (v == Verdict::not_applicable || v == Verdict::not_effective) return;
  s.obligations += n;
  if (v != Verdict::undetermined) s.decided += n;
  if (at_risk) s.at_risk += n;
}

}  // namespace

LineJudge::LineJudge(const LineOptions& options, const Sink& sink)
    : options_(options),
      sink_(sink),
      members_(*options.program),
      eval_(options.eval),
      filler_(options.plan->layout),
      judge_(*options.plan),
      plain_(*options.plan, judge_.fixed()),
      bound_side_(*options.plan, judge_.fixed()),
      memo_(options.plan->rules.size()),
      place_(options.program->rules.size()) {
  eval_.plan = &members_;
}

Piece LineJudge::run(std::string_view text, std::string_view path, std::uint64_t first) {
  Piece piece;
  std::vector<columns::Line> lines;
  std::uint32_t number = 0;
  for (std::size_t begin = 0; begin < text.size(); ++number) {
    const void* found = std::memchr(text.data() + begin, '\n', text.size() - begin);
    const std::size_t end =
        found == nullptr ? text.size() : static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
    const std::string_view line = text.substr(begin, end - begin);
    if (line.find_first_not_of(" \t\r") != std::string_view::npos) lines.push_back({begin, end, number});
    begin = end + 1;
  }
  // One line whose bytes are no text would hide the others.
  const bool whole = options_.columns && filler_.begin(text);
  for (std::size_t i = 0; i < lines.size(); i += kTo)
    block(text, path, first, lines, i, std::min(i + kTo, lines.size()), whole, piece);
  return piece;
}

void LineJudge::block(std::string_view text, std::string_view path, std::uint64_t first,
                      const std::vector<columns::Line>& lines, std::size_t from, std::size_t to, bool whole,
                      Piece& piece) {
  struct Row {
    std::uint32_t plain = columns::kNone, bound = columns::kNone;  // a row, and one of `bound_`
  };
  std::array<Row, kTo> rows{};
  plain_.block.clear();
  bound_side_.block.clear();
  bound_.clear();
  memo_.make_room();
  const auto where = [&](std::size_t i) {
    return Where{text.substr(lines[i].begin, lines[i].end - lines[i].begin), path, first + lines[i].number};
  };
  std::uint32_t used = 0, bound_rows = 0;
  for (std::size_t i = from; i < to; ++i) {
    Row& row = rows[i - from];
    const bool taken = whole && filler_.add(lines[i], plain_.block);
    if (taken) row.plain = used;
    used += whole ? 1 : 0;
    if (taken) continue;
    row.bound = static_cast<std::uint32_t>(bound_.size());
    bound_.push_back(bind(where(i)));
  }
  for (const Bound& bound : bound_) {
    if (!bound.document) continue;
    if (options_.columns) columns::add(options_.plan->layout, *bound.document, bound_side_.block);
    ++bound_rows;
  }
  const auto judge_side = [&](Side& side) {
    filler_.finish(side.block);
    side.rows.forget();
    judge_.run(side.block, side.judged);
    side.inapplicable = judge_.inapplicable();
    side.stage.begin(side.block);
  };
  if (used > 0) judge_side(plain_);
  if (options_.columns && bound_rows > 0) judge_side(bound_side_);
  bound_rows = 0;
  for (std::size_t i = from; i < to; ++i) {
    const Row& row = rows[i - from];
    const bool plain = row.plain != columns::kNone;
    Side& side = plain ? plain_ : bound_side_;
    const Bound* bound = plain ? nullptr : &bound_[row.bound];
    std::uint32_t at = row.plain;
    if (!plain && bound->document) at = bound_rows++;
    if (at != columns::kNone && options_.columns && (side.block.sound >> at & 1U) != 0) {
      by_columns(where(i), side, at, bound, piece);
    } else if (bound != nullptr) {
      by_machine(where(i), *bound, piece);
    } else {
      by_machine(where(i), bind(where(i)), piece);
    }
  }
}

LineJudge::Bound LineJudge::bind(const Where& where) {
  Bound out;
  const FileId file = out.sources.add(std::string(where.path), std::string(where.line));
  const std::vector<facts::RawDocument> raw =
      facts::read(file, facts::Format::json, out.sources, options_.limits, out.problems);
  if (raw.size() == 1)
    out.document = facts::bind(raw.front(), out.sources, *options_.program->vocabulary, out.problems,
                               {.name_unstated = false, .facts = facts_});  // a line names results, not facts
  if (out.document) facts_ = std::max(facts_, out.document->facts.size());
  return out;
}

void LineJudge::by_columns(const Where& where, Side& side, std::uint32_t row, const Bound* bound, Piece& piece) {
  const columns::Judged& j = side.judged[row];
  const ir::Program& program = *options_.program;
  const auto settled = [&](Verdict v) {
    return j.binding[static_cast<std::size_t>(v)] + j.other[static_cast<std::size_t>(v)];
  };
  if (bound != nullptr && !facts::references_of(*bound->document, *program.vocabulary).empty()) ++piece.referring;
  brief_.path = where.path;
  brief_.line = where.number;
  brief_.id = side.block.ids[row];
  brief_.checked = settled(Verdict::compliant) + settled(Verdict::gap) + settled(Verdict::exempt) > 0;
  brief_.at_risk = brief_.counts = 0;
  brief_.results.clear();
  for (std::size_t v = 0; v < columns::kVerdicts; ++v) {
    brief_.by_verdict[v] = j.binding[v] + j.other[v];
    add_summary(piece.summary, ir::Status::binding, static_cast<Verdict>(v), false, j.binding[v]);
    piece.summary.informational += j.other[v];
  }
  for (const columns::Outcome& o : j.adverse) {
    const columns::RulePlan& plan = options_.plan->rules[o.rule];
    gate::BriefResult r{plan.rule, o.requirement, o.verdict, o.at_risk, false, false, false, {}};
    if (o.row != columns::kNone) {
      columns::Rows& rows = side.block.tables[plan.table];
      r.listed = true;
      r.phantom = (rows.unstated(o.row / columns::kRows) >> (o.row % columns::kRows) & 1U) != 0;
      r.element = rows.key(o.row);
    }
    r.counts = gate::counts(program, r.rule, r.requirement, {o.verdict, {}, o.at_risk}, options_.gate);
    if (o.at_risk && program.rules[r.rule].status == ir::Status::binding) ++piece.summary.at_risk;
    brief_.results.push_back(r);
  }
  said_.clear();
  Document document{where, side, row, bound};
  if (!j.ask.empty()) {
    ask(document, piece);
    std::stable_sort(brief_.results.begin(), brief_.results.end(),
                     [](const gate::BriefResult& a, const gate::BriefResult& b) { return a.rule < b.rule; });
  }
  brief_.checked = brief_.checked || inapplicable_by_facts(document, piece);
  finish(brief_, piece);
}

const Said* LineJudge::remembered(Document& document, columns::Asked asked, std::vector<Open>& open) {
  const columns::RulePlan& plan = options_.plan->rules[asked.rule];
  key_.clear();
  const bool keyed = asked.keyed && document.side.rows.key(document.side.block, plan.reads, document.row, key_);
  if (const Said* said = keyed ? memo_.find(asked.rule, key_) : nullptr; said != nullptr) return said;
  open.push_back({asked.rule, keyed, keyed ? key_ : std::string()});
  return nullptr;
}

std::vector<const Said*> LineJudge::say(Document& document, std::vector<Open> open, Piece& piece) {
  std::vector<const Said*> out(open.size(), nullptr);
  std::vector<std::size_t> others;
  const auto keep = [&](std::size_t k, Said said) {
    out[k] = open[k].keyed ? &memo_.keep(open[k].rule, std::move(open[k].key), std::move(said))
                           : &said_.emplace_back(std::move(said));
  };
  for (std::size_t k = 0; k < open.size(); ++k) {
    // What it reads stands in columns: the machine needs no more of the document.
    const columns::RulePlan& plan = options_.plan->rules[open[k].rule];
    if (open[k].keyed && plan.stageable && document.side.stage.set(plan, document.row)) {
      std::vector<Said> one = judge(judge_.fixed().document(), {plan.rule}, piece);
      if (!one.empty()) keep(k, std::move(one.front()));
    } else {
      others.push_back(k);
    }
  }
  judge_.fixed().forget();
  if (!others.empty()) {
    if (document.bound == nullptr) {
      document.own = bind(document.where);
      WRIT_CHECK(document.own.document.has_value());  // what columns take, the ordinary reader takes
      document.bound = &document.own;
    }
    std::vector<ir::RuleId> rules;
    for (std::size_t k : others) rules.push_back(options_.plan->rules[open[k].rule].rule);
    std::vector<Said> all = judge(*document.bound->document, rules, piece);
    for (std::size_t i = 0; i < all.size(); ++i) keep(others[i], std::move(all[i]));
  }
  return out;
}

void LineJudge::ask(Document& document, Piece& piece) {
  std::vector<Open> open;
  for (const columns::Asked& asked : document.side.judged[document.row].ask)
    if (const Said* said = remembered(document, asked, open); said != nullptr)
      add(options_.plan->rules[asked.rule].rule, *said, piece);
  std::vector<ir::RuleId> rules;
  for (const Open& o : open) rules.push_back(options_.plan->rules[o.rule].rule);
  const std::vector<const Said*> all = say(document, std::move(open), piece);
  for (std::size_t k = 0; k < all.size(); ++k)
    if (all[k] != nullptr) add(rules[k], *all[k], piece);
}

bool LineJudge::inapplicable_by_facts(Document& document, Piece& piece) {
  columns::Block& block = document.side.block;
  const std::uint32_t row = document.row;
  const auto states = [&](const columns::Place& p) {
    return p.table == 0 && (block.tables[0].bits(0, p.slot).stated >> row & 1U) != 0;
  };
  std::vector<Open> open;
  std::size_t most = 1;  // most often the first one says it
  const auto said_by_open = [&] {
    const std::vector<const Said*> all = say(document, std::exchange(open, {}), piece);
    most *= 8;
    return std::any_of(all.begin(), all.end(), [](const Said* s) { return s != nullptr && s->checked; });
  };
  for (const bool likely : {true, false}) {
    for (std::uint32_t i = 0; i < options_.plan->rules.size(); ++i) {
      if ((document.side.inapplicable[i] >> row & 1U) == 0) continue;
      const columns::RulePlan& plan = options_.plan->rules[i];
      if (std::any_of(plan.reads.begin(), plan.reads.end(), states) != likely) continue;
      const Said* said = remembered(document, {i, !plan.opaque}, open);
      if ((said != nullptr && said->checked) || (open.size() == most && said_by_open())) return true;
    }
  }
  return said_by_open();
}

void LineJudge::by_machine(const Where& where, const Bound& bound, Piece& piece) {
  if (!bound.document) {
    piece.tally.errors += bound.problems.error_count();
    ++piece.tally.unread;
    sink_.unread(where.path, where.number, bound.problems, bound.sources, piece.out);
    return;
  }
  const facts::Document& document = *bound.document;
  if (!facts::references_of(document, *options_.program->vocabulary).empty()) ++piece.referring;
  brief_.path = where.path;
  brief_.line = where.number;
  brief_.id = document.id;
  brief_.checked = false;
  brief_.at_risk = brief_.counts = 0;
  brief_.by_verdict.fill(0);
  brief_.results.clear();
  said_.clear();
  for (Said& said : judge(document, options_.rules, piece)) {
    const ir::RuleId rule = options_.rules[said_.size()];
    add(rule, said_.emplace_back(std::move(said)), piece);
  }
  finish(brief_, piece);
}

std::vector<Said> LineJudge::judge(const facts::Document& document, const std::vector<ir::RuleId>& rules,
                                   Piece& piece) {
  const ir::Program& program = *options_.program;
  std::vector<eval::Finding> findings;
  try {
    findings = eval::judge(program, document, eval_, rules);
  } catch (const eval::StepLimit& limit) {
    piece.limits.push_back(fmt::format("{}:{}: more than --max-steps {} at rule {}", brief_.path, brief_.line,
                                       eval_.max_steps,
                                       limit.rule ? program.rules[limit.rule].id() : std::string("(classification)")));
    return {};
  }
  std::vector<Said> out(rules.size());
  for (std::uint32_t i = 0; i < rules.size(); ++i) place_[rules[i].index] = i;
  for (const eval::Finding& f : findings) {
    Said& said = out[place_[f.rule.index]];
    const eval::Judgement& j = f.judgement;
    const auto stated = [&](facts::FactId fact) { return document[fact].span.valid(); };
    said.checked = said.checked || settles(j.verdict) ||
                   (j.verdict == Verdict::not_applicable && std::any_of(f.because.begin(), f.because.end(), stated));
    const auto same = [&](const Said::Count& c) { return c.verdict == j.verdict && c.at_risk == j.at_risk; };
    const auto count = std::find_if(said.counts.begin(), said.counts.end(), same);
    ++(count != said.counts.end() ? *count : said.counts.emplace_back(Said::Count{j.verdict, j.at_risk, 0})).findings;
    said.failed += j.verdict == Verdict::error ? 1 : 0;
    said.met_errors += j.verdict != Verdict::error && !f.errors.empty() ? 1 : 0;
    if (!is_adverse(j.verdict)) continue;
    said.results.push_back({f.requirement, j.verdict, j.at_risk,
                            gate::counts(program, f.rule, f.requirement, j, options_.gate),
                            f.phantom || f.element.valid(), f.phantom, f.element_key});
  }
  return out;
}

void LineJudge::add(ir::RuleId rule, const Said& said, Piece& piece) {
  brief_.checked = brief_.checked || said.checked;
  for (const Said::Count& c : said.counts) {
    brief_.by_verdict[static_cast<std::size_t>(c.verdict)] += c.findings;
    add_summary(piece.summary, options_.program->rules[rule].status, c.verdict, c.at_risk, c.findings);
  }
  piece.tally.failed += said.failed;
  piece.tally.met_errors += said.met_errors;
  for (const Said::Result& r : said.results)
    brief_.results.push_back({rule, r.requirement, r.verdict, r.at_risk, r.counts, r.listed, r.phantom, r.element});
}

void LineJudge::finish(gate::Brief& brief, Piece& piece) {
  ++piece.tally.documents;
  piece.tally.unchecked += !brief.checked;
  piece.tally.nothing_left = false;
  for (const gate::BriefResult& r : brief.results) {
    brief.at_risk += r.at_risk;
    brief.counts += r.counts;
    if (!r.counts) continue;
    piece.tally.gaps += r.verdict == Verdict::gap;
    piece.tally.conflicts += r.verdict == Verdict::conflict;
    piece.tally.at_risk += r.verdict == Verdict::undetermined;
  }
  piece.ids.emplace_back(hash_of(brief.id), brief.line);
  sink_.document(brief, piece.out);
}

}  // namespace writ::run
