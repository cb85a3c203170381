#include "engine/syntax/words.h"

#include <algorithm>
#include <array>

#include "engine/base/suggest.h"

namespace writ::syntax {
namespace {

using std::string_view;

constexpr std::array kItems = {
    string_view("package"),  string_view("import"),     string_view("pack"),      string_view("unit"),
    string_view("currency"), string_view("kinds"),      string_view("enum"),      string_view("record"),
    string_view("facts"),    string_view("instrument"), string_view("role"),      string_view("group"),
    string_view("scope"),    string_view("term"),       string_view("set"),       string_view("table"),
    string_view("classify"), string_view("rule"),       string_view("exception"), string_view("transitional"),
    string_view("supplied"), string_view("calendar"),   string_view("amend"),     string_view("portfolio"),
    string_view("test")};
constexpr std::array kClauses = {
    string_view("cites"),   string_view("binds"),    string_view("effective"), string_view("judged"),
    string_view("applies"), string_view("requires"), string_view("forbids"),   string_view("severity"),
    string_view("penalty"), string_view("remedy"),   string_view("status"),    string_view("sources"),
    string_view("author"),  string_view("reviewer"), string_view("note"),      string_view("unless"),
    string_view("but"),     string_view("means"),    string_view("given"),     string_view("expect"),
    string_view("group"),   string_view("scope"),    string_view("when"),      string_view("gives"),
    string_view("without"), string_view("presume"),  string_view("reading"),   string_view("yields"),
    string_view("exempts"), string_view("prevails"), string_view("weigh"),     string_view("replace"),
    string_view("repeal"),  string_view("suspend"),  string_view("insert")};

constexpr std::array kRule = {string_view("cites"),   string_view("group"),     string_view("scope"),
                              string_view("binds"),   string_view("effective"), string_view("for"),
                              string_view("judged"),  string_view("applies"),   string_view("requires"),
                              string_view("forbids"), string_view("severity"),  string_view("penalty"),
                              string_view("remedy"),  string_view("status"),    string_view("sources"),
                              string_view("author"),  string_view("reviewer"),  string_view("note"),
                              string_view("not"),     string_view("presume"),   string_view("published")};
constexpr std::array kException = {string_view("cites"),    string_view("when"),      string_view("but"),
                                   string_view("requires"), string_view("exempts"),   string_view("yields"),
                                   string_view("prevails"), string_view("effective"), string_view("presume"),
                                   string_view("published")};
constexpr std::array kTransitional = {string_view("cites"), string_view("when"), string_view("effective"),
                                      string_view("published")};
constexpr std::array kPortfolio = {string_view("cites"),     string_view("scope"),    string_view("binds"),
                                   string_view("effective"), string_view("where"),    string_view("group"),
                                   string_view("weigh"),     string_view("requires"), string_view("forbids"),
                                   string_view("severity"),  string_view("penalty"),  string_view("remedy"),
                                   string_view("status"),    string_view("sources"),  string_view("author"),
                                   string_view("reviewer"),  string_view("note"),     string_view("not")};
constexpr std::array kAmend = {string_view("replace"), string_view("repeal"), string_view("suspend"),
                               string_view("insert")};
constexpr std::array kCalendar = {string_view("weekend"), string_view("holiday")};
constexpr std::array kTest = {string_view("given"), string_view("on"), string_view("known"), string_view("reading"),
                              string_view("expect")};
constexpr std::array kPack = {string_view("version"), string_view("language"), string_view("law"),
                              string_view("licence"), string_view("description")};
constexpr std::array kInstrument = {string_view("jurisdiction"), string_view("published"), string_view("entered"),
                                    string_view("url")};
constexpr std::array kRequirement = {string_view("cites"), string_view("severity"), string_view("remedy"),
                                     string_view("note"), string_view("presume")};

template <std::size_t N>
bool contains(const std::array<string_view, N>& words, string_view word) {
  return std::ranges::find(words, word) != words.end();
}

}  // namespace

bool is_item_word(string_view word) { return contains(kItems, word); }
bool is_clause_word(string_view word) { return contains(kClauses, word); }
std::span<const string_view> item_words() { return kItems; }

std::span<const string_view> clauses_of(Rule item) {
  switch (item) {
    case Rule::ruleDecl_: return kRule;
    case Rule::exceptionDecl_: return kException;
    case Rule::transitionalDecl_: return kTransitional;
    case Rule::portfolioDecl_: return kPortfolio;
    case Rule::amendDecl_: return kAmend;
    case Rule::calendarDecl_: return kCalendar;
    case Rule::testDecl_: return kTest;
    case Rule::packDecl_: return kPack;
    case Rule::instrumentDecl_: return kInstrument;
    case Rule::requirement_: return kRequirement;
    default: return {};
  }
}

string_view item_name(Rule item) {
  switch (item) {
    case Rule::packageDecl_: return "package";
    case Rule::importDecl_: return "import";
    case Rule::packDecl_: return "pack";
    case Rule::unitDecl_: return "unit";
    case Rule::currencyDecl_: return "currency";
    case Rule::kindsDecl_: return "kinds";
    case Rule::enumDecl_: return "enum";
    case Rule::recordDecl_: return "record";
    case Rule::factsDecl_: return "facts";
    case Rule::instrumentDecl_: return "instrument";
    case Rule::roleDecl_: return "role";
    case Rule::groupDecl_: return "group";
    case Rule::scopeDecl_: return "scope";
    case Rule::termDecl_: return "term";
    case Rule::setDecl_: return "set";
    case Rule::tableDecl_: return "table";
    case Rule::classifyDecl_: return "classify";
    case Rule::ruleDecl_: return "rule";
    case Rule::exceptionDecl_: return "exception";
    case Rule::transitionalDecl_: return "transitional";
    case Rule::suppliedDecl_: return "supplied";
    case Rule::calendarDecl_: return "calendar";
    case Rule::amendDecl_: return "amend";
    case Rule::portfolioDecl_: return "portfolio";
    case Rule::testDecl_: return "test";
    default: return {};
  }
}

std::string nearest_word(string_view word, std::span<const string_view> words) {
  return nearest(word, std::vector<std::string>(words.begin(), words.end()));
}

bool begins_clause(const Tokens& tokens, std::size_t at) {
  const Token& t = tokens[at];
  if (t.kind != TokenKind::keyword) return false;
  if (at > 0 && tokens[at - 1].is(".")) return false;
  if (at + 1 >= tokens.size() || tokens[at + 1].is(":")) return false;
  if (t.text == "not") return tokens[at + 1].is("waivable");
  if (t.text == "for") return tokens[at + 1].is("each");
  if (t.text == "judged") return tokens[at + 1].kind != TokenKind::string;  // else it is an open norm
  if (t.text == "published") return tokens[at + 1].kind == TokenKind::date && t.first_on_line;
  if (t.text == "known") return tokens[at + 1].is("at");
  if (t.text == "on") return tokens[at + 1].kind == TokenKind::date && t.first_on_line;  // of a test
  return is_clause_word(t.text);
}

}  // namespace writ::syntax
