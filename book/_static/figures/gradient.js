// The gradient as an arrow on contours, and the slope in a direction u as its shadow on u (chapter 1, "The steepest way up").

import { contour, levels, sample } from "./contours.js";
import { show, vector } from "./kit.js";

const POINTS = [[-1, 1], [1, 4], [3, 4]]; // the three points of the chapter's line

/* f, its gradient, the part of the plane, names of the inputs and the value, how long
   1 of the gradient is drawn, and the spacing of the contours where it is not the usual one.
   A gradient of null: the function has none there. */
const FUNCTIONS = {
  line: {
    name: "the error of the line",
    f: (w, b) => POINTS.reduce((sum, [x, t]) => sum + (w * x + b - t) ** 2, 0) / 3,
    gradient: (w, b) => [0, 1].map((k) => (2 / 3) * POINTS.reduce((sum, [x, t]) => sum + (w * x + b - t) * (k ? 1 : x), 0)),
    box: [-2, 3.6, 3, -1.2],
    inputs: ["w", "b"],
    value: "L",
    scale: 1 / 12,
  },
  cubic: {
    name: "x³y + 2xy²",
    f: (x, y) => x ** 3 * y + 2 * x * y ** 2,
    gradient: (x, y) => [3 * x ** 2 * y + 2 * y ** 2, x ** 3 + 4 * x * y],
    box: [-2.5, 3, 2.5, -1.8],
    inputs: ["x", "y"],
    value: "f",
    scale: 1 / 16,
  },
  jumpy: {
    name: "2xy / (x² + y²)",
    f: (x, y) => (x === 0 && y === 0 ? 0 : (2 * x * y) / (x ** 2 + y ** 2)),
    gradient: (x, y) => {
      if (x === 0 && y === 0) return null;
      const square = (x ** 2 + y ** 2) ** 2;
      return [(2 * y * (y ** 2 - x ** 2)) / square, (2 * x * (x ** 2 - y ** 2)) / square];
    },
    box: [-2.5, 2.4, 2.5, -2.4],
    inputs: ["x", "y"],
    value: "f",
    scale: 1 / 2,
    power: 1,
  },
};
const STARTS = { line: { x: 0, y: 0 }, cubic: { x: -1, y: 2 }, jumpy: { x: 1, y: 0.5 } };
const [REACH, LEAST, MARGIN] = [1.1, 0.5, 0.15]; // of the arrow u, in units of the plane, and its distance from the border

/** Return the value, the gradient, the direction u and the slope along it; NaN where there is no gradient. */
export function compute({ f, x, y, angle }) {
  const map = FUNCTIONS[f];
  const [gx, gy] = map.gradient(x, y) ?? [NaN, NaN];
  const turn = (angle * Math.PI) / 180;
  const [ux, uy] = [Math.cos(turn), Math.sin(turn)];
  const length = Math.hypot(gx, gy);
  const slope = gx * ux + gy * uy;
  const between = (Math.acos(Math.min(1, Math.max(-1, slope / length))) * 180) / Math.PI; // NaN where the gradient is 0
  return { value: map.f(x, y), gx, gy, ux, uy, length, slope, between };
}

/** Say in words what the direction does. */
function remark({ length, between, slope }) {
  if (Number.isNaN(length)) return "No gradient here: the value is 0 along both axes, but 1 along the diagonal.";
  if (length === 0) return "The gradient is 0: to first order, no direction goes up or down.";
  if (between < 1.5) return "<strong>The steepest way up:</strong> u points along ∇, and the slope is the whole length of ∇.";
  if (between > 178.5) return "<strong>The steepest way down:</strong> u points against ∇.";
  if (Math.abs(between - 90) < 1.5) return "<strong>Along the contour:</strong> u is perpendicular to ∇, and the slope is almost 0.";
  return slope > 0 ? "Uphill, but there is a steeper way." : "Downhill, but there is a steeper way.";
}

const italic = (name) => `<i>${name}</i>`;

