// A graph with the local derivative on each arrow, every path with its product, and their sum (chapter 1, "The chain rule as a graph").

import { show } from "./kit.js";
import { element } from "./words.js";

/* A box: where it stands (column from −1 to 1, row from the top), what it says, its value and its local derivatives, from the
   values of the boxes above it. */
const two = {
  x: { at: [-1, 0], input: true },
  y: { at: [1, 0], input: true },
  s: { at: [-1, 1], text: "x + y", value: (v) => v.x + v.y, partials: { x: () => 1, y: () => 1 } },
  p: { at: [1, 1], text: "x y", value: (v) => v.x * v.y, partials: { x: (v) => v.y, y: (v) => v.x } },
};
const GRAPHS = {
  two: { name: "f = (x + y) · x y", pitch: 4.35, boxes: { ...two, f: { at: [0, 2], text: "s p", value: (v) => v.s * v.p, partials: { s: (v) => v.p, p: (v) => v.s } } } },
  four: {
    name: "f = q r, one layer more",
    pitch: 2.9,
    boxes: {
      ...two,
      q: { at: [-1, 2], text: "s p", value: (v) => v.s * v.p, partials: { s: (v) => v.p, p: (v) => v.s } },
      r: { at: [1, 2], text: "s − p", value: (v) => v.s - v.p, partials: { s: () => 1, p: () => -1 } },
      f: { at: [0, 3], text: "q r", value: (v) => v.q * v.r, partials: { q: (v) => v.r, r: (v) => v.q } },
    },
  },
};
const MOST_PATHS = 4;

function evaluate(boxes, x, y) {
  const values = { x, y };
  for (const [name, box] of Object.entries(boxes)) if (!box.input) values[name] = box.value(values);
  return values;
}

/** Return all boxes' values, the local derivatives by arrow ("s>f"), the paths from an input with their products, and the sum. */
export function compute({ graph, x, y, from }) {
  const { boxes } = GRAPHS[graph];
  const values = evaluate(boxes, x, y);
  const partials = {};
  for (const [name, box] of Object.entries(boxes)) {
    for (const [source, partial] of Object.entries(box.partials ?? {})) partials[`${source}>${name}`] = partial(values);
  }
  const walk = (path) => {
    const last = path.at(-1);
    if (last === "f") return [path];
    return Object.keys(partials).filter((arrow) => arrow.startsWith(`${last}>`)).flatMap((arrow) => walk([...path, arrow.split(">")[1]]));
  };
  const paths = walk([from]).map((nodes) => {
    const factors = nodes.slice(1).map((node, k) => partials[`${nodes[k]}>${node}`]);
    return { nodes, factors, product: factors.reduce((product, factor) => product * factor, 1) };
  });
  const sum = paths.reduce((total, path) => total + path.product, 0);
  const h = 1e-3;
  const moved = evaluate(boxes, x + (from === "x" ? h : 0), y + (from === "y" ? h : 0));
  return { values, partials, paths, sum, small: (moved.f - values.f) / h };
}

const factor = (value) => (value < 0 ? `(${show(value)})` : show(value));
const product = ({ factors }) => `${factors.map(factor).join(" · ")}`;
const isOn = (path, arrow) => path && path.nodes.some((node, k) => k > 0 && `${path.nodes[k - 1]}>${node}` === arrow);

const [WIDE, HIGH] = [2.7, 1.4]; // a box; `pitch` is the way from one row to the next
const place = (graph, name) => {
  const [column, row] = GRAPHS[graph].boxes[name].at;
  return [1.75 * column, -GRAPHS[graph].pitch * row];
};

