// What must be settled before the page is painted; so this script alone does not wait for the rest of the page.

// The theme resolves "auto" when the page has arrived; a dark page would be white until then, and show both logos.
if (document.documentElement.dataset.theme === "auto") {
  document.documentElement.dataset.theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

// Fonts inside the style sheet are decoded only when text asks for them, a moment too late: formulas would jump.
for (const font of document.fonts) {
  if (font.unicodeRange !== "U+0-10FFFF" || font.family.includes("Font Awesome")) font.load().catch(() => {});
}
