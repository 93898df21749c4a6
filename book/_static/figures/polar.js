// A patch of the polar grid against the parallelogram of J, whose area is |det J| Δr Δθ (chapter 3, "Polar
// coordinates").

import { scientific, show } from "./kit.js";

const BOX = [-0.35, 3.3, 3.3, -0.35];
const [RINGS, RAYS] = [0.5, 15]; // the grid that is drawn

const radians = (angle) => (angle * Math.PI) / 180;
const point = (r, angle) => [r * Math.cos(radians(angle)), r * Math.sin(radians(angle))];

/** Return the rectangle's area, det J at its corner (r, θ), both areas in the plane and how far they differ, and the
    radius r̄ in the middle. */
export function compute({ r, theta, dr, dtheta }) {
  const turn = radians(dtheta);
  const exact = (((r + dr) ** 2 - r ** 2) / 2) * turn; // a piece of a ring
  const linear = r * dr * turn;
  const [c, s] = point(1, theta);
  return {
    rectangle: dr * turn,
    det: r,
    columns: [
      [c, s],
      [-r * s, r * c],
    ], // of J
    linear,
    exact,
    middle: r + dr / 2,
    miss: exact - linear,
    relative: (exact - linear) / exact,
    corner: [r * c, r * s],
    sides: [
      [dr * c, dr * s],
      [-r * turn * s, r * turn * c],
    ], // J times the sides of the rectangle
  };
}

function remark({ relative, middle }, { r }) {
  if (r === 0)
    return (
      "<strong>At r = 0</strong> det J = 0: the parallelogram has no area, and the miss stays 100\u00a0%. All angles " +
      "give the origin."
    );
  const words =
    relative > 0.1
      ? "The patch is large: on its way out the scale grows."
      : relative > 0.02
        ? "Closer."
        : "Patch and parallelogram can hardly be told apart.";
  const exact = "the middle of the patch, <i>r̄</i> Δ<i>r</i> Δ<i>θ</i> is exact.";
  return `${words} With <i>r̄</i> = ${show(middle, 4)}, ${exact}`;
}

const steps = (from, to, count) => Array.from({ length: count + 1 }, (_, k) => from + ((to - from) * k) / count);
const patch = (s) => [
  ...steps(s.theta, s.theta + s.dtheta, 40).map((angle) => point(s.r, angle)),
  ...steps(s.theta + s.dtheta, s.theta, 40).map((angle) => point(s.r + s.dr, angle)),
  point(s.r, s.theta),
];
const parallelogram = ({ corner: [x, y], sides: [[a, b], [c, d]] }) => [
  [x, y],
  [x + a, y + b],
  [x + a + c, y + b + d],
  [x + c, y + d],
  [x, y],
];

/** Return the square part of the plane in which patch and parallelogram fill the same room, however small they are. */
function close(n, s) {
  const points = [...patch(s), ...parallelogram(n)];
  const [xs, ys] = [0, 1].map((k) => points.map((at) => at[k]));
  const ends = [xs, ys].map((values) => [Math.min(...values), Math.max(...values)]);
  const half = 0.66 * Math.max(...ends.map(([low, high]) => high - low));
  const [x, y] = ends.map(([low, high]) => (low + high) / 2);
  return [x - half, y + half, x + half, y - half];
}

/** Return the place beside the middle of a side of the parallelogram, away from its middle. */
function beside({ corner, sides }, k, distance) {
  const [along, across] = [sides[k], sides[1 - k]];
  const length = Math.hypot(...across) || 1;
  return corner.map((value, i) => value + along[i] / 2 - (distance * across[i]) / length);
}

const area = (value) => (value > 0 && value < 0.01 ? scientific(value, 3) : show(value, 4));
const percent = (value) => `${show(100 * value, value < 0.01 ? 2 : 1)}\u00a0%`;
const plain = (markup) => markup.replace("·10<sup>", " times 10 to the ").replace(/<[^>]*>/g, "");
const near = (value, step) => Math.round(value / step) * step; // what a hand can place

const angle = { role: "input", unit: "°", unitName: "degrees", step: 1 };
const italic = (before, letter) => `${before}<i>${letter}</i>`;

