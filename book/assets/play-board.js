/* Play the scheduler, part 7: the elements of a board, and how they show a schedule so far. */
(function (root) {
  "use strict";
  const Play = (root.Play = root.Play || {});
  const { words, says } = Play;

  function element(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
      else if (value !== undefined) made.setAttribute(name, value);
    }
    made.append(...children);
    return made;
  }

  /** A button that names its key. */
  function button(label, key, act, more) {
    const keys = key === undefined ? {} : { "aria-keyshortcuts": key };
    const shown = key === undefined ? [] : [" ", element("kbd", { "aria-hidden": "true" }, key)];
    return element("button", { type: "button", onclick: act, ...keys, ...more }, element("span", {}, label), ...shown);
  }

  /** Unlike `disabled`, this keeps the focus where it is and can be asked why. */
  function enable(button, on) {
    button.setAttribute("aria-disabled", String(!on));
  }

  /** A line of Rust in the colours of the book, where its highlighter is there. */
  function highlighted(text) {
    const span = element("span", { class: "play-text" });
    try {
      span.innerHTML = root.hljs.highlight("rust", text, true).value;
    } catch {
      span.textContent = text;
    }
    return span;
  }

  /** The panel of a lane: who it is, its button, its code, and where it stands. */
  class Panel {
    constructor({ graph, code }, lane, key, id, run) {
      this.lane = lane;
      const { name } = graph.lanes[lane];
      this.is = element("span", { class: "play-is" });
      this.run = button(`Run ${name}`, key, () => run(lane), { class: "play-run" });
      this.ways = element("div", { class: "play-ways" });
      this.stand = element("p", { class: "play-stand" });
      this.knows = element("p", { class: "play-knows" });
      this.lines = [];
      const label = element("strong", { class: "play-name", id: `${id}-name-${lane}` }, name);
      const head = element("div", { class: "play-head" }, label, this.is, this.run);
      this.root = element("div", { class: `play-panel ${Play.lanes.tone(lane)}`, role: "group", "aria-labelledby": label.id }, head, this.ways);
      if ((code[lane] || []).length > 0) this.root.append(this.listing(code[lane]));
      this.root.append(this.stand, this.knows);
    }

    listing(code) {
      const real = code.filter(([line, text]) => line !== null && text.trim());
      const indent = Math.min(...real.map(([, text]) => text.length - text.trimStart().length));
      const block = element("code", {});
      for (const [line, text] of code) {
        const mark = element("span", { class: "play-mark", "aria-hidden": "true" });
        const body = line === null ? element("span", { class: "play-text" }, "⋯") : highlighted(text.slice(indent) || " ");
        // The hanging indent of a line that has to be wrapped.
        const deep = text.slice(indent).length - text.slice(indent).trimStart().length;
        body.style.setProperty("--deep", `${deep + 2}ch`);
        const row = element("span", { class: line === null ? "play-line play-gap" : "play-line" }, mark, element("span", { class: "play-number" }, line === null ? "" : String(line)), body);
        this.lines.push({ line, text: text.trim(), row, mark });
        block.append(row);
      }
      return element("pre", { class: "play-code" }, block);
    }

    /** `choices` are those of this lane: `{ index, label, key }`. */
    show(tale, choices, take) {
      const stand = says.stand(tale, this.lane);
      this.root.dataset.is = stand.is;
      const word = stand.is === "not-started" ? "not started" : stand.is === "blocked" && tale.end ? "stuck" : stand.is;
      this.is.replaceChildren(element("span", { "aria-hidden": "true" }, stand.sign), ` ${word}`);
      this.stand.textContent = stand.is === "ready" || stand.is === "blocked" ? sentence(stand.text) : "";
      enable(this.run, choices.length > 0);
      this.ways.replaceChildren(...(choices.length > 1 ? choices.map(({ index, label, key }) => button(label || `way ${index + 1}`, key, () => take(index), { class: "play-way" })) : []));
      for (const { line, text, row, mark } of this.lines) {
        const on = stand.at !== undefined && stand.at.line === line && (!stand.at.source || stand.at.source.trim() === text);
        row.classList.toggle("play-next", on);
        if (on) row.setAttribute("aria-current", "step");
        else row.removeAttribute("aria-current");
        mark.textContent = on ? stand.sign : "";
      }
      this.knows.replaceChildren(...knows(tale, this.lane));
    }
  }

  function sentence(text) {
    return `${text[0].toUpperCase()}${text.slice(1)}.`;
  }

  /** What a lane has read, and whether it is still true. */
  function knows(tale, lane) {
    if (says.stand(tale, lane).is === "over") return [];
    return tale.beliefs.filter((b) => b.lane === lane).map(({ object, value, overwritten }) => {
      const { name } = tale.graph.objects[object];
      const read = `Has read ${name} = ${value}`;
      if (overwritten === null) return element("span", {}, `${read}.`);
      return element("span", { class: "play-stale" }, element("b", {}, "stale"), ` ${read}; it is ${tale.now.values[object]} now.`);
    });
  }

  /** The objects that lanes share: value, holder, and what the last choice changed. */
  function shared(tale) {
    const { graph, now, before } = tale;
    const told = graph.objects.map((object, index) => ({ ...object, index })).filter(({ index }) => isTouched(graph, index));
    const items = told.map(({ name, kind, index }) => {
      const [is, was] = [reading(graph, now, index), reading(graph, before, index)];
      const changed = tale.states.length > 1 && is !== was;
      return element("li", { class: changed ? "play-changed" : "" },
        element("span", { class: "play-object" }, name), element("span", { class: "play-kind" }, kind),
        element("span", { class: "play-value" }, is), ...(changed && was ? [element("span", { class: "play-was" }, `was ${was}`)] : []));
    });
    if (hasClock(graph)) {
      const changed = now.clock !== before.clock;
      const was = changed ? [element("span", { class: "play-was" }, `was ${words.clock(before.clock)}`)] : [];
      items.unshift(element("li", { class: changed ? "play-changed" : "" }, element("span", { class: "play-object" }, "clock"), element("span", { class: "play-value" }, words.clock(now.clock)), ...was));
    }
    return items;
  }

  function isTouched(graph, object) {
    return graph.steps.some((step) => (step.effects || []).some((e) => Object.values(e)[0]?.object === object));
  }

  function isLock(graph, object) {
    return graph.steps.some((step) => (step.effects || []).some((e) => e.holds?.object === object));
  }

  function hasClock(graph) {
    return graph.states.some((state) => state.clock > 0) || graph.steps.some((step) => step.at > 0);
  }

  function reading(graph, { values, uses, holders }, object) {
    const parts = [];
    if (values[object] !== undefined) parts.push(values[object]);
    const who = holders[object].map((lane) => graph.lanes[lane].name);
    if (who.length > 0) parts.push(`held by ${words.list(who)}`);
    else if (isLock(graph, object)) parts.push("free");
    if (uses[object]) parts.push(uses[object]);
    return parts.join(", ");
  }

  /** Lanes that never have a choice, where they stand: `main: blocked at line 9: waits for …` */
  function others(tale, players) {
    const lanes = tale.graph.lanes.map((_, lane) => lane).filter((lane) => !players.includes(lane));
    return lanes.map((lane) => ({ name: tale.graph.lanes[lane].name, ...says.stand(tale, lane) }))
      .filter(({ is }) => is === "blocked" || is === "ready")
      .map(({ name, sign, text }) => element("li", {}, element("span", { "aria-hidden": "true" }, `${sign} `), element("strong", {}, name), ` ${text}`));
  }

  /** The steps so far as a list, for those who cannot see the picture. */
  function list(tale) {
    const places = words.places(tale.graph);
    return tale.rows.map((row) => {
      if (row.step === undefined) return element("li", {}, `The clock moves to ${words.clock(row.clock)}.`);
      const at = row.step.place === undefined ? "" : ` (${places.long(tale.graph.places[row.step.place])})`;
      const index = tale.rows.indexOf(row);
      const stale = tale.stale.filter((s) => s.acts === index).map((s) => `; ${words.stale(tale.graph, s)}`);
      return element("li", {}, `${tale.graph.lanes[row.step.lane].name} ${row.step.what}${at}${stale.join("")}.`);
    });
  }

  Play.board = { element, button, enable, Panel, shared, others, list };
})(globalThis);
