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

  /**
   * A line of Rust in the colours of the book, where its highlighter is there. A long line is
   * wrapped, so that nobody has to scroll sideways, and indented as it was written.
   */
  function highlighted(text, indent) {
    const code = text.trimStart();
    const span = element("span", { class: "play-text", style: `--deep: ${text.length - code.length - indent}ch` });
    try {
      span.innerHTML = root.hljs.highlight("rust", code, true).value;
    } catch {
      span.textContent = code;
    }
    breakable(span);
    return span;
  }

  /** Lets lines be wrapped where a person would: before a method, after a bracket, not in `->`. */
  function breakable(node) {
    for (const child of [...node.childNodes]) {
      if (child.nodeType !== Node.TEXT_NODE) {
        breakable(child);
        continue;
      }
      const parts = child.data.split(/(?=\.[a-z])|(?<=[([])(?![)\]])|(->)/).filter((part) => part !== undefined);
      const arrow = (part) => (part === "->" ? element("span", { class: "play-whole" }, part) : part);
      const mayBreak = (part, before) => before !== undefined && (/^\.[a-z]/.test(part) || /[([]$/.test(before));
      child.replaceWith(...parts.flatMap((part, i) => [...(mayBreak(part, parts[i - 1]) ? [element("wbr")] : []), arrow(part)]));
    }
  }

  /** Text in which `code` stands between backticks. */
  function prose(text) {
    return text.split("`").map((part, i) => (i % 2 ? element("code", {}, part) : part));
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
      this.reads = graph.steps.some((step) => step.lane === lane && remembers(step));
      const label = element("strong", { class: "play-name", id: `${id}-name-${lane}` }, name);
      const head = element("div", { class: "play-head" }, label, this.is, this.run);
      this.root = element("div", { class: `play-panel ${Play.lanes.tone(lane)}`, role: "group", "aria-labelledby": label.id }, head, this.ways);
      this.name = name;
      if ((code[lane] || []).length > 0) this.root.append((this.code = this.listing(code[lane])));
      this.root.append(this.stand, this.knows);
    }

    listing(code) {
      const indents = code.filter(([line, text]) => line !== null && text.trim()).map(([, text]) => text.length - text.trimStart().length);
      const indent = Math.min(...indents);
      const block = element("code", {});
      for (const [line, text] of code) {
        const mark = element("span", { class: "play-mark", "aria-hidden": "true" });
        const body = line === null ? element("span", { class: "play-text" }, "⋯") : highlighted(text, indent);
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
      this.is.replaceChildren(element("span", { "aria-hidden": "true" }, stand.sign), ` ${stand.is}`);
      enable(this.run, choices.length > 0);
      this.ways.replaceChildren(...(choices.length > 1 ? choices.map(({ index, label, key }) => button(label || `way ${index + 1}`, key, () => take(index), { class: "play-way" })) : []));
      const shown = this.mark(stand);
      // A line that is not in the listing, such as one of the test around the program.
      const line = !shown && stand.at?.source ? [" ", element("code", {}, stand.at.source)] : [];
      this.stand.replaceChildren(stand.where, ...line);
      this.knows.replaceChildren(...(this.reads ? knows(tale, this.lane) : []));
    }

    /** A listing that is too long for its panel scrolls by itself, and by keys as well. */
    follow() {
      if (!this.code) return;
      const long = this.code.scrollHeight > this.code.clientHeight + 1;
      const group = { tabindex: "0", role: "group", "aria-label": `Code of ${this.name}` };
      for (const [name, value] of Object.entries(group)) {
        if (long) this.code.setAttribute(name, value);
        else this.code.removeAttribute(name);
      }
      const marked = this.code.querySelector(".play-next");
      if (!long || !marked) return;
      const [box, line] = [this.code.getBoundingClientRect(), marked.getBoundingClientRect()];
      const hidden = line.top < box.top + 8 || line.bottom > box.bottom - 8;
      if (hidden) this.code.scrollTop += line.top - box.top - box.height / 3;
    }

    /** Marks the line where the lane goes on; says whether it is there. */
    mark({ at, sign }) {
      let shown = false;
      for (const { line, text, row, mark } of this.lines) {
        const on = at !== undefined && at.line === line && (!at.source || at.source.trim() === text);
        row.classList.toggle("play-next", on);
        if (on) row.setAttribute("aria-current", "step");
        else row.removeAttribute("aria-current");
        mark.textContent = on ? sign : "";
        shown = shown || on;
      }
      return shown;
    }
  }

  /** Whether a step leaves its lane with a value that can become stale. */
  function remembers({ effects = [] }) {
    return effects.some((e) => e.sees && !effects.some((other) => other.sets?.object === e.sees.object));
  }

  /** What a lane has read, and whether it is still true. */
  function knows(tale, lane) {
    const mine = says.stand(tale, lane).is === "over" ? [] : tale.beliefs.filter((b) => b.lane === lane);
    if (mine.length === 0) {
      const has = tale.rows.some(({ step }) => step?.lane === lane && remembers(step));
      const nothing = has ? "Uses nothing that it has read." : "Has read nothing so far.";
      return [element("span", { class: "play-nothing" }, nothing)];
    }
    return mine.map(({ object, value, overwritten }) => {
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
      const changed = tale.states.length > 1 && is !== was && is !== "";
      return element("li", { class: changed ? "play-changed" : "" },
        element("span", { class: "play-object" }, name), element("span", { class: "play-kind" }, kind),
        ...(is ? [element("span", { class: "play-value" }, is)] : []), ...(changed && was ? [element("span", { class: "play-was" }, `was ${was}`)] : []));
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

  function isLock({ kind }) {
    return /mutex|lock/i.test(kind);
  }

  function hasClock(graph) {
    return graph.states.some((state) => state.clock > 0) || graph.steps.some((step) => step.at > 0);
  }

  function reading(graph, { values, uses, holders }, object) {
    const parts = [];
    if (values[object] !== undefined) parts.push(values[object]);
    const who = holders[object].map((lane) => graph.lanes[lane].name);
    if (who.length > 0) parts.push(`held by ${words.list(who)}`);
    else if (isLock(graph.objects[object])) parts.push("free");
    if (uses[object]) parts.push(uses[object]);
    return parts.join(", ");
  }

  /** Lanes that never have a choice, where they stand: `main: blocked at line 9: waits for …` */
  function others(tale, players) {
    const lanes = tale.graph.lanes.map((_, lane) => lane).filter((lane) => !players.includes(lane));
    return lanes.map((lane) => ({ name: tale.graph.lanes[lane].name, ...says.stand(tale, lane) }))
      .filter(({ is }) => ["blocked", "stuck", "ready"].includes(is))
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

  Play.board = { element, prose, button, enable, Panel, shared, others, list };
})(globalThis);
