"use strict";
// Names come from manifests and may hold anything: they are only ever set as text.
const graph = JSON.parse(document.getElementById("graph").textContent);
const byId = new Map(graph.nodes.map((node) => [node.id, node]));
const into = new Map();
for (const edge of graph.edges) {
  if (!into.has(edge.to)) into.set(edge.to, []);
  into.get(edge.to).push(edge);
}
const COLUMNS = ["Certificates", "Secrets and files", "TLS contexts", "Mappings", "Services and Hosts"];
const COLUMN_OF = { certificate: 0, secret: 1, file: 1, context: 2, undefined: 2, mapping: 3, service: 4, host: 4 };
// More would be a thicket; the rows below hold all.
const MOST_DRAWN = 40;

const find = (id) => document.getElementById(id);
const make = (tag, className, text) => {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = plain(text);
  return element;
};
const plain = (text) => text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "\ufffd");

function nodesOf(trail) {
  const ids = [...trail.certificates, ...trail.sources, ...trail.contexts, trail.subject, ...trail.hosts];
  if (trail.service) ids.push(trail.service);
  return ids;
}

function box(node, full, shown) {
  const element = make(full ? "div" : "button", "node " + (node.severity || "") + " " + node.kind);
  if (!full) element.type = "button";
  element.dataset.node = node.id;
  const kind = make("span", "kind", node.word);
  if (node.severity) kind.append(" ", make("em", "", node.severity));
  element.append(kind, make("b", "", node.title));
  for (const fact of full ? node.facts : node.facts.slice(0, 2)) {
    element.append(make("small", "", full || fact.length < 90 ? fact : fact.slice(0, 88) + "…"));
  }
  if (!full) return element;
  for (const edge of into.get(node.id) || []) {
    if (!shown.has(edge.from)) continue;
    const from = byId.get(edge.from);
    element.append(make("small", "labels", (edge.broken ? "✗ " : "← ") + from.title + ": " + edge.label));
  }
  if (node.path) element.append(make("small", "", node.path + ":" + node.line + ":" + node.column));
  const list = make("ul");
  for (const index of node.findings) {
    const found = graph.findings[index];
    const item = make("li");
    item.append(make("em", "", found.severity), " ", make("span", "", found.message), " ");
    const link = make("a", "", found.rule);
    link.href = found.url;
    link.rel = "noreferrer";
    item.append(link);
    list.append(item);
  }
  if (list.childElementCount) element.append(list);
  return element;
}

function columns(ids, full) {
  const holder = make("div", "columns");
  const lists = COLUMNS.map((title) => {
    const column = make("div", "column");
    column.append(make("h2", "", title));
    holder.append(column);
    return column;
  });
  const shown = new Set(ids);
  for (const id of shown) {
    const node = byId.get(id);
    lists[COLUMN_OF[node.kind]].append(box(node, full, shown));
  }
  return holder;
}

// Opened rows.
for (const row of document.querySelectorAll(".trail")) {
  row.addEventListener("toggle", () => {
    if (row.open && !row.querySelector(".columns")) {
      row.append(columns(nodesOf(graph.trails[row.dataset.trail]), true));
    }
  });
}

// The drawing.
const drawing = find("drawing");
let drawn = [];

function draw(trails) {
  drawing.replaceChildren();
  drawing.hidden = !find("draw").checked || !trails.length;
  if (drawing.hidden) return;
  // Those of one context side by side, so that fewer edges cross.
  const first = new Map(trails.map((trail) => trail.contexts[0]).reverse().map((id, at) => [id, -at]));
  const shown = trails.slice(0, MOST_DRAWN)
    .sort((one, other) => first.get(one.contexts[0]) - first.get(other.contexts[0]));
  const ids = shown.flatMap(nodesOf);
  const holder = columns(ids, false);
  drawing.append(holder);
  if (shown.length < trails.length) {
    drawing.append(make("p", "more", "Drawn: the worst " + shown.length + " of " + trails.length + " rows. Search or filter to draw others."));
  }
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("aria-hidden", "true");
  holder.append(svg);
  const boxes = new Map([...holder.querySelectorAll(".node")].map((element) => [element.dataset.node, element]));
  drawn = [];
  for (const edge of graph.edges) {
    const from = boxes.get(edge.from), to = boxes.get(edge.to);
    if (!from || !to) continue;
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    if (edge.broken) path.classList.add("broken");
    svg.append(path);
    drawn.push({ edge, path, from, to });
  }
  place();
  for (const [id, element] of boxes) {
    const light = () => pick(holder, boxes, id);
    element.addEventListener("mouseenter", light);
    element.addEventListener("focus", light);
    element.addEventListener("mouseleave", () => holder.classList.remove("picked"));
    element.addEventListener("blur", () => holder.classList.remove("picked"));
    element.addEventListener("click", () => { search.value = byId.get(id).title; filter(); });
  }
}

