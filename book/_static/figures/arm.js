// A robot arm of two links, the ellipse of its tip's velocities, and the poses that lose a direction (chapter 2,
// "Singular points").

import { matrix, show, vector } from "./kit.js";

const [FIRST, SECOND] = [1.2, 0.8]; // the lengths of the links in the chapter
const SCALE = 0.35; // how long a velocity of 1 is drawn, as in the chapter's picture
const BOX = [-2.5, 2.5, 2.5, -2.5];
const LINE = 0.45; // half of the line that marks the slow direction

// Sine and cosine of degrees, exact where a quarter turn makes them so: a pose is singular or it is not.
const sin = (angle) => (angle % 180 === 0 ? 0 : Math.sin((angle * Math.PI) / 180));
const cos = (angle) => (angle % 180 === 90 || angle % 180 === -90 ? 0 : Math.cos((angle * Math.PI) / 180));
const degrees = (angle) => (angle * 180) / Math.PI;

/** Return the joints, J with its determinant and singular values, its quick direction and its slow one, outward, and
    the motor speed that it takes to move inward at speed 1. */
export function compute({ t1, t2 }) {
  const elbow = [FIRST * cos(t1), FIRST * sin(t1)];
  const tip = [elbow[0] + SECOND * cos(t1 + t2), elbow[1] + SECOND * sin(t1 + t2)];
  const J = [
    [-tip[1], elbow[1] - tip[1]],
    [tip[0], tip[0] - elbow[0]],
  ];
  const det = FIRST * SECOND * sin(t2);

  // Half axes of the ellipse: singular values of J, along the eigenvectors of J times its transpose.
  const [a, b, c] = [J[0][0] ** 2 + J[0][1] ** 2, J[0][0] * J[1][0] + J[0][1] * J[1][1], J[1][0] ** 2 + J[1][1] ** 2];
  const long = Math.sqrt((a + c + Math.hypot(a - c, 2 * b)) / 2);
  const turn = Math.atan2(2 * b, a - c) / 2;
  const quick = [Math.cos(turn), Math.sin(turn)];
  const outward = tip[1] * quick[0] < tip[0] * quick[1] ? -1 : 1;
  const slow = [-outward * quick[1], outward * quick[0]];

  // The motor speeds that move the tip straight toward the shoulder at speed 1: none where det J = 0.
  const reach = Math.hypot(...tip);
  const [dx, dy] = tip.map((value) => -value / reach);
  const speeds = det ? [(J[1][1] * dx - J[0][1] * dy) / det, (J[0][0] * dy - J[1][0] * dx) / det] : [NaN, NaN];
  return { elbow, tip, J, det, axes: [long, Math.abs(det) / long], quick, slow, inward: Math.hypot(...speeds) };
}

/** Return the angles that bring the tip to a point, or as near as it gets, with the elbow on the side where it is. */
function reachFor([x, y], { t2 }) {
  const square = x * x + y * y;
  const cosine = (square - FIRST ** 2 - SECOND ** 2) / (2 * FIRST * SECOND);
  const bend = Math.acos(Math.min(1, Math.max(-1, cosine))) * (t2 < 0 ? -1 : 1);
  const shoulder = Math.atan2(y, x) - Math.atan2(SECOND * Math.sin(bend), FIRST + SECOND * Math.cos(bend));
  return { t1: degrees(shoulder), t2: degrees(bend) };
}

/** Return the pose with the same tip and the elbow on the other side of the line from the shoulder to the tip. */
function mirrored({ tip }, { t1, t2 }) {
  return { t1: 2 * degrees(Math.atan2(tip[1], tip[0])) - t1, t2: -t2 };
}

function remark({ det, axes }, { t2 }) {
  if (det === 0) {
    return (
      `<strong>Singular: ${t2 ? "folded" : "stretched"}.</strong> Both columns lie on one line: whatever the ` +
      "motors do, the tip moves sideways. <strong>Lost: the direction along the arm,</strong> outward and inward."
    );
  }
  const ratio = axes[1] / axes[0];
  if (ratio < 0.12)
    return (
      "<strong>Almost singular.</strong> The ellipse is thin: along the dashed line the tip is slow, and to move " +
      "inward takes fast motors."
    );
  if (ratio > 0.9) return "Almost a circle: the tip is about as quick in one direction as in any other.";
  const side = det > 0 ? "positive: the elbow bends to the left" : "negative: the elbow bends to the right";
  return `det J is ${side}. The mirrored pose has the other sign.`;
}

const away = ([x, y], [dx, dy], length) => [x + length * dx, y + length * dy];
const column = ({ tip, J }, k) => [tip, away(tip, [J[0][k], J[1][k]], SCALE)];
const TURN = Array.from({ length: 91 }, (_, k) => (k * Math.PI) / 45);
const circle = (radius) => TURN.map((turn) => [radius * Math.cos(turn), radius * Math.sin(turn)]);

/** Return the arc of an angle at a joint, from one direction on, in degrees. */
function arc([x, y], from, angle, radius) {
  return Array.from({ length: 31 }, (_, k) => {
    const turn = from + (angle * k) / 30;
    return [x + radius * cos(turn), y + radius * sin(turn)];
  });
}

