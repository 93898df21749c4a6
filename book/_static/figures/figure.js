// Starts each interactive figure of the page when it comes near the screen; until then nothing of it is loaded.
// A plain script, so that it also runs on a page opened as a file. The static picture stays in its place where the figure cannot start, on paper, and without JavaScript.

const NEAR = "600px 0px";

/** Show why the figure is not live, with a way to try again; the picture stays. */
function tell(stage, error) {
  stage.querySelector(".interactive-failed")?.remove();
  const note = document.createElement("p");
  note.className = "interactive-failed";
  note.setAttribute("role", "status");
  note.append(`The live figure could not be started (${error.message}). The picture shows its first state. Try again, or reload the page. `);
  const again = document.createElement("button");
  again.type = "button";
  again.textContent = "Try again";
  again.addEventListener("click", () => start(stage, `?retry=${Date.now()}`));
  note.append(again);
  stage.append(note);
  stage.dataset.state = "failed";
}

/** Load the figure's module and make it live. A module that failed to load is asked for anew with another `query`. */
async function start(stage, query = "") {
  const name = stage.dataset.figure;
  stage.dataset.state = "loading";
  try {
    const [{ Kit }, { default: figure }] = await Promise.all([
      import(`./kit.js${query}`),
      import(`./${name}.js${query}`),
    ]);
    stage.querySelector(".interactive-failed")?.remove();
    stage.dataset.state = "live"; // before it is built: a board needs a size
    new Kit(stage, figure, JSON.parse(stage.dataset.start)).begin();
  } catch (error) {
    stage.querySelector(".interactive-live")?.remove();
    tell(stage, error);
    console.warn(error);
  }
}

const observer = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      observer.unobserve(target);
      start(target);
    }
  },
  { rootMargin: NEAR },
);

for (const stage of document.querySelectorAll("[data-figure]")) {
  if (location.protocol === "file:") stage.dataset.state = "off"; // a browser loads no modules from files: no room to keep
  else observer.observe(stage);
}
