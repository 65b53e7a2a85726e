// What the player asks of a graph, without a browser: node --test book/browser/play-graph.test.mjs

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import vm from "node:vm";

import { graphOf, PROGRAMS } from "./lib/programs.mjs";

/** The classic scripts of the player that need no page. */
function load() {
  const context = vm.createContext({});
  for (const part of ["graph", "replay", "words", "says"]) {
    const url = new URL(`../assets/play-${part}.js`, import.meta.url);
    vm.runInContext(readFileSync(url, "utf8"), context, { filename: `play-${part}.js` });
  }
  return context.Play;
}

const Play = load();
const graphs = Object.fromEntries(Object.entries(PROGRAMS).map(([name, program]) => [name, graphOf(program)]));

/** Values from another context have other prototypes. */
const plain = (value) => JSON.parse(JSON.stringify(value));

/** Every schedule one by one: what the counting must agree with. */
function enumerate(graph, state = 0) {
  const { next, end } = graph.states[state];
  if (end) return { all: 1n, failing: end.failed ? 1n : 0n };
  return next.map(({ to }) => enumerate(graph, to)).reduce((a, b) => ({ all: a.all + b.all, failing: a.failing + b.failing }));
}

for (const [name, { all, failing }] of Object.entries(PROGRAMS)) {
  test(`${name}: ${failing} of ${all} schedules fail`, () => {
    const counts = Play.graph.count(graphs[name]);
    if (all === null) return assert.equal(counts, null);
    assert.deepEqual({ ...counts[0] }, { all, failing });
    graphs[name].states.forEach((_, state) => assert.deepEqual({ ...counts[state] }, enumerate(graphs[name], state)));
    return undefined;
  });
}

/** So many rounds of two ways that come together again. */
function ladder(rounds, end) {
  const states = Array.from({ length: rounds }, (_, i) => ({ lanes: [0], next: [0, 1].map((way) => ({ lane: 0, label: `way ${way}`, to: i + 1, steps: [] })) }));
  return { lanes: [{ name: "main" }], objects: [], places: [], steps: [], stands: [{}], states: [...states, { lanes: [null], next: [], end }], before: [] };
}

test("a hundred thousand choices in a row can be counted", () => {
  const counts = Play.graph.count(ladder(100_000, { failed: true, summary: "" }));
  assert.equal(counts[0].failing, 2n ** 100_000n);
  const ways = Play.graph.simplest(ladder(1000, { failed: true, summary: "" }));
  assert.equal(ways.length, 1000);
});

test("a state that leads to itself, or back to the start, cannot be counted", () => {
  for (const to of [0, 1]) {
    const graph = ladder(2, { failed: false, summary: "" });
    graph.states[1].next[1].to = to;
    assert.equal(Play.graph.count(graph), null);
  }
  const apart = ladder(2, { failed: false, summary: "" });
  apart.states.push({ lanes: [0], next: [{ lane: 0, to: 3, steps: [] }] });
  assert.ok(Play.graph.count(apart), "a circle that cannot be reached does no harm");
});

/** All failing schedules, as pairs of their switches and their lengths. */
function failures(graph, state = 0, lanes = []) {
  const { next, end } = graph.states[state];
  if (end) return end.failed ? [[Play.graph.switches(lanes), lanes.length]] : [];
  return next.flatMap(({ to, lane }) => failures(graph, to, [...lanes, lane]));
}

test("the simplest failure has the fewest switches, and then the fewest choices", () => {
  for (const name of ["lost-update", "abba", "clock", "ways"]) {
    const path = Play.graph.simplest(graphs[name]);
    const lanes = Play.graph.lanesAlong(graphs[name], path);
    const [best] = failures(graphs[name]).sort(([a, b], [c, d]) => a - c || b - d);
    assert.deepEqual([Play.graph.switches(plain(lanes)), path.length], best, name);
  }
  assert.equal(Play.graph.simplest(graphs["one-step"]), null);
  assert.ok(Play.graph.simplest(graphs.circle), "found in spite of the circle");
});