export default {
  fields: {
    graph: { name: "graph", choices: Object.fromEntries(Object.entries(GRAPHS).map(([key, graph]) => [key, graph.name])) },
    from: { name: "derivative by", choices: { x: "paths from x", y: "paths from y" } },
    x: { label: "<i>x</i>", name: "x", role: "input", min: -4, max: 4, step: 0.1, digits: 2 },
    y: { label: "<i>y</i>", name: "y", role: "input", min: -4, max: 4, step: 0.1, digits: 2 },
    // 0: none is picked out
    path: { label: "path", name: "path", min: 0, max: MOST_PATHS, step: 1, digits: 0 },
  },
  compute,
  setup(kit) {
    const board = kit.board({ box: [-3.3, 0.95, 3.3, -9.65], axes: null, width: 340, label: "Graph of boxes and arrows, each arrow with its local derivative" });
    const picked = (n, s) => n.paths[s.path - 1];
    for (const [key, { boxes }] of Object.entries(GRAPHS)) {
      for (const [name, box] of Object.entries(boxes)) {
        for (const source of Object.keys(box.partials ?? {})) drawArrow(board, key, source, name, picked);
      }
      for (const [name, box] of Object.entries(boxes)) drawBox(board, key, name, box, picked);
    }

    kit.select("graph", () => ({ path: 0 }));
    for (const name of ["x", "y"]) {
      kit.number(name);
      kit.range(name, { beside: true });
    }
    kit.select("from", () => ({ path: 0 }));
    listPaths(kit);
    kit.readout([
      { label: "sum of the paths", role: "derivative", value: (n, s) => `∂<i>f</i>/∂<i>${s.from}</i> = ${show(n.sum)}` },
      { label: "by a step of 0.001", role: "derivative", value: (n) => show(n.small, 3) },
      { value: (n, s) => (picked(n, s) ? remark(picked(n, s)) : "Along a path: times. Between paths: plus.") },
    ]);
    kit.say((n, s) => `f is ${show(n.values.f)}. ${n.paths.length} paths from ${s.from}: ${n.paths.map((path) => show(path.product)).join(" plus ")} makes ${show(n.sum)}.`);
  },
};

function remark(path) {
  return `Along this path a step of <i>${path.nodes[0]}</i> reaches <i>f</i> multiplied by ${show(path.product)}.`;
}

/** Draw the arrow of a local derivative, thick where it is on the picked path, and the derivative a third of the way along. */
function drawArrow(board, graph, source, target, picked) {
  const [[x0, y0], [x1, y1]] = [place(graph, source), place(graph, target)];
  const ends = [[x0 + (x1 - x0) * 0.22, y0 - HIGH / 2], [x1 - (x1 - x0) * 0.22, y1 + HIGH / 2]];
  const arrow = `${source}>${target}`;
  const shown = (s) => s.graph === graph;
  const nowhere = [[NaN, NaN], [NaN, NaN]];
  board.arrow("neutral", (n, s) => (shown(s) && !isOn(picked(n, s), arrow) ? ends : nowhere), { width: 1.5 });
  board.arrow("derivative", (n, s) => (shown(s) && isOn(picked(n, s), arrow) ? ends : nowhere), { width: 5 });
  const along = 0.3;
  const outside = Math.sign(x0) * (x0 === x1 ? 0.42 : 0.5);
  const spot = [ends[0][0] + along * (ends[1][0] - ends[0][0]) + outside, ends[0][1] + along * (ends[1][1] - ends[0][1])];
  board.text("derivative", () => spot, (n, s) => (shown(s) ? show(n.partials[arrow]) : ""), { bold: true });
}

/** Draw a box with its rule and its value. */
function drawBox(board, graph, name, box, picked) {
  const [x, y] = place(graph, name);
  const corners = [[-1, -1], [1, -1], [1, 1], [-1, 1], [-1, -1]].map(([i, j]) => [x + (i * WIDE) / 2, y + (j * HIGH) / 2]);
  const role = box.input ? "input" : name === "f" ? "output" : "neutral";
  const shown = (s) => s.graph === graph;
  board.curve(role, (n, s) => (shown(s) ? corners : []), { width: 2 });
  board.curve("derivative", (n, s) => (shown(s) && picked(n, s)?.nodes.includes(name) ? corners : []), { width: 1, fill: 0.18 });
  const title = box.text ? `${name} = ${box.text}` : name;
  board.text("text", () => [x, y + HIGH * 0.21], (n, s) => (shown(s) ? title : ""), { italic: true });
  board.text(box.input ? "input" : "output", () => [x, y - HIGH * 0.23], (n, s) => (shown(s) ? show(n.values[name]) : ""), { bold: true });
}

/** List the paths as buttons: pointing at one, or moving to it with Tab, picks it out. */
function listPaths(kit) {
  const list = element("ul", { class: "figure-paths", "aria-label": "Paths" });
  const buttons = Array.from({ length: MOST_PATHS }, (_, k) => {
    const button = element("button", { type: "button" });
    for (const event of ["pointerenter", "focus", "click"]) button.addEventListener(event, () => kit.set({ path: k + 1 }));
    const item = element("li", {}, [button]);
    list.append(item);
    return { item, button };
  });
  kit.controls.append(list);
  kit.onDraw((n, s) =>
    buttons.forEach(({ item, button }, k) => {
      const path = n.paths[k];
      item.hidden = !path;
      if (!path) return;
      button.innerHTML = `<i>${path.nodes.join(" → ")}</i>: ${product(path)} = <b>${show(path.product)}</b>`;
      button.setAttribute("aria-pressed", s.path === k + 1);
    }),
  );
}
