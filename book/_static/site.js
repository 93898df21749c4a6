// What belongs to every page of the site: printing from the menu, the search's summaries, and the service worker that
// keeps pages for offline.
{
  // The theme means to, and finds the field of the closed dialog.
  document.querySelector(".bd-search-container input")?.focus();

  document.querySelector("[data-course-print]")?.addEventListener("click", () => window.print());

  // Sphinx's search looks for its summary inside the place that it found. The place of an entry of the index is empty,
  // and the script would break off there: the page's own text is the summary then.
  if (typeof Search !== "undefined") {
    const summary = Search.makeSearchSummary;
    Search.makeSearchSummary = (page, words, anchor) =>
      summary(page, words, anchor) ?? summary(page, words, "") ?? document.createElement("p");
  }

  const root = new URL(document.documentElement.dataset.content_root ?? "./", location.href);

  async function keepForOffline() {
    await navigator.serviceWorker.register(new URL("sw.js", root), { scope: root.pathname, updateViaCache: "none" });
    const { active } = await navigator.serviceWorker.ready;
    const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
    active.postMessage({ keep: [location.href.split("#")[0], ...loaded] });
  }

  if (isSecureContext && location.protocol.startsWith("http") && navigator.serviceWorker) {
    const start = () => keepForOffline().catch(() => {}); // private mode, or storage switched off: reading goes on without
    if (document.readyState === "complete") start();
    else addEventListener("load", start, { once: true });
  }
}
