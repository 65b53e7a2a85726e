/* Play the scheduler: the reader decides who runs next.
 *
 * Every `figure.play` of the page brings a static picture and, in a script element, the graph of
 * all schedules: `{"title", "graph", "code"}`. Where this script runs, a board takes the place of
 * the picture on the screen; in print, and without scripts, the picture stays.
 */
(function (root) {
  "use strict";
  const { graph: ask, replay, lanes: draw, says, words } = root.Play;
  const { element, prose, button, enable, Panel, shared, others, list } = root.Play.board;

  // Letters for the ways of a lane that has several: without those that mean something else.
  const WAYS = [..."abcdegijklmnoqtvwxz"];
  const PACE = 1100; // milliseconds from one step of a demonstration to the next

  class Board {
    constructor(figure, data, id) {
      this.data = { ...data, code: data.code || [] };
      this.graph = data.graph;
      this.players = ask.players(this.graph);
      this.counts = ask.count(this.graph);
      this.canFail = ask.simplest(this.graph) !== null;
      this.found = new Set();
      this.path = [];
      this.undone = [];
      this.build(figure, id);
      this.show(`${words.count(this.choices().length, "choice")} now. Press a Run button, or its key while the focus is in this box.`);
    }

    build(figure, id) {
      this.panels = this.players.map((lane, i) => new Panel(this.data, lane, i < 9 ? String(i + 1) : undefined, id, (l) => this.run(l)));
      this.status = element("p", { class: "play-status", role: "status" });
      this.objects = element("ul", { class: "play-shared", "aria-label": "What is shared" });
      this.others = element("ul", { class: "play-others", "aria-label": "Who has no choice" });
      this.outlook = element("span", {});
      this.score = element("span", { class: "play-score" });
      this.bar = element("span", {});
      this.undoing = button("Undo", "u", () => this.undo());
      this.redoing = button("Redo", "y", () => this.redo());
      this.finding = button("Find the bug for me", "f", () => this.find());
      const helpers = this.canFail ? [button("Hint", "h", () => this.hint()), this.finding] : [];
      this.picture = element("div", { class: "play-picture" });
      this.steps = element("ol", {});
      const title = element("p", { class: "play-title", id: `${id}-title` }, element("strong", {}, ...prose(this.data.title || "Play the scheduler")));
      const odds = element("div", { class: "play-odds" }, element("span", { class: "play-bar", "aria-hidden": "true" }, this.bar), this.outlook, this.score);
      this.root = element("div", { class: "play-board", role: "group", tabindex: "-1", "aria-labelledby": title.id, onkeydown: (event) => this.key(event) },
        title, element("p", { class: "play-task" }, says.task(this.counts, this.canFail)), this.status,
        element("div", { class: "play-panels" }, ...this.panels.map((panel) => panel.root)),
        this.others, this.objects, odds,
        element("div", { class: "play-buttons" }, this.undoing, this.redoing, button("Restart", "r", () => this.restart()), ...helpers),
        this.picture,
        element("details", { class: "play-words" }, element("summary", {}, "The schedule so far in words"), this.steps));
      figure.append(this.root);
      figure.classList.add("play-live");
      this.figure = figure;
      new ResizeObserver(() => this.drawPicture()).observe(this.picture);
    }

    /* What can be done. */

    state() {
      const states = ask.statesAlong(this.graph, this.path);
      return states[states.length - 1];
    }

    /** The choices there are now, each with its index and, where its lane has several, its key. */
    choices() {
      const all = ask.choices(this.graph, this.state()).map((choice, index) => ({ ...choice, index }));
      const several = all.filter(({ lane }) => all.filter((other) => other.lane === lane).length > 1);
      return all.map((choice) => ({ ...choice, key: several.includes(choice) ? WAYS[several.indexOf(choice)] : undefined }));
    }

    run(lane) {
      const mine = this.choices().filter((choice) => choice.lane === lane);
      if (mine.length === 1) return this.take(mine[0].index);
      this.stop();
      const { name } = this.graph.lanes[lane];
      if (mine.length > 1) {
        const ways = mine.map(({ key, label, index }) => `${key}: ${label || `way ${index + 1}`}`);
        return this.say(`${name} can go on in ${mine.length} ways. Choose one. ${ways.join("; ")}.`);
      }
      const tale = replay(this.graph, this.path);
      if (tale.end) return this.say("The schedule is over. Undo or restart, and try another order.", this.ended);
      const { is, text } = says.stand(tale, lane);
      return this.say(is === "ready" ? `${name} cannot be chosen here.` : `${name} cannot run: it ${text}.`);
    }

    take(index, demonstrating = false) {
      if (!demonstrating) this.stop();
      const earlier = replay(this.graph, this.path);
      this.path.push(index);
      // The choice that was taken back leads to the others that were.
      if (this.undone[this.undone.length - 1] === index) this.undone.pop();
      else this.undone = [];
      const tale = replay(this.graph, this.path);
      if (tale.end?.failed) this.found.add(this.path.join());
      const { text, end } = says.move(tale, earlier);
      this.show(text, end);
    }

    undo() {
      this.stop();
      if (this.path.length === 0) return this.say("Nothing to undo: this is the start.");
      this.undone.push(this.path.pop());
      return this.show(this.path.length === 0 ? "Back at the start." : `Went one step back, to ${words.count(this.path.length, "choice")}.`);
    }

    redo() {
      this.stop();
      if (this.undone.length === 0) return this.say("Nothing to redo.");
      return this.take(this.undone[this.undone.length - 1]);
    }

    restart() {
      this.stop();
      this.path = [];
      this.undone = [];
      this.show("Back at the start.");
    }

    hint() {
      this.stop();
      const at = this.path.join();
      const lane = ask.lanesAlong(this.graph, this.path).pop();
      const { text, choice } = says.hint(replay(this.graph, this.path), this.path, lane, this.hinted === at);
      this.hinted = at;
      this.say(text);
      if (choice === undefined) return;
      const next = ask.choices(this.graph, this.state())[choice];
      this.panels[this.players.indexOf(next.lane)].root.classList.add("play-hinted");
    }

    /** Plays the simplest failing schedule, step by step; at once for those who want no motion. */
    find() {
      if (this.timer) return this.stop("Stopped. Redo goes on with it.");
      const way = ask.simplest(this.graph);
      const switches = ask.switches(ask.lanesAlong(this.graph, way));
      this.path = [];
      this.undone = [...way].reverse();
      if (root.matchMedia("(prefers-reduced-motion: reduce)").matches) {
        way.forEach((choice) => this.take(choice, true));
        return undefined;
      }
      const many = switches === 1 ? "1 switch" : `${switches} switches`;
      this.show(`A failing schedule with the fewest switches: ${words.count(way.length, "choice")}, ${many}.`);
      this.finding.firstChild.textContent = "Stop";
      this.timer = setInterval(() => {
        this.take(this.undone[this.undone.length - 1], true);
        if (this.undone.length === 0) this.stop();
      }, PACE);
      return undefined;
    }

    stop(message) {
      clearInterval(this.timer);
      this.timer = undefined;
      this.finding.firstChild.textContent = "Find the bug for me";
      if (message) this.say(message);
    }

    /**
     * Keys work while the focus is in the board. What bubbles up from here would turn the page,
     * open the search or start the slides, so nothing does but what belongs to the browser;
     * and only the keys that do something here are kept from it.
     */
    key(event) {
      if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
      if (event.key === "Escape" || event.key === "Tab" || /^F\d/.test(event.key)) return;
      event.stopPropagation();
      if (event.shiftKey) return;
      const act = this.meaning(event.key.toLowerCase(), event.repeat);
      if (!act) return;
      event.preventDefault();
      act();
    }

    meaning(key, repeat) {
      const acts = {
        u: () => this.undo(), arrowleft: () => this.undo(), backspace: () => this.undo(),
        y: () => this.redo(), arrowright: () => this.redo(), r: () => this.restart(),
      };
      if (this.canFail) Object.assign(acts, { h: () => this.hint(), f: () => this.find() });
      if (acts[key]) return acts[key];
      // A key that is held down must not run a lane to its end.
      const lane = this.players[Number(key) - 1];
      if (/^[1-9]$/.test(key) && lane !== undefined) return repeat ? () => {} : () => this.run(lane);
      const way = this.choices().find((choice) => choice.key === key);
      if (way) return repeat ? () => {} : () => this.take(way.index);
      return undefined;
    }

    /* What is shown. */

    show(message, end) {
      const tale = replay(this.graph, this.path);
      const choices = this.choices();
      const held = this.root.contains(document.activeElement) ? document.activeElement : undefined;
      this.tale = tale;
      for (const panel of this.panels) {
        const losesFocus = held && panel.ways.contains(held);
        panel.root.classList.remove("play-hinted");
        panel.show(tale, choices.filter(({ lane }) => lane === panel.lane), (index) => this.take(index));
        if (losesFocus) panel.run.focus();
      }
      this.objects.replaceChildren(...shared(tale));
      this.others.replaceChildren(...others(tale, this.players));
      this.figure.dataset.end = tale.end ? (tale.end.failed ? "failed" : "passed") : "";
      enable(this.undoing, this.path.length > 0);
      enable(this.redoing, this.undone.length > 0);
      this.outlook.textContent = says.outlook(tale, this.counts);
      this.score.textContent = says.score(this.found.size, this.counts, this.canFail);
      this.bar.style.inlineSize = `${this.odds(tale)}%`;
      this.steps.replaceChildren(...list(tale));
      this.drawPicture();
      this.ended = end;
      this.say(message, end);
    }

    /** The share of the schedules still possible that fail, in percent. */
    odds(tale) {
      if (tale.end) return tale.end.failed ? 100 : 0;
      if (!this.counts) return 0;
      const { all, failing } = this.counts[tale.state];
      return Number((failing * 1000n) / all) / 10;
    }

    /** As wide as there is room, in the size of the text around it. */
    drawPicture() {
      this.panels.forEach((panel) => panel.follow());
      const scale = parseFloat(getComputedStyle(this.picture).fontSize) / 13;
      const width = Math.floor(this.picture.clientWidth / scale);
      if (!this.tale || !(width > 0)) return; // not on the screen: on a slide that is not shown
      if (this.drawn && this.drawn.tale === this.tale && this.drawn.width === width) return;
      this.drawn = { tale: this.tale, width };
      this.picture.replaceChildren(draw(this.graph, this.tale, width));
    }

    /** Says what happened, and in words of its own how it ended. */
    say(text, end) {
      // New elements each time, so that the same words are announced again.
      const ending = end ? [" ", element("strong", { class: "play-end" }, end)] : [];
      this.status.replaceChildren(element("span", {}, text), ...ending);
    }
  }

  document.querySelectorAll("figure.play").forEach((figure, index) => {
    try {
      const data = JSON.parse(figure.querySelector('script[type="application/json"]').textContent);
      // Without a choice there is nothing to play, and the picture says all.
      if (ask.players(data.graph).length > 0) new Board(figure, data, figure.id || `play-${index + 1}`);
    } catch (error) {
      figure.querySelector(".play-board")?.remove();
      figure.classList.remove("play-live");
      console.error(`${figure.id || "a figure"} cannot be played, its picture stays:`, error);
    }
  });
})(globalThis);
