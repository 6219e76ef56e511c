// The board inside a chat: talks with the host by JSON-RPC over postMessage, as MCP Apps do.

const stage = document.querySelector(".stage");
const waiting = new Map();
let lastId = 0, host = {}, given = {};

const post = (message) => window.parent.postMessage({ jsonrpc: "2.0", ...message }, "*");
const ask = (method, params) => new Promise((resolve, reject) => {
  waiting.set(++lastId, { resolve, reject });
  post({ id: lastId, method, params });
});
const say = (text) => {
  const message = document.createElement("p");
  message.className = "message";
  message.textContent = text;
  stage.replaceChildren(message);
};

const viewer = createViewer(stage, {
  link: (id, svg) => {
    const board = svg.dataset.miroLink;
    return board ? `${board}${board.includes("?") ? "&" : "?"}moveToWidget=${encodeURIComponent(id)}` : "";
  },
  label: "Open in Miro",
  open: (url) => ask("ui/open-link", { url }).catch(() => {}),
});

const tellFindings = (findings) => {
  document.querySelector(".findings")?.remove();
  if (!findings?.length) return;
  const box = document.createElement("details");
  box.className = "findings";
  const title = document.createElement("summary");
  title.textContent = findings.length === 1 ? "1 finding" : `${findings.length} findings`;
  const list = document.createElement("ul");
  list.append(...findings.map((finding) => Object.assign(document.createElement("li"), { textContent: finding })));
  box.append(title, list);
  document.body.append(box);
};

const valueIn = (result) => JSON.parse(result.content?.find((part) => part.type === "text" && part.text.startsWith("{"))?.text ?? "{}");
const svgIn = (result) => result.content?.find((part) => part.type === "text" && part.text.startsWith("<svg"))?.text;

const showPicture = (result) => {
  const picture = result.content?.find((part) => part.type === "image");
  if (!picture) return say("There is no picture in this answer.");
  const image = document.createElement("img");
  image.alt = "The board";
  image.src = `data:${picture.mimeType};base64,${picture.data}`;
  stage.replaceChildren(image);
};

const show = async (result) => {
  if (result.isError) return say(result.content?.[0]?.text ?? "This call failed.");
  const value = valueIn(result);
  tellFindings(value.findings);
  const svg = svgIn(result);
  if (svg) return viewer.show(svg);
  if (!host.serverTools || !given.board_id) return showPicture(result);
  const { board_id, region, item_ids, frame_id = value.frame_id } = given;
  const wanted = Object.entries({ board_id, region, item_ids, frame_id, format: "svg" });
  const asked = Object.fromEntries(wanted.filter(([, value]) => value !== undefined && value !== null));
  try {
    viewer.show(svgIn(await ask("tools/call", { name: "miro_board_view", arguments: asked })));
  } catch {
    showPicture(result);
  }
};

const notified = {
  "ui/notifications/tool-input": (params) => { given = params.arguments ?? {}; },
  "ui/notifications/tool-result": (params) => { show(params).catch((error) => say(String(error))); },
  "ui/notifications/tool-cancelled": () => say("The call was cancelled."),
};

window.addEventListener("message", ({ source, data }) => {
  if (source !== window.parent || data?.jsonrpc !== "2.0") return;
  if (data.method === undefined) {
    const one = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.error) one?.reject(new Error(data.error.message)); else one?.resolve(data.result);
  } else if (data.id === undefined) {
    notified[data.method]?.(data.params ?? {});
  } else if (data.method === "ping" || data.method === "ui/resource-teardown") {
    post({ id: data.id, result: {} });
  } else {
    post({ id: data.id, error: { code: -32601, message: "Method not found" } });
  }
});

ask("ui/initialize", {
  protocolVersion: "2026-01-26",
  appInfo: { name: "miro-mcp board", version: "1" },
  appCapabilities: { availableDisplayModes: ["inline", "fullscreen"] },
}).then((answer) => {
  host = answer?.hostCapabilities ?? {};
  post({ method: "ui/notifications/initialized", params: {} });
  post({ method: "ui/notifications/size-changed", params: { height: 520 } });
}).catch((error) => say(String(error)));
