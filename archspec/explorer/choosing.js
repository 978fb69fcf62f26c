// Which pictures and which elements are looked at: the list of pictures, the environment, the filters.

const filters = { environment: "", kind: new Set(), tag: new Set(), severity: new Set(), status: new Set(), closed: false };

const SETS = ["kind", "tag", "severity", "status"];
const narrowed = () => SETS.some((name) => filters[name].size);
const filtering = () => Boolean(filters.environment) || narrowed();
const inPlace = (id) => !filters.environment || ["", filters.environment].includes(elements.get(id).environment);

function fitsElement(id) {
  const one = elements.get(id);
  const fits = (name, values) => !filters[name].size || values.some((value) => filters[name].has(value));
  const severities = (findingsOf.get(id) || []).map((index) => data.findings[index]).filter(counts).map((finding) => finding.severity);
  return inPlace(id) && fits("kind", [one.kind]) && fits("tag", one.tags) && fits("status", [one.status]) && fits("severity", severities);
}

const counts = (finding) => filters.closed || finding.state === "open";
const inEnvironment = (finding) => !finding.about.length || finding.about.some(inPlace);

function fitsFinding(finding) {
  const byElement = filters.kind.size || filters.tag.size || filters.status.size;
  const severe = !filters.severity.size || filters.severity.has(finding.severity);
  return counts(finding) && severe && inEnvironment(finding) && (!byElement || finding.about.some(fitsElement));
}

function toggle(name, value) {
  if (!filters[name].delete(value)) filters[name].add(value);
  refresh();
}

function setEnvironment(id) {
  filters.environment = id;
  const view = viewNow();
  if (id && view.environment && view.environment !== id) {
    const same = data.views.findIndex((one) => one.environment === id && one.title === view.title);
    const any = data.views.findIndex((one) => one.environment === id);
    return go({ view: same >= 0 ? same : Math.max(any, 0) });
  }
  return refresh();
}

function clearFilters() {
  SETS.forEach((name) => filters[name].clear());
  filters.environment = "";
  refresh();
}

function drawEnvironments() {
  const box = byId("environments");
  box.hidden = data.environments.length < 2;
  const all = [{ id: "", title: "All" }, ...data.environments];
  box.replaceChildren(...all.map((one) => {
    const on = filters.environment === one.id;
    return make("button", { type: "button", role: "radio", "aria-checked": String(on), tabindex: on ? "0" : "-1", onclick: () => chooseEnvironment(one.id) }, one.title);
  }));
}

function chooseEnvironment(id) {
  setEnvironment(id);
  byId("environments").querySelector("[aria-checked=true]").focus();
}

function environmentKeys(event) {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const all = ["", ...data.environments.map((one) => one.id)];
  chooseEnvironment(all[(all.indexOf(filters.environment) + step + all.length) % all.length]);
}

// One row a picture; where environments have their own, a mark for each behind it.
function drawViews() {
  const chapters = new Map(data.chapters.map((chapter) => [chapter, new Map()]));
  data.views.forEach((view, index) => {
    if (filters.environment && view.environment && view.environment !== filters.environment) return;
    listed(chapters.get(view.chapter), view.title).push(index);
  });
  byId("views").replaceChildren(...[...chapters].filter(([, rows]) => rows.size).map(([chapter, rows]) => make("section", {},
    make("h2", {}, chapter), make("ul", {}, [...rows].map(([title, indexes]) => viewRow(title, indexes))))));
}

function viewRow(title, indexes) {
  const environment = viewNow().environment;
  const best = indexes.find((index) => data.views[index].environment === environment) ?? indexes[0];
  const on = indexes.includes(picture.index);
  const pick = (index, words, more) => make("button", { type: "button", onclick: () => chooseView(index), "aria-current": index === picture.index ? "page" : null, ...more }, words);
  return make("li", { class: on ? "on" : "" }, pick(best, title, { class: "view" }),
    !filters.environment && data.environments.length > 1 && indexes.filter((index) => data.views[index].environment).map((index) => pick(index, environmentTitle(data.views[index].environment), { class: "chip", "aria-label": viewTitle(index) })));
}

function chooseView(index) {
  const keeps = state.element && standsIn(data.views[index], state.element);
  document.body.classList.remove("aside");
  go(keeps ? { view: index, element: state.element } : { view: index });
}

function amount(values) {
  const found = new Map();
  values.forEach((value) => found.set(value, (found.get(value) || 0) + 1));
  return [...found];
}

function drawFilters() {
  const here = [...elements.keys()].filter((id) => id !== "internet" && inPlace(id)).map((id) => elements.get(id));
  const kinds = amount(here.map((one) => one.kind)).sort((a, b) => (data.kinds[a[0]] < data.kinds[b[0]] ? -1 : 1));
  const severities = amount(data.findings.filter((one) => counts(one) && inEnvironment(one)).map((one) => one.severity));
  const inOrder = SEVERITIES.map((severity) => [severity, new Map(severities).get(severity) || 0]);
  const statuses = amount(here.map((one) => one.status));
  const tags = amount(here.flatMap((one) => one.tags)).sort();
  const open = new Set([...byId("filters").querySelectorAll("details[open]")].map((one) => one.dataset.name));
  byId("filters").replaceChildren(
    make("h2", {}, "Filter"),
    choices("severity", "Findings", inOrder, (value) => [sign(value), value], open, closedChoice()),
    choices("kind", "Kind", kinds, (value) => data.kinds[value], open),
    statuses.length > 1 ? choices("status", "Status", statuses, (value) => value, open) : "",
    tags.length ? choices("tag", "Tag", tags, (value) => value, open) : "",
  );
}

function choices(name, title, values, words, open, more) {
  const chosen = filters[name].size;
  return make("details", { class: "fold", "data-name": name, open: open.has(name) }, make("summary", {}, title, chosen > 0 && make("span", { class: "chip" }, `${chosen} chosen`)),
    make("div", { class: "choices" }, values.map(([value, count]) => choice(`${name}-${value}`, filters[name].has(value), () => toggle(name, value), words(value), count)), more));
}

function choice(key, checked, change, words, count) {
  const box = make("input", { type: "checkbox", "data-key": key });
  box.checked = checked;
  box.addEventListener("change", change);
  return make("label", {}, box, make("span", {}, words), count !== undefined && make("span", { class: "muted" }, String(count)));
}

function closedChoice() {
  return choice("closed", filters.closed, () => {
    filters.closed = !filters.closed;
    refresh();
  }, "also accepted and untold");
}

function drawLegend() {
  const row = (shape, words) => make("li", {}, shape, make("span", {}, words));
  const stroke = (name) => drawn("svg", { class: `stroke ${name}`, viewBox: "0 0 28 12", "aria-hidden": "true" }, drawn("path", { d: "M1 6H27" }));
  byId("legend").append(make("ul", { class: "legend" },
    SEVERITIES.map((severity) => row(sign(severity), `${severity}: number of open findings`)),
    row(stroke("way"), "what belongs to the selection"),
    row(stroke("bad"), "blocked, or the way of an error"),
    row(stroke("warned"), "the way of a warning"),
    row(stroke("over"), "a way that has no arrow here"),
    row(stroke("planned"), "dashed or pale: not there today")));
}
