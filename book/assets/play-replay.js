/* Play the scheduler, part 2: what is true after the choices made so far.
 *
 * The graph says only what each step does. Values, holders and what a lane still believes are
 * found by doing the steps again from the start, as crates/timeline does for a picture.
 */
(function (root) {
  "use strict";
  const Play = (root.Play = root.Play || {});

  /** Before the first choice. */
  const BEFORE = -1;

  /** An effect as a pair of its word and its fields; some are a word alone. */
  function read(effect) {
    return typeof effect === "string" ? [effect, {}] : Object.entries(effect)[0];
  }

  function has(step, word) {
    return (step.effects || []).some((effect) => read(effect)[0] === word);
  }

  /**
   * Everything about the schedule so far:
   * `rows`     the steps in order, each `{ choice, step, label, values }` (the values after it), and
   *            the moves of the clock, `{ choice, clock }`; `choice` is the index in `path`, or -1
   *            before the first
   * `holds`    what was held from which row to which, `{ lane, object, from, to }`
   * `stale`    where a lane acted on an old value, `{ lane, object, value, read, overwritten, acts }`
   * `beliefs`  what lanes have read and not touched since, `{ lane, object, value, overwritten }`
   * `values`, `uses`   per object its value, and what was last said about it in brackets
   * `before`   values and holders as they were before the last choice
   */
  function replay(graph, path) {
    const states = Play.graph.statesAlong(graph, path);
    const tale = new Tale(graph);
    (graph.before || []).forEach((index) => tale.step(graph.steps[index], BEFORE));
    let earlier = tale.snapshot();
    path.forEach((index, choice) => {
      earlier = tale.snapshot();
      const { lane, label, steps } = Play.graph.choices(graph, states[choice])[index];
      const done = steps && steps.length > 0 ? steps.map((s) => graph.steps[s]) : [silence(graph, lane, states[choice], states[choice + 1])];
      done.forEach((step, i) => tale.step(step, choice, i === 0 ? label : undefined));
      tale.clockAt(graph.states[states[choice + 1]].clock, choice);
    });
    return tale.finish(states, earlier);
  }

  /** What a lane did that touched nothing shared: it came to where it has to wait, or just on. */
  function silence(graph, lane, from, to) {
    const [was, is] = [from, to].map((state) => graph.stands[graph.states[state].lanes[lane]] || {});
    if (is.waits) return { lane, place: is.place, what: is.waits, silent: true, waits: true };
    return { lane, place: was.place, what: "goes on, touching nothing shared", silent: true };
  }

  class Tale {
    constructor(graph) {
      this.graph = graph;
      this.rows = [];
      this.holds = [];
      this.stale = [];
      this.beliefs = [];
      this.values = graph.objects.map((object) => object.initial);
      this.uses = graph.objects.map(() => undefined);
      this.clock = 0;
    }

    step(step, choice, label) {
      this.clockAt(step.at, choice);
      const row = this.rows.length;
      this.rows.push({ choice, step, label });
      for (const effect of step.effects || []) {
        const [word, { object, value, newest }] = read(effect);
        if (word === "holds") this.holds.push({ lane: step.lane, object, from: row, to: null });
        if (word === "frees") this.free(step.lane, object, row);
        if (word === "sees") this.sees(step.lane, object, value, newest, row);
        if (word === "sets") this.sets(step.lane, object, value, row);
        if (object !== undefined) this.note(object, step.what);
      }
      this.rows[row].values = [...this.values];
    }

    clockAt(at, choice) {
      if (at === undefined || at === null || at <= this.clock) return;
      this.clock = at;
      this.rows.push({ choice, clock: at });
    }

    /** A guard can be handed to another lane, which then frees what it never took. */
    free(lane, object, row) {
      const held = this.holds.filter((h) => h.object === object && h.to === null);
      const mine = held.filter((h) => h.lane === lane);
      const hold = mine.length > 0 ? mine[mine.length - 1] : held[0];
      if (hold) hold.to = row;
    }

    sees(lane, object, value, newest, row) {
      if (newest !== undefined && newest !== value) {
        this.stale.push({ lane, object, value, read: row, overwritten: this.lastSet(object), acts: row, newest });
      }
      this.forget(lane, object);
      this.beliefs.push({ lane, object, value, read: row, overwritten: null });
    }

    /** A lane that writes acts on what it has read; all others that have read it are now wrong. */
    sets(lane, object, value, row) {
      const mine = this.forget(lane, object);
      if (mine && mine.overwritten !== null) this.stale.push({ ...mine, acts: row });
      for (const belief of this.beliefs) {
        if (belief.object === object && belief.value !== value && belief.overwritten === null) {
          belief.overwritten = row;
        }
      }
      this.values[object] = value;
    }

    lastSet(object) {
      const sets = (row) => (row.step?.effects || []).some((effect) => {
        const [word, fields] = read(effect);
        return word === "sets" && fields.object === object;
      });
      const index = this.rows.findLastIndex(sets);
      return index < 0 ? null : index;
    }

    forget(lane, object) {
      const index = this.beliefs.findIndex((b) => b.lane === lane && b.object === object);
      return index < 0 ? undefined : this.beliefs.splice(index, 1)[0];
    }

    /** Channels have no value; what the step says in brackets about one is the next best. */
    note(object, what) {
      const after = what.split(`${this.graph.objects[object].name} (`)[1];
      this.uses[object] = after && after.includes(")") ? after.slice(0, after.indexOf(")")) : undefined;
    }

    holders(object) {
      return this.holds.filter((h) => h.object === object && h.to === null).map((h) => h.lane);
    }

    snapshot() {
      const objects = this.graph.objects.map((_, object) => object);
      return { values: [...this.values], uses: [...this.uses], holders: objects.map((o) => this.holders(o)), clock: this.clock };
    }

    /**
     * In a failed schedule, a lane that is stuck or fails has acted on what it believed up to its
     * last step. In one that passed, an old value has done no harm and is not told.
     */
    finish(states, before) {
      const state = states[states.length - 1];
      const { end } = this.graph.states[state];
      const stuck = end?.failed ? Play.replay.waiting(this.graph, state) : [];
      const fatal = end?.failed ? this.fatal(stuck) : [];
      if (end && !end.failed) this.stale = [];
      if (end?.failed) {
        for (const belief of this.beliefs.filter((b) => b.overwritten !== null)) {
          const isStuck = stuck.some((s) => s.lane === belief.lane);
          const acts = this.rows.findLastIndex(
            (row, i) => row.step?.lane === belief.lane && (isStuck || fatal.includes(i)),
          );
          if (acts > belief.overwritten) this.stale.push({ ...belief, acts });
        }
      }
      return {
        graph: this.graph, states, state, end, rows: this.rows, holds: this.holds,
        stale: this.stale, beliefs: this.beliefs, stuck, fatal, clock: this.clock, before,
        now: this.snapshot(),
      };
    }

    /** The rows that break the program: those that say so, else the last one unless lanes are stuck. */
    fatal(stuck) {
      const indices = [...this.rows.keys()].filter((i) => this.rows[i].step);
      const marked = indices.filter((i) => has(this.rows[i].step, "fails"));
      if (marked.length > 0 || stuck.length > 0) return marked;
      const panic = indices.findLast((i) => this.rows[i].step.what.startsWith("panic"));
      const last = panic ?? indices[indices.length - 1];
      return last === undefined ? [] : [last];
    }
  }

  /** The lanes that cannot go on in a state: `{ lane, stand }`. */
  function waiting(graph, state) {
    return graph.states[state].lanes
      .map((stand, lane) => ({ lane, stand: stand === null ? undefined : graph.stands[stand] }))
      .filter(({ stand }) => stand && stand.waits);
  }

  Play.replay = Object.assign(replay, { BEFORE, has, waiting });
})(globalThis);