/** Runs the named lanes one after the other. */
function play(graph, names) {
  let state = 0;
  return names.map((name) => {
    const index = graph.states[state].next.findIndex((choice) => graph.lanes[choice.lane].name === name);
    assert.ok(index >= 0, `${name} can run`);
    state = graph.states[state].next[index].to;
    return index;
  });
}

test("a hint leads to a failure, or back to where one is possible", () => {
  const graph = graphs["lost-update"];
  const path = play(graph, ["T1", "T1"]);
  assert.equal(Play.graph.wayBack(graph, path), 1);
  const { text } = Play.says.hint(Play.replay(graph, path), path, 0, false);
  assert.equal(text, "From here nothing fails any more. Go back 1 step.");
  const one = play(graph, ["T1"]);
  const first = Play.says.hint(Play.replay(graph, one), one, 0, false);
  assert.match(first.text, /^A failure is 3 choices away, with 2 more switches/);
  assert.equal(first.choice, undefined);
  const second = Play.says.hint(Play.replay(graph, one), one, 0, true);
  assert.equal(second.text, "Let T2 go on.");
});

test("a lane that writes over a newer value acts on a stale one", () => {
  const graph = graphs["lost-update"];
  const before = Play.replay(graph, play(graph, ["T1", "T2", "T2"]));
  assert.deepEqual(plain(before.stale), []);
  assert.deepEqual(plain(before.beliefs), [{ lane: 0, object: 0, value: "0", read: 0, overwritten: 2 }]);
  const after = Play.replay(graph, play(graph, ["T1", "T2", "T2", "T1"]));
  assert.deepEqual(plain(after.stale), [{ lane: 0, object: 0, value: "0", read: 0, overwritten: 2, acts: 3 }]);
  assert.deepEqual(plain(after.fatal), [3], "the last step is what fails");
  assert.equal(Play.says.move(after, before).end, "✕ Failed: lost update: two threads added 1, hits is 1.");
});

test("an old value that did no harm is not told", () => {
  const graph = structuredClone(graphs["lost-update"]);
  graph.states.filter((state) => state.end).forEach((state) => (state.end.failed = false));
  assert.deepEqual(plain(Play.replay(graph, play(graph, ["T1", "T2", "T2", "T1"])).stale), []);
});

test("holders, and who is stuck, are known at every moment", () => {
  const graph = graphs.abba;
  const one = Play.replay(graph, play(graph, ["main"]));
  assert.deepEqual(plain(one.now.holders), [[0], []]);
  assert.deepEqual(plain(one.before.holders), [[], []]);
  const path = play(graph, ["main", "T1"]);
  const both = Play.replay(graph, path);
  assert.deepEqual(plain(both.stuck).map(({ lane }) => lane), [0, 1]);
  assert.deepEqual(plain(both.fatal), [], "those who are stuck are what fails");
  assert.match(Play.says.stand(both, 0).text, /^is stuck at line 11: waits for lock bob \(held by T1\)$/);
  const free = Play.replay(graph, play(graph, ["main", "main", "main"]));
  assert.deepEqual(plain(free.now.holders), [[0], []]);
});

test("a lock freed by another lane than its holder is free", () => {
  const graph = structuredClone(graphs.abba);
  graph.steps.filter((step) => step.what === "unlocks alice").forEach((step) => (step.lane = 1 - step.lane));
  const tale = Play.replay(graph, play(graph, ["main", "main", "main", "main"]));
  assert.deepEqual(plain(tale.now.holders), [[], []]);
});

