// The data of the page, and how things are made from it. Texts only ever become text nodes.

const byId = (id) => document.getElementById(id);

// Undoes archspec/explorer/repeats.py: what is new, then where a copy begins and how long it is, and so on.
function unfold(folded) {
  const size = (parts) => parts.reduce((sum, part, i) => sum + (i % 3 === 0 ? part.length : i % 3 === 2 ? part : 0), 0);
  const whole = new Uint16Array(folded.reduce((sum, parts) => sum + size(parts), 0));
  let end = 0;
  return folded.map((parts) => {
    const start = end;
    for (let i = 0; i < parts.length; i += 3) {
      for (let at = 0; at < parts[i].length; at += 1) whole[end + at] = parts[i].charCodeAt(at);
      end += parts[i].length;
      if (i + 1 === parts.length) break;
      whole.copyWithin(end, parts[i + 1], parts[i + 1] + parts[i + 2]);
      end += parts[i + 2];
    }
    return new TextDecoder("utf-16le").decode(whole.subarray(start, end));
  });
}

const [facts, ...drawings] = unfold(JSON.parse(byId("content").textContent));
const data = JSON.parse(facts);
const elements = new Map(Object.entries(data.elements));
const SEVERITIES = ["error", "warning", "info"];

function fill(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false && child !== "") node.append(child);
  }
  return node;
}

function make(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key === "onclick") node.addEventListener("click", value);
    else if (value === true) node.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(key, value);
  }
  return fill(node, children);
}

function drawn(tag, attributes, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [key, value] of Object.entries(attributes || {})) node.setAttribute(key, value);
  return fill(node, children);
}

// An error is a square, a warning a triangle, anything else a circle: as in the pictures.
const SHAPES = {
  error: "M2 2H14V14H2z",
  warning: "M8 1.5L15.5 14.5H.5z",
  info: "M8 1.5A6.5 6.5 0 1 1 8 14.5A6.5 6.5 0 1 1 8 1.5z",
};

function sign(severity) {
  return drawn("svg", { class: `sign ${severity}`, viewBox: "0 0 16 16", "aria-hidden": "true" }, drawn("path", { d: SHAPES[severity] || SHAPES.info }));
}

function icon(id) {
  const kind = data.icons[id];
  if (!kind) return null;
  return drawn("svg", { class: "icon", viewBox: "0 0 48 48", "aria-hidden": "true" }, drawn("use", { href: `#icon-${kind}` }));
}

// Puts each icon into the page once, for every picture to refer to. In base 85, as RFC 1924 has it, but for the dot.
const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;.=>?@^_`{|}~";

function bytesOf(text) {
  const values = new Map(Array.from(DIGITS, (char, value) => [char.charCodeAt(0), value]));
  const view = new DataView(new ArrayBuffer(Math.ceil(text.length / 5) * 4));
  for (let i = 0; i < text.length; i += 5) {
    let whole = 0;
    for (let at = i; at < i + 5; at += 1) whole = whole * 85 + (at < text.length ? values.get(text.charCodeAt(at)) : 84);
    view.setUint32((i / 5) * 4, whole);
  }
  return new Uint8Array(view.buffer, 0, Math.floor((text.length * 4) / 5));
}

function addIcons() {
  const defined = Object.entries(JSON.parse(byId("icons").textContent)).flatMap(([text, kinds]) => {
    const href = `data:image/png;base64,${btoa(Array.from(bytesOf(text), (byte) => String.fromCharCode(byte)).join(""))}`;
    return kinds.map((kind) => drawn("image", { id: `icon-${kind}`, width: 48, height: 48, href }));
  });
  document.body.prepend(drawn("svg", { class: "icons", "aria-hidden": "true", width: 0, height: 0 }, drawn("defs", {}, defined)));
}

const titleOf = (id) => (elements.has(id) ? elements.get(id).title : id);
const kindOf = (id) => (elements.has(id) ? data.kinds[elements.get(id).kind] : "");
const countOf = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;

// What is known of an element from elsewhere: its findings, flows and permits.
const findingsOf = new Map();
const flowsOf = new Map();
const listed = (map, key) => map.get(key) || map.set(key, []).get(key);
data.findings.forEach((finding, index) => finding.about.forEach((id) => listed(findingsOf, id).push(index)));
data.flows.forEach((flow, index) => new Set([...flow.senders, ...flow.receivers]).forEach((id) => listed(flowsOf, id).push(index)));
const flowByName = new Map(data.flows.map((flow, index) => [flow.id, index]));
const keyOf = (finding) => `${finding.rule} ${finding.subject}`;
const findingByKey = new Map();
data.findings.forEach((finding, index) => findingByKey.has(keyOf(finding)) || findingByKey.set(keyOf(finding), index));
