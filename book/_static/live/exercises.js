/**
 * The exercises of a page: live where Python can run, and as they were printed anywhere else. A page without exercises
 * loads nothing more than this.
 */
const exercises = document.querySelectorAll(".exercise-live");
const panels = document.querySelectorAll(".exercise-progress");

if (exercises.length || panels.length) {
  const { runtime } = await import("./runtime.js");
  if (runtime.available) {
    const [{ Exercise }, { ProgressPanel }] = await Promise.all([
      import("./exercises-widget.js"),
      import("./exercises-progress.js"),
    ]);
    exercises.forEach((root) => new Exercise(root));
    panels.forEach((root) => new ProgressPanel(root));
    document.documentElement.dataset.exercises = "ready";
  } else {
    document.documentElement.classList.add("no-live");
  }
}
