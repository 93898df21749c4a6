"""``python -m jaclib``: the command line."""

import sys

from jaclib.cli import main

sys.exit(main())
