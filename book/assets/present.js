// Slides: `?present` in the address, or the key p. The chapter itself is the deck.

(() => {
  "use strict";
  const root = document.documentElement;
  const main = document.querySelector("main");
  const notes = window.speakerNotes;
  const CLOCK = "book-slides-clock";
  let deck = null; // while slides are shown: { slides, at }
  const bar = makeBar();

  function layOut() {
    for (const element of main.children) element.classList.remove("off-slide");
    return window.chapterDeck.layOut(main, innerHeight - bar.offsetHeight - 60);
  }

  // ---- Where we are ----------------------------------------------------------------------

  /** `#lost-wakeup`, or `#lost-wakeup~2` for the second slide of that section. */
  function hashOf(slide) {
    const id = slide.heading?.id;
    if (!id) return "";
    return slide.part === 0 ? `#${id}` : `#${id}~${slide.part + 1}`;
  }

  function find(hash) {
    const exact = deck.slides.findIndex((slide) => hashOf(slide) === hash);
    if (exact >= 0) return exact;
    const [id] = decodeURIComponent(hash.slice(1)).split("~");
    const target = id && document.getElementById(id);
    return deck.slides.findIndex(({ items }) => items.some((item) => target && item.contains(target)));
  }

  function go(to) {
    deck.at = Math.min(Math.max(to, 0), deck.slides.length - 1);
    const slide = deck.slides[deck.at];
    const shown = new Set(slide.items);
    for (const element of main.children) element.classList.toggle("off-slide", !shown.has(element));
    history.replaceState(null, "", `?present${hashOf(slide)}`);
    scrollTo(0, 0);
    // A screen reader goes on from here, and not from a button that is gone.
    if (!main.contains(document.activeElement) || document.activeElement.closest(".off-slide")) {
      main.focus({ preventScroll: true });
    }
    tell();
  }

  /** A page down shows the rest of a long slide before it turns to the next one. */
  function page(direction) {
    const { scrollTop, scrollHeight, clientHeight } = document.scrollingElement;
    const rest = direction > 0 ? scrollHeight - clientHeight - scrollTop : scrollTop;
    if (rest > 2) scrollBy({ top: direction * (clientHeight - bar.offsetHeight - 80), behavior: "instant" });
    else go(deck.at + direction);
  }

  // ---- The bar ---------------------------------------------------------------------------

  function makeBar() {
    const element = document.createElement("div");
    element.className = "present-bar";
    element.setAttribute("role", "region");
    element.setAttribute("aria-label", "Slides");
    element.innerHTML = `
      <button type="button" data-do="back" aria-label="Previous slide" aria-keyshortcuts="ArrowLeft">‹</button>
      <button type="button" data-do="on" aria-label="Next slide" aria-keyshortcuts="ArrowRight">›</button>
      <span class="present-at" role="status"></span>
      <span class="present-time"></span>
      <span class="present-says" role="status"></span>
      <button type="button" data-do="notes" aria-keyshortcuts="n">Notes <kbd>n</kbd></button>
      <button type="button" data-do="leave" aria-keyshortcuts="Escape">Leave <kbd>Esc</kbd></button>`;
    element.addEventListener("click", ({ target }) => {
      const { do: what } = target.closest("button")?.dataset ?? {};
      if (what === "back") go(deck.at - 1);
      if (what === "on") go(deck.at + 1);
      if (what === "notes") openNotes();
      if (what === "leave") leave();
    });
    return element;
  }

  function tell() {
    const { slides, at } = deck;
    const slide = slides[at];
    const part = slide.parts > 1 ? ` (${slide.part + 1} of ${slide.parts})` : "";
    bar.querySelector(".present-at").textContent = `${at + 1}/${slides.length} ${slide.title}${part}`;
    bar.querySelector(".present-says").textContent = "";
    const next = slides.slice(at + 1).find(({ heading }) => heading !== slide.heading);
    const title = `${at + 1}/${slides.length} ${slide.title}${part}`;
    notes.fillWindow({ title, heading: slide.heading, next: next?.title });
    tick(0);
  }

  function minutesOf({ heading }) {
    const said = heading?.dataset.minutes ?? heading?.parentElement.querySelector(`:scope > #${CSS.escape(heading.id)} + p.minutes`)?.dataset.minutes;
    return Number(said) || 0;
  }

  /** Seconds since the first slide, and in each section; a reload does not lose them. */
  const clock = (() => {
    try {
      return JSON.parse(sessionStorage.getItem(CLOCK + location.pathname)) ?? { all: 0, sections: {} };
    } catch {
      return { all: 0, sections: {} };
    }
  })();

  function tick(seconds = 1) {
    const slide = deck.slides[deck.at];
    const name = slide.heading?.id ?? "";
    clock.all += seconds;
    clock.sections[name] = (clock.sections[name] ?? 0) + seconds;
    try {
      sessionStorage.setItem(CLOCK + location.pathname, JSON.stringify(clock));
    } catch {
      // Then the clock starts anew after a reload.
    }
    const minutes = minutesOf(slide);
    const planned = minutes ? ` of ${minutes} min` : "";
    const time = `${watch(clock.sections[name])}${planned}, ${watch(clock.all)} in all`;
    bar.querySelector(".present-time").textContent = time;
    bar.classList.toggle("late", minutes > 0 && clock.sections[name] > minutes * 60);
    const now = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    notes.setWindowTime(`${time} · ${now}`);
  }

  function watch(seconds) {
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }

  function openNotes() {
    const opened = notes.openWindow(onKey);
    tell();
    if (!opened) {
      bar.querySelector(".present-says").textContent =
        "The browser has blocked the window with the notes: allow pop-ups for this page.";
    }
  }

  // ---- Begin and end ---------------------------------------------------------------------

  function begin() {
    if (deck) return;
    const { hash } = location;
    const inView = [...main.querySelectorAll(":scope > :is(h1, h2)")]
      .findLast((heading) => scrollY > 0 && heading.getBoundingClientRect().top < innerHeight / 2);
    root.classList.add("present");
    main.tabIndex = -1;
    document.body.append(bar);
    deck = { slides: layOut(), at: 0, timer: setInterval(tick, 1000) };
    const byHash = hash ? find(hash) : -1;
    const byView = deck.slides.findIndex(({ heading }) => heading && heading === inView);
    go(Math.max(byHash >= 0 ? byHash : byView, 0));
  }

  function leave() {
    const { heading } = deck.slides[deck.at];
    clearInterval(deck.timer);
    deck = null;
    root.classList.remove("present");
    for (const element of main.children) element.classList.remove("off-slide");
    bar.remove();
    window.chapterDeck.restore(main);
    main.removeAttribute("tabindex");
    notes.closeWindow();
    history.replaceState(null, "", location.pathname + (heading?.id ? `#${heading.id}` : ""));
    heading?.scrollIntoView();
  }

  // ---- Keys ------------------------------------------------------------------------------

  const KEYS = {
    ArrowRight: () => go(deck.at + 1),
    ArrowLeft: () => go(deck.at - 1),
    PageDown: () => page(1),
    PageUp: () => page(-1),
    " ": (event) => page(event.shiftKey ? -1 : 1),
    Home: () => go(0),
    End: () => go(deck.slides.length - 1),
    Escape: leave,
    p: leave,
    n: openNotes,
  };

  /** Whether the key belongs to what has the focus. */
  function isTaken({ key, target }) {
    if (!target?.closest) return false;
    if (target.closest("input, textarea, select, [contenteditable]")) return true;
    if (target.closest("figure.play")) return true;
    if (key === " " && target.closest("button, summary, a")) return true;
    return key.startsWith("Arrow") && target.matches("[data-reached], .picture-scroll, pre.diff");
  }

  function onKey(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || isTaken(event)) return;
    const act = deck ? KEYS[event.key] : { p: begin, n: notes.toggle }[event.key];
    if (!act) return;
    event.preventDefault();
    // mdBook turns to another chapter on the same keys.
    event.stopImmediatePropagation();
    act(event);
  }

  /** A widget comes first. What it leaves: Escape and the page keys still move the slides, and no
   *  arrow key leaves the chapter. */
  function afterWidget(event) {
    if (!deck || !event.target.closest("figure.play")) return;
    if (["ArrowLeft", "ArrowRight"].includes(event.key)) event.stopPropagation();
    if (event.defaultPrevented || !["Escape", "PageDown", "PageUp"].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    KEYS[event.key](event);
  }

  document.addEventListener("keydown", onKey, true);
  main.addEventListener("keydown", afterWidget);
  addEventListener("hashchange", () => deck && find(location.hash) >= 0 && go(find(location.hash)));

  let settled;
  addEventListener("resize", () => {
    clearTimeout(settled);
    settled = setTimeout(() => {
      if (!deck) return;
      const [first] = deck.slides[deck.at].items;
      deck.slides = layOut();
      go(deck.slides.findIndex(({ items }) => items.includes(first)));
    }, 150);
  });

  // ---- What the page offers --------------------------------------------------------------

  const tools = document.createElement("div");
  tools.className = "page-tools";
  const slides = document.createElement("button");
  slides.type = "button";
  slides.innerHTML = "Slides <kbd>p</kbd>";
  slides.setAttribute("aria-keyshortcuts", "p");
  slides.addEventListener("click", begin);
  if (notes.button) {
    tools.append(notes.button, slides);
    main.querySelector("h1")?.after(tools);
  }
  document.querySelector("#mdbook-help-popup > div")?.insertAdjacentHTML(
    "beforeend",
    "<p>Press <kbd>P</kbd> for slides and <kbd>N</kbd> for speaker notes</p>",
  );

  // After everything else has taken its place, so that it can be measured.
  addEventListener("load", () => {
    if (new URLSearchParams(location.search).has("present")) document.fonts.ready.then(begin);
  });
})();
