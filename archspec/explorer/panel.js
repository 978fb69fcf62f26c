// The panel: what is told of the system, an element, a flow, an arrow or a finding.

function tally(found) {
  const counts = SEVERITIES.map((severity) => [severity, found.filter((index) => data.findings[index].severity === severity).length]);
  return make("div", { class: "tally" }, counts.map(([severity, count]) =>
    make("button", { type: "button", class: "tool", "aria-pressed": String(filters.severity.has(severity)), title: `Only ${severity}`, onclick: () => toggle("severity", severity) },
      sign(severity), make("strong", {}, String(count)), ` ${severity}${count === 1 || severity === "info" ? "" : "s"}`)));
}

function overview() {
  const view = viewNow();
  const inside = data.findings.flatMap((finding, index) => (inEnvironment(finding) ? [index] : []));
  const open = inside.filter((index) => data.findings[index].state === "open");
  const fitting = inside.filter((index) => fitsFinding(data.findings[index]));
  const chosen = narrowed() ? [...elements.keys()].filter(fitsElement) : [];
  return [
    head("This picture", viewTitle(picture.index), make("p", {}, view.description), view.hidden.map((sentence) => make("p", { class: "muted" }, sentence))),
    part("Open findings", tally(open)),
    narrowed() && part(`Elements that fit (${chosen.length})`, limited(chosen, (id) => make("p", { class: "row" }, icon(id), link(id), make("span", { class: "muted" }, kindOf(id))))),
    part(narrowed() ? `Findings that fit (${fitting.length})` : `Findings (${fitting.length})`, limited(fitting, findingItem)) || part("Findings", make("p", { class: "muted" }, narrowed() ? "None fits." : "None is open.")),
  ];
}

function flowItem(index, self) {
  const flow = data.flows[index];
  const blocked = flow.answers.some((answer) => !answer.open);
  const other = !self ? `${titleOf(flow.from)} → ${titleOf(flow.to)}` : flow.senders.includes(self) ? `to ${titleOf(flow.to)}` : `from ${titleOf(flow.from)}`;
  return make("li", {}, make("button", { type: "button", class: "plain", title: flow.id, onclick: () => visit({ flow: index }) }, other),
    make("span", { class: "muted" }, ` ${flow.label}`), flow.asked && make("span", { class: "chip" }, "must reach"), blocked && pill(false, "blocked"));
}

function permitItem(permit, side) {
  const links = permit[side].map((id, at) => [at ? ", " : "", link(id)]);
  return make("li", {}, links, make("span", { class: "muted" }, ` ${permit.traffic}`),
    permit.undeclared && make("span", { class: "chip warn", title: `No flow declares ${permit.undeclared}` }, "undeclared"));
}

function elementPanel(id) {
  const one = elements.get(id);
  const found = findingsOf.get(id) || [];
  const sent = data.permits.filter((permit) => permit.from.includes(id));
  const taken = data.permits.filter((permit) => permit.to.includes(id));
  const list = (items) => items.length > 0 && make("ul", { class: "lines" }, items);
  return [
    head(kindOf(id), [icon(id), one.title], make("p", { class: "under" }, make("code", {}, id), placed(one.place)),
      chips([one.status !== "current" && one.status, environmentTitle(one.environment), ...one.tags]),
      one.derived && make("p", { class: "muted" }, `Added by archspec: ${one.derived}`),
      elsewhere((view) => standsIn(view, id))),
    findingParts(found),
    part("Where", told(one.where)),
    part("Facts", told(one.facts)),
    part("Flows", list((flowsOf.get(id) || []).map((index) => flowItem(index, id)))),
    part("May be reached by", list(taken.map((permit) => permitItem(permit, "from")))),
    part("May reach", list(sent.map((permit) => permitItem(permit, "to")))),
    part("Referred to by", one.users.length > 0 && make("p", {}, one.users.map((user, at) => [at ? ", " : "", link(user)]))),
  ];
}

function answerPart(flow, answer) {
  const several = answer.from !== flow.from || answer.to !== flow.to;
  return make("div", { class: "answer" },
    make("p", {}, pill(answer.open, answer.open ? "open" : "blocked"), " ", several && [link(answer.from), " → ", link(answer.to), " "], make("span", { class: "muted" }, answer.traffic)),
    hopList(answer.hops),
    answer.repairs.length > 0 && make("div", {}, make("p", {}, make("strong", {}, "To open it:")),
      make("ol", {}, answer.repairs.map((repair) => make("li", {}, repair.text, " ", placed(repair.place))))));
}

function flowPanel(index) {
  const flow = data.flows[index];
  const found = data.findings.flatMap((finding, at) => (finding.subject === flow.id ? [at] : []));
  const silent = flow.status === "current" ? "No packets are judged here: one of the ends stands outside of what security groups and routes decide." : `It is ${flow.status}, so it is not judged.`;
  return [
    head(flow.asked ? "Must reach" : "Flow", [titleOf(flow.from), " → ", titleOf(flow.to)],
      make("p", {}, link(flow.from), " → ", link(flow.to), make("span", { class: "muted" }, ` ${flow.label}`)),
      make("p", { class: "under" }, placed(flow.place)),
      chips([flow.status !== "current" && flow.status]),
      elsewhere((view) => view.edges.some((edge) => edge.flows.includes(index)))),
    findingParts(found),
    part("The way", flow.answers.length ? flow.answers.map((answer) => answerPart(flow, answer)) : make("p", { class: "muted" }, silent)),
    part("Facts", told(flow.facts)),
  ];
}

function edgePanel(index) {
  const { from, to, label, flows } = viewNow().edges[index];
  return [
    head("Arrow", [nameOfEnd(from), " → ", nameOfEnd(to)], label && make("p", {}, label), make("p", {}, link(from, nameOfEnd(from)), " → ", link(to, nameOfEnd(to)))),
    part("Flows", flows.length ? make("ul", { class: "lines" }, flows.map((flow) => flowItem(flow))) : make("p", { class: "muted" }, "No declared flow stands behind this arrow.")),
  ];
}

function findingPanel(index) {
  const finding = data.findings[index];
  const severity = `${finding.severity[0].toUpperCase()}${finding.severity.slice(1)}`;
  const flow = flowByName.get(finding.subject);
  return [
    head([sign(finding.severity), " ", severity], finding.message, chips([STATES[finding.state]])),
    make("section", { class: "body" }, findingBody(finding)),
    part("About", make("p", {}, flow !== undefined && make("button", { type: "button", class: "plain", onclick: () => visit({ flow }) }, finding.subject),
      flow === undefined && !finding.about.length && finding.subject,
      flow === undefined && finding.about.map((id, at) => [at ? ", " : "", link(id)]))),
    part("On the way", finding.along.length > 0 && make("p", {}, finding.along.map((id, at) => [at ? ", " : "", link(id)]))),
  ];
}

function nodePanel(id) {
  const node = picture.svg.querySelector(`g.node[data-id="${CSS.escape(id)}"] > title`);
  const [title, ...more] = (node ? node.textContent : id).split("\n");
  const members = viewNow().members[id] || [];
  return [
    head(members.length ? "Drawn as one" : "In this picture only", title, more.map((words) => make("p", {}, words))),
    part("What it stands for", members.length > 0 && make("p", {}, members.map((one, at) => [at ? ", " : "", link(one)]))),
  ];
}
