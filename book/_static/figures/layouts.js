// Four numbers in both layouts: the columns of J span the parallelogram, those of its transpose another one (chapter 2, "Layouts").

import { show } from "./kit.js";
import { element } from "./words.js";

const REACH = 2; // of an entry

/** Return the columns in both layouts, the signed area, and how long the image of the first and the second unit step is. */
export function compute({ j11, j12, j21, j22 }) {
  return {
    columns: [[j11, j21], [j12, j22]],
    transposed: [[j11, j12], [j21, j22]],
    det: j11 * j22 - j12 * j21,
    area: Math.abs(j11 * j22 - j12 * j21),
    same: j12 === j21,
  };
}

function remark({ det, same }) {
  const layout = same
    ? "Symmetric: here, and only here, the layouts agree."
    : "Same area, another shape: the determinant does not tell the layout.";
  if (det === 0) return `<strong>Collapsed:</strong> the columns lie on one line. ${same ? layout : ""}`;
  return det < 0 ? `<strong>Negative:</strong> column 2 lies clockwise from column 1; the plane is flipped over. ${layout}` : layout;
}

const corner = ([a, b], k) => [[0, 0], a, [a[0] + b[0], a[1] + b[1]], b, [0, 0]][k];
const around = (pair) => [0, 1, 2, 3, 4].map((k) => corner(pair, k));
const middle = ([a, b]) => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];

const field = (i, j) => ({ label: `<i>J</i><sub>${i}${j}</sub>`, name: `derivative of f${i} by x${j}`, role: "derivative", min: -REACH, max: REACH, step: 0.1, digits: 4 });
const round = (value) => Math.round(value * 100) / 100; // what a hand can place

export default {
  fields: { j11: field(1, 1), j12: field(1, 2), j21: field(2, 1), j22: field(2, 2) },
  compute,
  setup(kit) {
    kit.wide();
    const box = [-2.5, 2.5, 2.5, -2.5];
    const ours = kit.board({ box, axes: ["y₁", "y₂"], width: 320, title: "ours: rows are outputs", label: "The parallelogram of the columns of J" });
    const other = kit.board({ box, axes: ["", ""], width: 320, title: "the other: rows are inputs", label: "The parallelogram of the columns of the transposed matrix" });
    for (const [board, of] of [[ours, (n) => n.columns], [other, (n) => n.transposed]]) {
      const sign = (wanted) => (n) => (Math.sign(n.det) === wanted ? around(of(n)) : []);
      board.curve("derivative", sign(1), { width: 1.5, fill: 0.22 });
      board.curve("accent", sign(-1), { width: 1.5, fill: 0.25 });
      board.arrow("derivative", (n) => [[0, 0], of(n)[0]]);
      board.arrow("derivative", (n) => [[0, 0], of(n)[1]], { dash: 2 });
      board.text("text", (n) => middle(of(n)), (n) => (n.area > 0.6 ? `${n.det < 0 ? "−" : ""}${show(n.area)}` : ""), { bold: true });
    }
    const follow = (names) => ([x, y]) => ({ [names[0]]: round(x), [names[1]]: round(y) });
    ours.handle({ fields: ["j11", "j21"], label: "Tip of column 1", role: "derivative", mark: "1", move: follow(["j11", "j21"]) });
    ours.handle({ fields: ["j12", "j22"], label: "Tip of column 2", role: "derivative", mark: "2", move: follow(["j12", "j22"]) });
    for (const k of [0, 1]) other.text("derivative", (n) => n.transposed[k].map((value) => value * 1.12 + 0.12), () => String(k + 1), { bold: true });

    const names = [["j11", "j12"], ["j21", "j22"]];
    ours.frame.append(table(["x", "f"], (i, j) => kit.number(names[i][j])));
    other.frame.append(table(["f", "x"], (i, j) => {
      const shown = element("span");
      kit.onDraw((n) => (shown.innerHTML = show(n.transposed[j][i], 4)));
      return shown;
    }));
    kit.controls.replaceChildren(); // the inputs have moved into the table
    kit.button("Transpose", () => kit.set({ j12: kit.state.j21, j21: kit.state.j12 }));
    kit.readout([
      { label: "signed area, det <i>J</i>", value: (n) => show(n.det, 4) },
      { value: remark },
    ]);
    kit.say((n) => `det J is ${show(n.det, 4)}. ${remark(n).replace(/<[^>]*>/g, "")}`);
  },
};

/** Build a table of four cells with the names of columns and rows, `cell(i, j)` in row i and column j. */
function table([above, beside], cell) {
  const head = (name, k, scope) => {
    const shown = element("th", { scope, class: `role-${name === "x" ? "input" : "output"}` });
    shown.innerHTML = `<i>${name}</i><sub>${k + 1}</sub>`;
    return shown;
  };
  const rows = [0, 1].map((i) => element("tr", {}, [head(beside, i, "row"), ...[0, 1].map((j) => element("td", {}, [cell(i, j)]))]));
  const top = element("tr", {}, [element("td"), head(above, 0, "col"), head(above, 1, "col")]);
  return element("table", { class: "figure-entries" }, [top, ...rows]);
}
