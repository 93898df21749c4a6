"""A page of the book with a stand-in for its Python: calls go to the Python of the tests, with no worker and no wait.

What Pyodide itself makes of the exercises is tested in `test_live_every_exercise.py`.
"""

import json
from importlib import import_module

RUNTIME = """
class StandIn extends EventTarget {
  state = "off";
  available = Boolean(document.querySelector('meta[name="course-runtime"]')) && location.protocol.startsWith("http");
  #set(state, details = {}) {
    this.state = state;
    this.dispatchEvent(new CustomEvent("state", { detail: { state, ...details } }));
  }
  async start() {
    if (this.state !== "off") return;
    this.#set("loading", { loaded: 1.5e6, total: 6e6, message: "Loading Python" });
    await globalThis.startPython?.(); // a test may hold it here
    this.#set("ready");
  }
  async call(module, name, ...args) {
    await this.start();
    this.#set("busy");
    const stopped = new Promise((_, reject) => (this.reject = reject));
    const { result, error } = JSON.parse(
      await Promise.race([stopped, globalThis.pythonCall(module, name, JSON.stringify(args))]),
    );
    this.#set("ready");
    if (error) throw new Error(error);
    return result;
  }
  stop() {
    this.#set("off");
    this.reject?.(new Error("Stopped. Python's variables are gone."));
  }
}
export const runtime = new StandIn();
"""


def call(module: str, function: str, arguments: str) -> str:
    """Answer as the worker does."""
    try:
        return json.dumps({"result": getattr(import_module(module), function)(*json.loads(arguments))})
    except Exception as error:
        return json.dumps({"error": str(error)})


def with_stand_in(context):
    """Let the pages of a context call the Python of the tests."""
    context.route("**/live/runtime.js", lambda route: route.fulfill(body=RUNTIME, content_type="text/javascript"))
    context.expose_function("pythonCall", call)
    return context
