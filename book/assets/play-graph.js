/* Play the scheduler, part 1: questions about the graph of a program's schedules.
 *
 * A graph (crates/timeline, `Graph`) has `states`; state 0 is the start, `next` are the choices
 * that can be made there, and a state with an `end` is where a schedule ends. Nothing in this
 * file touches the page, so that it can be tested without one.
 */
(function (root) {
  "use strict";
  const Play = (root.Play = root.Play || {});

  /** The choices at a state: none where the schedule is over. */
  function choices(graph, state) {
    const { next, end } = graph.states[state];
    return end ? [] : next || [];
  }

  /** Whether a schedule that ends in this state has failed. */
  function fails(graph, state) {
    const { end } = graph.states[state];
    return Boolean(end && end.failed);
  }

  /** The states along a path of choices, the start among them. */
  function statesAlong(graph, path) {
    const states = [0];
    for (const choice of path) {
      states.push(choices(graph, states[states.length - 1])[choice].to);
    }
    return states;
  }

  /** The lanes that have a choice anywhere, in their order: those that a reader can run. */
  function players(graph) {
    const lanes = new Set();
    graph.states.forEach((_, state) => choices(graph, state).forEach((c) => lanes.add(c.lane)));
    return [...lanes].sort((a, b) => a - b);
  }

  /**
   * Per state, how many schedules go on from it and how many of them fail, as BigInt.
   * Null if one can go round in circles: then there is no number.
   *
   * Depth first, with a stack of our own: a long program must not exhaust the browser's.
   */
  function count(graph) {
    const counts = new Array(graph.states.length);
    const open = new Set();
    const stack = [0];
    while (stack.length > 0) {
      const state = stack[stack.length - 1];
      if (counts[state]) {
        stack.pop();
        continue;
      }
      const to = choices(graph, state).map((c) => c.to);
      const missing = to.filter((next) => !counts[next]);
      if (open.has(state) && missing.length === 0) {
        open.delete(state);
        counts[state] = to.length > 0 ? sum(to.map((next) => counts[next])) : one(graph, state);
        stack.pop();
      } else if (missing.some((next) => open.has(next) || next === state)) {
        return null;
      } else {
        open.add(state);
        if (missing.length > 0) stack.push(missing[0]);
      }
    }
    return counts;
  }

  function one(graph, state) {
    return { all: 1n, failing: fails(graph, state) ? 1n : 0n };
  }

  function sum(counts) {
    return counts.reduce((a, b) => ({ all: a.all + b.all, failing: a.failing + b.failing }));
  }

  /** How often the lane changes along the lanes that were run. */
  function switches(lanes) {
    return lanes.filter((lane, i) => i > 0 && lanes[i - 1] !== lane).length;
  }

  /**
   * The simplest way from a state to a failure, as a list of choices: the one with the fewest
   * switches, and among those the shortest. `lane` is the one that ran last, if any. Null where
   * no way fails.
   *
   * A wave for each number of switches, in it the shorter ways first.
   */
  function simplest(graph, state = 0, lane = undefined) {
    const seen = new Set();
    let wave = [[{ state, lane, way: null }]];
    while (wave.length > 0) {
      const later = [];
      for (let length = 0; length < wave.length; length++) {
        for (const here of wave[length] || []) {
          const key = `${here.state}/${here.lane}`;
          if (seen.has(key)) continue;
          seen.add(key);
          if (fails(graph, here.state)) return unroll(here.way);
          choices(graph, here.state).forEach((choice, index) => {
            const stays = here.lane === undefined || here.lane === choice.lane;
            const into = stays ? wave : later;
            const there = { state: choice.to, lane: choice.lane, way: { index, back: here.way } };
            (into[length + 1] = into[length + 1] || []).push(there);
          });
        }
      }
      wave = later;
    }
    return null;
  }

  function unroll(way) {
    const path = [];
    for (let at = way; at; at = at.back) path.unshift(at.index);
    return path;
  }

  /** The lanes that a path of choices runs. */
  function lanesAlong(graph, path) {
    const states = statesAlong(graph, path);
    return path.map((choice, i) => choices(graph, states[i])[choice].lane);
  }

  /** How many choices must be taken back until a failure is possible again; null if never. */
  function wayBack(graph, path) {
    const states = statesAlong(graph, path);
    for (let back = 0; back <= path.length; back++) {
      if (simplest(graph, states[path.length - back])) return back;
    }
    return null;
  }

  Play.graph = {
    choices, fails, statesAlong, players, count, switches, simplest, lanesAlong, wayBack,
  };
})(globalThis);
