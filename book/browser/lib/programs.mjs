// Small programs and all their schedules, as graphs for the player: what the explorer writes for
// the programs of the book, for tests that need a known one.
//
// A lane is a list of operations. `run` changes the state and returns what was done,
// `{ what, effects }`; `waits` says why it cannot run, if it cannot. One operation is one choice.

const FILE = "crates/sample/src/broken.rs";

/** Reads an object and keeps the value in a register of the lane. */
export function load(name, source) {
  return {
    source,
    run(s, lane) {
      s.seen[lane] = s.values[name];
      const value = String(s.values[name]);
      return { what: `reads ${name} = ${value}`, effects: [{ sees: { object: name, value } }] };
    },
  };
}

/** Writes what `of` makes of the register. */
export function store(name, of, source) {
  return {
    source,
    run(s, lane) {
      s.values[name] = of(s.seen[lane]);
      const value = String(s.values[name]);
      return { what: `writes ${name} = ${value}`, effects: [{ sets: { object: name, value } }] };
    },
  };
}

/** Reads and writes in one step. */
export function add(name, source) {
  return {
    source,
    run(s) {
      const old = s.values[name];
      s.values[name] = old + 1;
      const [value, next] = [String(old), String(old + 1)];
      const effects = [{ sees: { object: name, value } }, { sets: { object: name, value: next } }];
      return { what: `fetch_add ${name}: ${value} → ${next}`, effects };
    },
  };
}

export function lock(name, source) {
  return {
    source,
    waits(s, names) {
      const holder = s.holders[name];
      if (holder === undefined) return undefined;
      return { waits: `waits for lock ${name} (held by ${names[holder]})`, object: name, for: holder };
    },
    run(s, lane) {
      s.holders[name] = lane;
      return { what: `locks ${name}`, effects: [{ holds: { object: name } }] };
    },
  };
}

export function unlock(name, source) {
  return {
    source,
    run(s) {
      delete s.holders[name];
      return { what: `unlocks ${name}`, effects: [{ frees: { object: name } }] };
    },
  };
}

/** Sets an alarm, and waits for it in the operation after this one. */
export function sleep(ns, source) {
  return {
    source,
    run(s, lane) {
      s.alarms[lane] = s.clock + ns;
      return { what: `sleeps for ${ns / 1e9}s`, effects: [] };
    },
  };
}

/** One of several ways, as the branches of a `select!`: the register says which. */
export function choose(labels, source) {
  return {
    source,
    labels,
    run(s, lane, way) {
      s.seen[lane] = way;
      return { what: `takes branch ${way + 1}`, effects: [] };
    },
  };
}

/** Goes back to an operation unless the register satisfies `until`. */
export function again(to, until, source) {
  return {
    source,
    run(s, lane) {
      const done = until(s.seen[lane]);
      if (!done) s.at[lane] = to - 1;
      return { what: done ? "leaves the loop" : "goes round again", effects: [] };
    },
  };
}

/**
 * The graph of a program: `{ lanes: [{ name, ops }], objects: [{ name, kind, initial }], check }`.
 * `check` returns what is wrong with the values at the end, if anything.
 */
export function graphOf({ lanes, objects, check = () => undefined, before = [] }) {
  const names = lanes.map((lane) => lane.name);
  const [places, steps, stands] = [interner(), interner(), interner()];
  const index = (name) => objects.findIndex((object) => object.name === name);
  const place = (lane, at) => places.of({ file: FILE, line: line(lanes, lane, at), source: lanes[lane].ops[at].source });
  const states = [];
  const known = new Map();

  function stand(s, lane) {
    const op = lanes[lane].ops[s.at[lane]];
    if (!op) return null;
    const waits = s.alarms[lane] > s.clock ? { waits: "sleeps" } : op.waits?.(s, names);
    const object = waits?.object === undefined ? {} : { object: index(waits.object) };
    return stands.of({ place: place(lane, s.at[lane]), ...waits, ...object });
  }

  function take(s, lane, way) {
    const at = s.at[lane];
    const { what, effects } = lanes[lane].ops[at].run(s, lane, way);
    s.at[lane] += 1;
    const done = effects.map((effect) => {
      const [[word, fields]] = Object.entries(effect);
      return { [word]: { ...fields, object: index(fields.object) } };
    });
    return steps.of({ lane, place: place(lane, at), what, effects: done, ...(s.clock ? { at: s.clock } : {}) });
  }

  function visit(s) {
    advance(s);
    const key = JSON.stringify(s);
    if (known.has(key)) return known.get(key);
    const id = states.push({}) - 1;
    known.set(key, id);
    const at = lanes.map((_, lane) => stand(s, lane));
    const ready = lanes.map((_, lane) => lane).filter((lane) => at[lane] !== null && !stands.all[at[lane]].waits);
    const next = ready.flatMap((lane) => {
      const labels = lanes[lane].ops[s.at[lane]].labels ?? [undefined];
      return labels.map((label, way) => {
        const later = structuredClone(s);
        const step = take(later, lane, way);
        return { lane, ...(label ? { label } : {}), to: visit(later), steps: [step] };
      });
    });
    const end = next.length > 0 ? {} : { end: ending(s, at) };
    states[id] = { lanes: at, ...(s.clock ? { clock: s.clock } : {}), next, ...end };
    return id;
  }

  /** Where nobody can run, the clock moves to the next alarm. */
  function advance(s) {
    const waits = (lane) => s.alarms[lane] > s.clock || lanes[lane].ops[s.at[lane]]?.waits?.(s, names);
    const idle = lanes.every(({ ops }, lane) => !ops[s.at[lane]] || waits(lane));
    const alarms = s.alarms.filter((alarm, lane) => alarm > s.clock && lanes[lane].ops[s.at[lane]]);
    if (idle && alarms.length > 0) s.clock = Math.min(...alarms);
  }

  function ending(s, at) {
    const stuck = names.filter((_, lane) => at[lane] !== null);
    if (stuck.length > 0) return { failed: true, summary: `deadlock: ${stuck.join(" and ")} wait for ever` };
    const wrong = check(s.values);
    return { failed: wrong !== undefined, summary: wrong ?? "everything ends well" };
  }

  const values = Object.fromEntries(objects.map((o) => [o.name, o.initial]));
  const zeros = lanes.map(() => 0);
  visit({ at: [...zeros], seen: [...zeros], values, holders: {}, alarms: [...zeros], clock: 0 });
  const told = objects.map(({ initial, ...o }) => ({ ...o, ...(initial === undefined ? {} : { initial: String(initial) }) }));
  const first = before.map((step) => steps.of(step));
  return { lanes: names.map((name) => ({ name })), objects: told, places: places.all, steps: steps.all, stands: stands.all, states, before: first };
}

