#include "engine/run/stream.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <memory>

#include "engine/columns/plan.h"
#include "engine/run/line_judge.h"
#include "engine/run/line_source.h"
#include "engine/run/ordered_work.h"
#include "engine/run/prepare.h"
#include "engine/run/seen_ids.h"

namespace writ::run {

namespace {

bool is_lines(const DocumentFile& file) { return file.standard_input || file.format == facts::Format::ndjson; }

class Stream {
 public:
  Stream(const Request& request, const StreamOptions& options, const Sink& sink)
      : request_(request), options_(options), sink_(sink), prepared_(request) {}

  Outcome run() {
    if (!prepared_.run()) return std::move(prepared_.outcome);
    gate::Result& result = prepared_.outcome.result;
    session::Session& session = *prepared_.outcome.session;
    tally_.errors = result.diagnostics.error_count();
    sink_.begin(result);
    if (session.usable()) {
      prepare_rules();
      for (const DocumentFile& file : prepared_.found.files) read(file);
      work_->finish();
    } else {
      tally_.unread = prepared_.found.files.size();
      result.notes.push_back("nothing was judged: the rule book has errors");
    }
    finish();
    return std::move(prepared_.outcome);
  }

 private:
  void prepare_rules() {
    gate::Result& result = prepared_.outcome.result;
    result.rules_judged = prepared_.rules.size();
    result.plans = std::make_shared<eval::Plans>();
    eval::Options& eval = result.options;
    eval.as_of = request_.as_of;
    eval.max_steps = request_.max_steps;
    eval.readings = prepared_.readings;
    eval.plan = &result.plans->of(*result.program);
    lines_.program = result.program;
    lines_.rules = prepared_.rules;
    lines_.eval = eval;
    lines_.limits = request_.limits;
    lines_.gate = request_.gate;
    lines_.columns = options_.columns;
    plan_ = columns::compile(*result.program, eval, options_.columns ? prepared_.rules : std::vector<ir::RuleId>{});
    lines_.plan = &plan_;
    work_ = std::make_unique<OrderedWork<LineSource::Chunk, Piece>>(
        options_.jobs,
        [this] {
          auto judge = std::make_shared<LineJudge>(lines_, sink_);
          return [this, judge](const LineSource::Chunk& chunk) {
            // Nobody is left to write for.
            return broken_ ? Piece{} : judge->run(chunk.text(), *chunk.path, chunk.first_line);
          };
        },
        [this](const LineSource::Chunk& chunk, Piece piece) { take(chunk, std::move(piece)); });
  }

  void read(const DocumentFile& file) {
    LineSource source(file.standard_input ? "<standard input>" : file.path,
                      file.standard_input ? std::string() : file.path, request_.limits.max_bytes);
    const std::size_t before = read_documents_;
    while (!broken_) {
      LineSource::Chunk chunk = work_->spare();
      const LineSource::State state = source.next(chunk);
      if (state == LineSource::State::chunk) {
        work_->add(std::move(chunk));
        continue;
      }
      if (state == LineSource::State::failed) {
        work_->wait();
        ++(source.too_large() ? tally_.too_large : tally_.errors);
        ++tally_.unread;
        Diagnostics problems;
        problems.report_path(source.too_large() ? Code::document_too_large : Code::file_unreadable, source.shown(),
                             source.problem());
        const SourceMap none;
        std::string out;
        sink_.unread(source.shown(), source.line(), problems, none, out);
        if (!sink_.write(out)) broken_ = true;
      }
      break;
    }
    work_->wait();
    if (read_documents_ == before && !broken_ && !source.failed()) {
      ++tally_.errors;
      ++tally_.unread;
      Diagnostics problems;
      problems.report_path(Code::empty_file, source.shown(), "the file holds no document");
      const SourceMap none;
      std::string out;
      sink_.unread(source.shown(), 0, problems, none, out);
      if (!sink_.write(out)) broken_ = true;
    }
  }

