// Words that several formats use, and the ways in which each of them keeps foreign text from being read as its own.
// Private to this room.
#pragma once

#include <string>
#include <string_view>

#include "engine/report/sheet.h"

namespace writ::report {

/// One line: control characters and what turns the direction of writing are visible escapes.
[[nodiscard]] std::string one_line(std::string_view text);
/// "gap (high): Publish a summary …; because training.summary is absent; to close it: …".
[[nodiscard]] std::string message_of(const SheetRow& row);
/// "Regulation (EU) 2024/1689, Art. 53(1)(d)".
[[nodiscard]] std::string citation_of(const SheetRow& row);
/// "UNDETERMINED", "NOT YET DUE".
[[nodiscard]] std::string words_of(std::string_view verdict);
/// What a report must say of its own run: each document that could not be read or that nothing could be said of, and
/// what the exit code means. Empty: it is whole.
[[nodiscard]] std::vector<std::string> shortcomings(const Sheet& sheet);
/// The run was whole: exit 0 or 1.
[[nodiscard]] inline bool complete(const Sheet& sheet) { return sheet.code == 0 || sheet.code == 1; }
[[nodiscard]] std::string exit_words(const Sheet& sheet);

/// For XML 1.0: what may not stand there is left out.
[[nodiscard]] std::string xml(std::string_view text);
/// A path as a relative reference of RFC 3986.
[[nodiscard]] std::string uri(std::string_view path);
/// An address that may be linked to: of https, with every sign encoded that could end it. Empty: it is none.
[[nodiscard]] std::string address(std::string_view url);
/// The UUID (version 5 in form) of a name, the same in every run.
[[nodiscard]] std::string uuid(std::string_view name);

inline constexpr std::string_view kDisclaimer = "On the facts stated in these documents. Not legal advice.";

}  // namespace writ::report
