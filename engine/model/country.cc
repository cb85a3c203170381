// Country codes: ISO 3166-1 alpha-2 as officially assigned, the codes that people write instead, and the shape of ISO
// 3166-2 parts.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "engine/model/vocabulary.h"

namespace writ::model {
namespace {

// The 249 officially assigned codes in order, two letters each, one initial letter a line.
constexpr std::string_view kAssigned =
    "ADAEAFAGAIALAMAOAQARASATAUAWAXAZ"
    "BABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBWBYBZ"
    "CACCCDCFCGCHCICKCLCMCNCOCRCUCVCWCXCYCZ"
    "DEDJDKDMDODZ"
    "ECEEEGEHERESET"
    "FIFJFKFMFOFR"
    "GAGBGDGEGFGGGHGIGLGMGNGPGQGRGSGTGUGWGY"
    "HKHMHNHRHTHU"
    "IDIEILIMINIOIQIRISIT"
    "JEJMJOJP"
    "KEKGKHKIKMKNKPKRKWKYKZ"
    "LALBLCLILKLRLSLTLULVLY"
    "MAMCMDMEMFMGMHMKMLMMMNMOMPMQMRMSMTMUMVMWMXMYMZ"
    "NANCNENFNGNINLNONPNRNUNZ"
    "OM"
    "PAPEPFPGPHPKPLPMPNPRPSPTPWPY"
    "QA"
    "RERORSRURW"
    "SASBSCSDSESGSHSISJSKSLSMSNSOSRSSSTSVSXSYSZ"
    "TCTDTFTGTHTJTKTLTMTNTOTRTTTVTWTZ"
    "UAUGUMUSUYUZ"
    "VAVCVEVGVIVNVU"
    "WFWS"
    "YEYT"
    "ZAZMZW";
static_assert(kAssigned.size() == 2 * 249);

struct Refused {
  std::string_view code;
  std::string_view instead;
};
constexpr auto kRefused = std::to_array<Refused>({
    {"AN", "the Netherlands Antilles were dissolved in 2010: BQ, CW or SX"},
    {"BU", "MM"},
    {"CS", "withdrawn in 2006: RS or ME"},
    {"DD", "DE"},
    {"EL", "GR"},
    {"EN", "GB-ENG"},
    {"EU", "the European Union is no country: name the member state"},
    {"FX", "FR"},
    {"NT", "withdrawn in 1993: IQ or SA"},
    {"SF", "FI"},
    {"SU", "the Soviet Union was dissolved: RU or the successor state"},
    {"TP", "TL"},
    {"UK", "GB"},
    {"UN", "the United Nations are no country"},
    {"YD", "YE"},
    {"YU", "Yugoslavia was dissolved: RS, ME, HR, SI, BA or MK"},
    {"ZR", "CD"},
});
// Names and three-letter codes seen in documents; the check is a help, not a gazetteer.
constexpr auto kNames = std::to_array<Refused>({
    {"CHN", "CN"},     {"china", "CN"},         {"DEU", "DE"},
    {"germany", "DE"}, {"FRA", "FR"},           {"france", "FR"},
    {"GBR", "GB"},     {"IND", "IN"},           {"india", "IN"},
    {"IRL", "IE"},     {"ireland", "IE"},       {"ITA", "IT"},
    {"italy", "IT"},   {"JPN", "JP"},           {"japan", "JP"},
    {"KOR", "KR"},     {"NOR", "NO"},           {"norway", "NO"},
    {"RUS", "RU"},     {"russia", "RU"},        {"spain", "ES"},
    {"taiwan", "TW"},  {"TWN", "TW"},           {"USA", "US"},
    {"U.S.", "US"},    {"united states", "US"}, {"united kingdom", "GB"},
});

constexpr bool sorted_by_code() {
  for (std::size_t i = 2; i < kAssigned.size(); i += 2) {
    if (!(kAssigned.substr(i - 2, 2) < kAssigned.substr(i, 2))) return false;
  }
  return true;
}
static_assert(sorted_by_code());

bool upper(char c) { return c >= 'A' && c <= 'Z'; }
char to_upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
std::string to_upper(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = to_upper(c);
  return result;
}

bool assigned(std::string_view code) {
  if (code == "XK") return true;  // user-assigned and in general use for Kosovo
  if (code.size() != 2) return false;
  std::size_t low = 0;
  std::size_t high = kAssigned.size() / 2;
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (kAssigned.substr(2 * middle, 2) < code) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return 2 * low < kAssigned.size() && kAssigned.substr(2 * low, 2) == code;
}

template <class Table>
std::string_view lookup(const Table& table, std::string_view code) {
  const std::string wanted = to_upper(code);
  const auto found =
      std::find_if(table.begin(), table.end(), [&](const Refused& row) { return to_upper(row.code) == wanted; });
  return found == table.end() ? std::string_view() : found->instead;
}

}  // namespace

std::string_view assigned_countries() { return kAssigned; }

CountryCheck check_country(std::string_view code) {
  if (code.size() > 64) return {};
  const std::size_t dash = code.find('-');
  const std::string_view country = code.substr(0, dash);
  if (!assigned(country)) {
    if (const std::string_view instead = lookup(kRefused, country); !instead.empty()) {
      const bool is_code = instead.size() == 2;
      return {false,
              std::string(instead) + std::string(is_code && dash != std::string_view::npos ? code.substr(dash) : "")};
    }
    if (const std::string_view instead = lookup(kNames, code); !instead.empty()) return {false, std::string(instead)};
    if (assigned(to_upper(country))) return {false, to_upper(code)};
    return {};
  }
  if (dash == std::string_view::npos) return {true, {}};
  const std::string_view part = code.substr(dash + 1);
  const bool shape = !part.empty() && part.size() <= 3 &&
                     std::all_of(part.begin(), part.end(), [](char c) { return upper(c) || (c >= '0' && c <= '9'); });
  if (shape) return {true, {}};
  if (!part.empty() && part.size() <= 3 && to_upper(code) != code) {
    const std::string raised = to_upper(code);
    return check_country(raised).ok ? CountryCheck{false, raised} : CountryCheck{};
  }
  return {false, fmt::format("{}, or {} and one to three letters or digits after the dash", country, country)};
}

}  // namespace writ::model
