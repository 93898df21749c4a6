/** What the page says about Python itself: loading, with bytes; a failure, with Retry; and news for screen readers. */
import { runtime } from "./runtime.js";

const ABOUT = "It runs on this device, and nothing that you type leaves the browser.";
const MB = (bytes) => (bytes / 1e6).toFixed(1);

/** "3.1 of 13.6 MB". */
export const amount = (loaded, total) => `${MB(loaded)} of ${MB(total)} MB`;

const region = document.createElement("div");
region.className = "live-news visually-hidden";
region.setAttribute("role", "status");
document.body.append(region);

/** Say something to screen readers; the same text twice is said twice. */
export function say(text) {
  region.textContent = region.textContent === text ? `${text}\u00a0` : text;
}

/** A box below the bar of a cell. */
export class Notice {
  constructor(after) {
    this.box = document.createElement("div");
    this.box.className = "live-notice";
    this.text = document.createElement("p");
    this.bar = document.createElement("progress");
    this.bar.setAttribute("aria-label", "Python is loading");
    this.box.append(this.text, this.bar);
    after.after(this.box);
  }

  remove() {
    this.box.remove();
  }

  progress({ loaded, total, message }) {
    const much = total ? `: ${amount(loaded, total)}` : " …";
    const arrived = total > 0 && loaded >= total; // what is left to do takes as long again, without bytes to count
    const what = arrived ? `Starting Python (${MB(total)} MB are here)` : `${message || "Loading Python"}${much}`;
    this.text.textContent = `${what}. ${ABOUT}`;
    if (total) Object.assign(this.bar, { max: total, value: loaded });
  }

  /** Say what went wrong and offer to try again. */
  failed(message, retry) {
    this.text.textContent = `${message} `;
    this.box.classList.add("live-failed");
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: "Retry" });
    button.addEventListener("click", () => {
      this.remove();
      retry();
    });
    this.bar.replaceWith(button);
    say(message);
  }
}

/** Show a notice below a cell's bar while `promise` loads Python. */
export async function whileLoading(after) {
  if (runtime.state === "ready" || runtime.state === "busy") return runtime.start();
  const notice = new Notice(after);
  let quarter = 0;
  const listen = ({ detail }) => {
    if (detail.state !== "loading") return;
    notice.progress(detail);
    const reached = detail.total ? Math.floor((4 * detail.loaded) / detail.total) : 0;
    if (reached > quarter && reached < 4) say(`${25 * (quarter = reached)} percent of Python are loaded.`);
  };
  notice.progress({ loaded: 0, total: 0 });
  say(`Loading Python. ${ABOUT}`);
  runtime.addEventListener("state", listen);
  try {
    await runtime.start();
  } finally {
    runtime.removeEventListener("state", listen);
    notice.remove();
  }
}
