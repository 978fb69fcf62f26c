// What is marked in the picture: what belongs to the selection, and what the filters leave out.

// Marks: `on` what is selected, `near` what belongs to it, `way` the arrows of it; the rest steps back.
function mark(chosen) {
  const { svg } = picture;
  svg.querySelectorAll(".on, .near, .way").forEach((node) => node.classList.remove("on", "near", "way", "bad", "warned"));
  svg.querySelectorAll(".over").forEach((line) => line.remove());
  svg.classList.toggle("marked", Boolean(chosen));
  if (!chosen) return;
  const add = (id, name) => (picture.nodes.get(id) || []).forEach((node) => node.classList.add(name));
  chosen.on.forEach((id) => add(id, "on"));
  [...chosen.near, ...chosen.on.flatMap((id) => elements.get(id)?.members || [])].forEach((id) => add(id, "near"));
  (chosen.nodes || []).forEach((id) => svg.querySelector(`g.node[data-id="${CSS.escape(id)}"]`)?.classList.add("on"));
  chosen.edges.forEach((index) => (picture.edges.get(index) || []).forEach((part) => part.classList.add("way", ...chosen.how)));
  (chosen.missing || []).forEach((pair) => drawWay(pair, chosen.how));
}

function edgesWhere(test) {
  return viewNow().edges.flatMap((edge, index) => (test(edge) ? [index] : []));
}

function markElement(id) {
  const flows = new Set(flowsOf.get(id));
  const edges = edgesWhere((edge) => edge.from === id || edge.to === id || edge.flows.some((flow) => flows.has(flow)));
  const near = edges.flatMap((index) => [viewNow().edges[index].from, viewNow().edges[index].to]);
  return { on: [id], near, edges, how: [] };
}

function markFlow(index) {
  const flow = data.flows[index];
  const edges = edgesWhere((edge) => edge.flows.includes(index));
  const blocked = flow.answers.some((answer) => !answer.open);
  const ends = edges.flatMap((at) => [viewNow().edges[at].from, viewNow().edges[at].to]);
  const along = flow.answers.flatMap((answer) => answer.along);
  return { on: [flow.from, flow.to, ...ends], near: along, edges, how: blocked ? ["bad"] : [] };
}

function markEdge(index) {
  const { from, to } = viewNow().edges[index];
  return { on: [from, to], near: [], edges: [index], how: [] };
}

function markFinding(index) {
  const { about, along, severity, ways } = data.findings[index];
  const found = viewNow().ways[index] || [];
  const missing = ways.filter((pair, at) => !found[at].length && pair.every((id) => picture.nodes.has(id)));
  const how = severity === "error" ? ["bad"] : severity === "warning" ? ["warned"] : [];
  return { on: about, near: along, edges: found.flat(), missing, how };
}

// A way that no arrow of the picture shows is drawn over it, as a straight line from box to box.
function drawWay([from, to], how) {
  const boxes = [from, to].map((id) => picture.nodes.get(id).map((node) => node.querySelector("rect").getBBox()));
  const pairs = boxes[0].flatMap((one) => boxes[1].map((other) => [one, other]));
  const middle = (box) => [box.x + box.width / 2, box.y + box.height / 2];
  const between = ([one, other]) => Math.hypot(middle(one)[0] - middle(other)[0], middle(one)[1] - middle(other)[1]);
  const [near, far] = pairs.reduce((best, pair) => (between(pair) < between(best) ? pair : best));
  const points = [border(near, middle(far)), border(far, middle(near))];
  const classes = ["edge", "way", "over", ...how].join(" ");
  const layer = picture.svg.querySelector("g.node").parentNode;
  layer.append(drawn("g", { class: classes }, drawn("path", { class: "line", d: `M${points[0]}L${points[1]}`, "marker-end": "url(#over)" })));
}

// Where the line from the middle of a box to a point leaves the box.
function border(box, [x, y]) {
  const [left, top] = [box.x + box.width / 2, box.y + box.height / 2];
  const part = Math.min(box.width / 2 / (Math.abs(x - left) || 1e-9), box.height / 2 / (Math.abs(y - top) || 1e-9), 1);
  return [left + (x - left) * part, top + (y - top) * part].map((value) => value.toFixed(1));
}

// Steps back what the filters leave out.
function dim() {
  const { svg, nodes, edges } = picture;
  const fitting = new Set();
  let shown = 0;
  nodes.forEach((parts, id) => {
    const fits = fitsElement(id) || elements.get(id).members.some((member) => !nodes.has(member) && fitsElement(member));
    if (fits) parts.forEach((node) => fitting.add(node));
    shown += fits;
  });
  nodes.forEach((parts) => parts.forEach((node) => node.classList.toggle("dim", !fitting.has(node))));
  const { members } = viewNow();
  svg.querySelectorAll("g.node").forEach((node) => elements.has(node.dataset.element) || members[node.dataset.id] || node.classList.toggle("dim", filtering()));
  edges.forEach((parts, index) => {
    const { from, to } = viewNow().edges[index];
    const out = filtering() && [from, to].every((id) => !nodes.has(id) || nodes.get(id)[0].classList.contains("dim"));
    parts.forEach((part) => part.classList.toggle("dim", out));
  });
  byId("shown").hidden = !narrowed();
  byId("count").textContent = `${shown} of ${countOf(nodes.size, "element")} in this picture fit.`;
}
