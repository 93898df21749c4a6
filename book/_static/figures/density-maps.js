// The maps of the figure density.js, and its numbers.

const ROOT = Math.sqrt(2 * Math.PI);

/** Return the probability that a standard normal X is at most x: the series of G. Marsaglia (2004), exact to 1e-15. */
function below(x) {
  if (Math.abs(x) > 9) return x > 0 ? 1 : 0;
  let [sum, term] = [x, x];
  for (let k = 3; Math.abs(term) > 1e-17; k += 2) sum += term *= (x * x) / k;
  return 0.5 + sum * (Math.exp((-x * x) / 2) / ROOT);
}

const NORMAL = { density: (x) => Math.exp((-x * x) / 2) / ROOT, below, shown: [-3.2, 3.2] };
export const UNIFORM = {
  density: (x) => (x >= 0 && x <= 1 ? 1 : 0),
  below: (x) => Math.min(1, Math.max(0, x)),
  shown: [-0.25, 1.25],
};

/* X, g and its derivative, all x with g(x) = y, the probability that Y is at most y, where x can be put, the values of
   y that are shown, and how much of the lower panel's height the largest value of p_X takes. */
export const MAPS = {
  double: {
    name: "Y = 2X, X uniform on [0, 1]",
    X: UNIFORM,
    g: (x) => 2 * x,
    slope: () => 2,
    preimages: (y) => [y / 2],
    belowY: (y) => Math.min(1, Math.max(0, y / 2)),
    range: [0, 1],
    shown: [-0.3, 2.3],
    peak: 0.8,
  },
  falling: {
    name: "Y = 1 − X/2, X normal",
    X: NORMAL,
    g: (x) => 1 - x / 2,
    slope: () => -0.5,
    preimages: (y) => [2 - 2 * y],
    belowY: (y) => 1 - below(2 - 2 * y),
    range: [-3, 3],
    shown: [-0.6, 2.6],
    peak: 0.85,
  },
  exp: {
    name: "Y = exp X, X normal",
    X: NORMAL,
    g: Math.exp,
    slope: Math.exp,
    preimages: (y) => (y > 0 ? [Math.log(y)] : []),
    belowY: (y) => (y > 0 ? below(Math.log(y)) : 0),
    range: [-3, 1.7],
    shown: [-0.4, 5.8],
    peak: 0.6,
  },
  square: {
    name: "Y = X², X normal",
    X: NORMAL,
    g: (x) => x * x,
    slope: (x) => 2 * x,
    preimages: (y) => (y > 0 ? [Math.sqrt(y), -Math.sqrt(y)] : y === 0 ? [0] : []),
    belowY: (y) => (y > 0 ? 2 * below(Math.sqrt(y)) - 1 : 0),
    range: [-2.3, 2.3],
    shown: [-0.4, 5.6],
    peak: 0.6,
  },
};

/** Return what each preimage of y adds to p_Y(y), and the sum. */
export function pushed(map, y) {
  const { X, slope, preimages } = MAPS[map];
  const terms = preimages(y).map((x) => ({ x, density: X.density(x), slope: Math.abs(slope(x)) }));
  return { terms, py: terms.reduce((sum, term) => sum + term.density / term.slope, 0) };
}

/** Return g and the densities at a point, with what each preimage adds, and the probability of the cell's image, from
    both sides. */
export function compute({ map, x, w }) {
  const { X, g, slope, preimages, belowY } = MAPS[map];
  const y = g(x);
  const [from, to] = imageOf(map, x, x + w);
  // All x that g sends into the image of the cell: a square has the mirrored cell beside it, or one around 0.
  const around = map === "square" && from === 0;
  const cells = around
    ? [[-Math.sqrt(to), Math.sqrt(to)]]
    : preimages(to).map((far, k) => [far, preimages(from)[k]].sort((a, b) => a - b));
  const shares = cells.map(([a, b]) => X.below(b) - X.below(a));
  return {
    y,
    slope: slope(x),
    px: X.density(x),
    ...pushed(map, y),
    image: [from, to],
    cells,
    shares,
    underX: shares.reduce((sum, share) => sum + share, 0),
    underY: belowY(to) - belowY(from),
  };
}

/** Return the lowest and highest value of g between two points; each g here turns at 0 if anywhere. */
function imageOf(map, a, b) {
  const { g, slope } = MAPS[map];
  const values = [g(a), g(b), ...(slope(a) * slope(b) < 0 ? [g(0)] : [])];
  return [Math.min(...values), Math.max(...values)];
}
