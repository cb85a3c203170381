#include "engine/report/sheet_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "engine/base/utf8.h"
#include "engine/crypto/digest.h"

namespace writ::report {

std::string one_line(std::string_view text) { return printable(text); }

std::string citation_of(const SheetRow& row) {
  return one_line(row.instrument_title + (row.provision.empty() ? "" : ", " + row.provision));
}

std::string words_of(std::string_view verdict) {
  std::string out(verdict);
  for (char& c : out) c = c == '_' ? ' ' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return out;
}

std::string message_of(const SheetRow& row) {
  std::string out = fmt::format("{} ({}): {}", words_of(row.verdict), row.severity, row.title);
  out += fmt::format(". {}", citation_of(row));
  if (!row.role.empty())
    out += fmt::format(", binds the {}{}", row.role, row.party.empty() ? "" : " (" + row.party + ")");
  constexpr std::size_t kMost = 4;
  for (std::size_t i = 0; i < std::min(row.facts.size(), kMost); ++i)
    out += fmt::format("{}{} is {}", i == 0 ? ". Because " : "; ", row.facts[i].path, row.facts[i].value);
  if (row.facts.size() > kMost) out += fmt::format("; and {} more", row.facts.size() - kMost);
  if (!row.reason.empty()) out += ". " + row.reason;
  for (std::size_t i = 0; i < std::min(row.missing.size(), kMost); ++i)
    out += (i == 0 ? ". Missing: " : "; ") + (row.missing[i].question.empty()
                                                  ? row.missing[i].path
                                                  : row.missing[i].question + " (" + row.missing[i].path + ")");
  if (row.missing.size() > kMost) out += fmt::format("; and {} more", row.missing.size() - kMost);
  if (row.verdict == "gap")
    out += ". To close it: " + (row.remedy.empty() ? "make true: " + row.closed_when : row.remedy);
  if (row.waiver)
    out += fmt::format(". Waived until {}: {} (owner {}, approved by {})", row.waiver->expires, row.waiver->reason,
                       row.waiver->owner, row.waiver->approved_by);
  if (!row.due.empty()) out += ". Due " + row.due;
  return one_line(out);
}

std::string exit_words(const Sheet& sheet) {
  std::string causes;
  for (const std::string& cause : sheet.causes) causes += (causes.empty() ? "" : ", ") + one_line(cause);
  if (causes.empty()) causes = sheet.code == 0 ? "nothing counts for the gate" : "see the report";
  return fmt::format("exit {}: {}", sheet.code, causes);
}

std::vector<std::string> shortcomings(const Sheet& sheet) {
  std::vector<std::string> out;
  if (!complete(sheet)) out.push_back(exit_words(sheet));
  for (const SheetPack& p : sheet.packs)
    if (p.broken) out.push_back("the pack " + one_line(p.name) + " has errors: none of its rules was judged");
  for (const SheetDocument& d : sheet.documents) {
    if (d.unread) out.push_back(one_line(d.path) + " could not be read and was not checked");
    if (!d.unread && !d.checked) out.push_back(one_line(d.path) + " (" + one_line(d.id) + "): no rule could check it");
  }
  if (sheet.documents.empty()) out.emplace_back("no document was checked");
  return out;
}

std::string xml(std::string_view text) {
  std::string plain = printable(text);
  for (const char* none : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"})  // U+FFFE, U+FFFF are no characters
    for (std::size_t at = 0; (at = plain.find(none, at)) != std::string::npos;) plain.erase(at, 3);
  std::string out;
  for (const char c : plain) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string uri(std::string_view path) {
  std::string out;
  if (path.starts_with('/')) out = "file://";
  while (path.starts_with("./")) path.remove_prefix(2);
  for (const char c : path) {
    const auto u = static_cast<unsigned char>(c);
    const bool plain = std::isalnum(u) != 0 || std::string_view("-._~/").find(c) != std::string_view::npos;
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", u);
  }
  return out.empty() ? "." : out;
}

std::string address(std::string_view url) {
  if (!url.starts_with("https://")) return {};
  std::string out;
  for (const char c : url) {
    const auto u = static_cast<unsigned char>(c);
    const bool plain = std::isalnum(u) != 0 || std::string_view("-._~:/?#@!$&+,;=%").find(c) != std::string_view::npos;
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", u);
  }
  return out;
}

std::string uuid(std::string_view name) {
  std::string hex = crypto::sha256_hex(name).substr(0, 32);
  hex[12] = '5';
  hex[16] = "89ab"[static_cast<std::size_t>(hex[16] >= 'a' ? hex[16] - 'a' + 10 : hex[16] - '0') % 4];
  return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" + hex.substr(16, 4) + "-" +
         hex.substr(20);
}

}  // namespace writ::report
