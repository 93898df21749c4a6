// The page that the service worker shows for one that it has not kept: lists those that it has.
const scope = document.baseURI;

document.getElementById("again").addEventListener("click", () => location.reload());
addEventListener("online", () => location.reload());

async function keptPages() {
  const found = new Map();
  for (const name of await caches.keys()) {
    if (!name.startsWith(`${scope} pages `)) continue;
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const url = new URL(request.url);
      if (!/\/book\/[^/]+\.html$/.test(url.pathname)) continue;
      const page = new DOMParser().parseFromString(await (await cache.match(request)).text(), "text/html");
      found.set(url.pathname, page.querySelector("article h1")?.firstChild.parentElement.textContent.replace(/[#¶]\s*$/, "") || url.pathname);
    }
  }
  return [...found].sort();
}

keptPages()
  .then((pages) => {
    const box = document.getElementById("kept");
    for (const [path, title] of pages) {
      const link = Object.assign(document.createElement("a"), { href: path, textContent: title });
      const item = document.createElement("li");
      item.append(link);
      box.querySelector("ul").append(item);
    }
    box.hidden = pages.length === 0;
  })
  .catch(() => {}); // no storage: the page says what it can
