// The JSON report follows its published schema and is the same bytes whatever the surroundings; the JSON Schema of
// documents accepts what the reader accepts. The validator is Debian's python3-jsonschema.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <sstream>

#include "tests/acceptance/program.h"

namespace writ::acceptance {
namespace {

namespace fs = std::filesystem;

/// Validates JSON texts against a schema; the messages of the validator, empty when all are valid.
std::string validate(const std::string& schema, const std::vector<std::string>& files) {
  std::vector<std::string> command{
      "python3", "-c",
      "import glob, json, os, sys\n"
      "from jsonschema import Draft202012Validator as V, RefResolver\n"
      "# The resolver knows how to join URLs, and not URNs.\n"
      "load = lambda f: json.loads(open(f).read().replace('urn:writ:schema:', 'https://writ.invalid/'))\n"
      "schema = load(sys.argv[1])\n"
      "V.check_schema(schema)\n"
      "beside = glob.glob(os.path.dirname(sys.argv[1]) + '/*.schema.json')\n"
      "store = {s['$id']: s for s in map(load, beside)}\n"
      "v = V(schema, resolver=RefResolver.from_schema(schema, store=store))\n"
      "for f in sys.argv[2:]:\n"
      "    texts = open(f) if f.endswith('.jsonl') else [open(f).read()]\n"
      "    for e in (e for t in texts for e in v.iter_errors(json.loads(t))):\n"
      "        print(f, '/'.join(map(str, e.absolute_path)), e.message[:300])\n",
      schema};
  command.insert(command.end(), files.begin(), files.end());
  const Ran ran = run(command);
  return ran.code == 0 ? ran.out : "validator: " + ran.err;
}

bool has_validator() { return run({"python3", "-c", "import jsonschema, yaml"}).code == 0; }

/// Some fixtures and packs that between them have every kind of verdict and most that a report can say; all fixtures
/// with the whole rule book would be hundreds of megabytes.
const std::vector<std::string>& sample() {
  static const std::vector<std::string> list{
      "fixtures/cases/deepseek-app-korea.writ.yaml", "fixtures/cases/estimated-compute.writ.yaml",
      "fixtures/cases/eu-chatbot-2025.writ.yaml",    "fixtures/cases/eu-hiring-tool.writ.yaml",
      "fixtures/cases/h20-exports.writ.yaml",        "fixtures/cases/licence-collection.writ.yaml",
      "fixtures/cases/smaug-72b.writ.yaml",          "fixtures/cases/support-desk-scc.writ.yaml"};
  return list;
}

std::vector<std::string> check_sample(const std::vector<std::string>& more) {
  std::vector<std::string> out{"check"};
  out.insert(out.end(), sample().begin(), sample().end());
  out.insert(out.end(), {"--as-of", "2026-11-22", "-r", "licences", "-r", "openness", "-r", "us.ear", "-r", "kr"});
  out.insert(out.end(), more.begin(), more.end());
  return out;
}

TEST(JsonReport, FollowsItsSchema) {
  if (!has_validator()) GTEST_SKIP() << "python3-jsonschema and python3-yaml are not installed";
  const Folder folder;
  std::vector<std::string> reports;
  const auto keep = [&](const std::string& name, const Ran& ran) { reports.push_back(folder.write(name, ran.out)); };
  keep("sample.json", writ(check_sample({"-f", "json"})));
  keep("known.json", writ({"check", "fixtures/cases/eu-hiring-tool.writ.yaml", "-r", "eu.ai_act", "--as-of",
                           "2026-11-22", "--law-known-at", "2026-07-01", "-f", "json"}));
  keep("italy.json", writ({"check", "fixtures/cases/deepseek-app-italy.writ.yaml", "-r", "eu.gdpr", "--as-of",
                           "2025-01-30", "-f", "json"}));
  keep("public-body.json", writ({"check", "fixtures/inventories/public-body", "--as-of", "2026-11-22", "-f", "json",
                                 "-r", "competition", "-r", "project"}));
  keep("empty.json", writ({"check", folder.path().string(), "--as-of", "2026-11-22", "-f", "json"}));
  const std::string bad = folder.write("bad/bad.writ.yaml", "writ: deployment/1\nid: bad\nnonsense: 1\n");
  keep("bad.json", writ({"check", bad, "--as-of", "2026-11-22", "-f", "json"}));
  EXPECT_EQ(validate("docs/schemas/writ-report-1.schema.json", reports), "");
}

TEST(JsonReport, LinesFollowTheirSchema) {
  const Folder folder;
  const Ran ran = writ(check_sample({"-f", "jsonl"}));
  std::istringstream text(ran.out);
  std::size_t lines = 0, results = 0;
  const auto whole = writ(check_sample({"-f", "json"})).json();
  std::map<std::string, std::size_t> against;  // by document, in the whole report
  for (const auto& r : whole.at("results")) {
    const std::string verdict = r.at("verdict");
    if (verdict == "gap" || verdict == "conflict" || verdict == "error" || verdict == "undetermined")
      ++against[r.at("document")];
  }
  for (std::string line; std::getline(text, line); ++lines) {
    const auto json = nlohmann::json::parse(line);
    const auto& open = json.at("undetermined");
    const std::size_t named = json.at("results").size() + open.at("at_risk").size() + open.at("either_way").size();
    EXPECT_EQ(named, against[json.at("document").at("id")]) << line.substr(0, 300);
    EXPECT_EQ(json.at("summary").at("at_risk"), open.at("at_risk").size());
    results += named;
  }
  EXPECT_EQ(lines, sample().size());
  EXPECT_GT(results, 100u);
  // A document that cannot be read has its line, too.
  const std::string bad = folder.write("bad/bad.writ.yaml", "writ: deployment/1\nid: bad\nnonsense: 1\n");
  const Ran unread = writ({"check", bad, "--as-of", "2026-11-22", "-r", "us.ear", "-f", "jsonl"});
  EXPECT_EQ(unread.code, 3);
  EXPECT_EQ(unread.json().at("document").at("checked"), false);
  EXPECT_EQ(unread.json().at("errors").size(), 1u);
  EXPECT_EQ(unread.json().at("errors").at(0).at("line"), 3);
  if (!has_validator()) GTEST_SKIP() << "python3-jsonschema and python3-yaml are not installed";
  EXPECT_EQ(validate("docs/schemas/writ-line-1.schema.json",
                     {folder.write("sample.jsonl", ran.out), folder.write("unread.jsonl", unread.out)}),
            "");
}

TEST(JsonReport, SameBytesWhateverTheSurroundings) {
  const std::vector<std::string> base = check_sample({"-f", "json"});
  const std::string reference = writ(base).out;
  ASSERT_FALSE(reference.empty());
  EXPECT_EQ(writ(base).out, reference);
  for (const auto& set : std::vector<std::vector<std::pair<std::string, std::string>>>{
           {{"LC_ALL", "C"}},
           {{"LC_ALL", "tr_TR.UTF-8"}, {"LANG", "tr_TR.UTF-8"}},
           {{"LC_ALL", "de_DE.UTF-8"}},
           {{"TZ", "Pacific/Kiritimati"}},
           {{"TZ", "America/Los_Angeles"}},
           {{"FORCE_COLOR", "1"}}}) {
    Environment environment;
    environment.set = set;
    EXPECT_EQ(writ(base, environment).out, reference) << set.front().first << "=" << set.front().second;
  }
  // The order of arguments, and naming a file twice, change nothing.
  std::vector<std::string> forward{"check"}, backward{"check"};
  forward.insert(forward.end(), sample().begin(), sample().end());
  backward.insert(backward.end(), sample().rbegin(), sample().rend());
  backward.push_back(sample().front());
  for (auto* arguments : {&forward, &backward})
    arguments->insert(arguments->end(), base.begin() + 1 + static_cast<std::ptrdiff_t>(sample().size()), base.end());
  EXPECT_EQ(writ(forward).out, writ(backward).out);
  EXPECT_EQ(writ(forward).out, reference);
}

TEST(JsonReport, FilesAreWrittenWhole) {
  const Folder folder;
  const std::string path = (folder.path() / "report.json").string();
  const Ran ran = writ(check_sample({"-o", "json=" + path}));
  EXPECT_EQ(read_file(path), writ(check_sample({"-f", "json"})).out);
  EXPECT_FALSE(ran.out.empty());
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()), 1)
      << "no temporary file is left";
}

