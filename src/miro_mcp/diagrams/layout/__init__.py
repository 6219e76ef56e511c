"""Layout: from a graph to boxes, by Graphviz where it can be used, else by a simpler way of our own."""
