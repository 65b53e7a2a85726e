// Keeps a page up to date while the book is being written. `cargo xtask book --serve` adds it to
// the pages that it serves; the book itself does not have it.
(() => {
    "use strict";
    const version = document.currentScript.dataset.version;
    let box = null;

    // What is wrong with the sources, over the page, which is the last good one.
    const tell = (problems) => {
        if (!problems) {
            box?.remove();
            box = null;
            return;
        }
        if (!box) {
            box = document.createElement("pre");
            box.setAttribute("role", "alert");
            box.setAttribute("aria-label", "What is wrong with the book");
            box.tabIndex = 0;
            Object.assign(box.style, {
                position: "fixed", inset: "auto 0 0 0", zIndex: "1000", margin: "0",
                maxHeight: "40vh", overflow: "auto", padding: "1rem", whiteSpace: "pre-wrap",
                font: "14px/1.4 monospace", color: "#fff", background: "#3b1113",
                borderTop: "4px solid #ff8f8f",
            });
            document.body.append(box);
        }
        const text = "The book could not be made anew. This is the one before.\n\n" + problems;
        if (box.textContent !== text) {
            box.textContent = text;
        }
    };

    // Asked for again and again, rather than held open: a browser opens few connections to one
    // place, and many pages may be open.
    const look = async () => {
        if (document.hidden) {
            return;
        }
        try {
            const answer = await fetch("/.news.json", { cache: "no-store" });
            const news = await answer.json();
            if (!news.problems && news.version !== version) {
                location.reload();
            }
            tell(news.problems);
        } catch {
            // The server has ended. The page can still be read.
        }
    };

    setInterval(look, 500);
    document.addEventListener("visibilitychange", look);
    look();
})();
