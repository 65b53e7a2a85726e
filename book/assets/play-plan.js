/* Play the scheduler, part 4: where everything of the picture stands, for the width there is.
 *
 * The look is that of the static pictures (crates/timeline, `svg`): a column for each lane, time
 * runs down, a bar for each lock that is held, a dashed one where a value is stale. Where the
 * columns have no room for their texts, these stand in a column of their own.
 */
(function (root) {
  "use strict";
  const Play = (root.Play = root.Play || {});
  const { words } = Play;

  // Pixels for a column of text, of the widest font that is asked for.
  const CODE = 7.83;
  const SMALL = 6.93;
  const GUTTER = 40; // from the left edge to the first lane
  const FIRST_BAR = 17;
  const NEXT_BAR = 17;
  const BETWEEN = 14;
  const LEAST_TEXT = 150;
  const TOP = 34;

  /** The lanes that get a column: those that do something after the first choice. */
  function columns(graph) {
    const lanes = new Set(Play.graph.players(graph));
    for (const state of graph.states) {
      for (const { steps } of state.next || []) {
        for (const step of steps || []) lanes.add(graph.steps[step].lane);
      }
    }
    return [...lanes].sort((a, b) => a - b);
  }

  /** How many bars may stand beside a lane: reserved, so that texts do not move during the play. */
  function tracks(graph, lane) {
    const held = new Set();
    const seen = new Set();
    const set = new Set();
    for (const step of graph.steps) {
      for (const effect of step.effects || []) {
        if (effect.holds && step.lane === lane) held.add(effect.holds.object);
        if (effect.sees && step.lane === lane) seen.add(effect.sees.object);
        if (effect.sets && step.lane !== lane) set.add(effect.sets.object);
      }
    }
    const stale = [...seen].some((object) => set.has(object));
    return Math.min(held.size, 3) + (stale ? 1 : 0);
  }

  /** Where everything stands; `width` in pixels. */
  function plan(graph, tale, width) {
    const valued = graph.objects.map((_, o) => o).filter((o) => tale.now.values[o] !== undefined || mayHaveValue(graph, o));
    const lanes = columns(graph).map((lane) => {
      const bars = spans(tale, lane);
      const used = bars.reduce((most, bar) => Math.max(most, bar.track + 1), tracks(graph, lane));
      return { lane, bars, indent: used === 0 ? 18 : FIRST_BAR + NEXT_BAR * used - 2 };
    });
    const column = words.clip(longest(graph, valued), 18).length * CODE + 16;
    const values = valued.length > 0 && width >= 560 ? Math.max(column, 90) : 0;
    const each = (width - GUTTER - values) / lanes.length - BETWEEN;
    const aside = lanes.length > 1 && lanes.some((l) => each - l.indent < LEAST_TEXT);
    let x = GUTTER;
    for (const l of lanes) {
      const { name } = graph.lanes[l.lane];
      l.x = x;
      l.name = words.clip(name, aside ? 9 : 20);
      x += aside ? Math.max(l.indent, l.name.length * CODE + 14) : each + BETWEEN;
    }
    for (const l of lanes) {
      l.text = aside ? x + 4 : l.x + l.indent;
      l.room = aside ? width - x - 10 : each - l.indent;
    }
    const it = { graph, tale, width, lanes, aside, valued, values: values && !aside ? width - values + 8 : 0, places: words.places(graph) };
    it.bands = stack(it);
    it.bottom = it.bands.reduce((y, band) => band.y + band.height, TOP);
    return it;
  }

  function mayHaveValue(graph, object) {
    return graph.steps.some((s) => (s.effects || []).some((e) => (e.sets || e.sees || {}).object === object));
  }

  function longest(graph, valued) {
    const all = graph.steps.flatMap((s) => (s.effects || []).filter((e) => e.sets).map((e) => e.sets));
    const texts = all.filter((s) => valued.includes(s.object)).map((s) => `${graph.objects[s.object].name} = ${s.value}`);
    return texts.reduce((a, b) => (b.length > a.length ? b : a), "");
  }

  /** The bars of a lane, each with its track, so that no two of a track overlap. */
  function spans(tale, lane) {
    const stale = tale.stale.filter((s) => s.overwritten !== null && s.acts > s.overwritten)
      .map((s) => ({ kind: "stale", lane: s.lane, object: s.object, from: s.overwritten, to: s.acts }));
    const held = tale.holds.filter((h) => h.to === null || h.to > h.from).map((h) => ({ kind: "held", ...h }));
    const all = [...stale, ...held].filter((bar) => bar.lane === lane);
    const ends = [];
    for (const bar of all) {
      const free = ends.findIndex((end) => end.kind === bar.kind && end.to !== null && end.to <= bar.from);
      bar.track = free < 0 ? ends.length : free;
      ends[bar.track] = bar;
    }
    return all.filter((bar) => bar.track < 5);
  }

  /** The rows as bands, one below the other: what happened, and at the end who waits. */
  function stack(it) {
    const { tale } = it;
    const bands = [];
    const before = tale.rows.filter((row) => row.choice === Play.replay.BEFORE && row.step);
    if (before.length > 0) bands.push(gap(it, before));
    let number = 0;
    tale.rows.forEach((row, index) => {
      if (row.choice === Play.replay.BEFORE) return;
      if (row.step) bands.push(step(it, row, index, ++number));
      else bands.push({ kind: "clock", row: index, number: words.clock(row.clock), cards: [] });
    });
    const waiting = waits(it);
    if (it.aside) waiting.forEach((card) => bands.push({ kind: "waits", cards: [card] }));
    else if (waiting.length > 0) bands.push({ kind: "waits", cards: waiting });
    let y = TOP;
    for (const band of bands) {
      const heights = band.cards.map((card) => 16 * card.code.length + 15 * card.said.length);
      const tallest = Math.max(...heights, 15 * (band.values || []).length, 0);
      band.y = y;
      band.height = { clock: 24, gap: tallest + 14 }[band.kind] || Math.max(tallest, 30) + 14;
      band.mark = band.kind === "gap" ? y + band.height / 2 : y + (band.kind === "clock" ? 12 : 21);
      y += band.height;
    }
    return bands;
  }

  function card(it, lane, mark, place, tone, texts) {
    const column = it.lanes.find((l) => l.lane === lane) || it.lanes[0];
    const at = place ? `${it.places.short(place)}: ` : "";
    // In a column of their own, texts need to say whose they are.
    const who = it.aside ? `${it.graph.lanes[lane].name}${place ? ", " : " "}` : "";
    const lines = (text, tone) => words.wrap(text, Math.floor(column.room / SMALL)).map((t) => [tone, t]);
    const [first, ...notes] = texts;
    return {
      column, mark,
      code: place ? words.code(place.source || "", Math.floor(column.room / CODE)) : [],
      said: [...lines(who + at + first, tone), ...notes.flatMap((note) => lines(...note))],
    };
  }

  function step(it, { step, label, values, choice }, index, number) {
    const { tale, graph } = it;
    const fatal = tale.fatal.includes(index);
    const mark = fatal ? "cross" : step.waits ? "pause" : Play.replay.has(step, "lost") || step.silent ? "ring" : "dot";
    const notes = tale.stale.filter((s) => s.acts === index).map((s) => [words.stale(graph, s), "wait"]);
    if (label) notes.unshift([label, "dim"]);
    const said = [step.what, ...notes];
    const past = tale.rows.slice(0, index).findLast((row) => row.values);
    const old = past ? past.values : graph.objects.map((o) => o.initial);
    const shown = it.valued.filter((o) => values[o] !== undefined && (it.valued.length < 4 || values[o] !== old[o]));
    return {
      kind: "step", row: index, number, choice,
      cards: [card(it, step.lane, mark, resolve(graph, step.place), fatal ? "bad" : "dim", said)],
      values: shown.map((o) => ({ text: `${graph.objects[o].name} = ${values[o]}`, changed: values[o] !== old[o] })),
    };
  }

  /** The steps that happen before there is a choice, in one row. */
  function gap(it, rows) {
    const { graph } = it;
    const told = rows.slice(0, 2).map(({ step }) => `${graph.lanes[step.lane].name} ${step.what}`);
    const more = rows.length > 2 ? `, and ${words.count(rows.length - 2, "more step")}` : "";
    const made = card(it, it.lanes[0].lane, "dots", undefined, "dim", [""]);
    const text = `before: ${told.join("; ")}${more}`;
    made.said = words.wrap(text, Math.floor(made.column.room / SMALL)).map((line) => ["dim", line]);
    return { kind: "gap", row: 0, number: "…", cards: [made] };
  }

  /** Who cannot go on now: with a cross where it never will. A row of its own need not say it twice. */
  function waits(it) {
    const { tale, graph } = it;
    if (tale.end && !tale.end.failed) return [];
    const said = (lane) => !tale.end && tale.rows.findLast((row) => row.step?.lane === lane)?.step.waits;
    return Play.replay.waiting(graph, tale.state)
      .filter(({ lane }) => it.lanes.some((l) => l.lane === lane) && !said(lane))
      .map(({ lane, stand }) => {
        const made = card(it, lane, tale.end ? "cross" : "pause", resolve(graph, stand.place), "wait", [stand.waits]);
        return { ...made, lane, object: stand.object, on: stand.for };
      });
  }

  function resolve(graph, place) {
    return place === undefined || place === null ? undefined : graph.places[place];
  }

  Play.plan = Object.assign(plan, { columns, SMALL, FIRST_BAR, NEXT_BAR, TOP });
})(globalThis);
