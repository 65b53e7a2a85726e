// Every scheduler of the book, played to its failure by keyboard alone.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { assertNone, assertNoTroubles, axe, openBook, pagesWith, PHONE, shot, sticksOut } from "./lib/book.mjs";
import { Board } from "./lib/play.mjs";

const PAGES = pagesWith(/<figure class="play[ "]/);

// What a person counts with pencil and paper; the explorer must come to the same.
const COUNTED = { "play-opposite-transfers-broken": { all: "6", failing: "2" } };

let book;
before(async () => {
  book = await openBook();
});
after(() => book?.close());

test("the book has schedulers to play", () => {
  assert.ok(PAGES.length >= 4, `only ${PAGES.join(", ")}`);
});

for (const path of PAGES) {
  for (const scheme of ["light", "dark"]) {
    test(`${path}, ${scheme}`, async (t) => {
      const page = await book.open(path, { colorScheme: scheme, reducedMotion: "reduce" });
      const boards = await Board.all(page);
      for (const board of boards) {
        const name = await board.figure.getAttribute("id");
        await t.test(name, async () => {
          await playToTheFailure(board);
          await board.root.screenshot({ path: shot(path, `${name}-${scheme}`) });
          assertNone(await axe(page, { scope: `#${name}` }), `axe-core finds in ${name}`);
          if (scheme === "dark") return; // the rest looks the same in any colour
          await goBack(board);
          await askForHelp(board);
          await keepKeys(board);
          await leave(board);
        });
      }
      assertNoTroubles(page);
      await page.context().close();
    });
  }

  test(`${path} on a phone`, async () => {
    const page = await book.open(path, { viewport: PHONE, reducedMotion: "reduce" });
    for (const board of await Board.all(page)) {
      await board.enter();
      await board.press("f");
      assert.equal(await board.end(), "failed");
      const name = await board.figure.getAttribute("id");
      await board.root.screenshot({ path: shot(path, `${name}-phone`) });
    }
    assertNone(await sticksOut(page), `${path} scrolls sideways`);
    await page.context().close();
  });
}

async function playToTheFailure(board) {
  const facts = await board.facts();
  assert.ok(facts.way, "there is a schedule that fails");
  const { all, failing } = COUNTED[await board.figure.getAttribute("id")] ?? facts;
  assert.deepEqual({ all: facts.all, failing: facts.failing }, { all, failing });
  assert.match(await board.text(".play-score"), new RegExp(`found: 0 of ${facts.failing} \\(${facts.all} in all\\)`));
  await board.enter();
  for (const key of board.keysOf(facts)) {
    assert.equal(await board.end(), "", "the schedule is not over yet");
    await board.press(key);
  }
  assert.equal(await board.end(), "failed");
  assert.match(await board.status(), /✕ Failed: ./);
  assert.match(await board.text(".play-odds"), /This schedule fails\./);
  assert.match(await board.text(".play-score"), /found: 1 of /);
}

async function goBack(board) {
  await board.press("u");
  assert.equal(await board.end(), "");
  assert.match(await board.text(".play-odds"), /From here|one schedule/);
  await board.press("y");
  assert.equal(await board.end(), "failed");
  assert.match(await board.text(".play-score"), /found: 1 of /, "the same schedule is not found twice");
  await board.press("1");
  assert.match(await board.status(), /The schedule is over\. Undo or restart.*✕ Failed/s);
  await board.press("r");
  assert.equal(await board.end(), "");
  assert.match(await board.status(), /Back at the start/);
  await board.press("u");
  assert.match(await board.status(), /Nothing to undo/);
}

async function askForHelp(board) {
  await board.press("h");
  assert.match(await board.status(), /A failure is \d+ choices? away, with/);
  await board.press("h");
  assert.match(await board.status(), /^Let .+ go on/);
  await board.press("f");
  assert.equal(await board.end(), "failed", "found at once where motion is not wanted");
  await board.press("r");
}

/** None of mdBook's keys does anything from here, and the page has not turned. */
async function keepKeys(board) {
  const { page } = board;
  const url = page.url();
  await board.press("ArrowRight", "ArrowLeft", "ArrowRight", "s", "/", "?", "p", "n", "q");
  await page.waitForTimeout(50);
  assert.equal(page.url(), url, "the page has turned");
  assert.equal(await page.locator("#mdbook-help-container").isVisible(), false, "the help is open");
  assert.equal(await page.locator("#mdbook-searchbar").isVisible(), false, "the search is open");
  assert.doesNotMatch(await page.evaluate(() => document.documentElement.className), /present/);
  assert.ok(await board.hasFocus());
  await board.press("r");
}

/** The board is no trap: some presses of Tab lead out of it, either way. */
async function leave(board) {
  for (const key of ["Tab", "Shift+Tab"]) {
    let presses = 0;
    while (await board.hasFocus()) {
      await board.press(key);
      assert.ok(++presses < 40, `${key} does not lead out of the board`);
    }
    await board.enter();
  }
}
