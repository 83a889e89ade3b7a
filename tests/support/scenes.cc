#include "tests/support/scenes.h"

#include <iterator>
#include <string>

namespace stallint {
namespace {

constexpr char kApi[] =
    "from store import load\n"
    "async def read(name):\n"
    "    return load(name)\n"
    "\n"
    "async def show(name):\n"
    "    page = load(name)\n"
    "    return page\n"
    "\n"
    "async def index():\n"
    "    names = load('a'), load('b')\n"
    "    return names\n"
    "\n"
    "async def feed():\n"
    "    return load('feed')\n";

constexpr char kStore[] =
    "import requests\n"
    "def load(name):\n"
    "    return fetch(name)\n"
    "def fetch(name):\n"
    "    return requests.get(name, timeout=5).text\n";

const std::vector<Hop> kFromLoad = {{"store.py", "fetch(name)", "load", "fetch"},
                                    {"store.py", "requests.get(name, timeout=5)", "fetch", "requests.get"}};

std::vector<Hop> through_load(const std::string& function, const std::string& code, int occurrence = 1) {
  std::vector<Hop> chain = {{"api.py", code, function, "load", occurrence}};
  chain.insert(chain.end(), kFromLoad.begin(), kFromLoad.end());
  return chain;
}

}  // namespace

void servers(Scene& scene) {
  scene.file("api.py", kApi);
  scene.file("store.py", kStore);
}

void chain(Scene& scene) {
  servers(scene);
  Finding& finding = scene.finds("async-blocking-call", Severity::kCritical, through_load("read", "load(name)"));
  finding.related = {{finding.chain.back().region, "`requests.get` is called here"}};  // nothing that the chain lacks
}

void crowd(Scene& scene) {
  servers(scene);
  std::string text;
  for (int i = 0; i < 400; ++i) {
    const std::string name = "user" + std::to_string(i);
    text += "async def " + name + "():\n    return load(" + std::to_string(i) + ".)\n";
  }
  scene.file("many.py", text);
  for (int i = 0; i < 400; ++i) {
    std::vector<Hop> chain = kFromLoad;
    chain.insert(chain.begin(), {"many.py", "load(" + std::to_string(i) + ".)", "user" + std::to_string(i), "load"});
    scene.finds("async-blocking-call", Severity::kCritical, chain);
  }
}

void folded(Scene& scene) {
  servers(scene);
  scene.finds("async-blocking-call", Severity::kCritical, through_load("read", "load(name)")).confidence =
      Confidence::kLikely;
  scene.finds("async-blocking-call", Severity::kCritical, through_load("show", "load(name)", 2));
  scene.finds("async-blocking-call", Severity::kCritical, through_load("index", "load('a')"));
  scene.finds("async-blocking-call", Severity::kCritical, through_load("index", "load('b')"));
  scene.finds("async-blocking-call", Severity::kHigh, through_load("feed", "load('feed')")).lowered_because =
      "it runs once, at start-up";
}

void lowered(Scene& scene) {
  scene.file("cache.py", "pages = {}\nasync def page(name):\n    pages[name] = await render(name)\n");
  Finding& finding = scene.notices("cache-unbounded", Severity::kLow, scene.at("cache.py", "pages[name] = await"),
                                   "`pages` grows with every request and never shrinks");
  finding.function = "page";
  finding.subject = "pages";
  finding.severity = Severity::kHigh;
  finding.confidence = Confidence::kLikely;
  finding.lowered_because = "only a command-line tool\ncalls it";
  finding.related = {{scene.at("cache.py", "pages"), "the mapping is made here"}};
}

void low(Scene& scene) {
  scene.file("files.py", "async def known(a, b):\n    return os.path.exists(a), os.path.exists(b)\ncache = {}\n");
  for (const char* code : {"os.path.exists(a)", "os.path.exists(b)"}) {
    scene.finds("async-blocking-file-metadata", Severity::kLow, {{"files.py", code, "known", "os.path.exists"}});
  }
  scene.notices("cache-unbounded", Severity::kLow, scene.at("files.py", "cache"), "`cache` never shrinks");
}

void columns(Scene& scene) {
  std::string text = "async def wide():\r\n";
  text += "\tif x:\tname = \"漢字🚀e\u0301\"; page = get(\"á\")\r\n";
  text += "    page = get(\r\n        url)\r\n";
  text += "    \x1b[31m\u202e = get(evil)\r\n";
  text += "    " + std::string(120, 'x') + " = get(far) + " + std::string(200, 'y') + "\r\n";
  text += "    page = get(" + std::string(150, 'z') + ")";
  scene.file("wide.py", text);
  for (const std::string code : {"get(\"á\")", "get(\r\n        url)", "get(evil)", "get(far)"}) {
    scene.finds("async-blocking-call", Severity::kCritical, {{"wide.py", code, "wide", "get"}});
  }
  scene.finds("async-blocking-call", Severity::kCritical,
              {{"wide.py", "get(" + std::string(150, 'z') + ")", "wide", "get"}});
}

void suppressed(Scene& scene) {
  servers(scene);
  scene.finds("async-blocking-call", Severity::kCritical, through_load("read", "load(name)"));
  Finding& silent = scene.finds("async-blocking-call", Severity::kCritical, through_load("feed", "load('feed')"));
  silent.suppressed = Suppression{scene.at("api.py", "load('feed')"), "runs only at deploy"};
}

void notes(Scene& scene) {
  scene.file("odd.py", "x = (\n");
  for (uint32_t line = 1; line <= 7; ++line) {
    scene.report.notes.push_back({{"odd.py", line, 3, line, 4}, "syntax error: this part was skipped"});
  }
  scene.report.notes.insert(scene.report.notes.begin(), {{"huge data.py", 0, 0, 0, 0}, "not read: it is no text"});
}

void odd(Scene& scene) {
  const char* const names[] = {"my app/100%,a=b:c;d].py", "<b>&\"it's\"|`x`.py", "gr\u00f6\u00dfe \u6f22.py"};
  const char* const messages[] = {
      "100% of a, b: c; d] go on\n::error::and on %0A %25",
      "`a|b` <script>alert(1)</script> & \"quotes\" @admin #1 [link](http://x) *bold* __init__ ~x~",
      "one `open quote, \x01\x1b[31m \xff\xfe \u202e \ufffe ]]> ##vso[task.complete]"};
  for (size_t i = 0; i < std::size(names); ++i) {
    scene.file(names[i], "call(\"\u6f22\"); work()\n");
    Finding& finding = scene.finds("async-blocking-call", i == 0 ? Severity::kHigh : Severity::kMedium,
                                   {{names[i], "work()", "<lambda>", "x"}, {names[i], "call(\"\u6f22\")", "f|g", "`"}});
    finding.message = messages[i];
    finding.fix = messages[(i + 1) % std::size(messages)];
  }
}

void mixed(Scene& scene) {
  folded(scene);
  low(scene);
  lowered(scene);
  scene.report.findings[1].suppressed = Suppression{scene.at("api.py", "load(name)", 2), "runs only at deploy"};
  scene.notices("cache-unbounded", Severity::kMedium, scene.at("cache.py", "pages"), "`pages` is never emptied");
  scene.report.notes.push_back({{"store.py", 4, 1, 4, 4}, "syntax error: this part was skipped"});
}

const std::vector<NamedScene>& scenes() {
  static const std::vector<NamedScene> kScenes = {
      {"chain", chain},   {"crowd", crowd},     {"folded", folded},         {"lowered", lowered},
      {"low", low},       {"columns", columns}, {"suppressed", suppressed}, {"notes", notes},
      {"clean", servers}, {"odd", odd},         {"mixed", mixed},
  };
  return kScenes;
}

}  // namespace stallint
