#pragma once
// What a rule has to say about one place, complete enough to be printed without asking the program anything.
//
//     api.py:3:12  critical  async-blocking-call  `read` blocks the event loop: read -> load -> requests.get
//
// A Finding stands at the call inside the function that is accused (its first place); `chain` leads from there to the
// sink. Every consumer (text, SARIF, baseline) reads the same fields; none may derive new ones from the source.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace stallint {

enum class Severity : uint8_t { kLow, kMedium, kHigh, kCritical };
enum class Confidence : uint8_t { kLikely, kExact };  // ordered: the weaker is the smaller

const char* name_of(Severity severity);      // "low" ... "critical"
const char* name_of(Confidence confidence);  // "likely", "exact"
std::optional<Severity> severity_from(const std::string& name);

// A stretch of one file. Lines and columns count from 1; columns are bytes of the decoded (UTF-8) text; the end column
// is exclusive. `file` is the path to print: relative to the working directory where possible, with forward slashes.
struct Region {
  std::string file;
  uint32_t line = 0;
  uint32_t column = 0;
  uint32_t end_line = 0;
  uint32_t end_column = 0;

  bool operator==(const Region&) const = default;
};

// One step of a chain: at `region`, inside `function`, something is called.
//     {api.py:3:12, "read", "load"} , {store.py:5:12, "load", "requests.get"}
struct Step {
  Region region;
  std::string function;  // qualified name of the project function that holds the call: "Store.read"
  std::string callee;    // what is called, as the source spells it: "self.load"
  std::string text;      // the step as a sentence: "`read` calls `load`"
};

// Another place that helps to understand the finding: where the variable is made, where the lock is not taken.
struct Related {
  Region region;
  std::string text;
};

// A suppression that applies to a finding, with the user's reason.
struct Suppression {
  Region comment;
  std::string reason;
};

struct Finding {
  std::string rule;  // id: "async-blocking-call"
  Severity severity = Severity::kMedium;
  Confidence confidence = Confidence::kExact;
  Region region;            // where the finding stands
  std::string message;      // one sentence, with the chain "a -> b -> c" where there is one
  std::string function;     // qualified name of the function around the place; "<module>" at module level
  std::vector<Step> chain;  // empty, or from `region` (first) to the sink (last)
  std::vector<Related> related;
  std::string fix;              // what to do here; empty: what the rule says
  std::string lowered_because;  // why the severity is one level lower than the rule's; empty if it is not
  std::string leaf_label;       // label of the sink: "blocks.http"; empty without a chain
  std::string sink;             // identity of the sink ("store.py:5:12 requests.get"); with the next field the text
  std::string
      first_callee;  // report folds by it: first synchronous project function of the chain, or the sink (always in C++)
  std::string subject;      // what the finding is about, for the fingerprint: variable or first project callee
  std::string fingerprint;  // stallint/v1, see fingerprint.h; set by settle()
  std::optional<Suppression> suppressed;
  bool known = false;  // the baseline has it: neither shown as new nor a reason to fail
};

// Whether it is to be shown: nobody has suppressed it, and it is new.
inline bool is_open(const Finding& finding) { return !finding.suppressed && !finding.known; }

// What a reader must know about the run besides findings: a file that could not be read wholly, and why.
struct Note {
  Region region;        // line 0: the whole file
  std::string message;  // "syntax error: this part was skipped"
};

// What a report shows of one rule. Taken from its YAML file.
struct RuleInfo {
  std::string id;
  Severity severity = Severity::kMedium;
  std::string message;  // the template, placeholders kept: "`{function}` blocks the event loop: {chain}"
  std::string why;
  std::string fix;
  std::vector<std::string> references;
  std::vector<std::string> tags;
  std::vector<std::string> languages;
  std::string bad;   // first bad example, marks removed
  std::string good;  // first good example
};

// All that a reporter gets.
struct Report {
  std::string tool_version;       // "0.1.0"
  std::string working_directory;  // absolute, for %SRCROOT%
  std::vector<Finding> findings;  // sorted by (file, line, column, rule, leaf label); suppressed ones included
  std::vector<Note> notes;        // sorted by (file, line)
  std::vector<RuleInfo> rules;    // all enabled rules, sorted by id
  std::string comparison;         // where known findings are known from: "in stallint-baseline.jsonl"; or empty
  uint32_t files_checked = 0;
  uint64_t lines_checked = 0;  // 0: not known
};

}  // namespace stallint