test("the moves of the clock stand between the steps", () => {
  const path = play(graphs.clock, ["main", "T1", "T1"]);
  const tale = Play.replay(graphs.clock, path);
  assert.deepEqual(plain(tale.rows.map((row) => row.clock ?? row.step.what)), ["sleeps for 1s", "sleeps for 1s", 1e9, "writes price = 3"]);
  const earlier = Play.replay(graphs.clock, path.slice(0, 1));
  const moved = Play.replay(graphs.clock, path.slice(0, 2));
  assert.match(Play.says.move(moved, earlier).text, /The clock moves to 1 s\. main can go on\.$/);
});

test("a choice without a step is one all the same", () => {
  const tale = Play.replay(ladder(2, { failed: false, summary: "" }), [1, 0]);
  assert.deepEqual(plain(tale.rows.map((row) => [row.label, row.step.silent])), [["way 1", true], ["way 0", true]]);
});

test("a choice without a step after which its lane waits says for what", () => {
  const graph = ladder(1, { failed: true, summary: "" });
  graph.stands.push({ waits: "waits for T1 to end" });
  graph.states[1].lanes = [1];
  graph.states[1].next = [];
  const tale = Play.replay(graph, [0]);
  assert.deepEqual(plain(tale.rows[0].step), { lane: 0, what: "waits for T1 to end", silent: true, waits: true });
});

test("the outlook is said in whole sentences", () => {
  const outlook = (name, lanes) => {
    const graph = graphs[name];
    return Play.says.outlook(Play.replay(graph, play(graph, lanes)), Play.graph.count(graph));
  };
  const cases = [
    ["lost-update", [], "From here 4 of 6 schedules fail."],
    ["lost-update", ["T1"], "From here 2 of 3 schedules fail."],
    ["lost-update", ["T1", "T1"], "From here there is one schedule, and it does not fail."],
    ["lost-update", ["T1", "T2"], "From here all 2 schedules fail."],
    ["lost-update", ["T1", "T2", "T2"], "From here there is one schedule, and it fails."],
    ["abba", ["main"], "From here 1 of 3 schedules fails."],
    ["one-step", [], "From here none of 2 schedules fails."],
    ["circle", [], ""],
  ];
  for (const [name, lanes, expected] of cases) assert.equal(outlook(name, lanes), expected, `${name} ${lanes}`);
});

test("numbers, times and lines are written as a person would", () => {
  const { clock, number, wrap, code, clip } = Play.words;
  assert.deepEqual([0, 999, 1500, 250e6, 1.5e9, 60e9, 1_000_000_001].map(clock), ["0 s", "999 ns", "1.5 µs", "250 ms", "1.5 s", "60 s", "1.000000001 s"]);
  assert.deepEqual([7, 1204n, 10n ** 20n].map(number), ["7", "1,204", "about 1.0 × 10²⁰"]);
  assert.deepEqual(plain(wrap("waits for lock bob", 11)), ["waits for", "lock bob"]);
  assert.deepEqual(plain(wrap("abcdefgh", 3)), ["abc", "def", "gh"]);
  assert.deepEqual(plain(code("let seen = hits.load(SeqCst);", 28)), ["let seen = hits", "\u00a0\u00a0.load(SeqCst);"]);
  assert.deepEqual(plain(code("aVeryLongNameWithoutAnEnd", 12)), ["aVeryLongNa…"]);
  assert.equal(clip("abc", 3), "abc");
});

test("lines are called by their file where there are several", () => {
  const places = ["a/x/mod.rs", "a/y/mod.rs", "a/lib.rs"].map((file) => ({ file, line: 7 }));
  const names = Play.words.places({ places });
  assert.deepEqual(places.map(names.short), ["x/mod.rs:7", "y/mod.rs:7", "lib.rs:7"]);
  assert.equal(Play.words.places({ places: [places[0]] }).long(places[0]), "line 7");
  const program = { file: "a/src/broken.rs", line: 7 };
  const { long } = Play.words.places({ places: [...places, program] });
  assert.deepEqual([program, places[2]].map(long), ["line 7", "line 7 of lib.rs"], "the program's own file is understood");
});