  // In the order of the stream, one at a time.
  void take(const LineSource::Chunk& chunk, Piece piece) {
    if (!sink_.write(piece.out)) broken_ = true;
    bytes_ += chunk.size;
    read_documents_ += piece.tally.documents + piece.tally.unread;
    tally_.add(piece.tally);
    referring_ += piece.referring;
    gate::Summary& s = prepared_.outcome.result.summary;
    for (std::size_t v = 0; v < s.by_verdict.size(); ++v) s.by_verdict[v] += piece.summary.by_verdict[v];
    s.informational += piece.summary.informational;
    s.at_risk += piece.summary.at_risk;
    constexpr std::size_t kMost = 20;
    for (std::string& limit : piece.limits)
      if (limits_.size() < kMost) limits_.push_back(std::move(limit));
    for (const auto& [id, line] : piece.ids)
      if (!ids_.add(id)) {
        ++tally_.errors;
        if (repeated_.size() < kMost) repeated_.push_back(fmt::format("{}:{}", *chunk.path, line));
      }
    sink_.progress(bytes_);
  }

  void finish() {
    gate::Result& result = prepared_.outcome.result;
    gate::Summary& s = result.summary;
    for (std::size_t v = 0; v < s.by_verdict.size(); ++v) {
      const auto verdict = static_cast<eval::Verdict>(v);
      if (verdict == eval::Verdict::not_applicable || verdict == eval::Verdict::not_effective) continue;
      s.obligations += s.by_verdict[v];
      if (verdict != eval::Verdict::undetermined) s.decided += s.by_verdict[v];
    }
    if (!prepared_.portfolios.empty())
      result.notes.push_back(fmt::format(
          "{} {} over all documents {} not judged in a stream", prepared_.portfolios.size(),
          prepared_.portfolios.size() == 1 ? "rule" : "rules", prepared_.portfolios.size() == 1 ? "is" : "are"));
    if (referring_ > 0)
      result.notes.push_back(fmt::format(
          "{} {} to other documents: in a stream each is judged by itself, and what those say stays unknown",
          referring_, referring_ == 1 ? "document refers" : "documents refer"));
    for (const std::string& place : repeated_) result.notes.push_back(place + ": the document id is taken");
    result.streamed = {tally_.documents, tally_.unread, tally_.unchecked};
    add_notes(request_, result);
    if (request_.gate.allow_unchecked && tally_.unchecked > 0)
      result.notes.push_back(fmt::format("{} unchecked {} tolerated by --allow-unchecked", tally_.unchecked,
                                         tally_.unchecked == 1 ? "document" : "documents"));
    if (prepared_.outcome.session->usable()) {
      result.exit = gate::decide(tally_, result, request_.gate, limits_);
    } else {
      result.exit = {gate::kInvalid,
                     {fmt::format("{} errors in the rules; nothing was judged", result.diagnostics.error_count())}};
    }
  }

  const Request& request_;
  const StreamOptions& options_;
  const Sink& sink_;
  Preparation prepared_;
  columns::Plan plan_;
  LineOptions lines_;
  std::unique_ptr<OrderedWork<LineSource::Chunk, Piece>> work_;
  gate::Tally tally_;
  SeenIds ids_;
  std::vector<std::string> limits_, repeated_;
  std::uint64_t bytes_ = 0, referring_ = 0;
  std::size_t read_documents_ = 0;
  std::atomic<bool> broken_ = false;
};

}  // namespace

bool can_stream(const Request& request) {
  if (request.waivers || request.baseline || request.party || !request.roles.empty()) return false;
  Diagnostics problems;
  const Found found = find_documents(request.paths, request.include, request.exclude, problems);
  return !found.files.empty() && std::all_of(found.files.begin(), found.files.end(), is_lines);
}

Outcome stream(const Request& request, const StreamOptions& options, const Sink& sink) {
  return Stream(request, options, sink).run();
}

}  // namespace writ::run