TEST(JsonReport, NothingOfADocumentReachesTheTerminalRaw) {
  const Folder folder;
  const std::string path = folder.write(
      "x.writ.yaml", "writ: deployment/1\nid: \"a\\e[31mred\\a\\u202e\"\nmodel:\n  name: \"\\e]52;c;AAAA\\a\"\n");
  const Ran ran = writ({"check", path, "--as-of", "2026-11-22", "-v", "--color", "never"});
  for (const unsigned char c : ran.out + ran.err)
    EXPECT_TRUE(c >= 0x20 || c == '\n' || c == '\t') << static_cast<int>(c);
  EXPECT_EQ(ran.out.find("\u202e"), std::string::npos);
}

TEST(FactsSchema, AcceptsTheFixturesAndRefusesTheMalformed) {
  if (!has_validator()) GTEST_SKIP() << "python3-jsonschema and python3-yaml are not installed";
  const Folder folder;
  const Ran schema = writ({"facts", "--schema"});
  ASSERT_EQ(schema.code, 0) << schema.err;
  const std::string schema_file = folder.write("schema.json", schema.out);
  // YAML to JSON without guessing at types: what the reader sees as text is text here too.
  const Ran ran =
      run({"python3", "-c",
           "import json, sys, yaml, glob\n"
           "from jsonschema import Draft202012Validator as V\n"
           "class L(yaml.SafeLoader): pass\n"
           "L.yaml_implicit_resolvers = {k: [(t, r) for t, r in v if t in ('tag:yaml.org,2002:null', "
           "'tag:yaml.org,2002:int')] for k, v in yaml.SafeLoader.yaml_implicit_resolvers.items()}\n"
           "import re\n"
           "L.add_implicit_resolver('tag:yaml.org,2002:bool', re.compile('^(true|false)$'), list('tf'))\n"
           "L.add_implicit_resolver('tag:yaml.org,2002:float', "
           "re.compile(r'^-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?$'), list('-0123456789'))\n"
           "L.add_constructor('tag:yaml.org,2002:float', lambda l, n: float(n.value))\n"
           "v = V(json.load(open(sys.argv[1])))\n"
           "n = 0\n"
           "for f in sorted(glob.glob('fixtures/cases/*.writ.yaml')):\n"
           "    for d in yaml.load_all(open(f), L):\n"
           "        n += 1\n"
           "        for e in v.iter_errors(d): print(f, '/'.join(map(str, e.absolute_path)), e.message[:200])\n"
           "wrong = [{}, {'writ': 'deployment/1'}, {'writ': 'deployment/2', 'id': 'a'}, {'writ': 'deployment/1', 'id': "
           "'a', 'modle': {}},\n"
           "         {'writ': 'deployment/1', 'id': 'a', 'model': {'nme': 'x'}}, {'writ': 'deployment/1', 'id': 'a', "
           "'model': 3},\n"
           "         {'writ': 'deployment/1', 'id': 'a', 'model': {'generates': ['smell']}}, {'writ': 'deployment/1', "
           "'id': 'a', 'transfers': {}},\n"
           "         {'writ': 'deployment/1', 'id': 'a', 'system': {'interacts_with_persons': 'maybe'}}, ['writ'], "
           "'writ', None]\n"
           "for w in wrong:\n"
           "    if v.is_valid(w): print('accepted', w)\n"
           "if n < 20: print('only', n, 'documents')\n",
           schema_file});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(ran.out, "");
}

}  // namespace
}  // namespace writ::acceptance
