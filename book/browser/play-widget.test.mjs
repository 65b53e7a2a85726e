// The board of the player with small programs whose schedules are known, on a page of its own.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

import { chromium } from "playwright-core";

import { assertNone, axe, PHONE, SHOTS } from "./lib/book.mjs";
import { findChromium } from "./lib/chromium.mjs";
import { Board } from "./lib/play.mjs";
import { codeOf, graphOf, PROGRAMS } from "./lib/programs.mjs";

const SCRIPTS = ["play-graph", "play-replay", "play-words", "play-plan", "play-lanes", "play-says", "play-board", "play"];
const BROKEN = { "no-json": "{", "no-choice": JSON.stringify({ title: "", code: [], graph: { lanes: [], objects: [], places: [], steps: [], stands: [], states: [{ lanes: [], next: [], end: { failed: false, summary: "" } }], before: [] } }) };

function figure(id, json) {
  return `<figure class="play" id="${id}"><div class="play-fallback"><p>The picture of ${id}.</p></div>
    <script type="application/json">${json.replaceAll("<", "\\u003c")}</script></figure>`;
}

function html() {
  const programs = Object.entries(PROGRAMS).map(([id, program]) =>
    figure(id, JSON.stringify({ title: program.title, graph: graphOf(program), code: codeOf(program) })));
  const broken = Object.entries(BROKEN).map(([id, json]) => figure(id, json));
  return `<!DOCTYPE html><html lang="en" class="light"><meta charset="utf-8"><title>Boards</title>
    <meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="assets/play.css">
    <style>html { font-size: 62.5% } body { max-width: 750px; margin: auto; font: 16px sans-serif }</style>
    <script>reached = []; document.addEventListener("keydown", (event) => reached.push(event.key))</script>
    <div class="content"><main><h1>Boards</h1>${[...programs, ...broken].join("")}</main></div>
    ${SCRIPTS.map((name) => `<script src="assets/${name}.js"></script>`).join("")}</html>`;
}

let browser;
let directory;
before(async () => {
  directory = mkdtempSync(join(tmpdir(), "boards-"));
  cpSync(fileURLToPath(new URL("../assets", import.meta.url)), join(directory, "assets"), { recursive: true });
  writeFileSync(join(directory, "index.html"), html());
  browser = await chromium.launch({ executablePath: findChromium(), args: ["--no-sandbox"] });
});
after(async () => {
  await browser?.close();
  rmSync(directory, { recursive: true, force: true });
});

