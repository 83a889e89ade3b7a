#include "checker/pipeline/show.h"

#include "checker/config/config.h"
#include "checker/pipeline/fail.h"
#include "checker/pipeline/rules.h"
#include "checker/pipeline/settings.h"
#include "checker/rule/rule.h"
#include "checker/source/sources.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace stallint::pipeline {

namespace {

namespace fs = std::filesystem;

using config::Config;
using config::Entry;
using config::Key;
using config::KeyInfo;
using config::Kind;
using config::Setting;
using config::Value;
using Json = nlohmann::ordered_json;

// `fail-on = "low"   # stallint.toml:3`
struct Line {
  std::string key;
  Json value;
  std::string from;
};

std::string from(const Place& place) {
  return place.line == 0 ? place.file : place.file + ":" + std::to_string(place.line);
}

Json texts(const std::vector<Value>& values) {
  Json list = Json::array();
  for (const Value& value : values) list.push_back(value.text);
  return list;
}

// What the command line says of a key; null if nothing.
Json typed(Key key, const Options& options) {
  const auto some = [](const std::vector<std::string>& words) { return words.empty() ? Json() : Json(words); };
  switch (key) {
    case Key::kSelect:
      return some(options.select);
    case Key::kExtendSelect:
      return some(options.extend_select);
    case Key::kIgnore:
      return some(options.ignore);
    case Key::kExtendExclude:
      return some(options.exclude);
    case Key::kRules:
      return some(options.rules);
    case Key::kFailOn: {
      static constexpr const char* kLevels[] = {"low", "medium", "high", "critical", "never"};
      return options.fail_on ? Json(kLevels[static_cast<size_t>(*options.fail_on)]) : Json();
    }
    case Key::kConfidence:
      return options.confidence ? Json(name_of(*options.confidence)) : Json();
    case Key::kIncludeTests:
      return options.include_tests ? Json(true) : Json();
    case Key::kRespectGitignore:
      return options.gitignore ? Json() : Json(false);
    default:
      return {};
  }
}

// What a layer says is forgotten where a later one begins anew.
bool begins_anew(Key later, Key earlier) {
  if (later == Key::kSelect) return earlier == Key::kSelect || earlier == Key::kExtendSelect || earlier == Key::kIgnore;
  return later == Key::kExclude && (earlier == Key::kExclude || earlier == Key::kExtendExclude);
}

bool is_one_value(Kind kind) {
  return kind == Kind::kFlag || kind == Kind::kLevel || kind == Kind::kGrade || kind == Kind::kPath;
}

void add_setting(const KeyInfo& info, const Setting& setting, std::vector<Line>& lines) {
  for (const Entry& entry : setting.entries) {
    const std::string name = std::string(info.name) + "." + Json(entry.name.text).dump();
    const Json value = info.kind == Kind::kSeverities ? Json(entry.values.front().text) : texts(entry.values);
    lines.push_back({name, value, from(entry.name.place)});
  }
  if (!config::is_table(info.kind))
    lines.push_back({std::string(info.name), texts(setting.values), from(setting.place)});
}

void add_lines(const KeyInfo& info, const Config& config, const Options& options, std::vector<Line>& lines) {
  const size_t before = lines.size();
  const Json on_line = typed(info.key, options);
  const bool forgotten = begins_anew(Key::kSelect, info.key) && !options.select.empty();
  if (is_one_value(info.kind)) {
    const Value* value = config.last_value(info.key);
    if (!on_line.is_null()) {
      lines.push_back({std::string(info.name), on_line, "command line"});
    } else if (value != nullptr) {
      const Json said = info.kind == Kind::kFlag ? Json(value->text == "true") : Json(value->text);
      lines.push_back({std::string(info.name), said, from(value->place)});
    }
  } else {
    std::vector<std::vector<Line>> layers;
    for (const config::Layer& layer : config.layers) {
      for (const auto& [key, setting] : layer.settings) {
        if (begins_anew(key, info.key)) layers.clear();
      }
      const Setting* setting = layer.find(info.key);
      if (setting != nullptr) add_setting(info, *setting, layers.emplace_back());
    }
    if (forgotten) layers.clear();
    for (std::vector<Line>& layer : layers) std::move(layer.begin(), layer.end(), std::back_inserter(lines));
    if (!on_line.is_null()) lines.push_back({std::string(info.name), on_line, "command line"});
  }
  if (lines.size() != before || info.key == Key::kExtend) return;
  // `{}` is TOML for an empty table, and JSON too.
  const bool elsewhere = info.key == Key::kSelect && forgotten;
  if (!elsewhere) lines.push_back({std::string(info.name), Json::parse(info.initial), "default"});
}

void print_text(const std::string& path, const Config& config, const std::vector<Line>& lines, const Json& about) {
  std::cout << "# " << path << ": ";
  if (config.layers.empty()) {
    std::cout << "no configuration";
  } else {
    std::cout << config.file;
    for (auto layer = config.layers.rbegin() + 1; layer != config.layers.rend(); ++layer) {
      std::cout << (layer == config.layers.rbegin() + 1 ? ", which extends " : ", ") << layer->file;
    }
  }
  std::cout << '\n';
  if (about.contains("checked") && !about["checked"].get<bool>()) std::cout << "# this file is left out\n";
  std::cout << '\n';
  size_t widest = 0;
  for (const Line& line : lines) widest = std::max(widest, line.key.size() + 3 + line.value.dump().size());
  widest = std::min<size_t>(widest, 60);
  for (const Line& line : lines) {
    std::string text = line.key + " = " + line.value.dump();
    if (text.size() < widest) text.resize(widest, ' ');
    std::cout << text << "  # " << line.from << '\n';
  }
  size_t on = 0;
  for (const Json& rule : about["rules"]) on += rule["on"].get<bool>() ? 1 : 0;
  std::cout << "\n# " << on << " of " << about["rules"].size() << " rules are asked\n";
  for (const Json& rule : about["rules"]) {
    std::string severity = rule["severity"].get<std::string>();
    severity.resize(10, ' ');
    std::cout << "#   " << (rule["on"].get<bool>() ? severity : "(off)     ") << rule["id"].get<std::string>() << '\n';
  }
}

}  // namespace

