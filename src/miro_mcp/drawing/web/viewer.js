"use strict";
// Shows a board's SVG with pan, zoom and hover. The SVG is copied element by element: only what draws comes along.

const SVG = "http://www.w3.org/2000/svg";
const ELEMENTS = new Set(["svg", "g", "defs", "linearGradient", "stop", "rect", "circle", "ellipse", "path", "polygon",
  "polyline", "text", "tspan"]);
const UNSAFE = /^(on|style$|href$|xlink:)/i;
const KEYS = { "+": 0.8, "=": 0.8, "-": 1.25 };
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const copied = (source) => {
  const copy = document.createElementNS(SVG, source.localName);
  for (const { name, value } of source.attributes)
    if (!UNSAFE.test(name) && name !== "xmlns") copy.setAttribute(name, value);
  for (const child of source.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) copy.append(child.data);
    else if (child.nodeType === Node.ELEMENT_NODE && ELEMENTS.has(child.localName)) copy.append(copied(child));
  }
  return copy;
};

const parsed = (text) => {
  const root = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  if (root.localName !== "svg" || root.namespaceURI !== SVG) throw new Error("This is no SVG.");
  return copied(root);
};

// `stage` is the element to fill; `link(id, svg)` gives an item's link, `open(url)` follows it, `label` is its text.
const createViewer = (stage, { link, open, label }) => {
  const info = document.createElement("div");
  info.className = "info";
  info.hidden = true;
  const about = document.createElement("div");
  const go = document.createElement("a");
  go.textContent = label;
  info.append(about, go);
  let svg, mark, whole, view, pinned = null, drag = null;
  const fingers = new Map();

  const place = (box) => {
    view = box;
    svg.setAttribute("viewBox", box.join(" "));
  };
  const at = (event) => new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
  const zoom = (factor, x, y) => {
    const width = Math.min(Math.max(view[2] * factor, whole[2] / 2000), whole[2] * 8);
    const share = width / view[2];
    place([x - (x - view[0]) * share, y - (y - view[1]) * share, width, view[3] * share]);
  };
  const fit = () => place(whole.slice());
  const named = (id) => id === null ? null : svg.querySelector(`[data-miro-id="${CSS.escape(id)}"]`);

  const tell = (group) => {
    info.hidden = !group;
    mark.setAttribute("visibility", group ? "visible" : "hidden");
    if (!group) return;
    const { miroId, miroKind } = group.dataset;
    const words = [...group.querySelectorAll("[data-miro-part=text],[data-miro-part=title],[data-miro-part=caption]")];
    about.textContent = `${miroKind.replaceAll("_", " ")} ${miroId}\n`
      + words.map((part) => [...part.childNodes].map((line) => line.textContent).join(" ")).join("\n").slice(0, 300);
    const url = link(miroId, svg);
    go.hidden = !url;
    if (url) go.href = url;
    const box = group.getBBox();
    for (const name of ["x", "y", "width", "height"]) mark.setAttribute(name, box[name]);
    mark.setAttribute("transform", group.getAttribute("transform") ?? "");
  };
  const found = (event) => event.target.closest?.("[data-miro-id]") ?? null;

  go.addEventListener("click", (event) => {
    event.preventDefault();
    open(go.href);
  });
  stage.addEventListener("wheel", (event) => {
    if (!svg) return;
    event.preventDefault();
    const point = at(event);
    zoom(Math.exp(Math.max(-60, Math.min(60, event.deltaY)) / 200), point.x, point.y);
  }, { passive: false });
  stage.addEventListener("pointerdown", (event) => {
    if (!svg || info.contains(event.target)) return;
    fingers.set(event.pointerId, event);
    drag = { from: at(event), x: event.clientX, y: event.clientY, moved: false };
  });
  stage.addEventListener("pointermove", (event) => {
    if (!svg) return;
    if (!drag) {
      if (pinned === null && !info.contains(event.target)) tell(found(event));
      return;
    }
    const others = [...fingers.values()].filter((one) => one.pointerId !== event.pointerId);
    const before = fingers.get(event.pointerId);
    if (!before) return;
    drag.moved ||= Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > 4;
    if (others.length) {
      const apart = (one) => Math.hypot(one.clientX - others[0].clientX, one.clientY - others[0].clientY);
      const middle = at(others[0]);
      zoom(apart(before) / Math.max(apart(event), 1), middle.x, middle.y);
    } else if (drag.moved) {
      const here = at(event);
      place([view[0] + drag.from.x - here.x, view[1] + drag.from.y - here.y, view[2], view[3]]);
    }
    fingers.set(event.pointerId, event);
  });
  const release = (event) => {
    const clicked = drag && !drag.moved && event.type === "pointerup" && fingers.size === 1;
    fingers.delete(event.pointerId);
    if (!fingers.size) drag = null;
    if (!clicked) return;
    pinned = found(event)?.dataset.miroId ?? null;
    tell(named(pinned));
  };
  stage.addEventListener("pointerup", release);
  stage.addEventListener("pointercancel", release);
  stage.addEventListener("pointerleave", release);
  stage.addEventListener("dblclick", (event) => svg && !info.contains(event.target) && fit());
  stage.tabIndex = 0;
  stage.addEventListener("keydown", (event) => {
    if (!svg) return;
    const arrow = ARROWS[event.key];
    if (event.key in KEYS) zoom(KEYS[event.key], view[0] + view[2] / 2, view[1] + view[3] / 2);
    else if (arrow) place([view[0] + arrow[0] * view[2] / 10, view[1] + arrow[1] * view[3] / 10, view[2], view[3]]);
    else if (event.key === "0") fit();
    else return;
    event.preventDefault();
  });

  return {
    // Draws; what was looked at stays in view when it is drawn again.
    show(text) {
      const next = parsed(text);
      const extent = next.getAttribute("viewBox").split(" ").map(Number);
      const again = svg && view.some((value, index) => value !== whole[index]);
      next.removeAttribute("width");
      next.removeAttribute("height");
      mark = document.createElementNS(SVG, "rect");
      for (const [name, value] of Object.entries({ class: "mark", visibility: "hidden" })) mark.setAttribute(name, value);
      next.append(mark);
      stage.replaceChildren(next, info);
      svg = next;
      whole = extent;
      if (again) place(view); else fit();
      tell(named(pinned));
    },
    // Brings an item into the middle and tells of it.
    focus(id) {
      const group = svg && named(id);
      if (!group) return false;
      const box = group.getBBox();
      const side = Math.max(box.width, box.height, 100) * 4;
      place([box.x + box.width / 2 - side / 2, box.y + box.height / 2 - side / 2, side, side]);
      pinned = id;
      tell(group);
      return true;
    },
  };
};
