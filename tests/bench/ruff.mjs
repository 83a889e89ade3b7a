// ruff's rules about asyncio over every file that a list names, on one thread: node ruff.mjs LIST
import { readFileSync } from "node:fs";
import ruff from "@astral-sh/ruff-wasm-nodejs";

const workspace = new ruff.Workspace({ lint: { select: ["ASYNC"] } }, ruff.PositionEncoding.Utf8);
let found = 0;
let failed = 0;
for (const path of readFileSync(process.argv[2], "utf8").split("\n")) {
  if (path === "") continue;
  try {
    found += workspace.check(readFileSync(path, "utf8")).filter((one) => String(one.code).startsWith("ASYNC")).length;
  } catch {
    failed += 1;
  }
}
console.log(`${found} findings, ${failed} files failed`);
