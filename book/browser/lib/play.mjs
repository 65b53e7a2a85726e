// Playing a board by its keys.

import assert from "node:assert/strict";

/** What the tests ask about a `figure.play`, given as a Playwright locator. */
export class Board {
  constructor(page, figure) {
    this.page = page;
    this.figure = figure;
    this.root = figure.locator(".play-board");
  }

  static async all(page) {
    const figures = await page.locator("figure.play").all();
    return figures.map((figure) => new Board(page, figure));
  }

  /** The graph, with what the player's own questions answer. */
  async facts() {
    return this.figure.evaluate((figure) => {
      const { graph } = JSON.parse(figure.querySelector("script").textContent);
      const ask = globalThis.Play.graph;
      const counts = ask.count(graph);
      const words = globalThis.Play.words.number;
      return {
        graph,
        way: ask.simplest(graph),
        players: ask.players(graph),
        all: counts && words(counts[0].all),
        failing: counts && words(counts[0].failing),
      };
    });
  }

  text(part) {
    return this.root.locator(part).innerText();
  }

  /** The texts of the picture. */
  drawn() {
    return this.root.locator(".play-picture svg").textContent();
  }

  status() {
    return this.text(".play-status");
  }

  /** `failed`, `passed`, or nothing where the schedule is not over. */
  end() {
    return this.figure.getAttribute("data-end");
  }

  /** Puts the focus on the first button, as Tab does for a reader who comes to the board. */
  async enter() {
    await this.root.focus();
    await this.page.keyboard.press("Tab");
    assert.ok(await this.hasFocus(), "Tab leads into the board");
  }

  hasFocus() {
    return this.root.evaluate((root) => root.contains(document.activeElement) && root !== document.activeElement);
  }

  /** The keys that take the choices of `way`, one after the other. */
  keysOf({ graph, players, way }) {
    let state = 0;
    return way.map((index) => {
      const { next } = graph.states[state];
      const { lane, to } = next[index];
      state = to;
      const several = next.filter((choice) => next.filter((c) => c.lane === choice.lane).length > 1);
      if (!several.includes(next[index])) return String(players.indexOf(lane) + 1);
      return "abcdegijklmnoqtvwxz"[several.indexOf(next[index])];
    });
  }

  async press(...keys) {
    for (const key of keys) await this.page.keyboard.press(key);
  }
}
