"""Arguments that several prompts take."""

from .prompt import Argument

BOARD = Argument(name="board_id", description="The board: its id or its URL", completes="board")
