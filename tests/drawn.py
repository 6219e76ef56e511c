"""Reading a drawn SVG back, as tests and other programs do."""

import importlib.util
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any
from xml.etree import ElementTree as ET

from miro_mcp.board.contents import Contents, connector_of, placed
from miro_mcp.board.geometry import Box
from miro_mcp.drawing.picture import Picture, draw_scene
from miro_mcp.drawing.scene import scene_of

SVG = "{http://www.w3.org/2000/svg}"
Raw = dict[str, Any]


@dataclass
class Drawn:
    """One group of an SVG: an item or a connector."""

    group: ET.Element

    @property
    def kind(self) -> str:
        return self.group.attrib["data-miro-kind"]

    @property
    def box(self) -> Box:
        return Box(*map(float, self.group.attrib["data-miro-box"].split()))

    def parts(self, name: str) -> list[ET.Element]:
        return [element for element in self.group.iter() if element.get("data-miro-part") == name]

    def part(self, name: str) -> ET.Element:
        (found,) = self.parts(name)
        return found

    def text(self, name: str = "text") -> str:
        """What is written, a line break a paragraph."""
        lines = [line for text in self.parts(name) for line in text if line.get("data-miro-part") != "bullet"]
        told = "".join(("\n" if line.get("data-miro-paragraph") else " ") + "".join(line.itertext()) for line in lines)
        return told.strip()


def groups(svg: str) -> dict[str, Drawn]:
    """Every item and connector of an SVG by its id."""
    root = ET.fromstring(svg)
    found = [Drawn(group) for group in root.iter(f"{SVG}g") if group.get("data-miro-id")]
    assert len({one.group.attrib["data-miro-id"] for one in found}) == len(found)
    return {one.group.attrib["data-miro-id"]: one for one in found}


def extent(element: ET.Element) -> Box:
    """The box of a body, read from its geometry."""
    given = element.attrib
    match element.tag.removeprefix(SVG):
        case "rect":
            return Box(*(float(given[name]) for name in ("x", "y", "width", "height")))
        case "ellipse":
            x, y, rx, ry = (float(given[name]) for name in ("cx", "cy", "rx", "ry"))
            return Box(x - rx, y - ry, 2 * rx, 2 * ry)
        case "polygon":
            text = given["points"]
        case "path":
            text = "".join(" " if character in "MLCZ" else character for character in given["d"])
        case other:
            raise AssertionError(other)
    numbers = [float(part) for part in text.replace(",", " ").split()]
    xs, ys = numbers[::2], numbers[1::2]
    return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def item(kind: str, data: Raw, *, id: str = "1", x: float = 0, y: float = 0, **more: Any) -> Raw:
    width, height, rotation = more.pop("width", 200), more.pop("height", 100), more.pop("rotation", 0)
    return {
        "id": id,
        "type": kind,
        "data": data,
        "position": {"x": x, "y": y, "relativeTo": "canvas_center"},
        "geometry": {"width": width, "height": height, "rotation": rotation},
        **more,
    }


def line(id: str, start: str | None, end: str | None, **more: Any) -> Raw:
    ends = {name: {"id": one, **more.pop(name, {})} for name, one in (("startItem", start), ("endItem", end)) if one}
    return {"id": id, "type": "connector", "shape": "straight", **ends, **more}


def board(items: list[Raw], lines: list[Raw] | None = None, **more: Any) -> Contents:
    return Contents({"id": "b"}, placed(items), tuple(connector_of(one) for one in lines or []), **more)


def picture(*items: Raw, lines: list[Raw] | None = None, scale: float | None = None) -> Picture:
    return draw_scene(scene_of(board(list(items), lines)), scale)


def only(raw: Raw) -> Drawn:
    """The group of the only item of a board."""
    (found,) = groups(picture(raw).svg).values()
    return found


def sheets() -> ModuleType:
    """The program that draws the pictures of the documentation."""
    spec = importlib.util.spec_from_file_location("make_pictures", Path(__file__).parents[1] / "tools/make_pictures.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
