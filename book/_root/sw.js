// The service worker: pages that were visited are readable without the network, and Python is downloaded once.
// The build fills in the two constants (tools/finish.py), so that each build is a new worker.
const BUILD = "";
const RUNTIME = {};

// Several sites may share one origin, so that each cache is named after the site's own address.
const SCOPE = self.registration.scope;
const PAGES = `${SCOPE} pages `; // and the build
const PYTHON = `${SCOPE} python`;
const NEEDED = ["offline.html", "_static/offline.js", "_static/favicon.svg"];
const SEARCH = "search.html"; // works offline with all that it loads, whatever was visited
const APART = /^(lite\/|sw\.js$)/; // JupyterLite has a worker of its own
const PATIENCE = 5000; // milliseconds until a page that is in the cache is shown on a network that does not answer

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(PAGES + BUILD).then((cache) => cache.addAll(NEEDED.map((path) => new URL(path, SCOPE)))));
  event.waitUntil(inCache(() => keepSearch(event)));
});

async function keepSearch(event) {
  const page = await (await fetch(new URL(SEARCH, SCOPE))).text();
  const assets = [...page.matchAll(/(?:src|href)="([^"#:]+\.(?:js|css|svg)(?:\?[^"]*)?)"/g)].map(([, path]) => path);
  await keepAll(event, [SEARCH, ...assets].map((path) => new URL(path, SCOPE).href));
}

self.addEventListener("activate", (event) => event.waitUntil(Promise.all([forgetOld(), self.clients.claim()])));

// The cache of the build before this one stays, for the pages that were read then and not since.
async function forgetOld() {
  const names = (await caches.keys()).filter((name) => name.startsWith(PAGES));
  await Promise.all(names.filter((name) => name !== PAGES + BUILD).slice(0, -1).map((name) => caches.delete(name)));
  const cache = await caches.open(PYTHON);
  const current = new Set(Object.keys(RUNTIME).map(runtimeKey));
  const kept = await cache.keys();
  await Promise.all(kept.filter(({ url }) => !current.has(url)).map((request) => cache.delete(request)));
}

// A file of the runtime is kept under its content: an upgrade downloads what has changed, and nothing else.
function runtimeKey(path) {
  const url = new URL(path, SCOPE);
  url.search = RUNTIME[path];
  return url.href;
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(SCOPE) || request.headers.has("range")) return;
  const url = new URL(request.url);
  const path = decodeURIComponent(url.pathname).slice(decodeURIComponent(new URL(SCOPE).pathname).length);
  if (APART.test(path)) return;
  // Sphinx writes the content's digest into the address of a style or a script.
  const versioned = /^\?(v|digest)=/.test(url.search) && path.startsWith("_static/");
  if (Object.hasOwn(RUNTIME, path)) event.respondWith(cacheFirst(event, PYTHON, runtimeKey(path)));
  else if (versioned) event.respondWith(cacheFirst(event, PAGES + BUILD, request.url));
  else event.respondWith(networkFirst(event));
});

async function cacheFirst(event, name, key) {
  const found = await inCache(() => caches.open(name).then((cache) => cache.match(key)));
  return found ?? networkFirst(event, name, key);
}

async function networkFirst(event, name = PAGES + BUILD, key = event.request.url) {
  const network = fetch(event.request).then((response) => {
    keep(event, name, key, response);
    return response;
  });
  try {
    return event.request.mode === "navigate" ? await soon(network, event.request) : await network;
  } catch (error) {
    const found = await newest(event.request);
    if (found) return found;
    if (event.request.mode === "navigate") return offlinePage(error);
    throw error;
  }
}

// The network's answer; after a while that of the cache, if it has one.
function soon(network, request) {
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  return Promise.race([network, late.then(() => newest(request)).then((found) => found ?? network)]);
}

// Only a whole, faultless answer of this site is kept; where the storage is full or forbidden, reading goes on without.
function keep(event, name, key, response) {
  if (response.status !== 200 || response.type !== "basic" || response.redirected) return;
  const copy = response.clone();
  event.waitUntil(inCache(() => caches.open(name).then((cache) => cache.put(key, copy))));
}

async function inCache(work) {
  try {
    return await work();
  } catch {
    return undefined;
  }
}

// What was kept under this address, from the newest build; a page whatever follows the question mark.
async function newest(request) {
  const ignoreSearch = request.mode === "navigate";
  const names = [PAGES + BUILD, ...((await inCache(() => caches.keys())) ?? []).filter((n) => n.startsWith(PAGES)).reverse()];
  for (const name of names) {
    const found = await inCache(async () => (await caches.open(name)).match(request.url, { ignoreSearch }));
    if (found) return found;
  }
  return undefined;
}

// Shown at the address that was asked for, so that the page must be told where the site begins.
async function offlinePage(error) {
  const page = await newest(new Request(new URL("offline.html", SCOPE)));
  if (!page) throw error;
  const text = (await page.text()).replace('<base href="./">', `<base href="${SCOPE}">`);
  return new Response(text, { status: 503, headers: { "content-type": "text/html; charset=utf-8" } });
}

// A page that was opened before this worker was there asks it to keep what it has loaded.
self.addEventListener("message", (event) => {
  const addresses = (event.data?.keep ?? []).filter((url) => url.startsWith(SCOPE) && !url.startsWith(`${SCOPE}pyodide/`));
  event.waitUntil(inCache(() => keepAll(event, addresses.filter((url) => !APART.test(url.slice(SCOPE.length))))));
});

async function keepAll(event, addresses) {
  const cache = await caches.open(PAGES + BUILD);
  for (const url of addresses) {
    if (await cache.match(url)) continue;
    const response = await fetch(url).catch(() => undefined);
    if (response) keep(event, PAGES + BUILD, url, response);
  }
}
