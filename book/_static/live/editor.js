/**
 * The editor of Python code: CodeMirror in the book's own colours, loaded when the first one is asked for.
 *
 *     const editor = await makeEditor({ host, text, label, onChange, onRun });
 *
 * Tab indents where the reader is at work: after a key that changes the text, after a click, and where Edit was pressed.
 * Who only comes by with Tab goes on with Tab. Escape hands Tab back to the page until something is typed, so that the
 * keyboard can leave; the description that screen readers read says so.
 */

const CODEMIRROR = new URL("../../codemirror/codemirror.js", import.meta.url);
const HELP = "Shift Enter runs the code. Once you type, Tab indents; press Escape, then Tab, to leave the editor.";

let loading = null;

function codemirror() {
  loading ??= import(CODEMIRROR.href).catch((error) => {
    loading = null; // the next press of Edit tries again
    throw error;
  });
  return loading;
}

/** Pygments' class for each of the parser's, so that both have the colours of the book in light and dark. */
const CLASSES = (tags) => [
  [[tags.keyword, tags.controlKeyword, tags.definitionKeyword], "k"],
  [[tags.moduleKeyword], "kn"],
  [[tags.operatorKeyword], "ow"],
  [[tags.bool, tags.null], "kc"],
  [[tags.number], "mi"],
  [[tags.string, tags.special(tags.string)], "s2"],
  [[tags.docString], "sd"],
  [[tags.escape, tags.special(tags.brace)], "si"],
  [[tags.comment], "c1"],
  [[tags.function(tags.definition(tags.variableName))], "nf"],
  [[tags.definition(tags.className), tags.className], "nc"],
  [[tags.meta], "nd"],
  [[tags.operator, tags.arithmeticOperator, tags.compareOperator, tags.updateOperator, tags.definitionOperator], "o"],
  [[tags.punctuation, tags.paren, tags.squareBracket, tags.brace, tags.separator], "p"],
  [[tags.self], "bp"],
  [[tags.variableName, tags.propertyName], "n"],
];

/** The shape of the code that the editor replaces, so that nothing moves: taken from the element itself. */
function theme(EditorView, like) {
  const style = getComputedStyle(like);
  const { fontFamily, fontSize, lineHeight, paddingTop, paddingBottom, paddingLeft, paddingRight } = style;
  return EditorView.theme({
    "&": { color: "inherit", backgroundColor: "transparent" },
    "&.cm-focused": { outline: "none" }, // live.css draws the ring around the whole cell
    ".cm-scroller": { fontFamily, fontSize, lineHeight },
    ".cm-content": { padding: `${paddingTop} 0 ${paddingBottom}`, caretColor: "var(--pst-color-text-base)" },
    ".cm-line": { padding: `0 ${paddingRight} 0 ${paddingLeft}` },
    ".cm-matchingBracket": { backgroundColor: "var(--live-bracket)", outline: "none" },
    ".cm-nonmatchingBracket": { backgroundColor: "transparent", outline: "none" },
  });
}

/** Spaces up to the next stop of four, or the selected lines moved by one. */
function indent(view, indentMore) {
  const { main } = view.state.selection;
  if (!main.empty) return indentMore(view);
  const column = main.head - view.state.doc.lineAt(main.head).from;
  view.dispatch(view.state.replaceSelection(" ".repeat(4 - (column % 4))));
  return true;
}

/** A line that is marked until the text changes. */
function markedLine({ StateEffect, StateField, Decoration, EditorView }) {
  const mark = StateEffect.define();
  const field = StateField.define({
    create: () => Decoration.none,
    update(value, transaction) {
      const effect = transaction.effects.find((one) => one.is(mark));
      if (!effect) return transaction.docChanged ? Decoration.none : value;
      const { doc } = transaction.state;
      if (!effect.value || effect.value > doc.lines) return Decoration.none;
      return Decoration.set([Decoration.line({ class: "live-error-line" }).range(doc.line(effect.value).from)]);
    },
    provide: (own) => EditorView.decorations.from(own),
  });
  return { mark, field };
}

/**
 * @param {object} options
 * @param {HTMLElement} options.host where the editor is put; has the class `highlight`, whose colours it takes
 * @param {HTMLElement} options.like the element whose font and padding it takes
 * @param {string} options.text
 * @param {string} options.label for screen readers
 * @param {(text: string) => void} [options.onChange]
 * @param {() => void} [options.onRun] Shift+Enter, and Ctrl+Enter
 */
export async function makeEditor({ host, like, text, label, onChange = () => {}, onRun = () => {} }) {
  const cm = await codemirror();
  const { EditorState, EditorView, keymap, tags, tagHighlighter } = cm;
  const { mark, field } = markedLine(cm);
  const run = () => (onRun(), true);
  let atWork = false; // whether Tab indents here
  const work = (on) => {
    atWork = on;
    view.setTabFocusMode(!on);
  };
  const keys = [
    { key: "Shift-Enter", run },
    { key: "Mod-Enter", run },
    { key: "Tab", run: (view) => indent(view, cm.indentMore), shift: cm.indentLess },
    { key: "Escape", run: () => (work(false), true) },
  ];
  const help = Object.assign(document.createElement("p"), { className: "visually-hidden", textContent: HELP });
  help.id = `live-help-${Math.random().toString(36).slice(2, 8)}`;
  const view = new EditorView({
    parent: host,
    state: EditorState.create({
      doc: text,
      extensions: [
        keymap.of([...keys, ...cm.historyKeymap, ...cm.defaultKeymap]),
        cm.history(),
        cm.indentUnit.of("    "),
        EditorState.tabSize.of(4),
        cm.indentOnInput(),
        cm.bracketMatching(),
        new cm.LanguageSupport(cm.pythonLanguage),
        cm.syntaxHighlighting(tagHighlighter(CLASSES(tags).map(([tag, name]) => ({ tag, class: name })))),
        matchMedia("(max-width: 600px)").matches ? EditorView.lineWrapping : [],
        EditorView.contentAttributes.of({
          "aria-label": label,
          "aria-describedby": help.id,
          spellcheck: "false",
          tabindex: "0", // said, and not only meant, so that long lines can be reached by keyboard for certain
        }),
        theme(EditorView, like),
        field,
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return;
          if (update.view.hasFocus) work(true);
          onChange(update.state.doc.toString());
        }),
        EditorView.domEventHandlers({
          mousedown: () => work(true),
          focus: () => work(atWork),
          // The page still has its place here while the reader is in another window.
          blur: (event, own) => work(atWork && document.activeElement === own.contentDOM),
        }),
      ],
    }),
  });
  host.append(help);
  return {
    get text() {
      return view.state.doc.toString();
    },
    /** Replace all of the text; undo brings the old one back. */
    set text(value) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: value } });
    },
    /** Mark a line, counted from 1; none with null. */
    markLine: (line) => view.dispatch({ effects: mark.of(line) }),
    /** Go there to edit, or, with `passing`, as Tab would. */
    focus({ passing = false } = {}) {
      work(!passing);
      view.focus();
    },
    destroy: () => (view.destroy(), help.remove()),
  };
}
