// What reports say of facts and findings: shared by all formats, so that they say the same.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/gate/result.h"

namespace writ::report {

/// "Regulation (EU) 2024/1689 (…), Art. 53(1)(d)".
[[nodiscard]] std::string citation_in_full(const ir::Program& program, const ir::Citation& citation);
/// The rule's id, with label and element: "us.ear.licence_3a090.licence[h800-1]".
[[nodiscard]] std::string finding_name(const ir::Program& program, const eval::Finding& finding);
/// A known fact's value as text ("3.3e24 FLOP", "{text, image}", "2 entries"), "absent", or "unknown (not assessed)".
[[nodiscard]] std::string fact_value(const gate::Result& result, const facts::Document& document, facts::FactId fact);
/// Stated, but not exactly: a range of numbers, several members that are possible.
[[nodiscard]] bool is_estimate(const facts::Fact& fact);
/// A list that the user supplied.
struct Supplied {
  std::string name;  // "us.ear.entity_list"
  const ir::Supplied* supplied = nullptr;
};
/// Those that were read, in order of name.
[[nodiscard]] std::vector<Supplied> supplied_lists(const ir::Program& program);
/// Where the fact is a name that is near one of a supplied list: the question that only a human can answer. Else empty.
[[nodiscard]] std::string near_listed(const ir::Program& program, const facts::Fact& fact);
/// What stands behind a fact: "licence file, as of 2026-03-01, by counsel"; empty without evidence.
[[nodiscard]] std::string evidence_text(const facts::Document& document, facts::FactId fact);
/// "since 2025-08-02", "2022-10-07 to 2023-11-16".
[[nodiscard]] std::string effective_text(const ir::Rule& rule, Date day);
/// Why a verdict that is not decided on facts is what it is, in words; empty where the facts say it all.
[[nodiscard]] std::string reason_text(const gate::Result& result, const gate::Row& row);
/// "not effective by the text published on 2026-07-24 (Digital Omnibus)"; empty where later text changes nothing.
[[nodiscard]] std::string later_text(const gate::Result& result, const eval::Finding& finding);
/// Where the text of a requirement stands that is in force on that day (unknown: the latest).
[[nodiscard]] Span requirement_span(const ir::Program& program, const ir::Requirement& requirement,
                                    std::optional<Date> day);
/// "transfers.owned = 50 % (EAR 744.11(a))": what a presumption put in the place of an unknown fact.
[[nodiscard]] std::string presumption_text(const gate::Result& result, ir::PresumptionId presumption);
/// "Open source (AIA Art. 53(2))": an exception by its title, with its citation.
[[nodiscard]] std::string exception_text(const ir::Program& program, const ir::Exception& exception);
/// The text of an expression as its author wrote it, on one line.
[[nodiscard]] std::string source_text(const gate::Result& result, Span span);
/// The fact a finding is shown at: the last one read on the way to the verdict that has a place in the document.
[[nodiscard]] facts::FactId place_of(const facts::Document& document, const eval::Finding& finding);

}  // namespace writ::report
