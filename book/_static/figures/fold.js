// A rectangle and its image under a map that folds, or seems to: signed, counted and covered area (chapter 3,
// "Orientation, folds and singular sets").

import { show } from "./kit.js";

const TURN = 2 * Math.PI;
const flat = (f) => (a, b) => f(b) - f(a);

/* A map T(u, v) whose det J depends on u alone: `swept` is an antiderivative of det J, `crease` whether det J is 0 at
   u = 0, `folds` whether its sign changes there, `turn` after how much of v the image begins anew. `range` limits u and
   v, `loop` the half axes of the little loops. */
const MAPS = {
  fold: {
    name: "(u² + v/2, v)",
    map: ([u, v]) => [u * u + v / 2, v],
    swept: (u) => u * u,
    folds: true,
    crease: true,
    turn: Infinity,
    range: [
      [-1.7, 1.7],
      [0, 1.6],
    ],
    boxes: [
      [-2, 2.1, 2, -0.9],
      [-0.3, 2.1, 3.7, -0.9],
    ],
    loop: [0.2, 0.2],
  },
  cube: {
    name: "(u³, v)",
    map: ([u, v]) => [u ** 3, v],
    swept: (u) => u ** 3,
    folds: false,
    crease: true,
    turn: Infinity,
    range: [
      [-1.2, 1.2],
      [0, 1.6],
    ],
    boxes: [
      [-2, 2.1, 2, -0.9],
      [-2, 2.1, 2, -0.9],
    ],
    loop: [0.2, 0.2],
  },
  winding: {
    name: "(eᵘ cos v, eᵘ sin v)",
    map: ([u, v]) => [Math.exp(u) * Math.cos(v), Math.exp(u) * Math.sin(v)],
    swept: (u) => Math.exp(2 * u) / 2,
    folds: false,
    crease: false,
    turn: TURN,
    range: [
      [-0.5, 1.1],
      [0, 12.6],
    ],
    boxes: [
      [-0.8, 14.5, 1.4, -2],
      [-4.4, 3.3, 4.4, -3.3],
    ],
    loop: [0.1, 1],
  },
};
const STARTS = {
  fold: { u: 0.2, v: 0, w: 1.2, h: 1 },
  cube: { u: -0.6, v: 0, w: 1.6, h: 1 },
  winding: { u: 0, v: 0, w: 1, h: 5 },
};
const SMALLEST = 0.2; // side of the rectangle

/** Return the three areas: with the sign of det J, with |det J|, and of the image; and the parts where det J is
    positive and negative. */
export function compute({ map, u, v, w, h }) {
  const { swept, folds, turn } = MAPS[map];
  const [left, right] = [u, u + w];
  const over = flat(swept);
  const crosses = folds && left < 0 && right > 0;
  const parts = crosses ? [over(left, 0) * h, over(0, right) * h] : [over(left, right) * h];
  const up = parts.filter((part) => part > 0).reduce((sum, part) => sum + part, 0);
  const down = parts.filter((part) => part < 0).reduce((sum, part) => sum + part, 0);
  // Of two parts that lie on each other, the image is the larger; of several turns, one.
  const covered = Math.max(...parts.map(Math.abs)) * Math.min(1, turn / h);
  return { up, down, signed: up + down, counted: up - down, covered, twice: up - down - covered, crosses };
}

function remark({ crosses, signed, down, twice }, { map, u, w, h }) {
  if (crosses) {
    const cancel = Math.abs(signed) < 1e-9 ? " Face up and face down cancel." : "";
    const part = `A part of area ${show(twice)} is covered twice.${cancel}`;
    return `<strong>The region crosses the crease:</strong> three different numbers. ${part}`;
  }
  if (map === "winding") {
    return h > TURN
      ? "<strong>det J is positive everywhere,</strong> and yet a part is covered twice: <i>v</i> and <i>v</i> + 2π " +
          "give one point."
      : "All three agree: less than one turn.";
  }
  if (map === "cube" && u < 0 && u + w > 0)
    return "On the line <i>u</i> = 0 det J is 0, but it does not change its sign: no fold, and all three agree.";
  if (down < 0) return "Face down: the signed area is minus the other two.";
  const where = map === "fold" ? "side of the crease" : "region";
  return `<strong>All three agree:</strong> on this ${where} the map is one-to-one.`;
}

/** Cut the rectangle where det J changes its sign, or where the image begins anew: [sign, u from, u to, v from,
    v to]. */
function parts({ map, u, v, w, h }) {
  const { folds, turn } = MAPS[map];
  const cuts = folds && u < 0 && u + w > 0 ? [u, 0, u + w] : [u, u + w];
  const turns = h > turn ? [v, v + turn, v + h] : [v, v + h];
  const made = [];
  for (let i = 0; i + 1 < cuts.length; i++) {
    for (let j = 0; j + 1 < turns.length; j++) {
      made.push([folds && cuts[i + 1] <= 0 ? -1 : 1, cuts[i], cuts[i + 1], turns[j], turns[j + 1]]);
    }
  }
  return made;
}

