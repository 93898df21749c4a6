/* A board: JSXGraph draws, elements of the page on top are held and moved.

   JSXGraph's own points take every touch on the board, so that a page could not be scrolled there, move by pixels rather than by
   sensible steps, and have no role. So a handle is an element: `touch-action: none` on it alone, a focus ring, a label.

   Everything drawn is given as a function `(numbers, state) => …` of what `compute` returned and of the state:

     board.curve("output", (n) => [[0, 0], [1, 1], null, [2, 2]], { width, dash, fill, opacity, key });   // null lifts the pen
     board.arrow("derivative", (n, s) => [[s.x, s.y], [s.x + n.gx, s.y + n.gy]], { width });
     board.dot("neutral", (n, s) => [s.x, s.y], { size });
     board.text("derivative", (n, s) => [x, y], (n) => "∇f", { anchorX, anchorY, size, bold, italic });
     board.handle({ fields: ["x", "y"], label: "point", role: "input", mark: "a" });

   A role is "input", "output", "derivative", "accent", "text" or "neutral". `key(n, s)`: the points are worked out again only where
   it has changed. A handle of other fields than its coordinates gives `at(n, s)` and `move([x, y], s) => changes`. */

import JXG from "../../jsxgraph/distrib/jsxgraphcore.mjs";
import { element } from "./words.js";

const VARIABLES = {
  input: "--course-input",
  output: "--course-output",
  derivative: "--course-derivative",
  accent: "--course-accent",
  text: "--pst-color-text-base",
  neutral: "--pst-color-text-muted",
  grid: "--pst-color-border",
};
const FONT = 14; // px, the least in a figure
const ARROW = 12; // px, length of an arrow's head

const colour = (role) => getComputedStyle(document.documentElement).getPropertyValue(VARIABLES[role]).trim();

export class Board {
  #drawn = []; // [element of JSXGraph, role, fill?]
  #handles = [];

  /** `box` is [left, top, right, bottom]; `axes` names the two axes, or is null for none; `width` limits the board, in px. */
  constructor(kit, { box, label, axes = ["x", "y"], width = 460, title = "" }) {
    this.kit = kit;
    this.box = box;
    const [left, top, right, bottom] = box;
    this.paper = element("div", { class: "figure-paper", id: `${kit.id}-paper-${kit.boards.length}` });
    this.paper.style.position = "absolute"; // or JSXGraph makes it relative, and its height that of the board
    this.place = element("div", { class: "figure-board" }, [this.paper]);
    this.place.style.aspectRatio = `${right - left} / ${top - bottom}`;
    const frame = element("div", { class: "figure-frame" }, [this.place]);
    this.frame = frame; // what belongs to the board may be appended to it
    frame.style.maxWidth = `${width}px`;
    if (title) frame.prepend(element("p", { class: "figure-title" }, [title]));
    if (axes) {
      this.place.append(element("span", { class: "figure-axis figure-axis-x", "aria-hidden": "true" }, [axes[0]]));
      this.place.append(element("span", { class: "figure-axis figure-axis-y", "aria-hidden": "true" }, [axes[1]]));
    }
    kit.boardsPlace.append(frame);
    this.jxg = JXG.JSXGraph.initBoard(this.paper, {
      boundingBox: box,
      axis: false,
      grid: false,
      keepAspectRatio: false,
      showCopyright: false,
      showLogo: false,
      showNavigation: false,
      showInfobox: false,
      // The handles listen, and the size is followed below: JSXGraph's own observer misses the last of several changes.
      registerEvents: false,
      resize: { enabled: false },
      keyboard: { enabled: false },
      pan: { enabled: false },
      zoom: { enabled: false },
    });
    // JSXGraph makes a region without a name of it.
    this.paper.setAttribute("role", "img");
    this.paper.setAttribute("aria-label", label);
    if (axes) this.#axes();
    new ResizeObserver(([{ contentRect }]) => this.#resize(contentRect)).observe(this.paper);
    new MutationObserver(() => this.#recolour()).observe(document.documentElement, {
      attributes: true,
      attributeFilter: ["data-theme"],
    });
  }

  /** Show another part of the plane, of the same shape. */
  show(box) {
    if (box.every((value, k) => value === this.box[k])) return;
    this.box = box;
    this.jxg.setBoundingBox(box, false);
  }

