"""Different layouts of one graph, among which the one that reads best is chosen."""
