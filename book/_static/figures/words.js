// Numbers as the readouts show them, and DOM elements in one call.

/** Return a number with `digits` decimals, without a negative zero, with a true minus sign; a word where there is none. */
export function show(value, digits = 2) {
  if (!Number.isFinite(value)) return "undefined";
  if (Math.abs(value) > 1e-9 && Math.abs(value) < 0.5 * 10 ** -digits) return scientific(value);
  return (Number(value.toFixed(digits)) + 0).toLocaleString("en", { maximumFractionDigits: digits, useGrouping: false }).replace("-", "−");
}

/** Return a small or large number as 3.2·10⁻⁵. */
export function scientific(value, digits = 1) {
  const [mantissa, power] = value.toExponential(digits).split("e");
  return `${mantissa.replace("-", "−")}·10<sup>${String(Number(power)).replace("-", "−")}</sup>`;
}

/** Return "(1.5, −2)". */
export function vector(values, digits = 2) {
  return `(${values.map((value) => show(value, digits)).join(", ")})`;
}

/** Show a matrix of two columns, given by its rows. */
export function matrix(rows, digits = 2) {
  return `<span class="figure-matrix">${rows.flat().map((entry) => `<span>${show(entry, digits)}</span>`).join("")}</span>`;
}

/** Return an element with attributes and children (elements or text). */
export function element(name, attributes = {}, children = []) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}
