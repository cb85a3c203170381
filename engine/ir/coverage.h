// What a rule book says of each provision of an instrument, so that nobody takes silence for compliance.
#pragma once

#include <string>
#include <vector>

#include "engine/ir/program.h"

namespace writ::ir {

enum class Covered : std::uint8_t {
  encoded,      // rules, exceptions or definitions cite it
  open_norm,    // left to human judgement: said so, or every requirement under it is `judged`
  outside,      // no document could decide it; the reason is given
  not_encoded,  // listed, and nothing cites it
};
[[nodiscard]] const char* to_string(Covered covered);  // "encoded", "open_norm", …

struct CoveredProvision {
  std::string unit;  // "Art. 50"
  Covered covered = Covered::not_encoded;
  std::vector<std::string> items;  // that cite it: "eu.ai_act.ai_interaction_notice", each once
  std::string reason;
};
struct InstrumentCoverage {
  InstrumentId instrument;
  bool listed = false;  // its provisions are listed; else only what is cited is known
  std::vector<CoveredProvision> provisions;
  [[nodiscard]] std::size_t count(Covered covered) const;
};

/// Of every instrument that lists its provisions or is cited, in the order of the program. Instruments of one title are
/// one: of the first that lists its provisions.
[[nodiscard]] std::vector<InstrumentCoverage> coverage(const Program& program);

}  // namespace writ::ir
