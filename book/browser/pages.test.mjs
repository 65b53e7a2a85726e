// Every page: complete without a network, readable in each theme and on a phone.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import {
  assertNone, assertNoTroubles, axe, choose, openBook, pages, pagesWith, PHONE, shot, sticksOut,
} from "./lib/book.mjs";

const all = pages();
let book;
before(async () => (book = await openBook()));
after(() => book.close());

/** Opens a page, hands it to `look`, and asks afterwards whether anything went wrong in it. */
async function visit(path, options, look) {
  const page = await book.open(path, options);
  try {
    await look(page);
    assertNoTroubles(page);
  } finally {
    await page.context().close();
  }
}

test("the book has pages", () => assert.ok(all.length > 1, `${all.length} pages`));

describe("on a desk", () => {
  for (const path of all) {
    test(path, () =>
      visit(path, { colorScheme: "light" }, async (page) => {
        await page.screenshot({ path: shot(path, "light"), fullPage: true });
        assertNone(await axe(page), "axe-core finds, in light,");
        assertNone(await sticksOut(page), "the page scrolls sideways because of");

        await page.emulateMedia({ colorScheme: "dark" });
        await page.waitForFunction(() => document.documentElement.classList.contains("navy"));
        await page.screenshot({ path: shot(path, "dark"), fullPage: true });
        assertNone(await axe(page), "axe-core finds, in dark,");

        // The themes that the reader can choose besides.
        for (const theme of ["rust", "coal", "ayu"]) {
          await choose(page, theme);
          assertNone(await axe(page, { rules: ["color-contrast"] }), `in the theme ${theme}`);
        }
      }));
  }
});

describe("on a phone", () => {
  for (const path of all) {
    test(path, () =>
      visit(path, { viewport: PHONE }, async (page) => {
        await page.screenshot({ path: shot(path, "phone"), fullPage: true });
        assertNone(await sticksOut(page), "the page scrolls sideways because of");
        assertNone(await axe(page), "axe-core finds");
      }));
  }
});

describe("without scripts", () => {
  const withPictures = pagesWith(/class="picture-scroll"/);
  for (const path of withPictures) {
    test(`${path} shows its pictures`, () =>
      visit(path, { javaScriptEnabled: false }, async (page) => {
        const pictures = await page.locator(".picture-scroll svg").all();
        assert.ok(pictures.length > 0);
        for (const picture of pictures) {
          const box = await picture.boundingBox();
          assert.ok(box?.width > 100 && box.height > 50, await picture.evaluate((svg) => svg.id));
        }
        await page.screenshot({ path: shot(path, "without-scripts") });
      }));
  }
});

test("with forced colours nothing is lost", async () => {
  const path = pagesWith(/class="picture-scroll"/)[0] ?? all[0];
  await visit(path, { forcedColors: "active" }, async (page) => {
    await page.screenshot({ path: shot(path, "forced-colours"), fullPage: true });
    assertNone(await sticksOut(page), "the page scrolls sideways because of");
  });
});

test("the handout prints", () =>
  visit("print.html", {}, async (page) => {
    await page.emulateMedia({ media: "print" });
    for (const left of ["#mdbook-sidebar", "#mdbook-menu-bar", "aside.notes", ".notes-switch"]) {
      for (const element of await page.locator(left).all()) {
        assert.equal(await element.isVisible(), false, `${left} is printed`);
      }
    }
    for (const svg of await page.locator(".picture-scroll svg").all()) {
      assert.ok(await svg.isVisible(), await svg.evaluate((it) => it.outerHTML.slice(0, 80)));
    }
    await page.pdf({ path: shot("handout", "a4").replace(/png$/, "pdf"), format: "A4" });
  }));

test("a chapter is printed black on white from a dark theme, too", async () => {
  const path = pagesWith(/class="picture-scroll"/).at(-1) ?? all[0];
  await visit(path, { colorScheme: "dark" }, async (page) => {
    await page.emulateMedia({ media: "print" });
    const scheme = await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
    assert.equal(scheme, "light");
    assertNone(await axe(page, { rules: ["color-contrast"] }), "on paper");
    await page.screenshot({ path: shot(path, "paper") });
  });
});

test("the book can be read from files", async () => {
  const files = await openBook("file");
  try {
    for (const path of [...all, "print.html"]) {
      const page = await files.open(path);
      assertNoTroubles(page);
      assert.ok(await page.locator("main").isVisible(), path);
      await page.context().close();
    }
  } finally {
    await files.close();
  }
});
