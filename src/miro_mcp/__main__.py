"""`python -m miro_mcp` is `miro-mcp`."""

import sys

from .cli import main

sys.exit(main())
