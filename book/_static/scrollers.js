// What is wider than its box scrolls sideways: while it does, the keyboard reaches it, and a screen reader knows its name.
{
  // The theme looks after tables too, but only as a page loads and after a resize: not when one is unfolded.
  const TABLES = ".bd-article .pst-scrollable-table-container";
  const SCROLLERS = [
    [".bd-article .katex-display", "Formula, scrolls sideways"],
    [".bd-article .highlight pre", "Code, scrolls sideways"],
    [".bd-article .cell_output .output", "Output, scrolls sideways"],
    [TABLES, "Table, scrolls sideways"],
  ];

  const names = new Map();
  const observer = new ResizeObserver((entries) => entries.forEach(({ target }) => update(target)));

  function update(box) {
    const scrolls = box.scrollWidth > box.clientWidth + 1; // a slanted letter may lean out by a pixel
    if (scrolls === (box.dataset.scrolls !== undefined)) return;
    if (scrolls) {
      box.dataset.scrolls = "";
      box.tabIndex = 0;
      box.setAttribute("role", "group");
      box.setAttribute("aria-label", names.get(box));
    } else {
      delete box.dataset.scrolls;
      for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name);
    }
  }

  for (const [selector, name] of SCROLLERS) {
    for (const box of document.querySelectorAll(selector)) {
      const kept = box.hasAttribute("tabindex") || box.hasAttribute("role");
      if (kept && selector !== TABLES) continue; // someone else looks after it
      names.set(box, name);
      observer.observe(box);
    }
  }
}
