// The concrete tree of one parse, without ANTLR: nodes in preorder in one vector, each knowing where its subtree ends.
// It lives only between the parser and the builders of ast::File.
#pragma once

#include <cstdint>
#include <vector>

namespace writ::syntax {

// A trailing underscore keeps names of rules off the keywords of C++.
enum class Rule : std::uint8_t {
#define WRIT_SYNTAX_RULE(rule, Rule) rule##_,
#include "engine/syntax/rules.def"
#undef WRIT_SYNTAX_RULE
  token,  // a leaf
};

struct Node {
  Rule rule = Rule::token;
  std::uint32_t next = 0;   // index after the subtree
  std::uint32_t first = 0;  // first token
  std::uint32_t last = 0;   // token after the last one
};
using Tree = std::vector<Node>;

/// The children of a node: `for (NodeId child : Children(tree, parent))`.
using NodeId = std::uint32_t;
class Children {
 public:
  Children(const Tree& tree, NodeId parent) : tree_(&tree), begin_(parent + 1), end_(tree[parent].next) {}
  struct Iterator {
    const Tree* tree;
    NodeId at;
    NodeId operator*() const { return at; }
    Iterator& operator++() {
      at = (*tree)[at].next;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return at != other.at; }
  };
  [[nodiscard]] Iterator begin() const { return {tree_, begin_}; }
  [[nodiscard]] Iterator end() const { return {tree_, end_}; }

 private:
  const Tree* tree_;
  NodeId begin_, end_;
};

}  // namespace writ::syntax
