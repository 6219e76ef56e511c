"""Layout text: a strict subset of HTML and CSS, read into boxes and laid out in board units. No I/O."""
