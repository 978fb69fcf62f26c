// What is selected, in the address of the page; themes; keys; and the beginning.

const narrow = window.matchMedia("(max-width: 900px)");
const darkness = window.matchMedia("(prefers-color-scheme: dark)");
const THEME = "archspec-theme";
let state = { view: 0 };
let cameFrom = null;

function address(where) {
  const parts = [["view", data.views[where.view].name], ["element", where.element], ["node", where.node],
    ["edge", where.edge], ["flow", where.flow === undefined ? undefined : data.flows[where.flow].id],
    ["finding", where.finding === undefined ? undefined : keyOf(data.findings[where.finding])]];
  const given = parts.filter(([, value]) => value !== undefined);
  return `#${given.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join("&")}`;
}

function addressed() {
  const given = new URLSearchParams(window.location.hash.slice(1).replaceAll("+", "%2B"));
  const view = data.views.findIndex((one) => one.name === given.get("view"));
  const where = { view: Math.max(view, 0) };
  const known = (map, name) => (map.has(given.get(name)) ? map.get(given.get(name)) : undefined);
  if (elements.has(given.get("element"))) return { ...where, element: given.get("element") };
  if (known(flowByName, "flow") !== undefined) return { ...where, flow: known(flowByName, "flow") };
  if (known(findingByKey, "finding") !== undefined) return { ...where, finding: known(findingByKey, "finding") };
  const edge = given.has("edge") ? Number(given.get("edge")) : NaN;
  if (view >= 0 && data.views[view].edges[edge]) return { ...where, edge };
  return view >= 0 && given.get("node") ? { ...where, node: given.get("node") } : where;
}

// Selects something, and keeps it in the address, so that the way back and a copied link lead here.
function go(where) {
  cameFrom = panel.contains(document.activeElement) ? null : document.activeElement;
  const to = address(where);
  if (to !== window.location.hash) window.history.pushState(null, "", to);
  apply(where);
}

// Selects something that the picture of now may not show, and then changes to one that does.
function visit(what) {
  const marked = whatIsMarked(what);
  const shows = (view) => ("flow" in what ? view.edges.some((edge) => edge.flows.includes(what.flow)) : marked.some((id) => standsIn(view, id)));
  const environment = marked.map((id) => elements.get(id).environment).find(Boolean);
  const rank = (view, index) => (index === picture.index ? 4 : 0) + (environment && view.environment === environment ? 2 : 0) + (view.environment === viewNow().environment ? 1 : 0);
  const fitting = data.views.map((view, index) => [shows(view) ? rank(view, index) : -1, index]).filter(([score]) => score >= 0);
  const best = fitting.reduce((one, other) => (other[0] > one[0] ? other : one), [-1, picture.index]);
  go({ view: best[1], ...what });
}

function whatIsMarked(what) {
  if (what.element) return [what.element];
  const { from, to, about, along } = what.flow === undefined ? data.findings[what.finding] : data.flows[what.flow];
  return about ? (about.length ? about : along) : [from, to];
}

function apply(where) {
  state = where;
  showPicture(where.view);
  refresh();
  const details = Object.keys(where).length > 1;
  document.body.classList.toggle("details", details);
  byId("more").setAttribute("aria-expanded", String(details));
  panel.scrollTop = 0;
  const first = picture.svg.querySelector(".on");
  if (first && details) reveal(first);
  const title = panel.querySelector("h2");
  byId("said").textContent = title ? title.textContent : "";
}

function refresh() {
  const draw = { element: elementPanel, flow: flowPanel, edge: edgePanel, finding: findingPanel, node: nodePanel };
  const marks = { element: markElement, flow: markFlow, edge: markEdge, finding: markFinding, node: (id) => ({ on: [], near: [], edges: [], how: [], nodes: [id] }) };
  const what = Object.keys(draw).find((name) => state[name] !== undefined);
  panel.replaceChildren(...[what ? draw[what](state[what]) : overview()].flat(Infinity).filter(Boolean));
  panel.classList.toggle("idle", !what);
  mark(what ? marks[what](state[what]) : null);
  const focused = document.activeElement?.dataset?.key;
  drawEnvironments();
  drawViews();
  drawFilters();
  if (focused) byId("filters").querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  dim();
}

