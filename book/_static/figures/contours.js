// Contour lines by marching squares: the values on a grid once, then the lines of any level.

/** Return the values of f(x, y) on a grid over the box [left, top, right, bottom]. */
export function sample(f, box, cells = 80) {
  const [left, top, right, bottom] = box;
  const xs = Array.from({ length: cells + 1 }, (_, k) => left + ((right - left) * k) / cells);
  const ys = Array.from({ length: cells + 1 }, (_, k) => bottom + ((top - bottom) * k) / cells);
  return { xs, ys, values: ys.map((y) => xs.map((x) => f(x, y))) };
}

/** Return levels, on both sides of 0 where the values have both signs. With power 2 they are closer together near the lowest
    value, or near 0, as the printed figures have them; with power 1 they are equally spaced. */
export function levels({ values }, power = 2, count = 11) {
  const all = values.flat();
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const parts = Array.from({ length: count }, (_, k) => ((k + 1) / (count + 1)) ** power);
  if (low >= 0) return parts.map((part) => low + (high - low) * part);
  const most = Math.max(-low, high);
  return parts.flatMap((part) => [most * part, -most * part]);
}

/** Return the line of one level as points with `null` between the pieces, one piece in each cell that it crosses. */
export function contour({ xs, ys, values }, level) {
  const pieces = [];
  const between = (x0, y0, v0, x1, y1, v1) => {
    const t = (level - v0) / (v1 - v0);
    return [x0 + t * (x1 - x0), y0 + t * (y1 - y0)];
  };
  for (let j = 0; j + 1 < ys.length; j++) {
    for (let i = 0; i + 1 < xs.length; i++) {
      const corners = [
        [xs[i], ys[j], values[j][i]],
        [xs[i + 1], ys[j], values[j][i + 1]],
        [xs[i + 1], ys[j + 1], values[j + 1][i + 1]],
        [xs[i], ys[j + 1], values[j + 1][i]],
      ];
      const cuts = [];
      for (let k = 0; k < 4; k++) {
        const [a, b] = [corners[k], corners[(k + 1) % 4]];
        if (a[2] >= level !== b[2] >= level) cuts.push(between(...a, ...b));
      }
      // Four cuts: a saddle in the cell; either pairing is within one cell of the truth.
      for (let k = 0; k + 1 < cuts.length; k += 2) pieces.push(cuts[k], cuts[k + 1], null);
    }
  }
  return pieces;
}
