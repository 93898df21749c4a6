// The density of Y = g(X): each piece of probability under p_X goes up to the curve and over to p_Y (chapter 3,
// "Densities: divide by the determinant").

import { compute, MAPS, pushed, UNIFORM } from "./density-maps.js";
import { scientific, show } from "./kit.js";

export { compute } from "./density-maps.js";

const STARTS = {
  double: { x: 0.2, w: 0.3 },
  falling: { x: 0.5, w: 0.5 },
  exp: { x: 0.6, w: 0.5 },
  square: { x: 1, w: 0.5 },
};

function remark({ slope, terms, cells }, { map }) {
  if (slope === 0) {
    return (
      "<strong>g is flat here:</strong> det J = 0, and <i>p<sub>Y</sub></i> grows without bound. The area over an " +
      "interval stays finite."
    );
  }
  if (map === "square") {
    return cells.length > 1
      ? "<strong>Two preimages,</strong> <i>x</i> and −<i>x</i>: both send their probability to <i>y</i>, so their " +
          "shares add up."
      : "The cell lies around 0, where g turns: its image begins at 0.";
  }
  const size = terms[0]?.slope;
  const words =
    size > 1
      ? "Stretched here, so the density is lower"
      : size < 1
        ? "Compressed here, so the density is higher"
        : "Neither stretched nor compressed: the same density";
  const turned = "g falls and turns the interval around; |det J| keeps <i>p<sub>Y</sub></i> positive.";
  return `${words}. ${slope < 0 ? turned : "The area is the same."}`;
}

// ------------------------------------------------------------------------------------------------ the drawing

/* One square board with three panels, in hundredths of it: the curve, p_X below it, p_Y beside it, on shared axes.
   Areas are true to each other: 0.1 of probability takes the same area in both panels. */
const PANEL = { left: 9, right: 63, bottom: 40, top: 97, foot: 9, wall: 67, end: 99 };
const FOOT = 26; // height of the lower panel

/** Return functions from x, y, p_X and p_Y to places on the board. */
function scales(map) {
  const { X, shown, peak } = MAPS[map];
  const unitX = (PANEL.right - PANEL.left) / (X.shown[1] - X.shown[0]);
  const unitY = (PANEL.top - PANEL.bottom) / (shown[1] - shown[0]);
  const highest = Math.max(X.density(0), X.density(0.5));
  const tall = (peak * FOOT) / highest;
  const wide = (tall * unitX) / unitY;
  return {
    x: (x) => PANEL.left + (x - X.shown[0]) * unitX,
    y: (y) => PANEL.bottom + (y - shown[0]) * unitY,
    px: (p) => PANEL.foot + p * tall,
    py: (p) => PANEL.wall + Math.min(p, 10) * wide,
    back: (place) => X.shown[0] + (place - PANEL.left) / unitX,
  };
}

const between = (from, to, pieces = 80) =>
  Array.from({ length: pieces + 1 }, (_, k) => from + ((to - from) * k) / pieces);
const ticks = ([low, high]) =>
  Array.from({ length: 12 }, (_, k) => (k - 4) * (high - low < 2 ? 0.5 : 1)).filter(
    (tick) => tick > low && tick < high,
  );
const share = (value) => show(value, 4);
const density = (value) => (value > 0 && value < 0.001 ? scientific(value, 2) : show(value, 4));

/** Write the sum over the preimages out. */
function sum({ terms, py }) {
  if (!Number.isFinite(py)) return "unbounded";
  return `${terms.map((term) => `${show(term.density, 3)}/${show(term.slope)}`).join(" + ")} = ${density(py)}`;
}

const limit = (value) => Math.round(value * 100) / 100;

