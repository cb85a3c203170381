// Every format of a report: valid by its public schema, the same finding ids, nothing foreign that acts, and no report
// of a run that checked nothing which looks like a green one.
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <sstream>

#include "tests/acceptance/program.h"

namespace writ::acceptance {
namespace {

namespace fs = std::filesystem;

const std::vector<std::string>& formats() {
  static const std::vector<std::string> all{"html",   "markdown", "sarif", "junit",    "github",
                                            "gitlab", "csv",      "oscal", "cyclonedx"};
  return all;
}

fs::path schemas() { return fs::path(WRIT_SOURCE_DIR) / ".." / "shared" / "data" / "schemas"; }
bool has_python() { return run({"python3", "-c", "import jsonschema"}).code == 0; }

/// One run, written in every format.
class Reports {
 public:
  explicit Reports(const std::vector<std::string>& arguments) {
    std::vector<std::string> command{"check"};
    command.insert(command.end(), arguments.begin(), arguments.end());
    command.insert(command.end(), {"--as-of", "2026-11-22", "--law-known-at", "2026-11-22", "-f", "json"});
    for (const std::string& f : formats()) command.insert(command.end(), {"-o", f + "=" + path(f)});
    ran = writ(command);
    (void)folder_.write("report.json", ran.out);
  }
  [[nodiscard]] std::string path(const std::string& format) const {
    return (folder_.path() / ("report." + format)).string();
  }
  [[nodiscard]] std::string text(const std::string& format) const { return read_file(path(format)); }
  Ran ran;

