#include "engine/run/line_judge.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <functional>

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
      block_(*options.plan),
      judge_(*options.plan) {
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
  std::array<std::uint32_t, kTo> rows{};
  block_.clear();
  std::uint32_t used = 0;
  for (std::size_t i = from; i < to; ++i) {
    const bool taken = whole && filler_.add(lines[i], block_);
    rows[i - from] = taken ? used : columns::kNone;
    used += whole ? 1 : 0;
  }
  if (used > 0) {
    filler_.finish(block_);
    judge_.run(block_, judged_);
  }
  for (std::size_t i = from; i < to; ++i) {
    const std::string_view line = text.substr(lines[i].begin, lines[i].end - lines[i].begin);
    const std::uint32_t row = rows[i - from];
    const bool sound = row != columns::kNone && (block_.sound >> row & 1U) != 0;
    if (sound) {
      by_columns(row, line, path, first + lines[i].number, piece);
    } else {
      by_machine(line, path, first + lines[i].number, piece);
    }
  }
}

void LineJudge::by_columns(std::uint32_t row, std::string_view line, std::string_view path, std::uint64_t number,
                           Piece& piece) {
  const columns::Judged& j = judged_[row];
  const ir::Program& program = *options_.program;
  const auto settled = [&](Verdict v) {
    return j.binding[static_cast<std::size_t>(v)] + j.other[static_cast<std::size_t>(v)];
  };
  // Whether a document was checked may rest on which fact made a rule not apply.
  const bool checked = settled(Verdict::compliant) + settled(Verdict::gap) + settled(Verdict::exempt) > 0;
  if (!checked) return by_machine(line, path, number, piece);
  brief_.path = path;
  brief_.line = number;
  brief_.id = block_.ids[row];
  brief_.checked = true;
  brief_.at_risk = brief_.counts = 0;
  brief_.results.clear();
  kept_.clear();
  for (std::size_t v = 0; v < columns::kVerdicts; ++v) {
    brief_.by_verdict[v] = j.binding[v] + j.other[v];
    add_summary(piece.summary, ir::Status::binding, static_cast<Verdict>(v), false, j.binding[v]);
    piece.summary.informational += j.other[v];
  }
  for (const columns::Outcome& o : j.adverse) {
    const columns::RulePlan& plan = options_.plan->rules[o.rule];
    gate::BriefResult r{plan.rule, o.requirement, o.verdict, o.at_risk, false, false, false, {}};
    if (o.row != columns::kNone) {
      columns::Rows& rows = block_.tables[plan.table];
      r.listed = true;
      r.phantom = (rows.unstated(o.row / columns::kRows) >> (o.row % columns::kRows) & 1U) != 0;
      r.element = rows.key(o.row);
    }
    r.counts = gate::counts(program, r.rule, r.requirement, {o.verdict, {}, o.at_risk}, options_.gate);
    if (o.at_risk && program.rules[r.rule].status == ir::Status::binding) ++piece.summary.at_risk;
    brief_.results.push_back(r);
  }
  if (!j.ask.empty()) {
    std::vector<ir::RuleId> rules;
    for (std::uint32_t i : j.ask) rules.push_back(options_.plan->rules[i].rule);
    SourceMap sources;
    const FileId file = sources.add(std::string(path), std::string(line));
    Diagnostics problems;
    const std::vector<facts::RawDocument> raw =
        facts::read(file, facts::Format::json, sources, options_.limits, problems);
    std::optional<facts::Document> document;
    if (raw.size() == 1) document = facts::bind(raw.front(), sources, *program.vocabulary, problems);
    WRIT_CHECK(document.has_value());  // what columns take, the ordinary reader takes
    judge(*document, rules, brief_, piece);
    std::stable_sort(brief_.results.begin(), brief_.results.end(),
                     [](const gate::BriefResult& a, const gate::BriefResult& b) { return a.rule < b.rule; });
  }
  finish(brief_, piece);
}

void LineJudge::by_machine(std::string_view line, std::string_view path, std::uint64_t number, Piece& piece) {
  SourceMap sources;
  const FileId file = sources.add(std::string(path), std::string(line));
  Diagnostics problems;
  const std::vector<facts::RawDocument> raw =
      facts::read(file, facts::Format::json, sources, options_.limits, problems);
  std::optional<facts::Document> document;
  if (raw.size() == 1) document = facts::bind(raw.front(), sources, *options_.program->vocabulary, problems);
  if (!document) {
    piece.tally.errors += problems.error_count();
    ++piece.tally.unread;
    sink_.unread(path, number, problems, sources, piece.out);
    return;
  }
  if (!facts::references_of(*document, *options_.program->vocabulary).empty()) ++piece.referring;
  brief_.path = path;
  brief_.line = number;
  brief_.id = document->id;
  brief_.checked = false;
  brief_.at_risk = brief_.counts = 0;
  brief_.by_verdict.fill(0);
  brief_.results.clear();
  kept_.clear();
  judge(*document, options_.rules, brief_, piece);
  finish(brief_, piece);
}

void LineJudge::judge(const facts::Document& document, const std::vector<ir::RuleId>& rules, gate::Brief& brief,
                      Piece& piece) {
  const ir::Program& program = *options_.program;
  try {
    kept_.push_back(eval::evaluate(program, document, eval_, rules));
  } catch (const eval::StepLimit& limit) {
    piece.limits.push_back(fmt::format("{}:{}: more than --max-steps {} at rule {}", brief.path, brief.line,
                                       eval_.max_steps,
                                       limit.rule ? program.rules[limit.rule].id() : std::string("(classification)")));
    return;
  }
  for (const eval::Finding& f : kept_.back().findings) {
    const eval::Judgement& j = f.judgement;
    const auto stated = [&](facts::FactId fact) { return document[fact].span.valid(); };
    brief.checked = brief.checked || settles(j.verdict) ||
                    (j.verdict == Verdict::not_applicable && std::any_of(f.because.begin(), f.because.end(), stated));
    ++brief.by_verdict[static_cast<std::size_t>(j.verdict)];
    add_summary(piece.summary, program.rules[f.rule].status, j.verdict, j.at_risk, 1);
    piece.tally.failed += j.verdict == Verdict::error;
    piece.tally.met_errors += j.verdict != Verdict::error && !f.errors.empty();
    if (!is_adverse(j.verdict)) continue;
    brief.results.push_back({f.rule, f.requirement, j.verdict, j.at_risk,
                             gate::counts(program, f.rule, f.requirement, j, options_.gate),
                             f.phantom || f.element.valid(), f.phantom, f.element_key});
  }
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
