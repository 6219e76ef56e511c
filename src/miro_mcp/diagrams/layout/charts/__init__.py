"""Charts: where a chart's parts go, since their places say something."""
