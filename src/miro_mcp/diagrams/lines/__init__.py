"""Where the lines of a diagram go: ends, shapes and places of captions, searched so that the drawing reads well."""
