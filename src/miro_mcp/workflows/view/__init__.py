"""`miro_board_view`."""
