// A built book in a browser: pages that report everything that goes wrong in them.

import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve, sep } from "node:path";
import process from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";

import { chromium } from "playwright-core";

import { findChromium } from "./chromium.mjs";
import { serve } from "./serve.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The directory of the built book. */
export const BOOK = resolve(process.env.BOOK_DIR ?? join(HERE, "../../../target/book/html"));
/** Where screenshots go. */
export const SHOTS = resolve(process.env.BOOK_SHOTS ?? join(BOOK, "../shots"));
mkdirSync(SHOTS, { recursive: true });

export const DESKTOP = { width: 1280, height: 900 };
export const PHONE = { width: 360, height: 740 };

/** Every page of the book, as in `reference/coverage.html`; not what only helps mdBook. */
export function pages() {
  const helpers = ["404.html", "print.html", "toc.html"];
  return readdirSync(BOOK, { recursive: true })
    .map((file) => relative(BOOK, join(BOOK, file)).split(sep).join("/"))
    .filter((file) => file.endsWith(".html") && !helpers.includes(file))
    .sort();
}

/** The pages that have an element, found without a browser. */
export function pagesWith(pattern) {
  return pages().filter((page) => pattern.test(readFileSync(join(BOOK, page), "utf8")));
}

/** A name for a file in SHOTS. */
export function shot(page, kind) {
  return join(SHOTS, `${page.replace(/\.html$/, "").replaceAll("/", "-")}-${kind}.png`);
}

/**
 * Opens the book in a browser. `over` is "http" or "file".
 * The result has `open(page, options)` and `close()`.
 */
export async function openBook(over = "http") {
  const executablePath = findChromium();
  assert.ok(executablePath, "no Chromium: install one, or set CHROMIUM to its path");
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  const server = over === "http" ? await serve(BOOK) : undefined;
  const base = server ? `${server.origin}/` : pathToFileURL(BOOK + sep).href;
  return {
    base,
    /**
     * Opens a page in a fresh context. Options: those of a Playwright context, and `theme`.
     * `page.troubles` collects console errors, failed requests and requests to elsewhere.
     */
    async open(path, { theme, ...options } = {}) {
      const context = await browser.newContext({ viewport: DESKTOP, ...options });
      const troubles = [];
      await watch(context, base, troubles);
      if (theme) {
        await context.addInitScript((name) => localStorage.setItem("mdbook-theme", name), theme);
      }
      // print.html opens the print dialogue by itself.
      await context.addInitScript(() => (window.print = () => {}));
      const page = await context.newPage();
      page.troubles = troubles;
      await page.goto(base + path, { waitUntil: "load" });
      return page;
    },
    async close() {
      await browser.close();
      await server?.close();
    },
  };
}

async function watch(context, base, troubles) {
  const local = (url) => /^(data|blob|about):/.test(url) || url.startsWith(base);
  await context.route("**/*", (route) => {
    const url = route.request().url();
    if (local(url)) return route.continue();
    troubles.push(`asks for something outside the book: ${url}`);
    return route.abort();
  });
  context.on("page", (page) => {
    page.on("console", (message) => {
      if (message.type() === "error") troubles.push(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => troubles.push(`script: ${error.stack ?? error}`));
    page.on("websocket", (socket) => troubles.push(`opens a socket: ${socket.url()}`));
    page.on("requestfailed", (request) => {
      const why = request.failure()?.errorText;
      if (why !== "net::ERR_ABORTED") troubles.push(`fails: ${request.url()} (${why})`);
    });
    page.on("response", (response) => {
      if (response.status() >= 400) troubles.push(`${response.status()}: ${response.url()}`);
    });
  });
}

/** Fails with the list of what was found, if anything was. */
export function assertNone(found, where) {
  const more = found.length > 12 ? [`and ${found.length - 12} more`] : [];
  if (found.length > 0) assert.fail([where, ...found.slice(0, 12), ...more].join("\n    "));
}

/** Fails if anything went wrong in the page so far. */
export function assertNoTroubles(page) {
  assertNone(page.troubles, page.url());
}

/** What axe-core finds wrong within `scope`, one line each. `rules`: only these. */
export async function axe(page, { scope = "main", rules } = {}) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  const runOnly = rules ? { runOnly: { type: "rule", values: rules } } : {};
  const { violations } = await page.evaluate(
    ([scope, options]) => window.axe.run(scope, options),
    [scope, { resultTypes: ["violations"], ...runOnly }],
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => {
      const why = [...node.any, ...node.all, ...node.none].map((check) => check.message);
      return `${id}: ${node.target.join(" ")}: ${why.join("; ")} ${node.html.slice(0, 160)}`;
    }),
  );
}

/** Elements that make the page itself scroll sideways, one line each. */
export function sticksOut(page) {
  return page.evaluate(() => {
    const main = document.querySelector("main");
    const scrolled = [];
    for (let at = main; at; at = at.parentElement) {
      if (at.scrollWidth > at.clientWidth + 1) scrolled.push(at);
    }
    if (scrolled.length === 0) return [];
    const edge = document.documentElement.clientWidth;
    const boxed = (element) => {
      for (let at = element.parentElement; at && at !== main; at = at.parentElement) {
        if (getComputedStyle(at).overflowX !== "visible") return true;
      }
      return false;
    };
    const wide = [...main.querySelectorAll("*")].filter(
      (element) => element.getBoundingClientRect().right > edge + 1 && !boxed(element),
    );
    const name = (element) => `${element.outerHTML.slice(0, 120)} (${element.scrollWidth} px)`;
    return (wide.length > 0 ? wide : scrolled).map(name);
  });
}

/** Chooses one of mdBook's themes in an open page, as its menu does. */
export async function choose(page, theme) {
  await page.evaluate((id) => document.getElementById(id).click(), `mdbook-theme-${theme}`);
  // The colours of code are style sheets of their own, which may still be on their way.
  await page.waitForFunction(() =>
    [...document.querySelectorAll("link[rel=stylesheet]")].every(({ disabled, sheet }) => disabled || sheet));
}
