// Fails when what a first visit must download before the first paint outgrows its budget.
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGET_KB = 200;
const dist = new URL("../dist/", import.meta.url);
const html = readFileSync(new URL("index.html", dist), "utf8");
const size = (path) => gzipSync(readFileSync(new URL(path, dist))).length / 1024;

const initial = [...html.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map((match) => match[1]);
const total = initial.reduce((sum, path) => sum + size(path), 0);
const lazy = readdirSync(new URL("assets/", dist))
  .filter((name) => name.endsWith(".js") && !initial.includes(`assets/${name}`))
  .map((name) => [size(`assets/${name}`), name])
  .sort((a, b) => b[0] - a[0]);

console.log(`initial JavaScript: ${total.toFixed(1)} KB gzip of ${BUDGET_KB}`);
for (const [kb, name] of lazy.slice(0, 8)) console.log(`  lazy ${kb.toFixed(1).padStart(6)} KB  ${name}`);
if (total > BUDGET_KB) {
  console.error("The first visit is over its budget: make something lazy.");
  process.exit(1);
}