  #resize({ width, height }) {
    if (!width || (width === this.jxg.canvasWidth && height === this.jxg.canvasHeight)) return;
    this.jxg.resizeContainer(width, height, true, true);
    this.jxg.setBoundingBox(this.box, false);
    this.update();
  }

  /** Put everything where the numbers say; called by the kit. */
  update() {
    this.jxg.fullUpdate();
    for (const refresh of this.#handles) refresh();
  }

  /** The size of one unit of the plane, in px, along both axes. */
  get unit() {
    return [this.jxg.unitX, this.jxg.unitY];
  }

  #now(give) {
    return give(this.kit.numbers, this.kit.state);
  }

  // ---------------------------------------------------------------------------------------------- drawing

  /** Draw a polygonal line through points; with `fill`, an opacity, also what it encloses. */
  curve(role, points, { width = 2, dash = 0, fill = 0, opacity = 1, key = null } = {}) {
    const curve = this.jxg.create("curve", [[0], [0]], {
      strokeWidth: width,
      dash,
      strokeOpacity: opacity,
      fillOpacity: fill,
      lineCap: dash ? "butt" : "round",
      ...QUIET,
    });
    let last;
    curve.updateDataArray = () => {
      const fresh = key && this.#now(key);
      if (key && fresh === last) return;
      last = fresh;
      const drawn = this.#now(points).map((point) => point ?? [NaN, NaN]);
      curve.dataX = drawn.map(([x]) => x);
      curve.dataY = drawn.map(([, y]) => y);
    };
    return this.#keep(curve, role, fill > 0);
  }

  /** Draw an arrow between the two points that `ends` returns; nothing where it is shorter than a pixel. */
  arrow(role, ends, { width = 3, dash = 0 } = {}) {
    if (dash) this.curve(role, (...now) => ends(...now), { width, dash });
    const points = (...now) => {
      const [[x0, y0], [x1, y1]] = ends(...now);
      const [ux, uy] = this.unit;
      const [dx, dy] = [(x1 - x0) * ux, (y1 - y0) * uy];
      const length = Math.hypot(dx, dy);
      if (!(length > 1)) return [[NaN, NaN]];
      const head = Math.min(ARROW + width, length);
      const at = (along, aside) => [
        x1 - ((dx * along + dy * aside) / length / ux),
        y1 - ((dy * along - dx * aside) / length / uy),
      ];
      const base = at(head, 0);
      const shaft = dash ? [] : [[x0, y0], base];
      return [...shaft, at(head, head * 0.38), at(0, 0), at(head, -head * 0.38), base];
    };
    return this.curve(role, points, { width, fill: 1 });
  }

  /** Draw a round mark. */
  dot(role, at, { size = 4 } = {}) {
    const point = this.jxg.create("point", [() => this.#now(at)[0], () => this.#now(at)[1]], {
      size,
      name: "",
      withLabel: false,
      strokeWidth: 0,
      fillOpacity: 1,
      ...QUIET,
    });
    return this.#keep(point, role, true);
  }

  /** Write a text at a point. */
  text(role, at, words, { anchorX = "middle", anchorY = "middle", size = FONT, bold = false, italic = false } = {}) {
    const text = this.jxg.create("text", [() => this.#now(at)[0], () => this.#now(at)[1], () => this.#now(words)], {
      display: "internal",
      parse: false,
      fontSize: Math.max(FONT, size),
      anchorX,
      anchorY,
      cssDefaultStyle: "",
      highlightCssDefaultStyle: "",
      cssClass: `figure-text ${bold ? "figure-bold" : ""} ${italic ? "figure-italic" : ""}`,
      ...QUIET,
    });
    return this.#keep(text, role, false);
  }

  #axes() {
    const ticks = () => {
      const [left, top, right, bottom] = this.box;
      return [spread(left, right), spread(bottom, top)];
    };
    this.curve("grid", () => {
      const [left, top, right, bottom] = this.box;
      const [xs, ys] = ticks();
      return [
        ...xs.flatMap((x) => [[x, bottom], [x, top], null]),
        ...ys.flatMap((y) => [[left, y], [right, y], null]),
      ];
    }, { width: 1, opacity: 0.6, key: () => String(this.box) });
    this.curve("neutral", () => {
      const [left, top, right, bottom] = this.box;
      return [[left, 0], [right, 0], null, [0, bottom], [0, top]];
    }, { width: 1.2, key: () => String(this.box) });
    // The numbers stand along the left and the lower edge, where nothing is dragged.
    for (const k of Array(12).keys()) {
      const pick = (axis) => {
        const marks = ticks()[axis];
        const [left, top, right, bottom] = this.box;
        const [low, high] = axis ? [bottom, top] : [left, right];
        const side = high - low; // not in the corners, where the axes have their names
        const inside = marks.filter((mark) => mark > low + 0.07 * side && mark < high - 0.14 * side);
        return inside[k] ?? null;
      };
      const word = (axis) => () => (pick(axis) === null ? "" : plain(pick(axis)));
      this.text("neutral", () => [pick(0) ?? this.box[0], this.box[3] + 4 / this.unit[1]], word(0), { anchorY: "bottom" });
      this.text("neutral", () => [this.box[0] + 5 / this.unit[0], pick(1) ?? this.box[1]], word(1), { anchorX: "left" });
    }
  }

  #keep(drawn, role, filled) {
    this.#drawn.push([drawn, role, filled]);
    paint(drawn, role, filled);
    return drawn;
  }

  #recolour() {
    for (const [drawn, role, filled] of this.#drawn) paint(drawn, role, filled);
  }

  // ---------------------------------------------------------------------------------------------- handles

  /** Add a handle that is moved by mouse, touch and arrow keys. Returns its element. */
  handle({ fields, label, role = "input", at, move, mark = "" }) {
    const { kit } = this;
    const [first, second] = fields;
    at ??= (numbers, state) => [state[first], state[second]];
    move ??= ([x, y]) => ({ [first]: x, [second]: y });
    const knob = element("div", {
      class: `figure-handle role-${role}`,
      role: "slider",
      tabindex: "0",
      "aria-label": label,
      "aria-roledescription": "movable point",
      "data-handle": fields.join(" "),
    });
    if (mark) {
      const name = element("span", { class: "figure-mark", "aria-hidden": "true" });
      name.innerHTML = mark;
      knob.append(name);
    }
    this.place.append(knob);
    this.#drag(knob, at, move);
    knob.addEventListener("keydown", (event) => {
      const steps = KEYS[event.key];
      if (!steps || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      const fine = event.shiftKey ? 0.1 : 1;
      const changes = {};
      const moves = second ? steps : [steps[0] + steps[1]];
      fields.forEach((name, k) => {
        changes[name] = kit.state[name] + moves[k] * fine * kit.figure.fields[name].step;
      });
      kit.set(changes);
    });
    this.#handles.push(() => {
      const [x, y] = this.#now(at);
      const [left, top, right, bottom] = this.box;
      knob.style.left = `${(100 * (x - left)) / (right - left)}%`;
      knob.style.top = `${(100 * (top - y)) / (top - bottom)}%`;
      const [low, high] = kit.limits(first);
      knob.setAttribute("aria-valuemin", low);
      knob.setAttribute("aria-valuemax", high);
      knob.setAttribute("aria-valuenow", kit.state[first]);
      knob.setAttribute("aria-valuetext", fields.map((name) => `${kit.nameOf(name)} ${kit.state[name]}`).join(", "));
    });
    return knob;
  }

  #drag(knob, at, move) {
    let grip = null; // from the pointer to the handle's middle, in px
    const where = (event) => {
      const frame = this.place.getBoundingClientRect();
      const [left, top, right, bottom] = this.box;
      const px = event.clientX + grip[0] - frame.left;
      const py = event.clientY + grip[1] - frame.top;
      return [left + (px / frame.width) * (right - left), top - (py / frame.height) * (top - bottom)];
    };
    knob.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      const own = knob.getBoundingClientRect();
      grip = [own.left + own.width / 2 - event.clientX, own.top + own.height / 2 - event.clientY];
      knob.setPointerCapture(event.pointerId);
      knob.focus({ preventScroll: true });
      event.preventDefault();
    });
    knob.addEventListener("pointermove", (event) => {
      if (grip) this.kit.set(move(where(event), this.kit.state));
    });
    for (const end of ["pointerup", "pointercancel"]) knob.addEventListener(end, () => (grip = null));
  }
}

// What JSXGraph would do of its own: highlight under the pointer, take the focus, round off.
const QUIET = { highlight: false, fixed: true, tabindex: null, frozen: false, RDPsmoothing: false };

const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

function paint(drawn, role, filled) {
  const paint = colour(role);
  drawn.setAttribute({ strokeColor: paint, fillColor: filled ? paint : "none" });
}

/** Return about five round numbers between two limits. */
function spread(low, high) {
  const rough = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough * 0.99);
  const first = Math.ceil(low / step - 1e-9);
  return Array.from({ length: Math.floor(high / step + 1e-9) - first + 1 }, (_, k) => (first + k) * step);
}

const plain = (value) => String(Number(value.toPrecision(6))).replace("-", "−");