export default {
  fields: {
    f: { name: "function", choices: Object.fromEntries(Object.entries(FUNCTIONS).map(([key, map]) => [key, map.name])) },
    x: { label: "across", name: (s) => FUNCTIONS[s.f].inputs[0], role: "input", step: 0.1, digits: 2, min: (s) => FUNCTIONS[s.f].box[0], max: (s) => FUNCTIONS[s.f].box[2] },
    y: { label: "up", name: (s) => FUNCTIONS[s.f].inputs[1], role: "input", step: 0.1, digits: 2, min: (s) => FUNCTIONS[s.f].box[3], max: (s) => FUNCTIONS[s.f].box[1] },
    angle: { label: "angle of <i>u</i>", name: "angle of u", unit: "°", unitName: "degrees", role: "input", step: 5, digits: 1, min: 0, max: 360, turns: true },
  },
  compute,
  setup(kit) {
    const map = () => FUNCTIONS[kit.state.f];
    const board = kit.board({ box: FUNCTIONS.line.box, axes: ["w", "b"], label: "Contour lines with a point, the gradient there, and a direction u" });
    const grids = new Map();
    const grid = () => {
      if (!grids.has(kit.state.f)) grids.set(kit.state.f, sample(map().f, map().box));
      return grids.get(kit.state.f);
    };
    const from = (n, s) => [s.x, s.y];
    const along = (n, s, dx, dy) => [s.x + dx, s.y + dy];
    // u is shorter near the border, so that its handle stays on the board
    const direction = (n, s) => {
      const [left, top, right, bottom] = map().box;
      const room = (at, step, low, high) => ((step > 0 ? high - MARGIN : low + MARGIN) - at) / step;
      const reach = Math.min(REACH, room(s.x, n.ux, left, right), room(s.y, n.uy, bottom, top));
      const length = Math.max(LEAST, reach);
      return along(n, s, length * n.ux, length * n.uy);
    };

    kit.onDraw((n, s) => {
      board.show(map().box);
      board.place.querySelector(".figure-axis-x").textContent = map().inputs[0];
      board.place.querySelector(".figure-axis-y").textContent = map().inputs[1];
    });
    board.curve("output", () => levels(grid(), map().power).flatMap((level) => contour(grid(), level)), { width: 1, opacity: 0.75, key: (n, s) => s.f });
    board.curve("output", (n) => contour(grid(), n.value), { width: 2.6 });
    const tip = (n, s) => along(n, s, map().scale * n.gx, map().scale * n.gy);
    const shadow = (n, s) => along(n, s, map().scale * n.slope * n.ux, map().scale * n.slope * n.uy);
    board.curve("neutral", (n, s) => [along(n, s, -5 * n.ux, -5 * n.uy), along(n, s, 5 * n.ux, 5 * n.uy)], { width: 1, dash: 2 });
    board.arrow("input", (n, s) => [from(n, s), direction(n, s)], { width: 2 });
    board.curve("derivative", (n, s) => [tip(n, s), shadow(n, s)], { width: 1.5, dash: 1 });
    board.curve("derivative", (n, s) => [from(n, s), shadow(n, s)], { width: 8, opacity: 0.45 });
    board.arrow("derivative", (n, s) => [from(n, s), tip(n, s)]);
    board.handle({ fields: ["x", "y"], label: "Point on the map", role: "neutral" });
    board.handle({
      fields: ["angle"],
      label: "Direction u",
      mark: "<i>u</i>",
      at: direction,
      move: ([x, y], s) => ({ angle: (Math.atan2(y - s.y, x - s.x) * 180) / Math.PI }),
    });

    kit.select("f", (choice) => STARTS[choice]);
    const inputs = [kit.number("x"), kit.number("y")];
    kit.number("angle");
    kit.onDraw(() => inputs.forEach((input, k) => (input.previousSibling.innerHTML = italic(map().inputs[k]))));
    kit.readout([
      { label: "value", role: "output", value: (n) => `${italic(map().value)} = ${show(n.value)}` },
      { label: "gradient", role: "derivative", value: (n) => `∇${italic(map().value)} = ${Number.isNaN(n.gx) ? "none" : vector([n.gx, n.gy])}` },
      { label: "its length", role: "derivative", value: (n) => `‖∇${italic(map().value)}‖ = ${show(n.length)}` },
      { label: "direction", role: "input", value: (n) => `<i>u</i> = ${vector([n.ux, n.uy])}` },
      { label: "slope along <i>u</i>", role: "derivative", value: (n) => `∇${italic(map().value)} · <i>u</i> = ${show(n.slope)}` },
      { label: "angle between", value: (n) => (Number.isNaN(n.between) ? "none" : `${show(n.between, 0)}°`) },
      { value: remark },
    ]);
    kit.say((n) =>
      Number.isNaN(n.length)
        ? "No gradient here."
        : `Value ${show(n.value)}, gradient ${vector([n.gx, n.gy])}, slope along u ${show(n.slope)}. ${remark(n).replace(/<[^>]*>/g, "")}`,
    );
  },
};
