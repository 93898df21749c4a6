/**
 * What the reader has done, kept in this browser: a journal of events and the drafts of all fields.
 *
 * The events are those that `jaclib.exercises.journal` writes, a line each. Here each has a key of its own in
 * localStorage, and nothing is ever read, changed and written back: two tabs cannot lose each other's attempts. Where
 * the browser keeps nothing, all of it works until the page is closed, and `problem` says so.
 */

const PREFIX = "jacobian-course/"; // a host may serve other sites under the same origin
const EVENT = `${PREFIX}event/`;
const DRAFT = `${PREFIX}draft/`;
const SETTING = `${PREFIX}setting/`;
const BACKUP = `${PREFIX}backup/`;
const LONGEST = 100_000; // characters of one answer, as in Python

const CLOSED = "This browser keeps nothing for this site, so your progress lasts until you leave the page.";
const FULL =
  "The browser has no room left for this site: what you do from now on lasts until you leave the page.";

const isEvent = (event) =>
  event !== null && typeof event === "object" && typeof event.event === "string" && typeof event.exercise === "string";

/** The same event from a file and from this browser is one. */
const identity = (event) => JSON.stringify(Object.entries(event).sort(([a], [b]) => (a < b ? -1 : 1)));

const parsed = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

class Storage extends EventTarget {
  #kept = null; // localStorage, where it works
  #memory = new Map(); // what it does not take
  #told = false;
  #events = null; // all of them, until something changes
  /** Why progress does not last, or null. */
  problem = null;

  constructor() {
    super();
    try {
      this.#kept = globalThis.localStorage;
      this.#kept.setItem(`${PREFIX}probe`, "1");
      this.#kept.removeItem(`${PREFIX}probe`);
    } catch {
      // Private windows of some browsers, blocked site data, or no room at all.
      this.problem = this.#readable() ? FULL : CLOSED;
    }
    globalThis.addEventListener("storage", ({ key }) => {
      if (key === null || key.startsWith(PREFIX)) this.#changed();
    });
  }

