// The picture: which one is shown, how it lies under the window, and what is marked in it.

const stage = byId("stage");
const paper = byId("paper");
const picture = { index: -1, svg: null, width: 0, height: 0, nodes: new Map(), edges: new Map(), x: 0, y: 0, scale: 1 };
const SMALLEST = 0.1;
const LARGEST = 6;
const MARGIN = 16;
const FOOT = 44; // below the picture, for the buttons

const viewNow = () => data.views[picture.index];

function showPicture(index) {
  if (index === picture.index) return;
  const parsed = new DOMParser().parseFromString(drawings[index], "image/svg+xml").documentElement;
  const svg = document.importNode(parsed, true);
  Object.assign(picture, { index, svg, width: Number(svg.getAttribute("width")), height: Number(svg.getAttribute("height")) });
  paper.replaceChildren(svg);
  picture.nodes = new Map();
  picture.edges = new Map();
  dress(svg);
  svg.querySelector("defs")?.append(drawn("marker", { id: "over", viewBox: "0 0 10 10", refX: 9.5, refY: 5, markerUnits: "userSpaceOnUse", markerWidth: 11, markerHeight: 11, orient: "auto" },
    drawn("path", { d: "M0.5 1L10 5L0.5 9z" })));
  fitPicture();
}

// Gives what is drawn a name, a place in the tab order, and room for a finger.
function dress(svg) {
  const view = viewNow();
  svg.querySelectorAll("g.node").forEach((node) => dressNode(node, view.nodes[node.dataset.id], view.members[node.dataset.id] || []));
  svg.querySelectorAll("g.group").forEach((group) => {
    const id = view.nodes[group.dataset.id];
    if (!id) return;
    group.dataset.element = id;
    listed(picture.nodes, id).push(group);
  });
  svg.querySelectorAll("g.edge").forEach(dressEdge);
  svg.querySelectorAll("g.label").forEach((label) => listed(picture.edges, Number(label.dataset.index)).push(label));
}

function dressNode(node, id, members) {
  const box = node.getBBox();
  const room = { x: box.x - 5, y: box.y - 4, width: box.width + 10, height: box.height + 8 };
  node.prepend(drawn("rect", { class: "room", rx: 8, ...room }));
  node.querySelectorAll("use").forEach((use) => {
    use.before(drawn("rect", { class: "ground", width: 48, height: 48, rx: 5, transform: use.getAttribute("transform") }));
  });
  node.setAttribute("tabindex", "0");
  node.setAttribute("role", "button");
  const found = [id, ...members].reduce((sum, one) => sum + (one ? openFindings(one).length : 0), 0);
  const words = [id ? titleOf(id) : node.querySelector("title").textContent, kindOf(id), found && countOf(found, "finding")];
  node.setAttribute("aria-label", words.filter(Boolean).join(", "));
  [id, ...members].forEach((one) => one && listed(picture.nodes, one).push(node));
}

function dressEdge(edge) {
  const { from, to, label } = viewNow().edges[edge.dataset.index];
  const line = edge.querySelector("path");
  const hit = line.cloneNode();
  ["stroke", "stroke-width", "marker-end", "marker-start", "stroke-dasharray"].forEach((name) => hit.removeAttribute(name));
  hit.setAttribute("class", "hit");
  line.setAttribute("class", "line");
  edge.prepend(hit);
  const words = `${nameOfEnd(from)} to ${nameOfEnd(to)}${label ? `, ${label}` : ""}`;
  edge.prepend(drawn("title", {}, words));
  edge.setAttribute("tabindex", "0");
  edge.setAttribute("role", "button");
  edge.setAttribute("aria-label", words);
  listed(picture.edges, Number(edge.dataset.index)).push(edge);
}

// An end that is no element is called by the words under its icon.
function nameOfEnd(id) {
  if (elements.has(id)) return titleOf(id);
  const node = picture.svg.querySelector(`g.node[data-element="${CSS.escape(id)}"] > title`);
  return node ? node.textContent.split("\n")[0] : id;
}

const openFindings = (id) => (findingsOf.get(id) || []).filter((index) => data.findings[index].state === "open");

function place() {
  paper.style.transform = `translate(${picture.x}px, ${picture.y}px) scale(${picture.scale})`;
}

function room() {
  const box = stage.getBoundingClientRect();
  return { left: box.left, top: box.top, width: box.width, height: Math.max(80, box.height - covered()) };
}

