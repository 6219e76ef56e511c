// One board of the sandbox, drawn again whenever it changes.

const stage = document.querySelector(".stage");
const address = location.pathname.replace(/\/$/, "");
const shown = { version: null };
const say = (text) => {
  document.querySelector(".status").textContent = text;
};
const viewer = createViewer(stage, {
  link: (id, svg) => svg.querySelector(`[data-miro-id="${CSS.escape(id)}"]`)?.dataset.miroLink ?? "",
  label: "Link to this item",
  open: (url) => {
    history.replaceState(null, "", `#${new URL(url).pathname.split("/").pop()}`);
    focus();
  },
});
const focus = () => viewer.focus(decodeURIComponent(location.hash.slice(1)));

const draw = async (version) => {
  const answer = await fetch(`${address}/view.svg`, { cache: "no-store" });
  if (!answer.ok) return say(await answer.text());
  viewer.show(await answer.text());
  stage.dataset.version = version;
  if (shown.version === null) focus();
  shown.version = version;
  say("live");
};

const changes = new EventSource(`${address}/changes`);
let drawing = Promise.resolve();
changes.onmessage = ({ data }) => {
  drawing = drawing.then(() => data === shown.version || draw(data)).catch((error) => say(String(error)));
};
changes.addEventListener("gone", () => {
  changes.close();
  say("This board was deleted.");
});
changes.onerror = () => say("waiting for the sandbox");
window.addEventListener("hashchange", focus);
