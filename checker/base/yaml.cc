#include "checker/base/yaml.h"

#include "checker/base/utf.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <array>
#include <exception>
#include <map>
#include <sstream>
#include <utility>

namespace stallint {

namespace {

// Far more than anybody writes, and little enough that copies of copies of aliases cannot fill the memory.
constexpr size_t kMaxNodes = 200'000;
constexpr size_t kMaxDepth = 100;

struct Open {
  YamlNode node;
  YAML::anchor_t anchor = 0;
  size_t nodes_before = 0;
  bool flow = false;
  bool expects_value = false;  // of a map: the last entry has its key only
};

// Thrown through yaml-cpp to leave it early; caught below.
struct TooMuch : std::exception {};

class Builder : public YAML::EventHandler {
 public:
  Builder(const std::string& file, std::string_view text) : file_(file), text_(text) {}

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    add(made(YamlNode::Kind::kNull, mark), anchor, nodes_);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const YamlNode at = made(YamlNode::Kind::kNull, mark);
    const auto known = anchors_.find(anchor);
    if (known == anchors_.end()) {
      problem(at.line, at.column, "the alias stands inside what it repeats");
      return add(at, 0, nodes_);
    }
    const size_t before = nodes_;
    count(known->second.nodes, at);
    add(known->second.node, 0, before);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& text) override {
    YamlNode node = made(YamlNode::Kind::kScalar, mark);
    node.text = text;
    node.quoted = tag == "!";
    if (node.quoted) check_style(mark, node);
    check_tag(tag, node);
    add(std::move(node), anchor, nodes_);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    open(YamlNode::Kind::kList, mark, tag, anchor, style);
  }
  void OnSequenceEnd() override { close(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    open(YamlNode::Kind::kMap, mark, tag, anchor, style);
  }
  void OnMapEnd() override { close(); }

  void problem(uint32_t line, uint32_t column, std::string message) {
    problems_.push_back({{file_, line, column}, std::move(message)});
  }

  // The innermost `[` or `{` that is still open, if there is one.
  const YamlNode* open_bracket() const {
    for (auto it = stack_.rbegin(); it != stack_.rend(); ++it) {
      if (it->flow) return &it->node;
    }
    return nullptr;
  }

  const YamlNode& last() const { return last_; }
  YamlNode& root() { return root_; }
  std::vector<Problem>& problems() { return problems_; }

 private:
  struct Anchor {
    YamlNode node;
    size_t nodes = 0;
  };

  YamlNode made(YamlNode::Kind kind, const YAML::Mark& mark) {
    YamlNode node;
    node.kind = kind;
    if (!mark.is_null()) {
      node.line = static_cast<uint32_t>(mark.line) + 1;
      node.column = static_cast<uint32_t>(mark.column) + 1;
    }
    count(1, node);
    last_.line = node.line;
    last_.column = node.column;
    return node;
  }

  void count(size_t more, const YamlNode& at) {
    nodes_ += more;
    if (nodes_ <= kMaxNodes) return;
    problem(at.line, at.column, "more than " + std::to_string(kMaxNodes) + " values in one file, aliases included");
    throw TooMuch();
  }

  // yaml-cpp forgives quotes that are never closed, and does not say which scalars are blocks.
  void check_style(const YAML::Mark& mark, YamlNode& node) {
    const size_t at = mark.is_null() ? std::string_view::npos : static_cast<size_t>(mark.pos);
    if (at >= text_.size()) return;
    if (text_[at] == '|') node.text_line = node.line + 1;
    if (text_[at] != '"' && text_[at] != '\'') return;
    if (!closed(at)) problem(node.line, node.column, "the quotes that open here are not closed");
  }

  bool closed(size_t open) const {
    const char quote = text_[open];
    for (size_t at = open + 1; at < text_.size(); ++at) {
      if (quote == '"' && text_[at] == '\\') {
        ++at;
      } else if (text_[at] == quote) {
        if (quote == '"' || at + 1 == text_.size() || text_[at + 1] != '\'') return true;
        ++at;  // '' is a quote within quotes
      }
    }
    return false;
  }

  void check_tag(const std::string& tag, const YamlNode& at) {
    if (tag.empty() || tag == "?" || tag == "!") return;
    problem(at.line, at.column, "tags (`" + tag + "`) are not used in these files");
  }

  void open(YamlNode::Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
            YAML::EmitterStyle::value style) {
    Open open;
    open.nodes_before = nodes_;
    open.node = made(kind, mark);
    open.anchor = anchor;
    open.flow = style == YAML::EmitterStyle::Flow;
    check_tag(tag, open.node);
    if (stack_.size() >= kMaxDepth) {
      problem(open.node.line, open.node.column, "nested more than " + std::to_string(kMaxDepth) + " deep");
      throw TooMuch();
    }
    stack_.push_back(std::move(open));
  }

  void close() {
    Open done = std::move(stack_.back());
    stack_.pop_back();
    add(std::move(done.node), done.anchor, done.nodes_before);
  }

  void add(YamlNode node, YAML::anchor_t anchor, size_t nodes_before) {
    if (anchor != 0) anchors_[anchor] = {node, nodes_ - nodes_before + 1};
    if (stack_.empty()) {
      root_ = std::move(node);
      return;
    }
    Open& around = stack_.back();
    if (around.node.is_list()) {
      around.node.items.push_back(std::move(node));
    } else if (around.expects_value) {
      add_value(around, std::move(node));
    } else {
      add_key(around, std::move(node));
    }
  }

  void add_key(Open& map, YamlNode key) {
    map.expects_value = true;
    check_key(map.node, key);
    YamlEntry entry;
    entry.key = std::move(key.text);
    entry.line = key.line;
    entry.column = key.column;
    map.node.entries.push_back(std::move(entry));
  }

  void add_value(Open& map, YamlNode value) {
    map.expects_value = false;
    YamlEntry& entry = map.node.entries.back();
    const bool missing = value.is_null() && value.line != entry.line;
    if (value.line == 0 || missing) {
      value.line = entry.line;
      value.column = entry.column;
    }
    entry.value = std::move(value);
  }

  void check_key(const YamlNode& map, const YamlNode& key) {
    if (key.is_list() || key.is_map()) {
      return problem(key.line, key.column,
                     "a key is a word, not a list or a mapping; text that begins with `{` or `[` needs quotes");
    }
    if (key.is_null()) return problem(key.line, key.column, "a key is missing here, or it is `null` and needs quotes");
    if (!key.quoted && is_yaml_boolean(key.text)) {
      return problem(key.line, key.column,
                     "YAML reads the key `" + key.text + "` as a boolean: choose another word, or put it in quotes");
    }
    if (!key.quoted && key.text == "<<") {
      return problem(key.line, key.column, "merge keys (`<<`) are not used in these files");
    }
    if (const YamlEntry* first = map.find(key.text)) {
      problem(key.line, key.column,
              "the key `" + key.text + "` is already given in line " + std::to_string(first->line));
    }
  }

  std::string file_;
  std::string_view text_;
  std::vector<Open> stack_;
  std::map<YAML::anchor_t, Anchor> anchors_;
  YamlNode root_;
  YamlNode last_;
  size_t nodes_ = 0;
  std::vector<Problem> problems_;
};

struct Saying {
  const char* theirs;
  const char* ours;
};

// What yaml-cpp says, in words that tell what to do.
constexpr Saying kSayings[] = {
    {YAML::ErrorMsg::END_OF_MAP, "expected `key: value` here; look at the indentation, and put unusual text in quotes"},
    {YAML::ErrorMsg::END_OF_SEQ, "expected `- item` here; look at the indentation, and put unusual text in quotes"},
    {YAML::ErrorMsg::END_OF_SEQ_FLOW, "this `[` is not closed, or what it holds needs quotes"},
    {YAML::ErrorMsg::END_OF_MAP_FLOW, "this `{` is not closed, or what it holds needs quotes"},
    {YAML::ErrorMsg::UNKNOWN_ANCHOR, "YAML takes `*name` for an alias: put names that begin with `*` in quotes"},
    {YAML::ErrorMsg::ALIAS_NOT_FOUND, "YAML takes `*` for an alias: put names that begin with `*` in quotes"},
    {YAML::ErrorMsg::CHAR_IN_ALIAS, "YAML takes `*name` for an alias: put names that begin with `*` in quotes"},
    {YAML::ErrorMsg::MAP_VALUE,
     "a `:` is not expected here: look at the indentation, and put text that holds `: ` in quotes"},
    {YAML::ErrorMsg::MAP_KEY, "a key is not expected here; look at the indentation"},
    {YAML::ErrorMsg::BLOCK_ENTRY, "a `-` is not expected here; look at the indentation"},
    {YAML::ErrorMsg::FLOW_END, "this closes another bracket than the one that was opened last"},
    {YAML::ErrorMsg::TAB_IN_INDENTATION, "a tab in the indentation: YAML wants blanks"},
    {YAML::ErrorMsg::EOF_IN_SCALAR, "the file ends inside quotes"},
    {YAML::ErrorMsg::DOC_IN_SCALAR, "`---` inside quotes"},
};

// Whether the line (from 1) is indented with a tab.
bool has_tab_before(std::string_view text, uint32_t line) {
  for (; line > 1; --line) {
    const size_t end = text.find('\n');
    if (end == std::string_view::npos) return false;
    text.remove_prefix(end + 1);
  }
  const size_t tab = text.find('\t');
  return tab != std::string_view::npos && text.find_first_not_of(" \t") > tab;
}

void take_exception(Builder& builder, std::string_view text, const YAML::Exception& error) {
  uint32_t line = builder.last().line;
  uint32_t column = builder.last().column;
  if (!error.mark.is_null()) {
    line = static_cast<uint32_t>(error.mark.line) + 1;
    column = static_cast<uint32_t>(error.mark.column) + 1;
  }
  const bool unclosed = error.msg == YAML::ErrorMsg::END_OF_SEQ_FLOW || error.msg == YAML::ErrorMsg::END_OF_MAP_FLOW;
  const YamlNode* bracket = builder.open_bracket();
  if (unclosed && bracket != nullptr) {  // yaml-cpp blames the last line of the file
    line = bracket->line;
    column = bracket->column;
  }
  const std::string msg = has_tab_before(text, line) ? YAML::ErrorMsg::TAB_IN_INDENTATION : error.msg;
  const Saying* saying = std::find_if(std::begin(kSayings), std::end(kSayings),
                                      [&](const Saying& saying) { return msg == saying.theirs; });
  builder.problem(line, column, saying != std::end(kSayings) ? saying->ours : "this is no YAML: " + msg);
}

void read_documents(Builder& builder, const std::string& text) {
  std::istringstream stream(text);
  YAML::Parser parser(stream);
  if (!parser.HandleNextDocument(builder)) return;

  Builder rest("", text);
  if (!parser.HandleNextDocument(rest)) return;
  builder.problem(std::max(rest.root().line, 1u), rest.root().column,
                  "a second document begins here; a file holds one, so `---` may stand only at the top");
}

// A place for a byte of a text that is no YAML at all.
void bytes_problem(Builder& builder, std::string_view text, size_t offset, std::string message) {
  const std::string_view before = text.substr(0, offset);
  const auto line = static_cast<uint32_t>(std::count(before.begin(), before.end(), '\n')) + 1;
  const size_t start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
  builder.problem(line, static_cast<uint32_t>(offset - start) + 1, std::move(message));
}

}  // namespace

const YamlEntry* YamlNode::find(std::string_view key) const {
  const auto it =
      std::find_if(entries.begin(), entries.end(), [&](const YamlEntry& entry) { return entry.key == key; });
  return it == entries.end() ? nullptr : &*it;
}

bool is_yaml_boolean(std::string_view text) {
  static constexpr std::array<std::string_view, 18> kBooleans = {"yes",  "Yes",  "YES",  "no",    "No",    "NO",
                                                                 "on",   "On",   "ON",   "off",   "Off",   "OFF",
                                                                 "true", "True", "TRUE", "false", "False", "FALSE"};
  return std::find(kBooleans.begin(), kBooleans.end(), text) != kBooleans.end();
}

Result<YamlNode> parse_yaml(const std::string& file, std::string_view text) {
  constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  Builder builder(file, text);
  if (const size_t nul = text.find('\0'); nul != std::string_view::npos) {
    bytes_problem(builder, text, nul, "a zero byte: this is no text in UTF-8");
    return std::move(builder.problems());
  }
  if (!valid_utf8(text)) {
    bytes_problem(builder, text, to_valid_utf8(text).first_replaced, "these bytes are not UTF-8");
    return std::move(builder.problems());
  }

  try {
    read_documents(builder, std::string(text));
  } catch (const TooMuch&) {  // the problem is there already
  } catch (const YAML::Exception& error) {
    take_exception(builder, text, error);
  } catch (const std::exception& error) {
    builder.problem(builder.last().line, builder.last().column, std::string("this is no YAML: ") + error.what());
  }
  if (!builder.problems().empty()) return std::move(builder.problems());
  if (builder.root().line == 0) builder.root().line = builder.root().column = 1;  // nothing but blanks and comments
  return std::move(builder.root());
}

}  // namespace stallint
