/* Play the scheduler, part 3: numbers, places and texts in words. */
(function (root) {
  "use strict";
  const Play = (root.Play = root.Play || {});

  const UNITS = [[1e9, "s"], [1e6, "ms"], [1e3, "µs"]];

  /** A time on the virtual clock, in nanoseconds, as a person would write it: `1.5 s`. */
  function clock(nanoseconds) {
    const [size, unit] = UNITS.find(([size]) => nanoseconds >= size) || (nanoseconds > 0 ? [1, "ns"] : [1, "s"]);
    // Rounded to what the unit can show: a quotient of two integers may end in 00000001.
    return `${Number((nanoseconds / size).toFixed(9))} ${unit}`;
  }

  /** `1 step`, `1,204 steps`; takes a number or a BigInt. */
  function count(n, noun) {
    return `${number(n)} ${noun}${BigInt(n) === 1n ? "" : "s"}`;
  }

  /** With a comma between thousands, in English as the page is; `about 9.6 × 10⁶⁰` if very large. */
  function number(n) {
    const digits = String(n);
    if (digits.length <= 12) return n.toLocaleString("en");
    const power = [...String(digits.length - 1)].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit]).join("");
    return `about ${digits[0]}.${digits[1]} × 10${power}`;
  }

  /** `a, b and c` */
  function list(words) {
    if (words.length < 2) return words.join("");
    return `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]}`;
  }

  function clip(text, columns) {
    const letters = [...text];
    return letters.length <= columns ? text : `${letters.slice(0, Math.max(columns - 1, 0)).join("")}…`;
  }

  /** Lines of at most so many columns, broken between words; a longer word is cut. */
  function wrap(text, columns) {
    const lines = [];
    let line = "";
    for (let word of text.split(" ")) {
      if (line && line.length + 1 + word.length > columns) {
        lines.push(line);
        line = "";
      }
      while (word.length > columns) {
        lines.push(word.slice(0, columns));
        word = word.slice(columns);
      }
      line = line ? `${line} ${word}` : word;
    }
    if (line) lines.push(line);
    return lines;
  }

  /**
   * Source text on two lines, or three where they are short, broken as late as possible between
   * words or before a method; the later ones are indented.
   */
  function code(text, columns) {
    const lines = [];
    let rest = text;
    for (let left = columns < 28 ? 2 : 1; left > 0 && rest.length > columns; left--) {
      const at = breakAt(rest, columns);
      if (at === 0) break;
      lines.push(rest.slice(0, at).trimEnd());
      rest = `\u00a0\u00a0${rest.slice(at)}`;
    }
    return rest ? [...lines, clip(rest, columns)] : lines;
  }

  function breakAt(text, columns) {
    let at = 0;
    for (let i = 3; i <= columns; i++) {
      const word = /[ ,]/.test(text[i - 1]) && !/[ )\]}]/.test(text[i]);
      const method = text[i] === "." && text[i - 1] !== ".";
      if ((word || method) && i * 3 > columns) at = i;
    }
    return at;
  }

  /**
   * How the lines of a graph are called: by their number, and with their file unless it is the
   * only one or the program itself, whose code stands in the panels.
   */
  function places(graph) {
    const files = new Set(graph.places.map((place) => place.file));
    const known = (place) => files.size < 2 || /(^|\/)(broken|fixed)\.rs$/.test(place.file);
    const name = (place) => {
      const parts = place.file.split("/");
      const endings = parts.map((_, i) => parts.slice(parts.length - 1 - i).join("/"));
      const same = (ending) => [...files].filter((f) => f === ending || f.endsWith(`/${ending}`));
      return endings.find((ending) => same(ending).length === 1) || place.file;
    };
    return {
      /** `16`, or `mod.rs:16` */
      short: (place) => (known(place) ? `${place.line}` : `${name(place)}:${place.line}`),
      /** `line 16`, or `line 16 of mod.rs` */
      long: (place) => (known(place) ? `line ${place.line}` : `line ${place.line} of ${name(place)}`),
    };
  }

  /** What is said beside a step that acts on a value which is no longer true. */
  function stale(graph, { object, value, newest }) {
    const { name } = graph.objects[object];
    if (newest !== undefined) return `stale: ${name} is ${newest} by now`;
    return `stale: acts on ${name} = ${value}, which has changed since`;
  }

  Play.words = { clock, count, number, list, clip, wrap, code, places, stale };
})(globalThis);
