// What panels are built from: headings, facts, hops, findings, links.

const panel = byId("panel");
const MANY = 40;

function link(id, words) {
  if (!elements.has(id)) return make("code", {}, id);
  return make("button", { type: "button", class: "plain", title: id, onclick: () => visit({ element: id }) }, words || titleOf(id));
}

const placed = (place) => place && make("code", { class: "place" }, place);
const line = (pieces) => pieces.map((piece) => (Array.isArray(piece) ? link(piece[0]) : piece));

function part(title, ...children) {
  const filled = children.flat(Infinity).filter(Boolean);
  return filled.length ? make("section", {}, make("h3", {}, title), filled) : null;
}

function told(facts) {
  if (!facts.length) return null;
  return make("dl", {}, facts.map(([label, lines]) => [
    make("dt", {}, label),
    make("dd", {}, lines.length > 1 ? make("ul", {}, lines.map((pieces) => make("li", {}, line(pieces)))) : line(lines[0] || [])),
  ]));
}

function head(eyebrow, title, ...more) {
  return make("div", { class: "head" },
    make("div", { class: "eyebrow" }, eyebrow,
      make("button", { type: "button", class: "close", title: "Close (Esc)", onclick: () => close() }, make("span", { "aria-hidden": "true" }, "×"), make("span", { class: "unseen" }, "Close"))),
    make("h2", {}, title), more);
}

function chips(words) {
  const filled = words.filter(Boolean);
  return filled.length > 0 && make("p", { class: "chips" }, filled.map((word) => make("span", { class: "chip" }, word)));
}

const environmentTitle = (id) => (data.environments.find((one) => one.id === id) || { title: "" }).title;
const pill = (good, words) => make("span", { class: `pill ${good ? "good" : "wrong"}` }, words);

// In which other pictures a thing stands.
function elsewhere(test) {
  const others = data.views.flatMap((view, index) => (test(view, index) ? [index] : []));
  const here = others.includes(picture.index);
  const rest = others.filter((index) => index !== picture.index);
  const words = here ? "Also in" : rest.length ? "Not in this picture, but in" : "In none of the pictures.";
  if (here && !rest.length) return null;
  return make("p", { class: "elsewhere" }, words, " ", rest.map((index, at) => [at ? ", " : "",
    make("button", { type: "button", class: "plain", onclick: () => go({ ...state, view: index }) }, viewTitle(index))]));
}

const viewTitle = (index) => {
  const view = data.views[index];
  return view.environment ? `${view.title} (${environmentTitle(view.environment)})` : view.title;
};
const standsIn = (view, id) => Object.values(view.nodes).includes(id) || Object.values(view.members).some((ids) => ids.includes(id));

function hopList(hops) {
  if (!hops.length) return null;
  const words = { open: "open", blocked: "blocked", note: "note" };
  return make("ol", { class: "hops" }, hops.map((hop) => make("li", { class: hop.verdict },
    make("span", { class: "verdict" }, words[hop.verdict]), " ", hop.text,
    (hop.place || hop.code) && make("div", { class: "under" }, placed(hop.place), hop.code && make("span", {}, hop.code)))));
}

function ruleName(finding) {
  const name = `${finding.rule} ${finding.name}`;
  const known = data.system.rules && finding.page;
  return known ? make("a", { href: `${data.system.rules}/${finding.rule}.md` }, name) : make("span", {}, name);
}

function findingBody(finding) {
  return [
    finding.fix && make("p", {}, make("strong", {}, "Do: "), finding.fix),
    finding.waiver && make("p", {}, make("strong", {}, "Accepted: "), finding.waiver),
    hopList(finding.hops),
    make("p", { class: "under" }, ruleName(finding),
      /^https:\/\//.test(finding.reference) && make("a", { href: finding.reference, rel: "noopener noreferrer", target: "_blank" }, "reference"),
      placed(finding.place)),
  ];
}

const STATES = { open: "", waived: "accepted", known: "known", unknown: "cannot be told" };

function findingItem(index) {
  const finding = data.findings[index];
  const opened = make("details", { class: `finding ${finding.state}` },
    make("summary", {}, sign(finding.severity), make("span", {},
      make("span", { class: "unseen" }, `${finding.severity}: `), finding.message,
      STATES[finding.state] && make("span", { class: "chip" }, STATES[finding.state]))),
    make("div", { class: "inner" }, findingBody(finding),
      make("button", { type: "button", class: "tool wide", onclick: () => visit({ finding: index }) }, "Show in the picture")));
  return opened;
}

function limited(items, draw) {
  const box = make("div", {}, items.slice(0, MANY).map(draw));
  if (items.length > MANY) {
    const rest = make("button", { type: "button", class: "tool wide", onclick: () => rest.replaceWith(...items.slice(MANY).map(draw)) }, `Show ${items.length - MANY} more`);
    box.append(rest);
  }
  return items.length ? box : null;
}

// The open ones at once; what is accepted or cannot be told, folded.
function findingParts(found) {
  const open = found.filter((index) => data.findings[index].state === "open");
  const rest = found.filter((index) => !open.includes(index));
  const more = rest.length > 0 && make("details", { class: "fold rest" }, make("summary", {}, `${rest.length} accepted, or not to be told`), limited(rest, findingItem));
  return part(open.length ? `Open findings (${open.length})` : "Findings", open.length ? limited(open, findingItem) : found.length ? null : make("p", { class: "muted" }, "None."), more);
}
