// Cuts a chapter into slides; present.js shows them.

window.chapterDeck = (() => {
  "use strict";

  /** One per h1 and h2, with everything up to the next. */
  function sections(main) {
    const found = [];
    for (const element of main.children) {
      if (element.matches(".page-tools, aside.notes, script, style")) continue;
      if (element.matches("h1, h2") || found.length === 0) {
        const heading = element.matches("h1, h2") ? element : null;
        found.push({ heading, title: heading?.textContent.trim() ?? document.title, items: [] });
      }
      found.at(-1).items.push(element);
    }
    return found;
  }

  /** Whether `element` may not be the last of a slide: it announces what follows. */
  function announces(element) {
    return element.matches("h1, h2, h3, h4, p.minutes") || /:\s*$/.test(element.textContent);
  }

  /** A section that is longer than the screen is cut between its paragraphs and figures. What is
   *  longer on its own scrolls: nothing is ever hidden. */
  function cut(items, room) {
    const slides = [];
    let top = 0;
    let filled = 0;
    for (const [index, item] of items.entries()) {
      const { top: above, bottom } = item.getBoundingClientRect();
      // A line or two alone on a slide are better above the long thing that follows.
      const glued = index > 0 && (announces(items[index - 1]) || (filled < room / 5 && bottom - above > room));
      if (slides.length === 0 || (!glued && bottom - top > room)) {
        slides.push([]);
        top = above;
      }
      slides.at(-1).push(item);
      filled = bottom - top;
    }
    return slides;
  }

  /** Pictures are drawn in pixels. They grow with the screen as far as they fit, and shrink to fit
   *  only as far as they can still be read. */
  function sizePictures(main, room) {
    for (const svg of main.querySelectorAll(".picture-scroll svg")) {
      const figure = svg.closest("figure");
      if (!figure) continue;
      svg.style.zoom = "";
      const { width, height } = svg.viewBox.baseVal;
      const beside = Math.max(figure.offsetHeight - svg.getBoundingClientRect().height, 0);
      const fits = Math.min((room - beside) / height, svg.parentElement.clientWidth / width);
      svg.style.zoom = String(Math.min(Math.max(fits, 0.85), 2));
    }
  }

  return {
    /** The slides for a screen with `room` pixels from top to bottom: `heading`, `title`, `items`,
     *  and which `part` of its section each is, of how many `parts`. */
    layOut(main, room) {
      sizePictures(main, room);
      return sections(main).flatMap((section) => {
        const cuts = cut(section.items, room);
        return cuts.map((items, part) => ({ ...section, items, part, parts: cuts.length }));
      });
    },
    /** Leaves the page as it was. */
    restore(main) {
      for (const svg of main.querySelectorAll(".picture-scroll svg")) svg.style.zoom = "";
    },
  };
})();