int show_config(const Options& options) {
  std::error_code error;
  const std::string& path = options.thing;
  if (!fs::exists(path, error)) return fail({Problem{{}, "`" + path + "` does not exist"}});
  const bool folder = fs::is_directory(path, error);
  Settings settings(options);
  const Config& config = folder ? settings.of_folder(path) : settings.of_file(path);
  if (const std::vector<Problem> wrong = settings.problems(); !wrong.empty()) return fail(wrong);
  const Result<rule::Rules> rules = load_all_rules(settings);
  if (!rules) return fail(rules.problems());
  source::Sources asked;
  asked.roots = {path};
  if (const std::vector<Problem> wrong = settings.choose(*rules, asked); !wrong.empty()) return fail(wrong);

  std::vector<Line> lines;
  for (const KeyInfo& info : config::keys()) add_lines(info, config, options, lines);
  Json about = {{"path", path}, {"configuration", config.layers.empty() ? Json() : Json(config.file)}};
  if (!folder) {
    source::SourceOptions wanted;
    settings.guide(wanted);
    wanted.force_exclude = true;
    const Result<source::Sources> found = source::find_sources({path}, wanted);
    about["checked"] = found && !found->files.empty();
  }
  for (const Line& line : lines) {
    about["settings"].push_back({{"key", line.key}, {"value", line.value}, {"from", line.from}});
  }
  const Choice& choice = settings.choice_of(config);
  for (size_t r = 0; r < rules->rules.size(); ++r) {
    const rule::Rule& rule = rules->rules[r];
    const auto ignored = [&](const Choice::Exception& one) { return one.rules[r] && settings.excepts(one, path); };
    const bool excepted = std::any_of(choice.exceptions.begin(), choice.exceptions.end(), ignored);
    about["rules"].push_back(
        {{"id", rule.id}, {"on", choice.on[r] && !excepted}, {"severity", name_of(choice.severities[r])}});
  }
  if (options.show_format == "json") {
    std::cout << about.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
  } else {
    print_text(path, config, lines, about);
  }
  return kExitClean;
}

int print_schema(const Options& options) {
  if (options.thing == "config") {
    std::cout << config::print_schema();
  } else {
    std::cout << (options.thing == "rule" ? rule::print_rule_schema() : rule::print_model_schema());
  }
  return kExitClean;
}

}  // namespace stallint::pipeline
