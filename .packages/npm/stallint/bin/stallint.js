#!/usr/bin/env node
// Runs the program that the package of this platform brought, with the same arguments, input, output and exit code.
"use strict";

const { spawnSync } = require("node:child_process");

function program() {
  if (process.env.STALLINT_BINARY) return process.env.STALLINT_BINARY;
  const name = `@stallint/${process.platform}-${process.arch}`;
  try {
    return require.resolve(`${name}/bin/stallint`);
  } catch {
    console.error(
      `stallint: the package ${name} is not installed. Either there is none for this platform, or npm was told to ` +
        "omit optional dependencies. STALLINT_BINARY may name a stallint that was built from source."
    );
    process.exit(2);
  }
}

const file = program();
const done = spawnSync(file, process.argv.slice(2), { stdio: "inherit" });
if (done.error) {
  console.error(`stallint: cannot run ${file}: ${done.error.message}`);
  process.exit(2);
}
if (done.signal) process.kill(process.pid, done.signal);
process.exit(done.status ?? 2);
