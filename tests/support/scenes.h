#pragma once
// Reports that say all that a report can say, each for one reason. Every format is tried with all of them.
//
//     Scene scene;
//     chain(scene);

#include "tests/support/scene.h"

#include <vector>

namespace stallint {

// Two files without a finding.
void servers(Scene& scene);

// One finding, three calls long.
void chain(Scene& scene);

// Many functions with one cause, and one call each.
void crowd(Scene& scene);

// Five calls reach one sink through `load`; the likely one comes first in the file and is not the one shown.
void folded(Scene& scene);

// Likely, less severe than its rule, with a related place and no chain.
void lowered(Scene& scene);

// Only what is counted, unless somebody asks for it.
void low(Scene& scene);

// Whatever makes columns hard: tabs, wide and combining characters, CRLF, control characters, long lines.
void columns(Scene& scene);

// Two findings, one of them silenced.
void suppressed(Scene& scene);

// No finding, but much that was not read.
void notes(Scene& scene);

// Whatever a format takes for its own: separators, quotes, markup, commands, bytes that are no text.
void odd(Scene& scene);

// Every severity, a suppressed finding and a note, in two files.
void mixed(Scene& scene);

struct NamedScene {
  const char* name;
  void (*make)(Scene& scene);
};

const std::vector<NamedScene>& scenes();

}  // namespace stallint
