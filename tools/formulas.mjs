// Typesets formulas for tools/formulas.py: one JSON object {latex, display} a line comes in, {html} or {error} goes out.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const katex = createRequire(import.meta.url)("../vendor/katex/katex.min.js");

for await (const line of createInterface({ input: process.stdin })) {
  const { latex, display } = JSON.parse(line);
  let answer;
  try {
    // Strict: what LaTeX itself would not take is an error and not a guess.
    answer = { html: katex.renderToString(latex, { displayMode: display, output: "htmlAndMathml", strict: "error" }) };
  } catch (error) {
    answer = { error: error.message };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}
