"""The Python side of the live page: what a notebook's kernel does, for code cells that run in the reader's browser.

Nothing here asks for Pyodide: what a cell shows is handed to a function, which the page's worker supplies
(`book/_static/live/worker.js`) and a test replaces.

- `shell`: runs the source of a cell in the page's namespace, and knows which earlier cells a cell needs;
- `display`: how a value becomes text, HTML, LaTeX or an image, as IPython decides it;
- `stand_in`: the few names of IPython that the course, SymPy and readers import;
- `backend`: Matplotlib figures as they look in the notebook;
- `exercises`: the bank of exercises, for the widgets of the page;
- `progress`, `journal`: what the reader has done, which the page keeps, also for ``check`` and ``progress`` in a cell;
- `bridge`: what the worker calls; arguments and results cross as JSON.
"""
