/* Play the scheduler, part 6: what the status line and the panels say, in sentences. */
(function (root) {
  "use strict";
  const Play = (root.Play = root.Play || {});
  const { words } = Play;

  const MOST_STEPS = 3;

  /**
   * Where a lane stands: `{ is, sign, at, text, where }`. `is` is its state in one or two words,
   * `text` is the rest of a sentence about the lane, and `where` is a sentence of its own.
   */
  function stand(tale, lane) {
    const { graph, state, states } = tale;
    const index = graph.states[state].lanes[lane];
    if (index === null || index === undefined) {
      const was = states.some((s) => graph.states[s].lanes[lane] !== null) || tale.rows.some((row) => row.step?.lane === lane);
      return was ? { is: "over", sign: "■", text: "is over", where: "" } : { is: "not started", sign: "○", text: "has not started", where: "" };
    }
    const { place, waits } = graph.stands[index];
    const at = place === undefined ? undefined : graph.places[place];
    const line = at ? ` at ${words.places(graph).long(at)}` : "";
    if (waits) {
      const is = tale.end ? "stuck" : "blocked";
      return { is, sign: "‖", at, text: `is ${is}${line}: ${waits}`, where: `${line ? `Stands${line}: ${waits}` : upper(waits)}.` };
    }
    if (tale.end) return { is: "over", sign: "■", at, text: "is over", where: "" };
    return { is: "ready", sign: "▶", at, text: `is ready${line}`, where: line ? `Goes on${line}.` : "Begins." };
  }

  function upper(text) {
    return text[0].toUpperCase() + text.slice(1);
  }

  /** What happened with the last choice, and what follows from it: `{ text, end }`. */
  function move(tale, earlier) {
    const { graph } = tale;
    const last = tale.states.length - 2;
    const rows = tale.rows.filter((row) => row.choice === last);
    const steps = rows.filter((row) => row.step);
    const said = [];
    let lane;
    for (const row of rows) {
      if (row.clock !== undefined) said.push(`The clock moves to ${words.clock(row.clock)}.`);
      else if (steps.indexOf(row) < MOST_STEPS) {
        said.push(sentence(graph, row.step, row.step.lane === lane, said.length > 0));
        lane = row.step.lane;
      }
    }
    if (steps.length > MOST_STEPS) said.push(`And ${words.count(steps.length - MOST_STEPS, "more step")}, see below.`);
    if (tale.end) return { text: said.join(" "), end: ending(tale) };
    return { text: [...said, ...consequences(tale, earlier)].join(" ") };
  }

  function sentence(graph, step, same, later) {
    const place = step.place === undefined ? undefined : graph.places[step.place];
    const who = same ? "it" : graph.lanes[step.lane].name;
    const at = place ? ` (${words.places(graph).long(place)})` : "";
    return `${later ? "Then " : ""}${who} ${step.what}${at}.`;
  }

  /** Who is blocked now and was not before, and the other way round. */
  function consequences(tale, earlier) {
    const said = [];
    const last = tale.states.length - 2;
    tale.graph.lanes.forEach(({ name }, lane) => {
      const [was, now] = [stand(earlier, lane).is, stand(tale, lane)];
      const toldAlready = tale.rows.some(({ choice, step }) => choice === last && step?.waits && step.lane === lane);
      if (now.is === "blocked" && was !== "blocked" && !toldAlready) said.push(`${name} ${now.text}.`);
      if (now.is === "ready" && was === "blocked") said.push(`${name} can go on.`);
    });
    return said;
  }

  function ending({ end }) {
    return `${end.failed ? "✕ Failed" : "✓ Over"}: ${end.summary || "nothing failed"}.`;
  }

  /** How many of the schedules that are still possible fail. */
  function outlook(tale, counts) {
    if (tale.end) return tale.end.failed ? "This schedule fails." : "This schedule does not fail.";
    if (!counts) return "";
    const { all, failing } = counts[tale.state];
    if (failing === 0n) return all === 1n ? "From here there is one schedule, and it does not fail." : `From here none of ${words.number(all)} schedules fails.`;
    if (failing === all) return all === 1n ? "From here there is one schedule, and it fails." : `From here all ${words.number(all)} schedules fail.`;
    return `From here ${words.number(failing)} of ${words.number(all)} schedules ${failing === 1n ? "fails" : "fail"}.`;
  }

  /** How many failing schedules the reader has found. */
  function score(found, counts, canFail) {
    if (!canFail) return counts ? `${words.count(counts[0].all, "schedule")} in all, none fails.` : "";
    const all = counts ? ` of ${words.number(counts[0].failing)} (${words.number(counts[0].all)} in all)` : "";
    return `Failing schedules found: ${words.number(found)}${all}.`;
  }

  /** What the reader is asked to do. */
  function task(counts, canFail) {
    if (counts && counts[0].failing === counts[0].all && counts[0].all > 1n) {
      return "You are the scheduler: decide who runs next. Every schedule of this program fails; see how.";
    }
    if (canFail) return `You are the scheduler: decide who runs next, and make it fail.${counts ? "" : " This program can go round in circles, so its schedules cannot be counted."}`;
    if (!counts) return "You are the scheduler: decide who runs next. No schedule of this program fails. It can go round in circles, so they cannot be counted.";
    return "You are the scheduler: decide who runs next. No schedule of this program fails; try to break it.";
  }

  /** The first hint says how far it is, the second who has to run. */
  function hint(tale, path, lane, second) {
    const { graph, state } = tale;
    if (tale.end?.failed) return { text: "It has failed already. Undo or restart, and look for another way." };
    const way = Play.graph.simplest(graph, state, lane);
    if (!way) {
      const back = Play.graph.wayBack(graph, path);
      return { text: `From here nothing fails any more. Go back ${words.count(back, "step")}.` };
    }
    const next = Play.graph.choices(graph, state)[way[0]];
    const lanes = way.reduce((so, choice) => {
      const made = Play.graph.choices(graph, so.state)[choice];
      return { state: made.to, ran: [...so.ran, made.lane] };
    }, { state, ran: lane === undefined ? [] : [lane] }).ran;
    const switches = Play.graph.switches(lanes);
    if (!second) {
      const with_ = switches === 0 ? "without another switch" : `with ${words.count(switches, "more switch").replace("switchs", "switches")}`;
      return { text: `A failure is ${words.count(way.length, "choice")} away, ${with_}. Ask again to be told who goes first.` };
    }
    const label = next.label ? `, and ${next.label}` : "";
    return { text: `Let ${graph.lanes[next.lane].name} go on${label}.`, choice: way[0] };
  }

  Play.says = { stand, move, outlook, score, task, hint };
})(globalThis);
