#include "engine/facts/raw_builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

namespace writ::facts {
namespace {
constexpr std::uint32_t kMostErrors = 100;
constexpr std::size_t kFewEntries = 8;
}  // namespace

void RawBuilder::begin_document(std::uint32_t index) {
  document_ = RawDocument{};
  document_.index = index;
  ends_.clear();
  heights_.clear();
  open_.clear();
  pending_keys_.clear();
  errors_ = 0;
  broken_ = false;
  given_up_ = false;
}

void RawBuilder::end_document(Span span, std::vector<RawDocument>& documents) {
  if (broken_ || document_.nodes.empty()) return;
  document_.root = RawId(0);  // INVARIANT: the first node of a document is its root
  document_.span = span;
  documents.push_back(std::move(document_));
  document_ = RawDocument{};
}

Diagnostic* RawBuilder::error(Code code, Span span, std::string message) {
  broken_ = true;
  if (++errors_ > kMostErrors) {
    if (errors_ == kMostErrors + 1)
      out_.report(Code::too_many_errors, span,
                  fmt::format("more than {} errors in this document; the rest is not shown", kMostErrors));
    return nullptr;
  }
  return &out_.report(code, span, std::move(message));
}

RawId RawBuilder::add(RawNode node) {
  if (stopped()) return {};
  if (document_.nodes.size() >= limits_.max_nodes || total_ >= limits_.max_total_nodes) {
    const bool one = document_.nodes.size() >= limits_.max_nodes;
    Diagnostic* diagnostic =
        error(Code::too_many_values, node.span,
              fmt::format("more than {} values in one {}", one ? limits_.max_nodes : limits_.max_total_nodes,
                          one ? "document" : "file"));
    if (diagnostic != nullptr) diagnostic->help = "split it into several files";
    give_up();
    stopped_ = !one;
    return {};
  }
  ++total_;
  const RawId id = document_.nodes.add(std::move(node));
  ends_.push_back(id.index + 1);
  heights_.push_back(0);
  return id;
}

void RawBuilder::attach(RawId node) {
  if (open_.empty()) return;
  RawNode& parent = document_.nodes[open_.back()];
  if (parent.kind == RawNode::Kind::list) {
    parent.items.push_back(node);
  } else if (!pending_keys_.back().valid()) {
    pending_keys_.back() = node;
  } else {
    parent.entries.emplace_back(pending_keys_.back(), node);
    pending_keys_.back() = {};
  }
}

void RawBuilder::raise(RawId parent, RawId child) {
  heights_[parent.index] = std::max(heights_[parent.index], heights_[child.index] + 1);
}

bool RawBuilder::expects_key() const {
  return !open_.empty() && document_.nodes[open_.back()].kind == RawNode::Kind::map && !pending_keys_.back().valid();
}

RawId RawBuilder::null(std::string text, Span span) {
  RawNode node;
  // As a key, `null` and `~` are words like others.
  node.kind = expects_key() ? RawNode::Kind::scalar : RawNode::Kind::null;
  node.text = std::move(text);
  node.span = span;
  const RawId id = add(std::move(node));
  if (id.valid()) attach(id);
  return id;
}

RawId RawBuilder::scalar(std::string text, bool quoted, Span span) {
  RawNode node;
  node.kind = RawNode::Kind::scalar;
  node.quoted = quoted;
  node.text = std::move(text);
  node.span = span;
  const RawId id = add(std::move(node));
  if (id.valid()) attach(id);
  return id;
}

RawId RawBuilder::open(RawNode::Kind kind, Span span) {
  if (open_.size() >= limits_.max_depth) {
    error(Code::nesting_too_deep, span,
          fmt::format("lists and records are nested deeper than {} levels", limits_.max_depth));
    give_up();
    return {};
  }
  RawNode node;
  node.kind = kind;
  node.span = span;
  const RawId id = add(std::move(node));
  if (!id.valid()) return id;
  attach(id);
  ends_[id.index] = 0;
  heights_[id.index] = 1;
  open_.push_back(id);
  pending_keys_.emplace_back();
  return id;
}

void RawBuilder::close(std::uint32_t end) {
  const RawId id = open_.back();
  RawNode& node = document_.nodes[id];
  node.span.end = std::max(end, node.span.begin);
  ends_[id.index] = document_.nodes.size();
  open_.pop_back();
  pending_keys_.pop_back();
  if (!open_.empty()) raise(open_.back(), id);
  if (node.kind == RawNode::Kind::map) check_duplicates(id);
}

bool RawBuilder::is_open(RawId node) const { return ends_[node.index] == 0; }

RawId RawBuilder::copy(RawId source, Span place) {
  const std::uint32_t count = subtree_size(source);
  if (count > limits_.max_alias_nodes - copied_) {
    error(Code::alias_expansion, place,
          fmt::format("the aliases stand for more than {} values", limits_.max_alias_nodes));
    give_up();
    return {};
  }
  if (open_.size() + heights_[source.index] > limits_.max_depth) {
    error(Code::nesting_too_deep, place,
          fmt::format("through aliases, lists and records are nested deeper than {} levels", limits_.max_depth));
    give_up();
    return {};
  }
  copied_ += count;
  const std::uint32_t offset = document_.nodes.size() - source.index;
  const auto moved = [&](RawId id) { return RawId(id.index + offset); };
  RawId first;
  for (std::uint32_t i = 0; i < count; ++i) {
    RawNode node = document_.nodes[RawId(source.index + i)];
    for (auto& [key, value] : node.entries) {
      key = moved(key);
      value = moved(value);
    }
    for (RawId& item : node.items) item = moved(item);
    const std::uint32_t end = ends_[source.index + i] + offset;
    const RawId id = add(std::move(node));
    if (!id.valid()) return {};
    ends_[id.index] = end;
    heights_[id.index] = heights_[source.index + i];
    if (i == 0) first = id;
  }
  attach(first);
  if (!open_.empty()) raise(open_.back(), first);
  return first;
}

void RawBuilder::check_duplicates(RawId map) {
  const auto& entries = document_.nodes[map].entries;
  const auto text = [&](std::size_t i) -> std::string_view { return document_.nodes[entries[i].first].text; };
  const auto refuse = [&](std::size_t first, std::size_t second) {
    Diagnostic* diagnostic = error(Code::duplicate_key, document_.nodes[entries[second].first].span,
                                   fmt::format("key `{}` stands twice in this record", text(second)));
    if (diagnostic != nullptr) diagnostic->labels.push_back({document_.nodes[entries[first].first].span, "first here"});
  };
  if (entries.size() <= kFewEntries) {
    for (std::size_t i = 1; i < entries.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (text(i) != text(j)) continue;
        refuse(j, i);
        break;
      }
    }
    return;
  }
  std::vector<std::pair<std::string_view, std::size_t>> order;
  order.reserve(entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i) order.emplace_back(text(i), i);
  std::sort(order.begin(), order.end());
  std::size_t first = 0;  // of a run of equal keys
  for (std::size_t i = 1; i < order.size(); ++i) {
    if (order[i].first != order[first].first) {
      first = i;
    } else {
      refuse(order[first].second, order[i].second);
    }
  }
}

}  // namespace writ::facts