/** A board with the focus in it, on a fresh page. */
async function open(id, options = {}) {
  const context = await browser.newContext({ reducedMotion: "reduce", viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  await page.goto(pathToFileURL(join(directory, "index.html")).href);
  const board = new Board(page, page.locator(`#${id}`));
  if (options.javaScriptEnabled !== false && !BROKEN[id]) await board.enter();
  return board;
}

const close = (board) => board.page.context().close();

for (const [id, { all, failing }] of Object.entries(PROGRAMS)) {
  test(`${id} is counted, and axe-core finds nothing in it`, async () => {
    const board = await open(id);
    const score = await board.text(".play-score");
    if (failing) assert.equal(score, `Failing schedules found: 0 of ${failing} (${all} in all).`);
    else assert.equal(score, all === null ? "Failing schedules found: 0." : `${all} schedules in all, none fails.`);
    if (failing !== 0n) await board.press("f");
    for (const theme of ["light", "rust", "coal", "navy", "ayu"]) {
      await board.page.evaluate((name) => (document.documentElement.className = name), theme);
      assertNone(await axe(board.page, { scope: `#${id}` }), `axe-core finds in ${theme}`);
    }
    await close(board);
  });
}

test("the status line tells each step and the end", async () => {
  const board = await open("lost-update");
  const said = [];
  for (const key of ["1", "2", "2", "1"]) {
    await board.press(key);
    said.push(await board.status());
  }
  assert.deepEqual(said, [
    "T1 reads hits = 0 (line 10).",
    "T2 reads hits = 0 (line 20).",
    "T2 writes hits = 1 (line 21).",
    "T1 writes hits = 1 (line 11). ✕ Failed: lost update: two threads added 1, hits is 1.",
  ]);
  assert.match(await board.drawn(), /stale: acts on hits = 0/);
  await close(board);
});

test("a lane says that what it has read is stale, before it acts on it", async () => {
  const board = await open("lost-update");
  await board.press("1", "2", "2");
  assert.match(await board.root.locator(".play-knows").first().innerText(), /^stale Has read hits = 0; it is 1 now\.$/);
  assert.match(await board.text(".play-shared"), /hits\s+AtomicU32\s+1\s+was 0/);
  await close(board);
});

test("all failing schedules can be found, each once", async () => {
  const board = await open("lost-update");
  for (const way of ["1221", "1212", "2121", "2112", "1221"]) await board.press(...way, "r");
  assert.equal(await board.text(".play-score"), "Failing schedules found: 4 of 4 (6 in all).");
  await board.press(..."1122");
  assert.equal(await board.end(), "passed");
  assert.match(await board.status(), /✓ Over: everything ends well\.$/);
  await close(board);
});

test("a lane that cannot run says why, and keeps the focus", async () => {
  const board = await open("abba");
  await board.press("1", "1", "2");
  const why = "T1 cannot run: it is blocked at line 20: waits for lock bob (held by main).";
  assert.equal(await board.status(), why);
  const run = board.root.locator(".play-run").nth(1);
  assert.equal(await run.getAttribute("aria-disabled"), "true");
  await run.focus();
  await board.press("r", "1", "1", "Enter");
  assert.equal(await board.status(), why);
  assert.ok(await board.hasFocus());
  await close(board);
});

test("who waits for whom is drawn, and what is held", async () => {
  const board = await open("abba");
  await board.press("1", "2");
  const svg = board.root.locator(".play-picture svg");
  assert.equal(await svg.locator(".arrow").count(), 2);
  assert.equal(await svg.locator(".held").count(), 2);
  assert.equal(await svg.locator(".cross").count(), 2);
  await close(board);
});

test("the ways of a lane have keys of their own, and its number asks which", async () => {
  const board = await open("ways");
  assert.equal(await board.root.getAttribute("aria-labelledby"), "ways-title");
  assert.equal(await board.text(".play-title code"), "select!");
  await board.press("1");
  assert.match(await board.status(), /^main can go on in 2 ways\. Choose one\. a: branch 1 of the select! first; b: branch 2/);
  await board.root.locator(".play-way").nth(1).focus();
  await board.press("Enter");
  assert.match(await board.status(), /^main takes branch 2/);
  assert.ok(await board.hasFocus(), "the button is gone, the focus is still in the board");
  await board.press("u", "b", "1");
  assert.equal(await board.end(), "failed");
  await close(board);
});

test("the clock is shown, and its moves are said", async () => {
  const board = await open("clock");
  assert.match(await board.text(".play-shared"), /clock\s+0 s/);
  await board.press("1", "2");
  assert.match(await board.status(), /The clock moves to 1 s\. main can go on\.$/);
  assert.match(await board.text(".play-shared"), /clock\s+1 s\s+was 0 s/);
  assert.match(await board.drawn(), /1 s/);
  await close(board);
});

test("where one can go round in circles nothing is counted, and the failure is found all the same", async () => {
  const board = await open("circle");
  assert.match(await board.text(".play-task"), /can go round in circles/);
  await board.press("f");
  assert.equal(await board.end(), "failed");
  await close(board);
});

test("a program that cannot fail says so, and has no help to give", async () => {
  const board = await open("one-step");
  assert.match(await board.text(".play-task"), /No schedule of this program fails/);
  assert.equal(await board.root.getByRole("button", { name: /hint|bug/i }).count(), 0);
  await board.press("h", "f", "1", "2");
  assert.equal(await board.end(), "passed");
  await close(board);
});

test("what was undone can be gone through again, until another way is taken", async () => {
  const board = await open("lost-update");
  await board.press(..."1221", "u", "u", "u", "y", "y", "y");
  assert.equal(await board.end(), "failed");
  await board.press("u", "u", "2");
  await board.press("y");
  assert.equal(await board.end(), "failed", "the same choice keeps what was undone after it");
  await board.press("u", "u", "1", "y");
  assert.match(await board.status(), /Nothing to redo/);
  await close(board);
});

test("a demonstration goes step by step, can be stopped, and gone on with", async () => {
  const board = await open("lost-update", { reducedMotion: "no-preference" });
  await board.press("f");
  assert.match(await board.status(), /with the fewest switches: 4 choices, 2 switches/);
  await board.page.waitForFunction(() => document.querySelector("#lost-update .play-status").textContent.includes("reads"));
  assert.equal(await board.end(), "");
  await board.press("f");
  assert.match(await board.status(), /Stopped/);
  await board.press("y", "y", "y");
  assert.equal(await board.end(), "failed");
  await board.press("f");
  await board.page.waitForFunction(() => document.querySelector("#lost-update").dataset.end === "failed", undefined, { timeout: 15_000 });
  assert.equal(await board.root.getByRole("button", { name: "Find the bug for me" }).count(), 1);
  await close(board);
});

test("keys of the board stay in it, keys of the browser do not", async () => {
  const board = await open("lost-update");
  await board.press("ArrowRight", "s", "/", "?", "p", "1", "u", "Control+z", "Escape");
  const reached = await board.page.evaluate("reached.join(' ')");
  assert.equal(reached, "Tab Control z Escape");
  const prevented = await board.root.evaluate((root) => Object.fromEntries(["1", "u", "ArrowLeft", "ArrowDown", " ", "Enter", "PageDown", "Home", "9", "c"]
    .map((key) => [key, !root.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }))])));
  assert.deepEqual(prevented, { 1: true, u: true, ArrowLeft: true, ArrowDown: false, " ": false, Enter: false, PageDown: false, Home: false, 9: false, c: false });
  await close(board);
});

