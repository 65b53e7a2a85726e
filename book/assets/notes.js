// Speaker notes: beside the page, or in a window of their own while slides are shown.
// present.js uses what is exported here as `speakerNotes`.

window.speakerNotes = (() => {
  "use strict";
  const root = document.documentElement;
  const main = document.querySelector("main");
  const KEPT = "book-speaker-notes";
  const WIDE = matchMedia("(min-width: 1100px)");
  const all = [...main.querySelectorAll(":scope > aside.notes")];

  // Beside the page, notes begin level with the heading of their section; below it, they stay
  // where the page has them. So they move, and know the way back.
  const home = new Map(all.map((aside) => [aside, headingOf(aside)]));
  const places = new Map();
  all.forEach((aside) => {
    const place = document.createComment("notes");
    aside.before(place);
    places.set(aside, place);
    const heading = home.get(aside);
    aside.setAttribute("aria-label", `Speaker notes: ${heading ? heading.textContent.trim() : "start"}`);
  });
  let button;

  /** The h1 or h2 that an element stands under. */
  function headingOf(element) {
    for (let at = element; at; at = at.previousElementSibling) {
      if (at.matches("h1, h2")) return at;
    }
    return null;
  }

  /** The notes of the section that begins with this heading. */
  function of(heading) {
    return all.filter((aside) => home.get(aside) === heading);
  }

  function isShown() {
    return root.classList.contains("with-notes");
  }

  function arrange() {
    const beside = isShown() && WIDE.matches;
    for (const aside of all) {
      const heading = home.get(aside);
      if (beside && heading) heading.after(aside);
      else places.get(aside).after(aside);
    }
  }

  function show(shown) {
    root.classList.toggle("with-notes", shown);
    button?.setAttribute("aria-pressed", String(shown));
    try {
      sessionStorage.setItem(KEPT, shown ? "shown" : "");
    } catch {
      // Without storage they are shown anew on each page.
    }
    arrange();
  }

  function remembered() {
    try {
      return sessionStorage.getItem(KEPT) === "shown";
    } catch {
      return false;
    }
  }

  // The window. It is a blank one that this page writes into: that works from files, too, and
  // needs no messages.
  let other = null;

  function windowIsOpen() {
    return other !== null && !other.closed;
  }

  /** Opens it; false if the browser does not allow that. `onKey` gets the keys pressed in it. */
  function openWindow(onKey) {
    if (windowIsOpen()) {
      other.focus();
      return true;
    }
    other = window.open("", "book-speaker-notes", "popup,width=720,height=640");
    if (!other) return false;
    const { document: page } = other;
    page.documentElement.lang = "en";
    page.title = `Speaker notes: ${document.title}`;
    page.head.innerHTML = `<style>${STYLE}</style>`;
    page.body.innerHTML = `
      <header><h1></h1><p class="time" role="timer"></p></header>
      <main tabindex="-1"></main>
      <footer><p class="next"></p></footer>`;
    page.onkeydown = onKey;
    return true;
  }

  const STYLE = `
    :root { color-scheme: light dark; font: 20px/1.5 system-ui, sans-serif; }
    body { margin: 0 auto; padding: 0.8em 1.2em; max-width: 40em; }
    header { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1em; align-items: baseline; }
    h1 { margin: 0; font-size: 1.2em; }
    p.time { margin: 0; font-variant-numeric: tabular-nums; }
    li { margin-block: 0.5em; }
    code { font-size: 0.9em; }
    footer { border-top: 1px solid; }`;

  /** What the window shows: `title`, `heading` (whose notes), `next`. */
  function fillWindow({ title, heading, next }) {
    if (!windowIsOpen()) return;
    const { document: page } = other;
    const copies = of(heading).map((aside) => {
      const copy = page.importNode(aside, true);
      // Links would replace the notes; and ids exist in the page already.
      copy.querySelectorAll("a").forEach((link) => link.replaceWith(...link.childNodes));
      return copy;
    });
    const none = page.createElement("p");
    none.textContent = "No notes for this section.";
    page.querySelector("h1").textContent = title;
    page.querySelector("main").replaceChildren(...(copies.length > 0 ? copies : [none]));
    page.querySelector(".next").textContent = next ? `Next: ${next}` : "This is the last section.";
  }

  function setWindowTime(text) {
    if (windowIsOpen()) other.document.querySelector(".time").textContent = text;
  }

  if (all.length > 0) {
    button = document.createElement("button");
    button.type = "button";
    button.innerHTML = "Speaker notes <kbd>n</kbd>";
    button.setAttribute("aria-keyshortcuts", "n");
    button.addEventListener("click", () => show(!isShown()));
    WIDE.addEventListener("change", arrange);
    show(remembered());
  }

  return {
    /** The button for the page, if it has notes. */
    button,
    toggle: () => all.length > 0 && show(!isShown()),
    openWindow,
    windowIsOpen,
    fillWindow,
    setWindowTime,
    closeWindow: () => windowIsOpen() && other.close(),
  };
})();