// How much of the stage a sheet at the bottom covers, on a small screen.
function covered() {
  const sheet = byId("panel").getBoundingClientRect();
  return narrow.matches && document.body.classList.contains("details") ? Math.max(0, stage.getBoundingClientRect().bottom - sheet.top) : 0;
}

function fitPicture() {
  const { width, height } = room();
  const wide = (width - 2 * MARGIN) / picture.width;
  const high = (height - 2 * MARGIN - FOOT) / picture.height;
  picture.scale = Math.min(1.4, Math.max(SMALLEST, Math.min(wide, high)));
  picture.x = (width - picture.width * picture.scale) / 2;
  picture.y = Math.max(MARGIN, (height - FOOT - picture.height * picture.scale) / 2);
  place();
}

function zoomBy(factor, at) {
  const { width, height } = room();
  const [x, y] = at || [width / 2, height / 2];
  const scale = Math.min(LARGEST, Math.max(SMALLEST, picture.scale * factor));
  picture.x = x - ((x - picture.x) * scale) / picture.scale;
  picture.y = y - ((y - picture.y) * scale) / picture.scale;
  picture.scale = scale;
  place();
}

function moveBy(x, y) {
  picture.x += x;
  picture.y += y;
  place();
}

// Moves the picture no further than it takes to see a thing.
function reveal(node) {
  const area = room();
  const box = node.getBoundingClientRect();
  const past = (low, high, from, to) => (high - low > to - from || low < from ? from - low : high > to ? to - high : 0);
  const x = past(box.left, box.right, area.left + MARGIN, area.left + area.width - MARGIN);
  const y = past(box.top, box.bottom, area.top + MARGIN, area.top + area.height - MARGIN);
  if (x || y) moveBy(x, y);
}

// Fingers and mouse: one drags, two zoom; one that does not move clicks.
const pointers = new Map();
let dragged = false;

function spread() {
  const [one, other] = [...pointers.values()];
  return { distance: Math.hypot(one[0] - other[0], one[1] - other[1]), middle: [(one[0] + other[0]) / 2, (one[1] + other[1]) / 2] };
}

function pointerDown(event) {
  if (event.button > 0 || event.target.closest(".zoom, .shown")) return;
  if (!pointers.size) dragged = false;
  pointers.set(event.pointerId, [event.clientX, event.clientY]);
}

function pointerMove(event) {
  const last = pointers.get(event.pointerId);
  if (!last) return;
  const [x, y] = [event.clientX - last[0], event.clientY - last[1]];
  if (!dragged && Math.hypot(x, y) < 4) return;
  dragged = true;
  stage.setPointerCapture(event.pointerId);
  if (pointers.size === 1) moveBy(x, y);
  const before = pointers.size === 2 ? spread() : null;
  pointers.set(event.pointerId, [event.clientX, event.clientY]);
  if (!before) return;
  const after = spread();
  const box = stage.getBoundingClientRect();
  zoomBy(after.distance / (before.distance || 1), [after.middle[0] - box.left, after.middle[1] - box.top]);
  moveBy(after.middle[0] - before.middle[0], after.middle[1] - before.middle[1]);
}

function pointerUp(event) {
  pointers.delete(event.pointerId);
}

function wheel(event) {
  event.preventDefault();
  const box = stage.getBoundingClientRect();
  const step = event.deltaMode === 1 ? event.deltaY * 16 : event.deltaY;
  zoomBy(Math.exp(-step * (event.ctrlKey ? 0.01 : 0.0015)), [event.clientX - box.left, event.clientY - box.top]);
}

// What a click in the picture means; nothing after a drag.
function clicked(event) {
  if (dragged || event.target.closest(".zoom, .shown")) return undefined;
  if (document.body.classList.contains("aside")) return setAside(false);
  return open(event.target.closest("g.node, g.edge, g.label, g.group[data-element]"));
}

function open(thing) {
  if (!thing) return go({ view: picture.index });
  if (thing.matches(".edge, .label")) return openEdge(Number(thing.dataset.index));
  const id = thing.dataset.element;
  return go(elements.has(id) ? { view: picture.index, element: id } : { view: picture.index, node: thing.dataset.id });
}

function openEdge(index) {
  const { flows } = viewNow().edges[index];
  go(flows.length === 1 ? { view: picture.index, flow: flows[0] } : { view: picture.index, edge: index });
}