export default {
  fields: {
    map: { name: "map", choices: Object.fromEntries(Object.entries(MAPS).map(([key, { name }]) => [key, name])) },
    x: {
      label: "<i>x</i>",
      name: "x",
      role: "input",
      step: 0.1,
      digits: 2,
      min: (s) => MAPS[s.map].range[0],
      max: (s) => limit(MAPS[s.map].range[1] - s.w),
    },
    w: {
      label: "Δ<i>x</i>",
      name: "width of the cell",
      role: "input",
      step: 0.1,
      digits: 2,
      min: 0.05,
      max: (s) => Math.min(2, limit(MAPS[s.map].range[1] - s.x)),
    },
  },
  compute,
  setup(kit) {
    kit.wide();
    const map = () => MAPS[kit.state.map];
    const board = kit.board({
      box: [0, 100, 100, 0],
      axes: null,
      width: 420,
      label: "The curve y = g(x), with the density of X below it and the density of Y beside it",
    });
    let scale = scales(kit.state.map);
    kit.onDraw((n, s) => (scale = scales(s.map)));
    const key = (n, s) => s.map;

    // Axes of the three panels, and their numbers.
    board.curve(
      "grid",
      () => [
        ...ticks(map().X.shown).flatMap((x) => [[scale.x(x), PANEL.foot], [scale.x(x), PANEL.top], null]),
        ...ticks(map().shown).flatMap((y) => [[PANEL.left, scale.y(y)], [PANEL.end, scale.y(y)], null]),
      ],
      { width: 1, opacity: 0.6, key },
    );
    board.curve(
      "neutral",
      () => [
        [PANEL.left, PANEL.foot],
        [PANEL.right, PANEL.foot],
        null,
        [PANEL.wall, PANEL.bottom],
        [PANEL.wall, PANEL.top],
        null,
        [PANEL.left, PANEL.top],
        [PANEL.left, PANEL.bottom],
        [PANEL.right, PANEL.bottom],
      ],
      { width: 1.2 },
    );
    for (const k of Array(8).keys()) {
      const x = () => ticks(map().X.shown)[k];
      const y = () => ticks(map().shown)[k];
      const word = (tick) => (tick === undefined ? "" : String(tick).replace("-", "−"));
      board.text(
        "neutral",
        () => [x() === undefined ? 0 : scale.x(x()), PANEL.foot - 1],
        () => word(x()),
        { anchorY: "top" },
      );
      board.text(
        "neutral",
        () => [PANEL.left - 1.5, y() === undefined ? 0 : scale.y(y())],
        () => word(y()),
        { anchorX: "right" },
      );
    }
    board.text(
      "input",
      () => [PANEL.wall, PANEL.foot + 5],
      () => "density of X",
      { anchorX: "left", bold: true },
    );
    board.text(
      "output",
      () => [PANEL.wall, PANEL.bottom - 4],
      () => "density of Y",
      { anchorX: "left", bold: true },
    );
    board.text(
      "text",
      () => [(PANEL.left + PANEL.right) / 2, PANEL.top - 3],
      () => "y = g(x)",
      { italic: true },
    );

    // Areas: the cell, whatever else has the same image, and the image.
    const underX = ([a, b]) => [
      [scale.x(a), PANEL.foot],
      ...between(a, b).map((x) => [scale.x(x), scale.px(map().X.density(x))]),
      [scale.x(b), PANEL.foot],
    ];
    for (const k of [0, 1])
      board.curve("input", (n) => (n.cells[k] ? underX(n.cells[k]) : []), { width: 1, fill: 0.4 });
    const besideY = (from, to) =>
      between(0, 1, 160)
        .map((t) => from + (to - from) * t * t)
        .map((y) => [scale.py(pushed(kit.state.map, y).py), scale.y(y)]);
    board.curve(
      "output",
      (n) => [[PANEL.wall, scale.y(n.image[0])], ...besideY(...n.image), [PANEL.wall, scale.y(n.image[1])]],
      { width: 1, fill: 0.35 },
    );

    // The curves.
    const isUniform = () => map().X === UNIFORM;
    board.curve(
      "input",
      () =>
        isUniform()
          ? [
              [0, 0],
              [0, 1],
              [1, 1],
              [1, 0],
            ].map(([x, p]) => [scale.x(x), scale.px(p)])
          : underX(map().X.shown),
      { width: 2.2, key },
    );
    board.curve(
      "output",
      () => {
        if (isUniform())
          return [
            [0, 0],
            [0, 0.5],
            [2, 0.5],
            [2, 0],
          ].map(([y, p]) => [scale.py(p), scale.y(y)]);
        return besideY(kit.state.map === "falling" ? map().shown[0] : 0.002, map().shown[1]);
      },
      { width: 2.2, key },
    );
    board.curve(
      "text",
      () =>
        between(...map().X.shown, 200)
          .filter((x) => map().g(x) <= map().shown[1] && map().g(x) >= map().shown[0])
          .map((x) => [scale.x(x), scale.y(map().g(x))]),
      { width: 2.2, key },
    );

    // From the ends of each cell up to the curve, and over to the image: solid where x is, dashed at the other end.
    const way = (x, y) => [[scale.x(x), PANEL.foot], [scale.x(x), scale.y(y)], [PANEL.wall, scale.y(y)], null];
    board.curve("neutral", (n) => n.cells.flatMap(([a, b]) => [...way(a, map().g(a)), ...way(b, map().g(b))]), {
      width: 1,
      dash: 2,
    });
    board.curve("neutral", (n, s) => way(s.x, n.y), { width: 1.4 });
    for (const k of [0, 1])
      board.dot("input", (n) => (n.terms[k] ? [scale.x(n.terms[k].x), scale.px(n.terms[k].density)] : [NaN, NaN]), {
        size: 3,
      });
    board.dot("output", (n) => [scale.py(n.py), scale.y(n.y)], { size: 3 });

    board.handle({
      fields: ["w"],
      label: "End of the cell, on the curve: its width",
      at: (n, s) => [scale.x(s.x + s.w), scale.y(map().g(s.x + s.w))],
      move: ([place], s) => ({ w: scale.back(place) - s.x }),
    });
    board.handle({
      fields: ["x"],
      label: "Point x, where the cell begins",
      mark: "<i>x</i>",
      at: (n, s) => [scale.x(s.x), PANEL.foot],
      move: ([place]) => ({ x: scale.back(place) }),
    });

    kit.select("map", (choice) => STARTS[choice]);
    kit.number("x");
    kit.number("w");
    kit.readout([
      { label: "<i>y</i> = <i>g</i>(<i>x</i>)", role: "output", value: (n) => show(n.y, 4) },
      { label: "det <i>J</i> = <i>g</i>′(<i>x</i>)", role: "derivative", value: (n) => show(n.slope, 4) },
      { label: "<i>p<sub>X</sub></i>(<i>x</i>)", role: "input", value: (n) => density(n.px) },
      { label: "<i>p<sub>Y</sub></i>(<i>y</i>)", role: "output", value: sum },
      {
        label: "blue, under <i>p<sub>X</sub></i>",
        role: "input",
        value: (n) => (n.shares.length > 1 ? `${n.shares.map(share).join(" + ")} = ` : "") + share(n.underX),
      },
      { label: "orange, under <i>p<sub>Y</sub></i>", role: "output", value: (n) => share(n.underY) },
      { value: remark },
    ]);
    kit.say((n, s) =>
      [
        `At y = ${show(n.y, 4)} the density of Y is ${Number.isFinite(n.py) ? show(n.py, 4) : "unbounded"};`,
        `both areas are ${share(n.underY)}.`,
        remark(n, s).replace(/<[^>]*>/g, ""),
      ].join(" "),
    );
  },
};