test("without scripts, in print, and where there is nothing to play, the picture stays", async () => {
  const still = await open("abba", { javaScriptEnabled: false });
  assert.ok(await still.figure.locator(".play-fallback").isVisible());
  await close(still);
  const board = await open("abba");
  assert.equal(await board.figure.locator(".play-fallback").isVisible(), false);
  await board.page.emulateMedia({ media: "print" });
  assert.ok(await board.figure.locator(".play-fallback").isVisible());
  assert.equal(await board.root.isVisible(), false);
  for (const id of Object.keys(BROKEN)) {
    assert.ok(await board.page.locator(`#${id} .play-fallback`).isVisible(), id);
    assert.equal(await board.page.locator(`#${id} .play-board`).count(), 0, id);
  }
  await close(board);
});

test("a narrow screen gets a narrow picture, in a size that can be read", async () => {
  const board = await open("abba", { viewport: PHONE });
  await board.press("1", "2");
  const svg = board.root.locator(".play-picture svg");
  const [shown, drawn] = await svg.evaluate((svg) => [svg.getBoundingClientRect().width, svg.viewBox.baseVal.width]);
  assert.ok(Math.abs(shown - drawn) < 2, `${drawn} units in ${shown} pixels`);
  const out = await svg.evaluate((svg) => [...svg.querySelectorAll("text")].filter((t) => t.getBoundingClientRect().right > svg.getBoundingClientRect().right + 1).map((t) => t.textContent));
  assertNone(out, "texts stick out of the picture:");
  await board.page.setViewportSize({ width: 1000, height: 800 });
  await board.page.waitForFunction(() => document.querySelector("#abba .play-picture svg").viewBox.baseVal.width > 500);
  await board.page.emulateMedia({ forcedColors: "active" });
  await board.root.screenshot({ path: join(SHOTS, "play-forced-colors.png") });
  await close(board);
});
