/* Play the scheduler, part 5: draws the plan of a picture as SVG.
 *
 * Colours come from play.css by class, and only repeat what signs and words say.
 */
(function (root) {
  "use strict";
  const Play = (root.Play = root.Play || {});
  const { words, plan } = Play;
  const STEP = 14; // from one arrow below the rows to the next

  function svg(tag, attributes, ...children) {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }

  const tone = (lane) => `play-lane-${lane % 5}`;

  /** The picture of a schedule so far, `width` pixels wide. */
  function draw(graph, tale, width) {
    const it = plan(graph, tale, width);
    const arrows = it.aside ? across(it) : below(it);
    const height = arrows.bottom + 6;
    const picture = svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": name(it) });
    if (it.values) picture.append(text(it.values, 14, "small dim", "afterwards"));
    for (const column of it.lanes) picture.append(...line(it, column));
    for (const column of it.lanes) {
      for (const bar of column.bars) picture.append(...barOf(it, column, bar));
    }
    for (const band of it.bands) picture.append(...drawBand(it, band));
    picture.append(...arrows.paths);
    return picture;
  }

  function name({ tale }) {
    const steps = tale.rows.filter((row) => row.step && row.choice !== Play.replay.BEFORE);
    return `The schedule so far: ${words.count(steps.length, "step")}; the list below says the same`;
  }

  function text(x, y, style, content, more = {}) {
    return svg("text", { x, y, class: style, ...more }, content);
  }

  /** The name of a lane and its line: dashed where it is blocked, nothing where it is not there. */
  function line(it, { lane, x, name }) {
    const parts = [text(x - 6, 14, `name ${tone(lane)}`, name)];
    let from = plan.TOP - 12;
    let state = existsFromTheStart(it, lane) ? "runs" : "absent";
    const go = (y, next) => {
      if (next === state) return;
      if (state !== "absent") parts.push(svg("path", { class: `life ${state}`, d: `M${x} ${from}V${y}` }));
      if (next === "absent") parts.push(svg("path", { class: "life", d: `M${x} ${y}v13M${x - 5} ${y + 13}h10` }));
      [from, state] = [y, next];
    };
    for (const { until, y } of moments(it)) {
      for (const row of until) {
        if ((row.step?.effects || []).some((e) => e.spawns && e.spawns.lane === lane)) go(y, "runs");
        if (row.step?.lane === lane && Play.replay.has(row.step, "ends")) go(y, "absent");
      }
      const last = until[until.length - 1];
      const state = it.tale.states[last.choice + 1];
      if (isLastOfChoice(it, last)) go(y, standing(it.graph, state, lane));
    }
    if (state !== "absent") parts.push(svg("path", { class: `life ${state}`, d: `M${x} ${from}V${it.bottom}` }));
    return parts;
  }

  /** The rows of each band with the height at which they stand. */
  function moments(it) {
    const { rows } = it.tale;
    const before = rows.filter((row) => row.choice === Play.replay.BEFORE);
    return it.bands.filter((band) => band.row !== undefined)
      .map((band) => ({ until: band.kind === "gap" ? before : [rows[band.row]], y: band.mark }));
  }

  function isLastOfChoice({ tale }, row) {
    const next = tale.rows[tale.rows.indexOf(row) + 1];
    return !next || next.choice !== row.choice;
  }

  function existsFromTheStart({ graph, tale }, lane) {
    const spawned = tale.rows.some((row) => (row.step?.effects || []).some((e) => e.spawns && e.spawns.lane === lane));
    return !spawned && graph.states[0].lanes[lane] !== null;
  }

  function standing(graph, state, lane) {
    const stand = graph.states[state].lanes[lane];
    if (stand === null || stand === undefined) return "absent";
    return graph.stands[stand].waits ? "blocked" : "runs";
  }

  /** The height of the mark of a row; what happened before the first choice stands in one. */
  function markOf(it, row) {
    const band = it.bands.find((b) => b.row === row) || it.bands.find((b) => b.kind === "gap");
    return band ? band.mark : plan.TOP;
  }

  function barOf(it, column, bar) {
    const { graph } = it;
    const x = column.x + plan.FIRST_BAR + plan.NEXT_BAR * bar.track;
    const [from, to] = [markOf(it, bar.from), bar.to === null ? it.bottom + 4 : markOf(it, bar.to)];
    if (to <= from) return [];
    const object = graph.objects[bar.object].name;
    const who = graph.lanes[bar.lane].name;
    const told = bar.kind === "held" ? `${who} holds ${object}` : `what ${who} has read of ${object} is stale`;
    const shape = svg("rect", { x: x - 6, y: from, width: 12, height: to - from, class: `${bar.kind} ${tone(bar.lane)}` });
    shape.append(svg("title", {}, told));
    const name = words.clip(bar.kind === "held" ? object : "stale", Math.floor((to - from - 6) / 6.7));
    if (name.length < 3 && name !== object) return [shape];
    const at = `translate(${x + 4} ${(from + to) / 2}) rotate(-90)`;
    return [shape, svg("text", { class: `in-${bar.kind}`, transform: at }, name)];
  }

  function drawBand(it, band) {
    const parts = [];
    const y = band.mark + 4;
    if (band.kind === "clock") {
      parts.push(svg("path", { class: "tick", d: `M${8 + 7 * band.number.length} ${band.mark}H${it.width}` }));
      parts.push(text(4, y, "small wait", band.number));
    } else if (band.number) {
      parts.push(text(24, y, "small dim number", band.number));
    }
    for (const card of band.cards) parts.push(...drawCard(it, band, card));
    const values = it.values ? band.values || [] : [];
    values.forEach(({ text: value, changed }, i) => {
      const top = Math.max(y - 7 * (values.length - 1), band.y + 12);
      parts.push(text(it.values, top + 15 * i, changed ? "changed" : "small dim", words.clip(value, 20)));
    });
    return parts;
  }

  function drawCard(it, band, { column, mark, code, said }) {
    const parts = [];
    if (mark === "cross") {
      const [width, height] = [column.room + 12, band.height - 4];
      parts.push(svg("rect", { class: "broken", x: column.text - 6, y: band.y + 2, width, height, rx: 5 }));
    }
    parts.push(sign(mark, column, band.mark));
    let y = band.y + (band.kind === "gap" ? 3 : 4);
    if (code.length === 0 && band.kind !== "gap") y += 7;
    for (const part of code) parts.push(text(column.text, (y += 16), "code", part));
    for (const [style, part] of said) parts.push(text(column.text, (y += 15), `small ${style}`, part));
    return parts;
  }

  function sign(mark, { x, lane }, y) {
    switch (mark) {
      case "cross": return svg("path", { class: "cross", d: `M${x - 5} ${y - 5}l10 10m0 -10l-10 10` });
      case "ring": return svg("circle", { class: `ring ${tone(lane)}`, cx: x, cy: y, r: 5 });
      case "pause": return svg("path", { class: "pause", d: `M${x - 3} ${y - 5}v10m6 -10v10` });
      case "dots": return svg("path", { class: "dots", d: `M${x} ${y - 5}v0m0 5v0m0 5v0` });
      default: return svg("circle", { class: `dot ${tone(lane)}`, cx: x, cy: y, r: 6 });
    }
  }

  /** From whom to whom the arrows go: to the bar of what is waited for, or to the lane. */
  function waits(it) {
    const cards = it.bands.filter((b) => b.kind === "waits").flatMap((b) => b.cards.map((card) => ({ card, y: b.mark })));
    return cards.flatMap(({ card, y }) => {
      const to = it.lanes.find((column) => column.lane === card.on);
      if (!to || card.on === card.lane) return [];
      const bar = to.bars.find((b) => b.kind === "held" && b.to === null && b.object === card.object);
      const x = bar ? to.x + plan.FIRST_BAR + plan.NEXT_BAR * bar.track : to.x;
      return [{ from: card.column, x, bar, y }];
    });
  }

  /** Out of the card, along below the rows, and up. Short ways stay near, long ones pass below. */
  function below(it) {
    const routes = waits(it).sort((a, b) => Math.abs(a.x - a.from.text) - Math.abs(b.x - b.from.text));
    const paths = routes.flatMap(({ from, x, bar }, level) => {
      const y = it.bottom + 17 + STEP * level;
      const tip = it.bottom + (bar ? 5 : 1);
      // A start of its own for each, so that no two ways run over each other.
      const start = from.text + 20 + 6 * level;
      return [
        svg("path", { class: "arrow", d: `M${start} ${it.bottom - 2}V${y}H${x}V${tip + 8}` }),
        svg("path", { class: "tip", d: `M${x} ${tip}l-5 9h10z` }),
      ];
    });
    return { paths, bottom: it.bottom + (routes.length ? 17 + STEP * (routes.length - 1) + 4 : 4) };
  }

  /** In the row of the one who waits, across the lanes between. */
  function across(it) {
    const paths = waits(it).flatMap(({ from, x, bar, y }) => {
      const way = x > from.x ? 1 : -1;
      const tip = x - way * (bar ? 6 : 2);
      return [
        svg("path", { class: "arrow", d: `M${from.x + way * 9} ${y}H${tip - way * 8}` }),
        svg("path", { class: "tip", d: `M${tip} ${y}l${-way * 9} -5v10z` }),
      ];
    });
    return { paths, bottom: it.bottom + 8 };
  }

  Play.lanes = Object.assign(draw, { tone });
})(globalThis);
