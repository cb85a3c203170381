#include "engine/report/waivers.h"

#include <fmt/format.h>

namespace writ::report {

using State = gate::WaiverUse::State;

std::string waiver_text(const gate::Waiver& waiver) {
  return fmt::format("{} (owner {}, approved by {}, until {})", waiver.reason, waiver.owner, waiver.approved_by,
                     waiver.expires.text());
}

const char* to_string(State state) {
  switch (state) {
    case State::covers: return "covers";
    case State::lapsed: return "lapsed";
    case State::early: return "early";
    case State::other: return "other";
    case State::needless: return "needless";
    case State::elsewhere: return "elsewhere";
    case State::names_none: return "names_none";
  }
  return "";
}

std::string waiver_remark(const gate::Waiver& waiver, const gate::WaiverUse& use) {
  switch (use.state) {
    case State::lapsed: return fmt::format("lapsed on {}: the result counts", waiver.expires.text());
    case State::early: return fmt::format("begins on {}: until then the result counts", waiver.from.text());
    case State::other: {
      std::string met;
      for (const std::string& word : use.verdicts) met += (met.empty() ? "" : ", ") + word;
      return fmt::format("covers {} results, and the verdict is {}: it counts", eval::words(waiver.covers), met);
    }
    case State::needless: return "has nothing to waive";
    case State::names_none: return "names no result of that document";
    case State::covers: return use.lapses_soon ? fmt::format("lapses on {}", waiver.expires.text()) : std::string();
    case State::elsewhere: return {};
  }
  return {};
}

}  // namespace writ::report