 private:
  Folder folder_;
};

const Reports& sample() {
  static const Reports reports(
      {"-r", "eu.ai_act", "-r", "openness", "-r", "it", "fixtures/cases/eu-hiring-tool.writ.yaml",
       "fixtures/cases/deepseek-app-italy.writ.yaml", "fixtures/cases/gpai-provider-compliant.writ.yaml",
       "fixtures/cases/estimated-compute.writ.yaml", "fixtures/malformed/documents/yaml_tab_indentation.yaml"});
  return reports;
}

TEST(Formats, FollowTheirPublicSchemas) {
  if (!fs::exists(schemas())) GTEST_SKIP() << "the public schemas are not here: " << schemas();
  if (!has_python()) GTEST_SKIP() << "python3-jsonschema is not installed";
  const std::string script =
      "import json, sys\n"
      "from jsonschema import Draft7Validator, RefResolver\n"
      "root = sys.argv[1] + '/'\n"
      "def load(name):\n"
      "    text = open(root + name).read()\n"
      "    # the module re knows no properties of characters\n"
      "    text = text.replace('(\\\\\\\\p{L}|_)(\\\\\\\\p{L}|\\\\\\\\p{N}|[.\\\\\\\\-_])*', "
      "'[^\\\\\\\\W\\\\\\\\d][\\\\\\\\w.-]*')\n"
      "    return json.loads(text)\n"
      "for name, beside, file in [\n"
      "    ('sarif-schema-2.1.0.json', [], sys.argv[2]),\n"
      "    ('oscal_assessment-results_schema.json', [], sys.argv[3]),\n"
      "    ('cyclonedx-bom-1.6.schema.json', ['spdx.schema.json', 'jsf-0.82.schema.json',"
      " 'cryptography-defs.schema.json'], sys.argv[4])]:\n"
      "    schema = load(name)\n"
      "    store = {'http://cyclonedx.org/schema/' + b: load(b) for b in beside}\n"
      "    resolver = RefResolver(schema.get('$id', ''), schema, store=store)\n"
      "    for e in Draft7Validator(schema, resolver=resolver).iter_errors(json.load(open(file))):\n"
      "        print(file, '/'.join(map(str, e.absolute_path)), e.message[:300])\n";
  const Reports& r = sample();
  const Ran ran =
      run({"python3", "-c", script, schemas().string(), r.path("sarif"), r.path("oscal"), r.path("cyclonedx")});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(ran.out, "");
}

TEST(Formats, JUnitFollowsTheSchema) {
  if (!fs::exists(schemas())) GTEST_SKIP() << "the public schemas are not here: " << schemas();
  if (run({"xmllint", "--version"}).code != 0) GTEST_SKIP() << "xmllint is not installed";
  const Ran ran = run({"xmllint", "--noout", "--schema", (schemas() / "JUnit.xsd").string(), sample().path("junit")});
  EXPECT_EQ(ran.code, 0) << ran.err.substr(0, 2000);
}

TEST(Formats, AllNameTheSameFindings) {
  const nlohmann::json report = sample().ran.json();
  std::size_t named = 0;
  std::map<std::string, std::string> texts;
  for (const std::string& f : formats()) texts[f] = sample().text(f);
  for (const auto& r : report["results"]) {
    const std::string verdict = r["verdict"], id = r["id"];
    if (verdict != "gap" && verdict != "conflict" && verdict != "error" && !r["at_risk"].get<bool>()) continue;
    ++named;
    for (const auto& [format, text] : texts)
      EXPECT_NE(text.find(id), std::string::npos) << format << " says nothing of " << id << " " << r["rule"];
  }
  EXPECT_GT(named, 50U);
}

TEST(Formats, StoredReportsRenderToTheSameBytes) {
  const std::string json = fs::path(sample().path("html")).replace_filename("report.json").string();
  for (const std::string& f : formats()) {
    const Ran ran = writ({"report", json, "-f", f});
    EXPECT_EQ(ran.code, sample().ran.code) << f;
    EXPECT_TRUE(ran.out == sample().text(f)) << f;
  }
  EXPECT_TRUE(writ({"report", json, "-f", "json"}).out == sample().ran.out);
}

TEST(Formats, StoredReportsOfOtherRulesOrDaysAreRefused) {
  const Folder folder;
  const std::string a = "fixtures/cases/eu-hiring-tool.writ.yaml",
                    b = "fixtures/cases/gpai-provider-compliant.writ.yaml";
  const auto stored = [&](const std::string& name, const std::vector<std::string>& more) {
    std::vector<std::string> command{"check", "-f", "json", "--law-known-at", "2026-11-22"};
    command.insert(command.end(), more.begin(), more.end());
    return folder.write(name, writ(command).out);
  };
  const std::string one = stored("a.json", {"-r", "openness", "--as-of", "2026-11-22", a});
  const std::string two = stored("b.json", {"-r", "openness", "--as-of", "2026-11-22", b});
  const std::string both =
      writ({"check", "-f", "json", "-r", "openness", "--as-of", "2026-11-22", "--law-known-at", "2026-11-22", a, b})
          .out;
  const nlohmann::json merged = writ({"report", one, two, "-f", "json"}).json(), whole = nlohmann::json::parse(both);
  EXPECT_EQ(merged["results"], whole["results"]);
  EXPECT_EQ(merged["summary"], whole["summary"]);
  EXPECT_EQ(writ({"report", one, stored("c.json", {"-r", "it", "--as-of", "2026-11-22", b})}).code, 2);
  EXPECT_EQ(writ({"report", one, stored("d.json", {"-r", "openness", "--as-of", "2026-11-21", b})}).code, 2);
  EXPECT_EQ(writ({"report", one, one}).code, 2) << "the same document twice";
  EXPECT_EQ(writ({"report", folder.write("e.json", "{\"schema\": \"writ-report/2\"}")}).code, 2);
  EXPECT_EQ(writ({"report", folder.write("f.json", "[1,\n2")}).code, 2);
  nlohmann::json more = nlohmann::json::parse(read_file(one));
  more["extra"] = 1;
  EXPECT_EQ(writ({"report", folder.write("g.json", more.dump())}).code, 2);
  more.erase("extra");
  more.erase("results");
  EXPECT_EQ(writ({"report", folder.write("h.json", more.dump())}).code, 2);
  EXPECT_EQ(writ({"report", folder.path() / "none.json"}).code, 2);
}

TEST(Formats, NothingCheckedLooksFailedInEach) {
  const Folder folder;
  (void)folder.write("broken.writ.yaml", "writ: deployment/1\nid: [\n");
  const Reports unread({"-r", "openness", folder.path().string()});
  const Folder empty;
  const Reports none({"-r", "openness", empty.path().string()});
  for (const Reports* r : {&unread, &none}) {
    EXPECT_NE(r->ran.code, 0);
    const auto sarif = nlohmann::json::parse(r->text("sarif"));
    EXPECT_FALSE(sarif["runs"][0]["invocations"][0]["executionSuccessful"].get<bool>());
    EXPECT_FALSE(sarif["runs"][0]["invocations"][0]["toolExecutionNotifications"].empty());
    EXPECT_NE(r->text("junit").find("<error "), std::string::npos);
    EXPECT_TRUE(r->text("github").starts_with("::error "));
    EXPECT_EQ(nlohmann::json::parse(r->text("gitlab"))[0]["severity"], "blocker");
    EXPECT_NE(r->text("csv").find("\"incomplete\""), std::string::npos);
    EXPECT_NE(r->text("markdown").find("**exit "), std::string::npos);
    EXPECT_NE(r->text("html").find("class=\"verdict bad\""), std::string::npos);
    EXPECT_NE(r->text("oscal").find("The run is not complete"), std::string::npos);
    EXPECT_NE(r->text("cyclonedx").find("writ:incomplete"), std::string::npos);
  }
}

/// What would act in some format, if it came through.
std::vector<std::string> payloads() {
  const std::vector<std::string> kernels{"\x1b[31mred\x1b[0m",
                                         "\x1b]8;;https://evil.example\x07link",
                                         "\x1b[2J",
                                         "\x9b"
                                         "31m",
                                         "\r::error::pwned",
                                         "\n::error file=a::pwned",
                                         "::error::pwned",
                                         "::set-output name=x::y",
                                         "::add-mask::x",
                                         "##[error]pwned",
                                         "<script>alert(1)</script>",
                                         "<img src=x onerror=alert(1)>",
                                         "\"><svg onload=alert(1)>",
                                         "' onmouseover='x",
                                         "</style><script>x</script>",
                                         "javascript:alert(1)",
                                         "<!--",
                                         "-->",
                                         "]]>",
                                         "<![CDATA[x]]>",
                                         "&lt;b&gt;",
                                         "&#x3c;b",
                                         "[click](javascript:alert(1))",
                                         "![x](https://evil.example/x.png)",
                                         "<https://evil.example>",
                                         "@everyone",
                                         "# heading",
                                         "| a | b |",
                                         "```",
                                         "**bold**",
                                         "=cmd|' /C calc'!A0",
                                         "+1+1",
                                         "-2+3",
                                         "@SUM(A1)",
                                         "=HYPERLINK(\"https://evil\")",
                                         "\t=1+1",
                                         "\u202Egnp.exe",
                                         "\u2066x\u2069",
                                         "\u200Bzero",
                                         "\uFEFFbom",
                                         "\uFFFEnot",
                                         "\x01\x02\x03",
                                         "\x7f",
                                         "\x00x",
                                         "a\nb\nc",
                                         "a\r\nb",
                                         "%0A::error::x",
                                         "%3Cscript%3E",
                                         "../../etc/passwd",
                                         "'; DROP TABLE x; --",
                                         "${jndi:ldap://x}",
                                         "{{7*7}}",
                                         "`id`",
                                         "$(id)",
                                         "\\u001b[31m"};
  std::vector<std::string> out;
  for (const std::string& k : kernels) {
    out.push_back(k);
    out.push_back("x" + k);
    out.push_back(k + k);
    out.push_back("A b " + k + " c");
  }
  return out;
}

std::string quoted(const std::string& text) {
  return nlohmann::json(text).dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
}

TEST(Formats, NothingForeignActs) {
  if (!has_python()) GTEST_SKIP() << "python3 is not installed";
  const std::vector<std::string> all = payloads();
  ASSERT_GE(all.size(), 200U);
  // A document for each, as id, as key and name of a party, as key of an element and as a text; one has it in its path,
  // one in the reason of a waiver.
  const Folder folder;
  std::string waivers;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::string id = "doc" + std::to_string(i) + " <b>::error::x</b>", text = all[i];
    const std::string key = "zq" + std::to_string(i) + text;
    const std::string json =
        "{\"writ\": \"deployment/1\", \"id\": " + quoted(id) + ", \"deployment\": {\"name\": " + quoted("n" + text) +
        "}, \"parties\": [{\"key\": " + quoted("k" + text) + ", \"name\": " + quoted("p" + text) +
        ", \"roles\": [\"controller\"], \"establishment\": \"DE\"}], \"breaches\": [{\"id\": " + quoted(key) +
        ", \"aware\": \"2026-11-02T09:30:00Z\"}]}";
    (void)folder.write("d" + std::to_string(i) + ".writ.json", json);
    if (i % 8 == 0)
      waivers += "- {rule: eu.gdpr.breach_notification, document: " + quoted(id) +
                 ", where: {breaches: " + quoted(key) + "}, covers: undetermined, reason: " + quoted("zw" + text) +
                 ", owner: a, approved_by: b, from: 2026-11-01, expires: 2026-12-31}\n";
  }
  (void)folder.write("=1+1 <b>[x](y) %0A::error::z.writ.json",
                     "{\"writ\": \"deployment/1\", \"id\": \"path\", \"parties\": []}");
  const Folder unreadable;
  (void)unreadable.write("@a <script>\n::error::x.writ.yaml", "writ: deployment/1\nid: x\n\x1b[31m<script>: 1\n");
  const Folder aside;
  const std::vector<std::string> arguments{"-r",
                                           "eu.gdpr",
                                           "--rule",
                                           "eu.gdpr.breach_notification",
                                           "--waivers",
                                           aside.write("waivers.yaml", waivers),
                                           folder.path().string(),
                                           unreadable.path().string()};
  const Reports reports(arguments);
  const nlohmann::json report = reports.ran.json();
  std::size_t judged = 0, waived = 0;
  for (const auto& d : report["documents"]) judged += d["id"].is_string() ? 1 : 0;
  for (const auto& r : report["results"]) waived += r["verdict"] == "waived" ? 1 : 0;
  EXPECT_GE(judged, 150U) << "those that are refused are shown as little as the others, but this is about the others";
  EXPECT_GE(waived, 15U);
  std::vector<std::string> spoken{"check"};
  spoken.insert(spoken.end(), arguments.begin(), arguments.end());
  spoken.insert(spoken.end(), {"-v", "--as-of", "2026-11-22"});
  const Ran pretty = writ(spoken);
  std::vector<std::string> lines_of{"check"};
  lines_of.insert(lines_of.end(), arguments.begin(), arguments.end());
  lines_of.insert(lines_of.end(), {"-f", "jsonl", "--as-of", "2026-11-22"});
  std::map<std::string, std::string> texts{
      {"pretty", pretty.out + pretty.err}, {"json", reports.ran.out}, {"jsonl", writ(lines_of).out}};
  for (const std::string& f : formats()) texts[f] = reports.text(f);
  for (const auto& [format, text] : texts) {
    EXPECT_NE(text.find("zq100"), std::string::npos) << format << " shows no key";
    for (std::size_t i = 0; i < text.size(); ++i) {
      const auto c = static_cast<unsigned char>(text[i]);
      const bool fine = c >= 0x20 || c == '\n' || (format == "csv" && c == '\r' && text[i + 1] == '\n');
      ASSERT_TRUE(fine && c != 0x7F) << format << " holds the control character " << int{c} << " near "
                                     << text.substr(i < 60 ? 0 : i - 60, 60);
    }
    for (const char* deceptive : {"\u202E", "\u2066", "\uFFFE", "\u0085", "\u009b"})
      EXPECT_EQ(text.find(deceptive), std::string::npos) << format;
  }
  std::istringstream lines(texts["github"]);
  for (std::string line; std::getline(lines, line);) {
    const bool own = line.starts_with("::error ") || line.starts_with("::warning ") || line.starts_with("::notice ");
    EXPECT_TRUE(own) << line.substr(0, 200);
  }
  const Ran checked =
      run({"python3", "-c",
           "import csv, html.parser, json, re, sys, xml.dom.minidom\n"
           "folder = sys.argv[1]\n"
           "read = lambda f: open(folder + '/report.' + f, encoding='utf-8', newline='').read()\n"
           "for f in ['sarif', 'gitlab', 'oscal', 'cyclonedx']: json.loads(read(f))\n"
           "xml.dom.minidom.parseString(read('junit').encode())\n"
           "for row in csv.reader(read('csv').splitlines()):\n"
           "    for cell in row:\n"
           "        if cell[:1] in ('=', '+', '-', '@', '\\t', '\\r', '|', '%'): print('csv', cell[:80])\n"
           "class P(html.parser.HTMLParser):\n"
           "    known = set('html head meta title style body a header p h1 h2 h3 h4 time code main section strong ul "
           "li b span figure "
           "svg rect text desc figcaption div table thead tbody tr th td details summary article dl dt dd br "
           "footer'.split())\n"
           "    void = {'meta', 'br'}\n"
           "    open = []\n"
           "    def handle_starttag(self, tag, attrs):\n"
           "        if tag not in self.known: print('html tag', tag)\n"
           "        if tag not in self.void: self.open.append(tag)\n"
           "        for k, v in attrs:\n"
           "            if k.startswith('on') or k in ('src', 'srcdoc', 'action'): print('html attribute', k)\n"
           "            if k == 'href' and not (v.startswith('https://') or v == '#main'): print('html link', v)\n"
           "    def handle_startendtag(self, tag, attrs):\n"
           "        if tag not in self.known: print('html tag', tag)\n"
           "    def handle_endtag(self, tag):\n"
           "        if not self.open or self.open.pop() != tag: print('html end', tag)\n"
           "p = P(); p.feed(read('html')); p.close()\n"
           "if p.open: print('html open', p.open)\n"
           "md = read('markdown')\n"
           "for m in re.finditer(r'(?<!\\\\)\\]\\(([^)]*)\\)', md):\n"
           "    if not m.group(1).startswith('https://'): print('md link', m.group(0)[:80])\n"
           "for m in re.finditer(r'<|(?<!\\\\)!\\[|(?<!&#64;)@\\w|(?<!\\\\)`', md): print('md', md[max(0, "
           "m.start()-30):m.start()+30])\n",
           fs::path(reports.path("html")).parent_path().string()});
  EXPECT_EQ(checked.code, 0) << checked.err;
  EXPECT_EQ(checked.out.substr(0, 2000), "");
}

TEST(Formats, WhoeverIsKilledLeavesNoPart) {
  const std::vector<std::string> command{WRIT_PROGRAM, "check", "-r", "eu.ai_act",
                                         "fixtures/cases/eu-hiring-tool.writ.yaml"};
  for (int trial = 0; trial < 12; ++trial) {
    const Folder folder;
    std::vector<std::string> killed{"timeout", "-s", "KILL", "0." + std::to_string(10 + trial * 4)};
    killed.insert(killed.end(), command.begin(), command.end());
    killed.insert(killed.end(), {"-o", "html=" + (folder.path() / "a.html").string(), "-o",
                                 "sarif=" + (folder.path() / "a.sarif").string()});
    (void)run(killed);
    for (const auto& entry : fs::directory_iterator(folder.path())) {
      const std::string name = entry.path().filename().string(), text = read_file(entry.path());
      const bool whole = name == "a.html" ? text.ends_with("</html>\n") : nlohmann::json::accept(text);
      EXPECT_TRUE(whole) << name;
      EXPECT_TRUE(name == "a.html" || name == "a.sarif") << name;
    }
  }
}

TEST(Formats, AJobSummaryIsAppended) {
  const Folder folder;
  const std::string summary = folder.write("summary.md", "before\n");
  Environment environment;
  environment.set = {{"GITHUB_STEP_SUMMARY", summary}};
  const Ran ran =
      writ({"check", "-r", "openness", "fixtures/cases/eu-hiring-tool.writ.yaml", "-f", "github"}, environment);
  EXPECT_TRUE(read_file(summary).starts_with("before\n## Writ: exit"));
  environment.set = {{"GITHUB_STEP_SUMMARY", (folder.path() / "none" / "summary.md").string()}};
  EXPECT_EQ(
      writ({"check", "-r", "openness", "fixtures/cases/eu-hiring-tool.writ.yaml", "-f", "github"}, environment).code,
      74);
}

}  // namespace
}  // namespace writ::acceptance