function place() {
  const holder = drawing.querySelector(".columns");
  if (!holder) return;
  const origin = holder.getBoundingClientRect();
  for (const { path, from, to } of drawn) {
    const a = from.getBoundingClientRect(), b = to.getBoundingClientRect();
    // A context's edge to a Host passes the column of Mappings, so all go from edge to edge.
    const x1 = a.right - origin.left, y1 = a.top + a.height / 2 - origin.top;
    const x2 = b.left - origin.left, y2 = b.top + b.height / 2 - origin.top;
    const bend = Math.max(24, (x2 - x1) / 2);
    path.setAttribute("d", `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`);
  }
}

// All that a node depends on, and all that depends on it.
function pick(holder, boxes, start) {
  const on = new Set([start]);
  for (const [here, there] of [["from", "to"], ["to", "from"]]) {
    const open = [start];
    while (open.length) {
      const node = open.pop();
      for (const { edge } of drawn) {
        if (edge[here] === node && !on.has(edge[there])) { on.add(edge[there]); open.push(edge[there]); }
      }
    }
  }
  holder.classList.add("picked");
  for (const [id, element] of boxes) element.classList.toggle("on", on.has(id));
  for (const { edge, path } of drawn) path.classList.toggle("on", on.has(edge.from) && on.has(edge.to));
}

// Search and filters.
const search = find("search");
const rows = [...document.querySelectorAll(".trail")].map((element) => {
  const trail = graph.trails[element.dataset.trail];
  const texts = nodesOf(trail).map((id) => byId.get(id)).flatMap((node) => [
    node.word + " " + node.title, ...node.facts, ...node.findings.map((index) => graph.findings[index].rule),
  ]);
  return { element, trail, text: plain(texts.join("\n") + "\n" + element.textContent).toLowerCase() };
});

function filter() {
  const words = plain(search.value).toLowerCase().split(/\s+/).filter(Boolean);
  const severities = new Set([...document.querySelectorAll("[name=severity]:checked")].map((box) => box.value));
  const mode = find("mode").value;
  const fitting = [];
  for (const { element, trail, text } of rows) {
    const fits = severities.has(element.dataset.severity) && (!mode || mode === trail.mode)
      && words.every((word) => text.includes(word));
    element.hidden = !fits;
    if (fits) fitting.push(trail);
  }
  find("count").value = fitting.length + " of " + rows.length;
  find("none").hidden = fitting.length > 0;
  draw(fitting);
}

let waiting;
search.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(filter, 60); });
find("controls").addEventListener("change", filter);
find("controls").addEventListener("submit", (event) => event.preventDefault());
addEventListener("resize", place);
addEventListener("keydown", (event) => {
  if (event.key === "/" && event.target !== search) { event.preventDefault(); search.focus(); }
  if (event.key === "Escape") { search.value = ""; filter(); }
  const here = event.target.closest && event.target.closest("summary");
  if (here && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    const shown = rows.filter(({ element }) => !element.hidden).map(({ element }) => element.firstElementChild);
    const next = shown[shown.indexOf(here) + (event.key === "ArrowDown" ? 1 : -1)];
    if (next) { event.preventDefault(); next.focus(); }
  }
});
find("controls").hidden = false;
filter();
