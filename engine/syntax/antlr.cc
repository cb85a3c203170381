#include "engine/syntax/antlr.h"

#include <antlr4-runtime.h>

#include <string>
#include <unordered_map>

#include "WritLexer.h"
#include "WritParser.h"
#include "engine/base/check.h"

namespace writ::syntax {
namespace {

using writ_grammar::WritLexer;
using writ_grammar::WritParser;

#define WRIT_SYNTAX_RULE(rule, Name) \
  static_assert(static_cast<std::size_t>(Rule::rule##_) == static_cast<std::size_t>(WritParser::Rule##Name), #rule);
#include "engine/syntax/rules.def"
#undef WRIT_SYNTAX_RULE

/// The bytes of the text. Offsets are then bytes from the start: the grammar has no letter beyond ASCII outside strings
/// and comments.
class Bytes final : public antlr4::CharStream {
 public:
  explicit Bytes(std::string_view text) : text_(text) {}
  void consume() override { ++at_; }
  std::size_t LA(ssize_t i) override {
    const std::size_t p = at_ + static_cast<std::size_t>(i > 0 ? i - 1 : i);
    return p < text_.size() ? static_cast<unsigned char>(text_[p]) : antlr4::IntStream::EOF;
  }
  ssize_t mark() override { return -1; }
  void release(ssize_t) override {}
  std::size_t index() override { return at_; }
  void seek(std::size_t index) override { at_ = index; }
  std::size_t size() override { return text_.size(); }
  std::string getSourceName() const override { return {}; }
  std::string getText(const antlr4::misc::Interval& interval) override {
    return std::string(
        text_.substr(static_cast<std::size_t>(interval.a), static_cast<std::size_t>(interval.b - interval.a + 1)));
  }
  std::string toString() const override { return std::string(text_); }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

/// Positions are ours, so nothing is allocated for a token but what the interface forces.
TokenKind kind_of(std::size_t type, std::string_view text) {
  switch (type) {
    case WritLexer::NAME: return TokenKind::name;
    case WritLexer::COUNTRY: return TokenKind::country;
    case WritLexer::NUMBER: return TokenKind::number;
    case WritLexer::DATE: return TokenKind::date;
    case WritLexer::INSTANT: return TokenKind::instant;
    case WritLexer::STRING: return TokenKind::string;
    case WritParser::HOLE: return TokenKind::hole;
    case WritLexer::OPEN_STRING: return TokenKind::open_string;
    case WritLexer::APOSTROPHES: return TokenKind::apostrophes;
    case WritLexer::FOREIGN_OPERATOR: return TokenKind::foreign_operator;
    case WritLexer::FOREIGN_COMMENT: return TokenKind::foreign_comment;
    case WritLexer::NEAR_DATE: return TokenKind::near_date;
    case WritLexer::NEAR_INSTANT: return TokenKind::near_instant;
    case WritLexer::OTHER: return TokenKind::other;
    default: break;
  }
  const char c = text.empty() ? '\0' : text.front();
  return c >= 'a' && c <= 'z' ? TokenKind::keyword : TokenKind::symbol;
}

std::size_t type_of(const Token& token) {
  switch (token.kind) {
    case TokenKind::name: return WritLexer::NAME;
    case TokenKind::country: return WritLexer::COUNTRY;
    case TokenKind::number: return WritLexer::NUMBER;
    case TokenKind::date: return WritLexer::DATE;
    case TokenKind::instant: return WritLexer::INSTANT;
    case TokenKind::string: return WritLexer::STRING;
    case TokenKind::hole: return WritParser::HOLE;
    case TokenKind::end: return antlr4::Token::EOF;
    case TokenKind::keyword:
    case TokenKind::symbol: break;
    default: return WritLexer::OTHER;
  }
  static const auto* const fixed = [] {
    auto* types = new std::unordered_map<std::string_view, std::size_t>;
    WritLexer lexer(nullptr);
    const antlr4::dfa::Vocabulary& vocabulary = lexer.getVocabulary();
    static std::vector<std::string> names;
    names.reserve(vocabulary.getMaxTokenType() + 1);
    for (std::size_t type = 1; type <= vocabulary.getMaxTokenType(); ++type) {
      const std::string quoted = vocabulary.getLiteralName(type);
      if (quoted.size() < 3) continue;
      names.push_back(quoted.substr(1, quoted.size() - 2));
      types->emplace(names.back(), type);
    }
    return types;
  }();
  const auto found = fixed->find(token.text);
  return found == fixed->end() ? static_cast<std::size_t>(WritLexer::OTHER) : found->second;
}

/// A token that carries its number and type only.
class Leaf final : public antlr4::Token {
 public:
  Leaf(std::size_t type, std::size_t index) : type_(type), index_(index) {}
  std::string getText() const override { return {}; }
  std::size_t getType() const override { return type_; }
  std::size_t getLine() const override { return 0; }
  std::size_t getCharPositionInLine() const override { return 0; }
  std::size_t getChannel() const override { return antlr4::Token::DEFAULT_CHANNEL; }
  std::size_t getTokenIndex() const override { return index_; }
  std::size_t getStartIndex() const override { return index_; }
  std::size_t getStopIndex() const override { return index_; }
  antlr4::TokenSource* getTokenSource() const override { return nullptr; }
  antlr4::CharStream* getInputStream() const override { return nullptr; }
  std::string toString() const override { return {}; }

 private:
  std::size_t type_, index_;
};

class Stream final : public antlr4::TokenStream {
 public:
  explicit Stream(const Tokens& tokens) {
    leaves_.reserve(tokens.size());
    for (const Token& token : tokens) leaves_.emplace_back(type_of(token), leaves_.size());
  }
  void consume() override { ++at_; }
  std::size_t LA(ssize_t i) override { return at(i)->getType(); }
  antlr4::Token* LT(ssize_t i) override {
    return i == 0 || (i < 0 && at_ < static_cast<std::size_t>(-i)) ? nullptr : at(i);
  }
  ssize_t mark() override { return -1; }
  void release(ssize_t) override {}
  std::size_t index() override { return at_; }
  void seek(std::size_t index) override { at_ = index; }
  std::size_t size() override { return leaves_.size(); }
  std::string getSourceName() const override { return {}; }
  antlr4::Token* get(std::size_t index) const override { return &leaves_[index]; }
  antlr4::TokenSource* getTokenSource() const override { return nullptr; }
  std::string getText(const antlr4::misc::Interval&) override { return {}; }
  std::string getText() override { return {}; }
  std::string getText(antlr4::RuleContext*) override { return {}; }
  std::string getText(antlr4::Token*, antlr4::Token*) override { return {}; }

 private:
  antlr4::Token* at(ssize_t i) {
    const std::size_t p = i > 0 ? at_ + static_cast<std::size_t>(i) - 1 : at_ - static_cast<std::size_t>(-i);
    return &leaves_[std::min(p, leaves_.size() - 1)];
  }
  mutable std::vector<Leaf> leaves_;
  std::size_t at_ = 0;
};

/// Writes the tree down while the parser reads, so that ANTLR's own is never walked.
class Recorder final : public antlr4::tree::ParseTreeListener {
 public:
  void visitTerminal(antlr4::tree::TerminalNode* node) override {
    const auto token = static_cast<std::uint32_t>(node->getSymbol()->getTokenIndex());
    position_ = token + 1;
    ended.clear();
    const auto id = static_cast<std::uint32_t>(tree.size());
    tree.push_back({Rule::token, id + 1, token, token + 1});
  }
  void visitErrorNode(antlr4::tree::ErrorNode*) override {}
  void enterEveryRule(antlr4::ParserRuleContext* context) override {
    open_.push_back(static_cast<std::uint32_t>(tree.size()));
    const auto first = static_cast<std::uint32_t>(context->getStart()->getTokenIndex());
    tree.push_back({static_cast<Rule>(context->getRuleIndex()), 0, first, first});
  }
  void exitEveryRule(antlr4::ParserRuleContext*) override {
    Node& node = tree[open_.back()];
    node.next = static_cast<std::uint32_t>(tree.size());
    node.last = std::max(position_, node.first);
    ended.push_back({node.rule, node.first});
    open_.pop_back();
  }
  Tree tree;
  std::vector<Stop::Frame> ended;

 private:
  std::vector<std::uint32_t> open_;
  std::uint32_t position_ = 0;
};

struct Stopped {
  Stop stop;
};

/// Ends the parse at the first mistake. Mending is recover.cc's.
class StopAtFirst final : public antlr4::DefaultErrorStrategy {
 public:
  explicit StopAtFirst(const Recorder& recorder) : recorder_(recorder) {}
  void reportError(antlr4::Parser*, const antlr4::RecognitionException&) override {}
  void recover(antlr4::Parser* parser, std::exception_ptr error) override {
    try {
      std::rethrow_exception(error);
    } catch (const antlr4::RecognitionException& e) {
      stop(parser, e.getOffendingToken());
    }
  }
  antlr4::Token* recoverInline(antlr4::Parser* parser) override { stop(parser, parser->getCurrentToken()); }
  /// Called where a loop or an option begins: what could have stood there is expected as well, should the next token
  /// fit nowhere.
  void sync(antlr4::Parser* parser) override {
    const std::size_t index = parser->getInputStream()->index();
    if (index != index_) places_.clear();
    index_ = index;
    places_.push_back({parser->getState(), parser->getContext()});
  }

 private:
  [[noreturn]] void stop(antlr4::Parser* parser, const antlr4::Token* token) {
    Stopped stopped;
    stopped.stop.token = static_cast<std::uint32_t>(token->getTokenIndex());
    stopped.stop.ended = recorder_.ended;
    // A prediction that failed further on leaves the parser at its first token, where other tokens are expected.
    if (parser->getCurrentToken() == token) {
      antlr4::misc::IntervalSet expected = parser->getExpectedTokens();
      if (parser->getInputStream()->index() == index_) {
        for (const Place& place : places_)
          expected.addAll(parser->getATN().getExpectedTokens(place.state, place.context));
      }
      const antlr4::dfa::Vocabulary& vocabulary = parser->getVocabulary();
      for (const ssize_t type : expected.toList()) {
        if (type < 1) continue;
        const auto t = static_cast<std::size_t>(type);
        std::string quoted = vocabulary.getLiteralName(t);
        if (quoted.size() > 2) quoted = quoted.substr(1, quoted.size() - 2);
        stopped.stop.expected.push_back({kind_of(t, quoted), std::move(quoted)});
      }
    }
    for (const antlr4::ParserRuleContext* c = parser->getContext(); c != nullptr;
         c = static_cast<const antlr4::ParserRuleContext*>(c->parent)) {
      stopped.stop.stack.push_back(
          {static_cast<Rule>(c->getRuleIndex()), static_cast<std::uint32_t>(c->start->getTokenIndex())});
    }
    std::ranges::reverse(stopped.stop.stack);
    throw stopped;
  }
  struct Place {
    std::size_t state;
    antlr4::RuleContext* context;
  };
  const Recorder& recorder_;
  std::size_t index_ = 0;  // of the token that the places are about
  std::vector<Place> places_;
};

}  // namespace

Tokens lex(std::string_view text, std::size_t most, std::size_t nesting) {
  Bytes bytes(text);
  WritLexer lexer(&bytes);
  lexer.removeErrorListeners();  // OTHER takes every byte, there is no error to listen to
  Tokens out;
  out.reserve(text.size() / 5 + 1);
  std::size_t line = 0;
  std::size_t open = 0;
  while (out.size() <= most && open <= nesting) {
    const std::unique_ptr<antlr4::Token> token = lexer.nextToken();
    if (token->getType() == antlr4::Token::EOF) break;
    Token t;
    t.begin = static_cast<std::uint32_t>(token->getStartIndex());
    t.end = static_cast<std::uint32_t>(token->getStopIndex()) + 1;
    t.text = text.substr(t.begin, t.end - t.begin);
    t.kind = kind_of(token->getType(), t.text);
    t.line = static_cast<std::uint32_t>(token->getLine());
    t.column = static_cast<std::uint32_t>(token->getCharPositionInLine()) + 1;
    t.first_on_line = t.line != line;
    line = t.line;
    out.push_back(t);
    if (t.is("(") || t.is("[") || t.is("{")) ++open;
    if (open > 0 && (t.is(")") || t.is("]") || t.is("}"))) --open;
  }
  const auto size = static_cast<std::uint32_t>(text.size());
  out.push_back({.kind = TokenKind::end, .text = {}, .begin = size, .end = size, .first_on_line = true});
  return out;
}

std::expected<Tree, Stop> parse_tokens(const Tokens& tokens, Effort effort) {
  Stream stream(tokens);
  WritParser parser(&stream);
  parser.removeErrorListeners();
  parser.getInterpreter<antlr4::atn::ParserATNSimulator>()->setPredictionMode(
      effort == Effort::quick ? antlr4::atn::PredictionMode::SLL : antlr4::atn::PredictionMode::LL);
  Recorder recorder;
  recorder.tree.reserve(tokens.size() * 4);
  parser.setErrorHandler(std::make_shared<StopAtFirst>(recorder));
  parser.addParseListener(&recorder);
  try {
    parser.file();
  } catch (const Stopped& stopped) {
    return std::unexpected(stopped.stop);
  }
  return std::move(recorder.tree);
}

}  // namespace writ::syntax
