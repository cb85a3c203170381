// The bounded tree that both readers fill. It numbers the nodes in the order of the text, so that a subtree is a
// contiguous range, counts depth and nodes, and refuses duplicate keys. It knows neither YAML nor JSON.
#pragma once

#include <string>
#include <vector>

#include "engine/base/diagnostic.h"
#include "engine/facts/raw.h"

namespace writ::facts {

class RawBuilder {
 public:
  RawBuilder(const ReadLimits& limits, Diagnostics& out) : limits_(limits), out_(out) {}

  void begin_document(std::uint32_t index);
  /// Nothing of the document is kept when it was marked broken. Only call when every container is closed.
  void end_document(Span span, std::vector<RawDocument>& documents);

  // Each returns the new node, or an invalid id when a limit stops the whole file (`stopped`).
  RawId null(std::string text, Span span);
  RawId scalar(std::string text, bool quoted, Span span);
  RawId open(RawNode::Kind kind, Span span);
  void close(std::uint32_t end);
  /// A copy of a closed subtree of the same document; it keeps the places of the original. `place` is for messages.
  RawId copy(RawId source, Span place);

  /// The node is still open: an alias to it would be a cycle.
  [[nodiscard]] bool is_open(RawId node) const;
  [[nodiscard]] std::uint32_t subtree_size(RawId node) const { return ends_[node.index] - node.index; }
  [[nodiscard]] bool expects_key() const;
  [[nodiscard]] const RawNode& operator[](RawId node) const { return document_.nodes[node]; }
  [[nodiscard]] std::size_t depth() const { return open_.size(); }
  /// An error in this document: it will not be kept. The document's errors are cut at a limit.
  Diagnostic* error(Code code, Span span, std::string message);
  void broken() { broken_ = true; }
  /// This document is given up: too deep, too large.
  void give_up() { given_up_ = broken_ = true; }
  [[nodiscard]] bool stopped() const { return stopped_ || given_up_; }
  /// Nothing more is read from the file.
  [[nodiscard]] bool file_stopped() const { return stopped_; }

 private:
  RawId add(RawNode node);
  void attach(RawId node);
  void raise(RawId parent, RawId child);
  void check_duplicates(RawId map);

  const ReadLimits& limits_;
  Diagnostics& out_;
  RawDocument document_;
  std::vector<std::uint32_t> ends_;     // per node: one past its last descendant; 0 while it is open
  std::vector<std::uint32_t> heights_;  // per node: levels of lists and records in it, itself included
  std::vector<RawId> open_;
  std::vector<RawId> pending_keys_;  // per open map: the key that waits for its value
  std::uint32_t total_ = 0;          // nodes of the whole file
  std::uint32_t copied_ = 0;
  std::uint32_t errors_ = 0;
  bool broken_ = false;
  bool given_up_ = false;
  bool stopped_ = false;
};

}  // namespace writ::facts
