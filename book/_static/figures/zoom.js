// Zoom into a point: the true image of a small grid and the grid of the best linear map (chapter 2, "Zoom in until the grid is straight").

import { matrix, scientific, show, vector } from "./kit.js";

/* A map of the plane and its Jacobian; null where it has none. */
const MAPS = {
  bend: {
    name: "(x₁ + x₂²/2, x₂ + sin x₁)",
    f: ([x, y]) => [x + (y * y) / 2, y + Math.sin(x)],
    jacobian: ([x, y]) => [[1, y], [Math.cos(x), 1]],
  },
  square: {
    name: "(x₁² − x₂², 2x₁x₂)",
    f: ([x, y]) => [x * x - y * y, 2 * x * y],
    jacobian: ([x, y]) => [[2 * x, -2 * y], [2 * y, 2 * x]],
  },
  kink: {
    name: "(|x₁| + x₂/2, x₂)",
    f: ([x, y]) => [Math.abs(x) + y / 2, y],
    jacobian: ([x]) => (x === 0 ? null : [[Math.sign(x), 0.5], [0, 1]]),
  },
};
const LINES = 9; // of the grid, in each direction
const ALONG = 30; // pieces of a drawn line
const OFFSETS = Array.from({ length: LINES }, (_, k) => -1 + (2 * k) / (LINES - 1));
const BOX = [-3.2, 3.2, 3.2, -3.2];

/** Return J, f(a), half the side of the little grid, and the largest miss of the linear map over the grid's 81 crossings. */
export function compute({ map, x, y, zoom }) {
  const { f, jacobian } = MAPS[map];
  const half = 1 / zoom;
  const value = f([x, y]);
  const J = jacobian([x, y]);
  let miss = J ? 0 : NaN;
  for (const u of J ? OFFSETS : []) {
    for (const v of OFFSETS) {
      const [dx, dy] = [half * u, half * v];
      const [p, q] = f([x + dx, y + dy]);
      miss = Math.max(miss, Math.hypot(p - value[0] - J[0][0] * dx - J[0][1] * dy, q - value[1] - J[1][0] * dx - J[1][1] * dy));
    }
  }
  return { value, J, half, miss, relative: miss / half };
}

/** Return the lines of a grid of half side `half` around a point, after a map. */
function grid([x, y], half, map, pieces = ALONG) {
  const lines = [];
  const steps = Array.from({ length: pieces + 1 }, (_, k) => -1 + (2 * k) / pieces);
  for (const offset of OFFSETS) {
    for (const line of [(t) => [t, offset], (t) => [offset, t]]) {
      for (const t of steps) {
        const [u, v] = line(t);
        lines.push(map([x + half * u, y + half * v]));
      }
      lines.push(null);
    }
  }
  return lines;
}

function remark({ J, relative, miss }, { zoom }) {
  if (!J) return "On the kink there is no best linear map: however close you come, the grid stays folded.";
  if (J.flat().every((entry) => entry === 0)) return "J = 0 here: the linear map sends the whole grid to one point, and the miss is all that is left.";
  if (miss < 1e-12) return "No miss at all: on this side of the kink the map is linear.";
  if (relative > 0.15) return zoom < 2 ? "Bent. Zoom in." : "Still bent. Zoom in.";
  return relative > 0.02 ? "Almost straight, and the green grid is close." : "Straight to the eye: the linear map stands for f.";
}

const amount = (value) => (value > 0 && value < 0.01 ? scientific(value) : show(value, 3));

export default {
  fields: {
    map: { name: "map", choices: Object.fromEntries(Object.entries(MAPS).map(([key, map]) => [key, map.name])) },
    x: { label: "<i>a</i><sub>1</sub>", name: "a1", role: "input", min: -2, max: 2, step: 0.1, digits: 2 },
    y: { label: "<i>a</i><sub>2</sub>", name: "a2", role: "input", min: -2, max: 2, step: 0.1, digits: 2 },
    zoom: { label: "zoom", name: "zoom", unit: "×", unitName: "times", min: 1, max: 100, step: 1, digits: 2, logarithmic: true },
  },
  compute,
  setup(kit) {
    kit.wide();
    const f = (s) => MAPS[s.map].f;
    const at = (s) => [s.x, s.y];
    const key = (n, s) => JSON.stringify(s);

    const inputs = kit.board({ box: BOX, axes: ["x₁", "x₂"], title: "inputs", width: 320, label: "The input plane with a square grid around the point a" });
    inputs.curve("input", (n, s) => grid(at(s), n.half, (point) => point, 1), { width: 1, key });
    inputs.handle({ fields: ["x", "y"], label: "Point a", role: "neutral", mark: "<i>a</i>" });

    const outputs = kit.board({ box: BOX, axes: ["y₁", "y₂"], title: "outputs, enlarged around f(a)", width: 320, label: "The image of the grid, and the grid of the linear map" });
    kit.onDraw((n) => {
      // The linear image fills two thirds of the window; where it is a point or unknown, the window is that of the grid itself.
      const reach = n.J ? Math.max(...n.J.map(([a, b]) => Math.abs(a) + Math.abs(b)), 0.5) : 1.5;
      const side = 1.5 * n.half * reach;
      outputs.show([n.value[0] - side, n.value[1] + side, n.value[0] + side, n.value[1] - side]);
    });
    outputs.curve("output", (n, s) => grid(at(s), n.half, f(s)), { width: 1.6, key });
    outputs.curve("derivative", (n, s) => {
      if (!n.J) return [];
      const [x, y] = at(s);
      return grid(at(s), n.half, ([p, q]) => n.J.map(([a, b], k) => n.value[k] + a * (p - x) + b * (q - y)), 1);
    }, { width: 1.4, dash: 2, key });
    outputs.dot("text", (n) => n.value, { size: 4 });

    kit.select("map");
    kit.number("x");
    kit.number("y");
    kit.number("zoom");
    kit.range("zoom", { beside: true, text: (value) => `${show(value, 1)} times` });
    kit.readout([
      { label: "Jacobian at <i>a</i>", role: "derivative", value: (n) => (n.J ? matrix(n.J) : "none") },
      { label: "half a side of the grid", role: "input", value: (n) => show(n.half, 4) },
      { label: "largest miss", role: "output", value: (n) => (n.J ? amount(n.miss) : "undefined") },
      { label: "miss per half side", role: "derivative", value: (n) => (n.J ? amount(n.relative) : "undefined") },
      { value: remark },
    ]);
    kit.say((n, s) => `At ${vector(at(s))}, zoom ${show(s.zoom, 1)}: ${n.J ? `miss ${plain(amount(n.miss))}, per half side ${plain(amount(n.relative))}. ` : ""}${remark(n, s)}`);
  },
};

const plain = (markup) => markup.replace("·10<sup>", " times 10 to the ").replace("</sup>", "");
