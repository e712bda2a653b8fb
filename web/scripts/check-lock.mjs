// Checks package-lock.json: no registry addresses, and every optional platform package present
// (npm drops them silently when the lock is written on one platform only).
import { readFileSync } from "node:fs";

const lock = JSON.parse(readFileSync(new URL("../package-lock.json", import.meta.url), "utf8"));
const packages = Object.entries(lock.packages);
const present = new Set(packages.map(([path]) => path.split("node_modules/").at(-1)));
const faults = [];

for (const [path, entry] of packages) {
  if (entry.resolved) faults.push(`${path}: carries a "resolved" address`);
  if (path !== "" && !entry.link && !entry.integrity && !entry.inBundle) faults.push(`${path}: has no integrity hash`);
  for (const name of Object.keys(entry.optionalDependencies ?? {})) {
    if (!present.has(name)) faults.push(`${path}: optional package ${name} is missing`);
  }
}

if (faults.length > 0) {
  console.error(`package-lock.json:\n  ${faults.join("\n  ")}`);
  process.exit(1);
}
console.log(`package-lock.json: ${packages.length - 1} packages, no addresses, all platforms present`);
