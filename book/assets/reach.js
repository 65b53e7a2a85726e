// Makes everything reachable by keyboard and readable on a phone: what CSS alone cannot do.

(() => {
  "use strict";
  const SCROLLERS = "main pre > code, main pre.diff, main .table-wrapper, main .picture-scroll";
  const NARROW = matchMedia("(max-width: 620px)");
  const PRINT = matchMedia("print");

  /** What scrolls sideways can be focused, so that the arrow keys can scroll it. */
  function letKeysReach(element) {
    const scrolls = element.scrollWidth > element.clientWidth + 1;
    if (scrolls && !element.hasAttribute("tabindex")) {
      element.tabIndex = 0;
      element.dataset.reached = "";
    } else if (!scrolls && "reached" in element.dataset) {
      element.removeAttribute("tabindex");
      delete element.dataset.reached;
    }
  }

  /** mdBook would take left and right for "other chapter". */
  function keepArrows(event) {
    const { key, currentTarget, target } = event;
    if (target === currentTarget && (key === "ArrowLeft" || key === "ArrowRight")) {
      event.stopPropagation();
    }
  }

  /** On a phone the words are what one reads: they open, unless the reader has closed them. */
  function openWords() {
    if (!NARROW.matches || PRINT.matches) return;
    for (const words of document.querySelectorAll("details.in-words:not([data-seen])")) {
      words.dataset.seen = "";
      words.open = true;
    }
  }

  /** Marks the line that rustc refuses: `<figure data-line="6">`, counted from 1. */
  function markRefused(figure) {
    const code = figure.querySelector("pre > code");
    const wanted = Number(figure.dataset.line);
    if (!code || !(wanted > 0)) return;
    // Of the text nodes that the highlighter has left, those of the wanted line, cut at its ends.
    const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    let line = 1;
    let begun = false;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (let at = 0; at <= node.data.length; at += 1) {
        if (line === wanted && !begun) {
          range.setStart(node, at);
          begun = true;
        }
        if (node.data[at] !== "\n") continue;
        if (line === wanted) range.setEnd(node, at);
        line += 1;
      }
    }
    if (!begun) return;
    if (line <= wanted) range.setEndAfter(code.lastChild);
    const mark = document.createElement("mark");
    mark.className = "refused-line";
    mark.append(range.extractContents());
    range.insertNode(mark);
  }

  /** The box of a checklist has its item for a name. */
  function nameBoxes() {
    document.querySelectorAll("main li > input[type=checkbox]").forEach((box) => {
      box.setAttribute("aria-label", box.parentElement.textContent.trim());
    });
  }

  const scrollers = document.querySelectorAll(SCROLLERS);
  scrollers.forEach((element) => element.addEventListener("keydown", keepArrows));
  const look = new ResizeObserver((entries) => entries.forEach(({ target }) => letKeysReach(target)));
  scrollers.forEach((element) => look.observe(element));
  NARROW.addEventListener("change", openWords);
  openWords();
  document.querySelectorAll("figure.refused[data-line]").forEach(markRefused);
  nameBoxes();
})();