const between = (from, to, pieces) => Array.from({ length: pieces + 1 }, (_, k) => from + ((to - from) * k) / pieces);
const border = ([, a, b, c, d]) => [
  ...between(a, b, 24).map((u) => [u, c]),
  ...between(c, d, 72).map((v) => [b, v]),
  ...between(b, a, 24).map((u) => [u, d]),
  ...between(d, c, 72).map((v) => [a, v]),
];
const lines = ({ u, v, w, h }) => [
  ...between(u, u + w, 6).flatMap((at) => [...between(v, v + h, 96).map((k) => [at, k]), null]),
  ...between(v, v + h, 6).flatMap((at) => [...between(u, u + w, 24).map((k) => [k, at]), null]),
];
/** Return a small counterclockwise loop in a part, not quite closed, beside the handle in the middle. */
const loop = ([, a, b, c, d], [widest, highest]) => {
  const [ru, rv] = [Math.min(0.22 * (b - a), widest), Math.min(0.22 * (d - c), highest)];
  const [u, v] = [a + 0.27 * (b - a), c + 0.27 * (d - c)];
  return between(0.6, 0.6 + 0.86 * TURN, 40).map((t) => [u + ru * Math.cos(t), v + rv * Math.sin(t)]);
};

const limit = (value) => Math.round(value * 100) / 100;
const start = (axis, size) => ({
  min: (s) => MAPS[s.map].range[axis][0],
  max: (s) => limit(MAPS[s.map].range[axis][1] - s[size]),
});
const size = (axis, from) => ({ min: SMALLEST, max: (s) => limit(MAPS[s.map].range[axis][1] - s[from]) });
const field = (label, name, limits) => ({ label, name, role: "input", step: 0.1, digits: 2, ...limits });

export default {
  fields: {
    map: { name: "map", choices: Object.fromEntries(Object.entries(MAPS).map(([key, { name }]) => [key, name])) },
    u: field("<i>u</i> from", "u from", start(0, "w")),
    w: field("width", "width", size(0, "u")),
    v: field("<i>v</i> from", "v from", start(1, "h")),
    h: field("height", "height", size(1, "v")),
  },
  compute,
  setup(kit) {
    kit.wide();
    const map = () => MAPS[kit.state.map];
    const source = kit.board({
      box: MAPS.fold.boxes[0],
      axes: ["u", "v"],
      width: 360,
      title: "region",
      label: "A rectangle in the plane of u and v, coloured by the sign of det J",
    });
    const image = kit.board({
      box: MAPS.fold.boxes[1],
      axes: ["x", "y"],
      width: 360,
      title: "image",
      label: "The image of the rectangle in the plane of x and y",
    });
    kit.onDraw(() => [source, image].forEach((board, k) => board.show(map().boxes[k])));

    for (const [board, f] of [
      [source, () => (point) => point],
      [image, () => map().map],
    ]) {
      const through = (points) => points.map((point) => point && f()(point));
      // Two coats of half-transparent paint: where the image lies twice, they mix.
      for (const sign of [-1, 1]) {
        for (const k of [0, 1]) {
          board.curve(
            sign < 0 ? "accent" : "input",
            (n, s) => {
              const part = parts(s).filter(([own]) => own === sign)[k];
              return part ? through(border(part)) : [];
            },
            { width: 1, fill: 0.38 },
          );
        }
      }
      board.curve(board === source ? "input" : "output", (n, s) => through(lines(s)), { width: 1, opacity: 0.7 });
      const crease = (from, to) => through(between(from, to, 1).map((v) => [0, v]));
      board.curve("text", () => (map().crease ? crease(-0.9, 2.1) : []), { width: 1.2, dash: 2 });
      board.curve("text", (n, s) => (map().crease && s.u < 0 && s.u + s.w > 0 ? crease(s.v, s.v + s.h) : []), {
        width: 3,
      });
      // The way round of a small loop, which the map keeps or turns.
      for (const k of [0, 1]) {
        const round = (s) => (parts(s)[k] ? through(loop(parts(s)[k], map().loop)) : []);
        board.curve("text", (n, s) => round(s), { width: 1.5 });
        board.arrow(
          "text",
          (n, s) =>
            round(s).length
              ? [round(s).at(-4), round(s).at(-1)]
              : [
                  [0, 0],
                  [0, 0],
                ],
          { width: 1.5 },
        );
      }
    }
    // Above the rectangle, on both sides of the crease.
    const beside = (side) => (n, s) => {
      const [left, top, right, bottom] = map().boxes[0];
      return [left + (side < 0 ? 0.27 : 0.73) * (right - left), top - 0.1 * (top - bottom)];
    };
    source.text("accent", beside(-1), () => (map().folds ? "det J < 0" : ""), { bold: true });
    source.text("input", beside(-1), () => (map().crease && !map().folds ? "det J > 0" : ""), { bold: true });
    source.text("input", beside(1), () => "det J > 0", { bold: true });

    source.handle({
      fields: ["u", "v"],
      label: "The rectangle",
      at: (n, s) => [s.u + s.w / 2, s.v + s.h / 2],
      move: ([x, y], s) => ({ u: x - s.w / 2, v: y - s.h / 2 }),
    });
    source.handle({
      fields: ["w", "h"],
      label: "Upper right corner: the size of the rectangle",
      at: (n, s) => [s.u + s.w, s.v + s.h],
      move: ([x, y], s) => ({ w: x - s.u, h: y - s.v }),
    });

    kit.select("map", (choice) => STARTS[choice]);
    for (const name of ["u", "w", "v", "h"]) kit.number(name);
    kit.readout([
      { label: "signed, ∬ det <i>J</i>", role: "derivative", value: (n) => show(n.signed) },
      { label: "counted, ∬ |det <i>J</i>|", role: "derivative", value: (n) => show(n.counted) },
      { label: "covered, area of the image", role: "output", value: (n) => show(n.covered) },
      { value: remark },
    ]);
    kit.say((n, s) =>
      [
        `Signed ${show(n.signed)}, counted ${show(n.counted)}, covered ${show(n.covered)}.`,
        remark(n, s).replace(/<[^>]*>/g, ""),
      ].join(" "),
    );
  },
};
