"""Seeing a board: its items drawn as SVG and PNG, and what looks wrong with them.

The SVG is in board coordinates, with nothing scaled or nested: the viewBox is the region that is shown, so what a
program reads in it is where things are on the board. Read it back like this:

- Each item and connector is one `<g>` with `data-miro-id`, `data-miro-kind` (the API's type), and
  `data-miro-box="x y width height"`: its box before rotation, x and y its top left corner. Only an item that is
  turned has a `transform`, `rotate(degrees, centre)`. Groups are never inside one another.
- `data-miro-state` on it tells its state when it was drawn, so that `miro_svg_write` knows what was changed since.
- In it, `data-miro-part` names what is what: `body` (the outline: `rect`, `ellipse`, `polygon`, or `path` of M, L, C
  and Z), `text`, `title`, `line` (of a connector, from start to end), `cap`, `caption`, `tag`, `theme` (a card's
  colour), `link` (a mind map's branch), `box` (a character no font has). What has no part decorates; `background` is
  what all lies on.
- A connector's group has `data-miro-start` and `data-miro-end`, the ids of what it joins.
- A `<text>` holds one `<tspan>` per line. A line that begins a paragraph has `data-miro-paragraph`; other lines go on
  where the one before was wrapped, without a space between them where there is `data-miro-joined`. Bold, italics,
  underlines, struck text and `data-miro-href` are on `<tspan>`s in it. A text with `data-miro-cut` is not all of the
  item's text.
- Sticky notes' paper is `PAPER_SHARE` (items/notes.py) of their box high: the rest of it is shadow.
"""
