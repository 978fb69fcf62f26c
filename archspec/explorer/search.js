// The search box: elements, flows, findings and pictures by any words in them.

const search = byId("search");
const hits = byId("hits");
const MOST = 40;
let active = -1;
let found = [];

const entry = (type, words, under, to, shape) => ({ type, words, under, to, shape, text: `${words} ${under} ${type}`.toLowerCase() });
const entries = [
  ...[...elements].map(([id, one]) => entry(data.kinds[one.kind], one.title, id, { element: id }, () => icon(id))),
  ...data.flows.map((flow, index) => entry("Flow", `${titleOf(flow.from)} → ${titleOf(flow.to)}`, `${flow.id} ${flow.label}`, { flow: index })),
  ...data.findings.map((finding, index) => entry("Finding", finding.message, `${finding.rule} ${finding.name}`, { finding: index }, () => sign(finding.severity))),
  ...data.views.map((view, index) => entry("Picture", viewTitle(index), view.name, { view: index })),
];

function ranked(query) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const rank = (one) => {
    const [title, under] = [one.words.toLowerCase(), one.under.toLowerCase()];
    const whole = words.join(" ");
    if (title === whole || under === whole) return 0;
    return title.startsWith(whole) || under.startsWith(whole) ? 1 : title.includes(whole) ? 2 : 3;
  };
  const fitting = entries.filter((one) => words.every((word) => one.text.includes(word)));
  return words.length ? fitting.map((one) => [rank(one), one]).sort((a, b) => a[0] - b[0]).map(([, one]) => one).slice(0, MOST) : [];
}

function look() {
  found = ranked(search.value);
  active = found.length ? 0 : -1;
  const none = search.value.trim() ? [make("li", { class: "none" }, "Nothing is called so.")] : [];
  hits.replaceChildren(...found.map(hit), ...(found.length ? [] : none));
  showHits(hits.children.length > 0);
}

function hit(one, index) {
  const item = make("li", { role: "option", id: `hit-${index}`, "aria-selected": String(index === active) },
    make("span", { class: "shape" }, one.shape && one.shape()), make("span", { class: "words" }, one.words, make("span", { class: "muted" }, one.under)), make("span", { class: "type" }, one.type));
  item.addEventListener("pointerdown", (event) => event.preventDefault());
  item.addEventListener("click", () => take(index));
  return item;
}

function showHits(shown) {
  hits.hidden = !shown;
  search.setAttribute("aria-expanded", String(shown));
  if (shown && active >= 0) search.setAttribute("aria-activedescendant", `hit-${active}`);
  else search.removeAttribute("aria-activedescendant");
}

function step(by) {
  if (hits.hidden) return look();
  if (!found.length) return undefined;
  hits.children[active]?.setAttribute("aria-selected", "false");
  active = (active + by + found.length) % found.length;
  hits.children[active].setAttribute("aria-selected", "true");
  hits.children[active].scrollIntoView({ block: "nearest" });
  return showHits(true);
}

function take(index) {
  const one = found[index];
  if (!one) return;
  search.value = "";
  showHits(false);
  if ("view" in one.to) chooseView(one.to.view);
  else visit(one.to);
  panel.focus();
}

function searchKeys(event) {
  const does = { ArrowDown: () => step(1), ArrowUp: () => step(-1), Enter: () => take(active), Escape: leave }[event.key];
  if (!does) return;
  event.preventDefault();
  event.stopPropagation();
  does();
}

function leave() {
  const was = !hits.hidden || search.value;
  search.value = "";
  showHits(false);
  if (!was) stage.focus();
}

search.addEventListener("input", look);
search.addEventListener("focus", () => search.value && look());
search.addEventListener("blur", () => showHits(false));
search.addEventListener("keydown", searchKeys);