const angle = (index, name) => ({
  label: `<i>θ</i><sub>${index}</sub>`,
  name,
  role: "input",
  unit: "°",
  unitName: "degrees",
  step: 5,
  digits: 1,
  min: -180,
  max: 180,
});

export default {
  fields: { t1: { ...angle(1, "shoulder angle"), turns: true }, t2: angle(2, "elbow angle") },
  compute,
  setup(kit) {
    kit.wide();
    const board = kit.board({
      box: BOX,
      axes: ["y₁", "y₂"],
      width: 400,
      label: "An arm of two links with the ellipse of velocities at its tip",
    });
    // The tip stays between the two circles; on them the pose is singular.
    board.curve("neutral", () => [...circle(FIRST + SECOND), null, ...circle(FIRST - SECOND)], {
      width: 1.2,
      dash: 2,
      key: () => "",
    });
    board.curve("neutral", (n, s) => [n.elbow, away(n.elbow, [cos(s.t1), sin(s.t1)], 0.55)], { width: 1, dash: 1 });
    board.curve("input", (n, s) => arc([0, 0], 0, s.t1, 0.36), { width: 1.5 });
    board.curve("input", (n, s) => arc(n.elbow, s.t1, s.t2, 0.36), { width: 1.5 });
    board.text(
      "input",
      (n, s) => away([0, 0], [cos(s.t1 / 2), sin(s.t1 / 2)], 0.58),
      (n, s) => (Math.abs(s.t1) > 15 ? "θ₁" : ""),
      { italic: true },
    );
    board.text(
      "input",
      (n, s) => away(n.elbow, [cos(s.t1 + s.t2 / 2), sin(s.t1 + s.t2 / 2)], 0.6),
      (n, s) => (Math.abs(s.t2) > 15 ? "θ₂" : ""),
      { italic: true },
    );
    board.curve("input", (n) => [[0, 0], n.elbow, n.tip], { width: 6 });
    board.dot("input", () => [0, 0], { size: 6 });

    board.curve(
      "derivative",
      (n) =>
        TURN.map((turn) =>
          away(
            n.tip,
            [0, 1].map((k) => n.J[k][0] * Math.cos(turn) + n.J[k][1] * Math.sin(turn)),
            SCALE,
          ),
        ),
      { width: 2, fill: 0.2 },
    );
    const thin = (n) => n.axes[1] < 0.5 * n.axes[0];
    board.curve("accent", (n) => (thin(n) ? [away(n.tip, n.slow, -LINE), away(n.tip, n.slow, LINE)] : []), {
      width: 2.5,
      dash: 2,
    });
    board.text(
      "accent",
      (n) => away(away(n.tip, n.slow, 0.35), n.quick, 0.26),
      (n) => (thin(n) ? (n.det ? "slow" : "lost") : ""),
      { bold: true },
    );
    for (const k of [0, 1]) {
      board.arrow("derivative", (n) => column(n, k), { width: 2.4 });
      board.text(
        "derivative",
        (n) =>
          away(
            column(n, k)[1],
            n.J.map((row) => row[k] / Math.hypot(n.J[0][k], n.J[1][k])),
            0.14,
          ),
        () => String(k + 1),
        { bold: true },
      );
    }

    board.handle({
      fields: ["t1"],
      label: "Elbow: turn the shoulder",
      at: (n) => n.elbow,
      move: ([x, y]) => ({ t1: degrees(Math.atan2(y, x)) }),
    });
    board.handle({
      fields: ["t1", "t2"],
      label: "Tip of the arm; left and right keys turn the shoulder, up and down keys the elbow",
      role: "output",
      at: (n) => n.tip,
      move: reachFor,
    });

    kit.number("t1");
    kit.range("t1", { beside: true, text: (value) => `${show(value, 1)} degrees` });
    kit.number("t2");
    kit.range("t2", { beside: true, text: (value) => `${show(value, 1)} degrees` });
    kit.button("Mirror the elbow", () => kit.set(mirrored(kit.numbers, kit.state)));
    kit.readout([
      { label: "tip", role: "output", value: (n) => `<i>y</i> = ${vector(n.tip)}` },
      { label: "Jacobian", role: "derivative", value: (n) => matrix(n.J) },
      {
        label: "det <i>J</i> = <i>ℓ</i><sub>1</sub><i>ℓ</i><sub>2</sub> sin <i>θ</i><sub>2</sub>",
        role: "derivative",
        value: (n) => show(n.det, 4),
      },
      { label: "half axes", role: "derivative", value: (n) => n.axes.map((value) => show(value, 3)).join(", ") },
      {
        label: "inward at 1 takes",
        role: "input",
        value: (n) => (Number.isNaN(n.inward) ? "impossible" : `motors at ${show(n.inward, n.inward < 100 ? 1 : 0)}`),
      },
      { value: remark },
    ]);
    kit.say((n, s) =>
      [
        `Tip at ${vector(n.tip)}, determinant ${show(n.det, 4)},`,
        `half axes ${n.axes.map((value) => show(value, 3)).join(" and ")}.`,
        remark(n, s).replace(/<[^>]*>/g, ""),
      ].join(" "),
    );
  },
};
