// Tests a built book in a real browser: node run.mjs [BOOK_DIR] [FILE.test.mjs ...]
//
// Without BOOK_DIR it takes target/book/html of this repository, without files all of them.
// Exit status: that of the tests, or 2 if they could not be run.

import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

import { findChromium } from "./lib/chromium.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const named = process.argv.slice(2);
const [directory] = named.filter((argument) => !argument.endsWith(".test.mjs"));
const book = resolve(directory ?? process.env.BOOK_DIR ?? join(here, "../../target/book/html"));
const tests = named.filter((argument) => argument.endsWith(".test.mjs"));

const obstacle = [
  [!existsSync(join(book, "index.html")), `there is no book in ${book}: run \`cargo xtask book\` first`],
  [!existsSync(join(here, "node_modules")), `run \`npm ci\` in ${here} first`],
  [!findChromium(), "no Chromium was found: install one, or set CHROMIUM to its path"],
].find(([isThere]) => isThere);
if (obstacle) {
  console.error(`the book cannot be tested in a browser: ${obstacle[1]}`);
  process.exit(2);
}

const files = (tests.length > 0 ? tests : readdirSync(here).filter((file) => file.endsWith(".test.mjs")))
  .map((file) => (existsSync(file) ? resolve(file) : join(here, file)));
// One file at a time: browsers side by side make each other slow, and slow tests fail.
const options = ["--test", "--test-concurrency=1", "--test-reporter=spec"];
const { status } = spawnSync(process.execPath, [...options, ...files.sort()], {
  stdio: "inherit",
  env: { ...process.env, BOOK_DIR: book },
});
process.exit(status ?? 2);