  #readable() {
    try {
      return this.#kept !== null && this.#kept.length >= 0;
    } catch {
      this.#kept = null;
      return false;
    }
  }

  #changed() {
    this.#events = null;
    this.dispatchEvent(new Event("change"));
  }

  /** Return the problem the first time that there is one to tell, then null. */
  news() {
    if (this.#told || !this.problem) return null;
    this.#told = true;
    return this.problem;
  }

  #get(key) {
    return this.#memory.get(key) ?? this.#kept?.getItem(key) ?? null;
  }

  #set(key, value) {
    try {
      if (!this.#kept) throw new Error(CLOSED);
      this.#kept.setItem(key, value);
      this.#memory.delete(key);
      return true;
    } catch {
      this.problem ??= FULL;
      this.#memory.set(key, value);
      return false;
    }
  }

  #remove(key) {
    this.#memory.delete(key);
    this.#kept?.removeItem(key);
  }

  /** Return the keys that begin with `prefix`, in order. */
  #keys(prefix) {
    const kept = this.#kept ? Array.from({ length: this.#kept.length }, (_, i) => this.#kept.key(i)) : [];
    return [...new Set([...kept, ...this.#memory.keys()])].filter((key) => key?.startsWith(prefix)).sort();
  }

  // --- the journal -----------------------------------------------------------------------------------------------

  /** All events in the order in which they happened; damaged ones are passed over and stay where they are. */
  get events() {
    this.#events ??= this.#keys(EVENT).map((key) => parsed(this.#get(key))).filter(isEvent);
    return this.#events;
  }

  /** Add an event with the present time. */
  add(event) {
    const time = new Date().toISOString().replace("Z", "+00:00");
    const said = Object.entries({ time, ...event }).filter(([, value]) => value !== null && value !== undefined);
    const record = Object.fromEntries(said);
    if (record.answer?.length > LONGEST) record.answer = record.answer.slice(0, LONGEST);
    this.#keep(record);
    this.#changed();
  }

  /** Keep an event that has its time: one of Python's. */
  take(event) {
    if (isEvent(event)) this.#keep(event);
    this.#changed();
  }

  #keep(event) {
    const unique = Math.random().toString(36).slice(2, 10);
    return this.#set(`${EVENT}${event.time ?? ""}-${unique}`, JSON.stringify(event));
  }

  /**
   * Return what was done in one exercise, as `Progress.of` does in Python.
   * @param {string} exercise
   * @param {string} key of its present content: what was done with other content counts as `earlier`.
   */
  of(exercise, key, events = this.events) {
    const own = events.filter((event) => event.exercise === exercise);
    const present = own.filter((event) => event.key === undefined || event.key === key);
    const attempts = present.filter((event) => event.event === "attempt");
    const solved = (event) => event.event === "attempt" && event.status === "correct";
    return {
      attempts: attempts.filter((event) => event.status !== "unreadable").length,
      solved: attempts.some(solved),
      earlier: own.some((event) => !present.includes(event) && solved(event)),
      hints: new Set(
        present.filter(({ event, number }) => event === "hint" && Number.isInteger(number)).map(({ number }) => number),
      ),
      asked: present.some((event) => event.event === "asked"),
      variants: new Set(attempts.filter(solved).map((event) => event.variant)),
    };
  }

  // --- drafts and settings ---------------------------------------------------------------------------------------

  draft(name) {
    return this.#get(DRAFT + name);
  }

  setDraft(name, text) {
    this.#set(DRAFT + name, text);
  }

  setting(name) {
    return this.#get(SETTING + name);
  }

  setSetting(name, value) {
    this.#set(SETTING + name, value);
  }

  // --- export, import, reset -------------------------------------------------------------------------------------

  #contents() {
    const drafts = this.#keys(DRAFT).map((key) => [key.slice(DRAFT.length), this.#get(key)]);
    return { version: 1, events: this.events, drafts: Object.fromEntries(drafts) };
  }

  /** Return everything as the text of a file, which `jaclib.exercises.progress().include` reads too. */
  export() {
    return JSON.stringify(this.#contents(), null, 1);
  }

  /**
   * Add what a file holds to what is here; nothing here is changed.
   * @param {string} text
   * @returns {string} What was done, to be shown.
   * @throws {Error} With a message to be shown, where the file is none of ours.
   */
  import(text) {
    const found = parsed(text.replace(/^\uFEFF/, ""));
    if (found === null || typeof found !== "object") {
      throw new Error("This file cannot be read: it is no JSON. Choose a file that Export has written.");
    }
    if (!Array.isArray(found.events)) {
      throw new Error("This file holds no progress: it has no list of events. Choose one that Export has written.");
    }
    return this.#include(found);
  }

  #include({ events, drafts }) {
    const valid = events.filter(isEvent);
    const known = new Set(this.events.map(identity));
    const added = valid.filter((event) => !known.has(identity(event)) && known.add(identity(event)));
    added.forEach((event) => this.#keep(event));
    let taken = 0;
    let differing = 0;
    for (const [name, draft] of Object.entries(drafts ?? {})) {
      if (typeof draft !== "string" || !draft) continue;
      const mine = this.draft(name);
      if (!mine) {
        this.setDraft(name, draft);
        taken += 1;
      } else if (mine !== draft) differing += 1;
    }
    this.#changed();
    const counts = [
      [added.length, "new entry", "new entries", "added"],
      [valid.length - added.length, "entry was", "entries were", "here already"],
      [taken, "draft", "drafts", "added"],
      [differing, "draft differs", "drafts differ", "from yours, which stayed"],
      [events.length - valid.length, "entry", "entries", "could not be read and was left out"],
    ];
    const said = counts.filter(([n]) => n).map(([n, one, many, what]) => `${n} ${n === 1 ? one : many} ${what}`);
    return said.length ? `${said.join("; ")}.` : "The file is empty: there was nothing to add.";
  }

  /** Begin anew, with empty fields unless the drafts are to stay; what was there is kept aside for `restore`. */
  reset({ drafts = true } = {}) {
    const contents = this.#contents();
    const keys = [EVENT, ...(drafts ? [DRAFT, SETTING] : [])].flatMap((prefix) => this.#keys(prefix));
    const backup = BACKUP + new Date().toISOString();
    if (!this.#set(backup, JSON.stringify(contents)) && this.#kept) {
      this.#memory.delete(backup);
      throw new Error(
        "There is no room to keep a copy, so nothing was reset. Export your progress, then remove this site's " +
          "data in the settings of your browser.",
      );
    }
    keys.forEach((key) => this.#remove(key));
    this.#changed();
  }

  get canRestore() {
    return this.#keys(BACKUP).length > 0;
  }

  /** Add what the last reset has kept aside; returns what was done, to be shown. */
  restore() {
    const key = this.#keys(BACKUP).at(-1);
    const said = this.#include(parsed(this.#get(key)) ?? { events: [] });
    this.#remove(key);
    this.#changed();
    return said;
  }
}

export const storage = new Storage();