/** The code of each lane, as bookbinder gives it. */
export function codeOf({ lanes }) {
  return lanes.map(({ ops }, lane) => ops.map((op, at) => [line(lanes, lane, at), `    ${op.source}`]));
}

function line(lanes, lane, at) {
  return 10 + 10 * lane + at;
}

function interner() {
  const [all, keys] = [[], new Map()];
  const of = (item) => {
    const key = JSON.stringify(item);
    if (!keys.has(key)) keys.set(key, all.push(item) - 1);
    return keys.get(key);
  };
  return { all, of };
}

const hits = [{ name: "hits", kind: "AtomicU32", initial: 0 }];
const locks = [{ name: "alice", kind: "Mutex" }, { name: "bob", kind: "Mutex" }];
const price = [{ name: "price", kind: "AtomicU32", initial: 0 }];
const two = ({ hits }) => (hits === 2 ? undefined : `lost update: two threads added 1, hits is ${hits}`);
const adds = () => [load("hits", "let seen = hits.load(SeqCst);"), store("hits", (seen) => seen + 1, "hits.store(seen + 1, SeqCst);")];
const pays = (from, to) => [
  lock(from, `let mut source = ${from}.lock().unwrap();`), lock(to, `let mut target = ${to}.lock().unwrap();`),
  unlock(to, "drop(target);"), unlock(from, "drop(source);"),
];
const wants3 = ({ price }) => (price === 3 ? undefined : `the board shows ${price}`);

/** By name: the program, and how many of its schedules there are and fail. */
export const PROGRAMS = {
  "lost-update": {
    title: "Two threads add one", lanes: [{ name: "T1", ops: adds() }, { name: "T2", ops: adds() }],
    objects: hits, check: two, all: 6n, failing: 4n,
  },
  "abba": {
    title: "Two transfers, opposite ways", lanes: [{ name: "main", ops: pays("alice", "bob") }, { name: "T1", ops: pays("bob", "alice") }],
    objects: locks, all: 6n, failing: 2n, before: [{ lane: 0, what: "spawns T1", effects: [{ spawns: { lane: 1 } }] }],
  },
  "one-step": {
    title: "Two threads add one in one step", objects: hits, check: two, all: 2n, failing: 0n,
    lanes: ["T1", "T2"].map((name) => ({ name, ops: [add("hits", "hits.fetch_add(1, SeqCst);")] })),
  },
  "clock": {
    title: "A price that comes in time, or not", objects: [...price, { name: "board", kind: "AtomicU32", initial: 0 }], all: 6n, failing: 4n,
    check: ({ board }) => (board === 3 ? undefined : `the board shows ${board}`),
    lanes: [
      { name: "main", ops: [sleep(1e9, "time::sleep(Duration::from_secs(1)).await;"), load("price", "let shown = price.load(SeqCst);"), store("board", (seen) => seen, "board.store(shown, SeqCst);")] },
      { name: "T1", ops: [sleep(1e9, "time::sleep(Duration::from_secs(1)).await;"), store("price", () => 3, "price.store(3, SeqCst);")] },
    ],
  },
  "ways": {
    title: "Two branches of a `select!` are ready", objects: price, check: wants3, all: 2n, failing: 1n,
    lanes: [{ name: "main", ops: [choose(["branch 1 of the select! first", "branch 2 of the select! first"], "tokio::select! {"), store("price", (way) => 3 + way, "price.store(offer, SeqCst);")] }],
  },
  "circle": {
    title: "A loop that waits", check: wants3, all: null, failing: null,
    objects: [{ name: "ready", kind: "AtomicBool", initial: 0 }, ...price],
    lanes: [
      { name: "T1", ops: [load("ready", "let open = ready.load(SeqCst);"), again(0, (seen) => seen === 1, "if !open { continue; }"), store("price", () => 3, "price.store(3, SeqCst);")] },
      { name: "T2", ops: [store("ready", () => 1, "ready.store(true, SeqCst);"), store("price", () => 2, "price.store(2, SeqCst);")] },
    ],
  },
};
