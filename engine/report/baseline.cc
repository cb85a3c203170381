#include "engine/report/json.h"

namespace writ::report {

std::string baseline(const gate::Baseline& baseline) {
  const auto line = [](const Json& json) { return json.dump(-1, ' ', true, Json::error_handler_t::replace); };
  std::string out = "{\n  \"schema\": \"writ-baseline/1\",\n  \"as_of\": " + line(baseline.as_of.text()) +
                    ",\n  \"expires\": " + line(baseline.expires.text()) +
                    ",\n  \"rules\": {\n    \"digest\": " + line(baseline.digest) + ",\n    \"ids\": [";
  bool first = true;
  for (const std::string& rule : baseline.rules) {
    out += (first ? "\n      " : ",\n      ") + line(rule);
    first = false;
  }
  out += "\n    ]\n  },\n  \"entries\": [";
  first = true;
  for (const auto& [fingerprint, e] : baseline.entries) {
    Json could_be = Json::array();
    for (Verdict v : e.could_be.list()) could_be.push_back(eval::to_string(v));
    out += (first ? "\n    " : ",\n    ") + line({{"fingerprint", fingerprint},
                                                  {"rule", e.rule},
                                                  {"document", e.document},
                                                  {"verdict", eval::to_string(e.verdict)},
                                                  {"could_be", could_be}});
    first = false;
  }
  return out + "\n  ]\n}\n";
}

}  // namespace writ::report