export default {
  fields: {
    r: { label: italic("", "r"), name: "r", role: "input", step: 0.1, digits: 2, min: 0, max: 2 },
    theta: { ...angle, label: italic("", "θ"), name: "theta", digits: 1, min: 0, max: 45 },
    dr: { label: italic("Δ", "r"), name: "delta r", role: "input", step: 0.05, digits: 5, min: 0.002, max: 1 },
    dtheta: { ...angle, label: italic("Δ", "θ"), name: "delta theta", digits: 4, min: 0.2, max: 45 },
  },
  compute,
  setup(kit) {
    kit.wide();
    const plane = kit.board({
      box: BOX,
      axes: ["x", "y"],
      width: 340,
      title: "the plane",
      label: "A patch of the polar grid in the plane",
    });
    const glass = kit.board({
      box: BOX,
      axes: null,
      width: 340,
      title: "the patch, enlarged",
      label: "The patch, and the parallelogram of the columns of J",
    });

    plane.curve(
      "output",
      () => {
        const rings = steps(RINGS, 3, 3 / RINGS - 1).flatMap((r) => [
          ...steps(0, 90, 60).map((turn) => point(r, turn)),
          null,
        ]);
        return [...rings, ...steps(0, 90, 90 / RAYS).flatMap((turn) => [[0, 0], point(3, turn), null])];
      },
      { width: 1, opacity: 0.45, key: () => "" },
    );
    for (const board of [plane, glass]) {
      board.curve("output", (n, s) => patch(s), { width: 1.5, fill: 0.4 });
      board.curve("derivative", parallelogram, { width: 2.5, dash: 2, fill: 0.12 });
    }
    kit.onDraw((n, s) => glass.show(close(n, s)));
    const gap = () => 16 / glass.unit[0];
    const sideways = (n) => (n.det ? n : { ...n, sides: [n.sides[0], [-n.columns[0][1], n.columns[0][0]]] });
    glass.text(
      "derivative",
      (n) => beside(sideways(n), 0, gap()),
      () => "Δr",
      { bold: true },
    );
    glass.text(
      "derivative",
      (n) => beside(n, 1, 1.25 * gap()),
      (n) => (n.det ? "r Δθ" : ""),
      { bold: true },
    );

    const corner = plane.handle({
      fields: ["r", "theta"],
      label: "Corner of the patch",
      at: (n, s) => point(s.r, s.theta),
      move: ([x, y]) => ({ r: near(Math.hypot(x, y), 0.01), theta: near(turnOf(x, y), 0.5) }),
    });
    corner.style.zIndex = 1; // over the other, so that a patch that has become small can still be moved
    plane.handle({
      fields: ["dr", "dtheta"],
      label: "Opposite corner of the patch: its size",
      at: (n, s) => point(s.r + s.dr, s.theta + s.dtheta),
      move: ([x, y], s) => ({ dr: near(Math.hypot(x, y) - s.r, 0.01), dtheta: near(turnOf(x, y) - s.theta, 0.5) }),
    });

    for (const name of ["r", "theta", "dr", "dtheta"]) kit.number(name);
    kit.button("Halve Δr and Δθ", () => kit.set({ dr: kit.state.dr / 2, dtheta: kit.state.dtheta / 2 }));
    kit.readout([
      { label: "rectangle Δ<i>r</i> Δ<i>θ</i>", role: "input", value: (n) => area(n.rectangle) },
      { label: "det <i>J</i> = <i>r</i>", role: "derivative", value: (n) => show(n.det) },
      { label: "|det <i>J</i>| Δ<i>r</i> Δ<i>θ</i>", role: "derivative", value: (n) => area(n.linear) },
      { label: "patch, exact", role: "output", value: (n) => area(n.exact) },
      { label: "missing", value: (n) => area(n.miss) },
      { label: "relative miss", value: (n) => percent(n.relative) },
      { value: remark },
    ]);
    kit.say((n, s) =>
      [
        `Patch ${plain(area(n.exact))}, determinant times rectangle ${plain(area(n.linear))},`,
        `relative miss ${percent(n.relative)}.`,
        remark(n, s).replace(/<[^>]*>/g, ""),
      ].join(" "),
    );
  },
};

const turnOf = (x, y) => (Math.atan2(y, x) * 180) / Math.PI;