function close() {
  if (document.body.classList.contains("aside")) return setAside(false);
  const back = cameFrom && cameFrom.isConnected ? cameFrom : stage;
  document.body.classList.remove("details");
  go({ view: picture.index });
  return back.focus();
}

function setAside(shown) {
  document.body.classList.toggle("aside", shown);
  byId("menu").setAttribute("aria-expanded", String(shown));
  if (shown) byId("views").querySelector("button").focus();
  else byId("menu").focus();
}

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  byId("theme").setAttribute("aria-pressed", String(theme === "dark"));
}

function remembered() {
  try {
    return window.localStorage.getItem(THEME);
  } catch {
    return null; // a browser may refuse to keep anything for a file
  }
}

function switchTheme() {
  const theme = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
  setTheme(theme);
  try {
    window.localStorage.setItem(THEME, theme);
  } catch {
    byId("said").textContent = "This browser does not keep the choice.";
  }
}

function turnPage(by) {
  const shown = [...byId("views").querySelectorAll("button.view")];
  const now = shown.findIndex((one) => one.parentElement.classList.contains("on"));
  shown[(now + by + shown.length) % shown.length].click();
}

const PAN = 60;
const KEYS = {
  "/": () => search.focus(),
  "?": () => byId("help").showModal(),
  "+": () => zoomBy(1.25),
  "=": () => zoomBy(1.25),
  "-": () => zoomBy(0.8),
  "−": () => zoomBy(0.8),
  0: fitPicture,
  "[": () => turnPage(-1),
  "]": () => turnPage(1),
  d: switchTheme,
  Escape: close,
};
const MOVES = { ArrowLeft: [PAN, 0], ArrowRight: [-PAN, 0], ArrowUp: [0, PAN], ArrowDown: [0, -PAN] };

function keyDown(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || byId("help").open || event.target.matches("input[type=search]")) return;
  const inPicture = stage.contains(event.target) || event.target === document.body;
  const thing = event.target.closest("g.node, g.edge");
  const does = thing && [" ", "Enter"].includes(event.key) ? () => open(thing)
    : inPicture && MOVES[event.key] ? () => moveBy(...MOVES[event.key]) : KEYS[event.key];
  if (!does) return;
  event.preventDefault();
  does();
}

function begin() {
  addIcons();
  const { title, subtitle, region, stage: level, origin } = data.system;
  byId("name").textContent = title;
  byId("subtitle").textContent = [subtitle, region, data.environments.length ? "" : level].filter(Boolean).join(" · ");
  byId("origin").textContent = `Drawn by archspec from ${origin}`;
  setTheme(remembered() || (darkness.matches ? "dark" : "light"));
  drawLegend();
  stage.addEventListener("pointerdown", pointerDown);
  stage.addEventListener("pointermove", pointerMove);
  ["pointerup", "pointercancel"].forEach((name) => stage.addEventListener(name, pointerUp));
  stage.addEventListener("wheel", wheel, { passive: false });
  stage.addEventListener("click", clicked);
  stage.addEventListener("focusin", (event) => event.target.matches("g:focus-visible") && reveal(event.target));
  byId("environments").addEventListener("keydown", environmentKeys);
  document.addEventListener("keydown", keyDown);
  darkness.addEventListener("change", (event) => remembered() || setTheme(event.matches ? "dark" : "light"));
  window.addEventListener("popstate", () => apply(addressed()));
  window.addEventListener("hashchange", () => apply(addressed()));
  window.addEventListener("resize", fitPicture);
  const does = { nearer: () => zoomBy(1.25), farther: () => zoomBy(0.8), fit: fitPicture, clear: clearFilters, theme: switchTheme,
    keys: KEYS["?"], menu: () => setAside(!document.body.classList.contains("aside")), more: showMore };
  Object.entries(does).forEach(([id, act]) => byId(id).addEventListener("click", act));
  // Boxes around words are measured, so the words have to be in their font.
  Promise.allSettled([400, 600].map((weight) => document.fonts.load(`${weight} 12px Inter`))).then(() => apply(addressed()));
}

function showMore() {
  const shown = document.body.classList.toggle("details");
  byId("more").setAttribute("aria-expanded", String(shown));
}

begin();
