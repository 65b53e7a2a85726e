// Slides and speaker notes, by keyboard.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { assertNone, assertNoTroubles, axe, openBook, pagesWith, PHONE, shot, sticksOut } from "./lib/book.mjs";

const [chapter] = pagesWith(/<aside class="notes"/);
const [playable = chapter] = pagesWith(/<figure class="play/);
const options = { skip: chapter ? false : "the book has no speaker notes yet" };

let book;
before(async () => (book = await openBook()));
after(() => book.close());

/** Opens a page, hands it to `look`, and asks afterwards whether anything went wrong in it. */
async function visit(path, settings, look, from = book) {
  const page = await from.open(path, settings);
  try {
    await look(page);
    assertNoTroubles(page);
  } finally {
    await page.context().close();
  }
}

const isPresenting = (page) => page.evaluate(() => document.documentElement.classList.contains("present"));
const presenting = (page) => page.waitForFunction(() => document.querySelector("html.present .present-bar"));
const position = (page) => page.locator(".present-at").textContent();
const hash = (page) => new URL(page.url()).hash;
/** Which children of the chapter are on the slide, by their number. */
const shown = (page) => page.evaluate(() =>
  [...document.querySelector("main").children].flatMap((it, index) => (it.getClientRects().length > 0 ? [index] : [])));

/** `[3, 12]` where the bar says "3/12 A lost wake-up". */
const count = async (page) => (await position(page)).match(/^(\d+)\/(\d+)/).slice(1).map(Number);

describe("slides", options, () => {
  test("every part of a chapter is on one slide, and none is lost", () =>
    visit(`${chapter}?present`, {}, async (page) => {
      await presenting(page);
      const expected = await page.evaluate(() =>
        [...document.querySelector("main").children]
          .flatMap((it, index) => (it.matches(".page-tools, aside.notes, script, style") ? [] : [index])));
      const [, slides] = await count(page);
      const seen = [];
      for (let slide = 1; slide <= slides; slide += 1) {
        assert.deepEqual(await count(page), [slide, slides]);
        const parts = await shown(page);
        assert.ok(parts.length > 0, `slide ${slide} is empty`);
        seen.push(...parts);
        assertNone(await sticksOut(page), `slide ${slide} scrolls sideways because of`);
        if (slide <= 12) await page.screenshot({ path: shot(chapter, `slide-${String(slide).padStart(2, "0")}`) });
        await page.keyboard.press("ArrowRight");
      }
      assert.deepEqual(seen, expected);
      assert.deepEqual(await count(page), [slides, slides], "the last slide is the end");
    }));

  test("the arrow keys turn slides, and not chapters", () =>
    visit(chapter, {}, async (page) => {
      const { pathname } = new URL(page.url());
      await page.keyboard.press("p");
      await presenting(page);
      await page.keyboard.press("Home");
      for (const [key, at] of [["ArrowRight", 2], ["ArrowRight", 3], ["ArrowLeft", 2], ["ArrowLeft", 1], ["ArrowLeft", 1]]) {
        await page.keyboard.press(key);
        assert.equal((await count(page))[0], at, key);
      }
      await page.keyboard.press("End");
      await page.keyboard.press("ArrowRight");
      assert.equal(new URL(page.url()).pathname, pathname);
    }));

  test("a page down shows the rest of a long slide first", () =>
    visit(`${chapter}?present`, { viewport: { width: 1000, height: 420 } }, async (page) => {
      await presenting(page);
      const atEnd = () => page.evaluate(() => {
        const { scrollTop, scrollHeight, clientHeight } = document.scrollingElement;
        return scrollHeight - clientHeight - scrollTop <= 2;
      });
      let scrolled = 0;
      const [, slides] = await count(page);
      for (let presses = 0; (await count(page))[0] < slides && presses < 500; presses += 1) {
        const before = await count(page);
        const end = await atEnd();
        await page.keyboard.press(presses % 2 ? "PageDown" : "Space");
        const turned = (await count(page))[0] !== before[0];
        assert.equal(turned, end, `${await position(page)} turned too early or not at all`);
        if (!turned) scrolled += 1;
      }
      assert.ok(scrolled > 0, "no slide was longer than the screen");
      await page.keyboard.press("Home");
      assert.equal((await count(page))[0], 1);
    }));

  test("the address keeps the place, and Escape leads back to it", () =>
    visit(`${chapter}?present`, {}, async (page) => {
      await presenting(page);
      for (let press = 0; press < 4; press += 1) await page.keyboard.press("ArrowRight");
      const [here, kept] = [await position(page), hash(page)];
      assert.notEqual(kept, "");
      await page.reload();
      await presenting(page);
      assert.equal(await position(page), here);
      await page.keyboard.press("Escape");
      assert.equal(await isPresenting(page), false);
      assert.equal(hash(page), kept.split("~")[0]);
      assert.equal(new URL(page.url()).search, "");
      assert.ok(await page.locator(hash(page)).isVisible());
      await page.keyboard.press("p");
      await presenting(page);
      assert.equal(hash(page), kept.split("~")[0], "p begins with the section in view");
    }));

  test("a link within the chapter leads to its slide", () =>
    visit(`${chapter}?present`, {}, async (page) => {
      await presenting(page);
      const id = await page.evaluate(() => [...document.querySelectorAll("main > h2")].at(-1).id);
      await page.evaluate((id) => (location.hash = id), id);
      await page.waitForFunction((id) => document.getElementById(id).getClientRects().length > 0, id);
      assert.equal(hash(page), `#${id}`);
    }));

  test("the bar tells the minutes of a section and the time that has passed", () =>
    visit(`${chapter}?present`, {}, async (page) => {
      await presenting(page);
      const id = await page.evaluate(() =>
        [...document.querySelectorAll("main > h2")].find((it) => it.matches("[data-minutes], :has(+ p.minutes)"))?.id);
      assert.ok(id, "no section has minutes");
      await page.evaluate((id) => (location.hash = id), id);
      await page.waitForFunction(() => /\d+:\d\d of \d+ min/.test(document.querySelector(".present-time").textContent));
      const time = () => page.locator(".present-time").textContent();
      const first = await time();
      await page.waitForFunction((first) => document.querySelector(".present-time").textContent !== first, first);
    }));

  test("keys typed into a form are text", () =>
    visit(chapter, {}, async (page) => {
      await page.evaluate(() => document.querySelector("main").insertAdjacentHTML("afterbegin", "<input id=probe>"));
      await page.locator("#probe").focus();
      await page.keyboard.type("pn");
      assert.equal(await page.locator("#probe").inputValue(), "pn");
      assert.equal(await isPresenting(page), false);
    }));

  test("a widget's keys are its own, on a slide too", { skip: playable ? false : "nothing to play" }, () =>
    visit(playable, {}, async (page) => {
      const widget = page.locator("figure.play").first();
      const section = await widget.evaluate((it) => {
        let at = it;
        while (at && !at.matches("h1, h2")) at = at.previousElementSibling;
        return at.id;
      });
      await page.goto(`${book.base}${playable}?present#${section}`);
      await presenting(page);
      for (let press = 0; press < 20 && !(await widget.isVisible()); press += 1) {
        await page.keyboard.press("ArrowRight");
      }
      const button = widget.locator("button:visible, [tabindex]:visible").first();
      await button.focus();
      const here = await position(page);
      for (const key of ["n", "p", "ArrowRight", "ArrowLeft"]) {
        await page.keyboard.press(key);
        assert.equal(await position(page), here, `${key} moved the slides`);
      }
      await page.screenshot({ path: shot(playable, "slide-play") });
      await button.focus();
      await page.keyboard.press("Escape");
      assert.equal(await isPresenting(page), false, "Escape leads out");
    }));

  test("turning the screen keeps the place", () =>
    visit(`${chapter}?present`, {}, async (page) => {
      await presenting(page);
      await page.keyboard.press("End");
      const here = hash(page).split("~")[0];
      await page.setViewportSize(PHONE);
      await page.waitForTimeout(400);
      assert.equal(hash(page).split("~")[0], here);
      assertNone(await sticksOut(page), "the slide scrolls sideways because of");
      await page.screenshot({ path: shot(chapter, "slide-phone") });
    }));

  for (const scheme of ["light", "dark"]) {
    test(`axe-core finds nothing on a slide or in its bar, ${scheme}`, () =>
      visit(`${chapter}?present`, { colorScheme: scheme }, async (page) => {
        await presenting(page);
        for (let slide = 0; slide < 4; slide += 1) {
          assertNone(await axe(page), "on the slide");
          assertNone(await axe(page, { scope: ".present-bar" }), "in the bar");
          await page.keyboard.press("ArrowRight");
        }
        await page.screenshot({ path: shot(chapter, `slide-${scheme}`) });
      }));
  }
});

describe("speaker notes", options, () => {
  const notes = (page) => page.locator("main aside.notes").first();

  for (const [name, viewport] of [["a desk", { width: 1440, height: 900 }], ["a phone", PHONE]]) {
    test(`on ${name} they are hidden until asked for, and remembered`, () =>
      visit(chapter, { viewport }, async (page) => {
        assert.equal(await notes(page).isVisible(), false);
        await page.keyboard.press("n");
        assert.ok(await notes(page).isVisible());
        const button = page.getByRole("button", { name: "Speaker notes" });
        assert.equal(await button.getAttribute("aria-pressed"), "true");
        assertNone(await sticksOut(page), "the page scrolls sideways because of");
        assertNone(await axe(page), "axe-core finds");
        const isBeside = await notes(page).evaluate((aside) => {
          const text = document.querySelector("main > p:not(.minutes)").getBoundingClientRect();
          return aside.getBoundingClientRect().left >= text.right;
        });
        assert.equal(isBeside, viewport !== PHONE, "beside the text");
        await page.screenshot({ path: shot(chapter, `notes-${name.replace("a ", "")}`), fullPage: true });
        await page.reload();
        assert.ok(await notes(page).isVisible(), "after a reload");
        await button.click();
        assert.equal(await notes(page).isVisible(), false);
      }));
  }

  for (const over of ["http", "file"]) {
    test(`their window follows the slides, over ${over}`, async () => {
      const from = over === "file" ? await openBook("file") : book;
      try {
        await visit(`${chapter}?present`, {}, async (page) => {
          await presenting(page);
          const opened = page.context().waitForEvent("page");
          await page.keyboard.press("n");
          const popup = await opened;
          const heading = popup.locator("h1");
          const section = async () => (await position(page)).trim();
          assert.equal(await heading.textContent(), await section());
          let told = 0;
          for (let slide = 0; slide < 8; slide += 1) {
            await popup.keyboard.press("ArrowRight");
            assert.equal(await heading.textContent(), await section());
            told += await popup.locator("aside.notes").count();
          }
          assert.ok(told > 0, "no notes were shown");
          assert.match(await popup.locator(".next").textContent(), /Next: \S|last section/);
          assert.match(await popup.locator(".time").textContent(), /\d:\d\d/);
          assertNone(await axe(popup, { scope: "body" }), "axe-core finds");
          await popup.screenshot({ path: shot(chapter, `notes-window-${over}`) });
          const closed = popup.waitForEvent("close");
          // The window goes with the key that closes it, and cannot report that it was released.
          await popup.keyboard.press("Escape").catch(() => {});
          await closed;
          assert.equal(await isPresenting(page), false);
        }, from);
      } finally {
        if (from !== book) await from.close();
      }
    });
  }

  test("a blocked window is said in the bar", () =>
    visit(`${chapter}?present`, {}, async (page) => {
      await presenting(page);
      await page.evaluate(() => (window.open = () => null));
      await page.keyboard.press("n");
      assert.match(await page.locator(".present-says").textContent(), /blocked/);
    }));
});
