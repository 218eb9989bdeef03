"use strict";
// Names come from manifests and may contain anything: they are only ever set as text.
const graph = JSON.parse(document.getElementById("graph").textContent);
const byId = new Map(graph.nodes.map((node) => [node.id, node]));
const into = new Map();
for (const edge of graph.edges) {
  if (!into.has(edge.to)) into.set(edge.to, []);
  into.get(edge.to).push(edge);
}
// Requests enter through Hosts, so Hosts are left of their Mappings.
const COLUMNS = ["Certificates", "Secrets", "Files", "TLS contexts", "Hosts", "Mappings", "Services"];
const COLUMN_OF = { certificate: 0, secret: 1, file: 2, context: 3, undefined: 3, host: 4, mapping: 5, service: 6 };
const modeOf = new Map(graph.trails.map((trail) => [trail.subject, trail.mode]));
// The meaning and style of lines in the drawing.
const LEGEND = [
  ["mutual", "mutual TLS"], ["tls", "TLS, no client certificate"], ["plaintext", "plaintext"],
  ["traffic", "client requests"], ["broken", "dangling reference"], ["", "is part of"],
];
// More would be unreadable; the rows below have all of them.
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
  const mode = modeOf.has(node.id) ? " mode-" + modeOf.get(node.id) : "";
  const element = make(full ? "div" : "button", "node " + (node.severity || "") + " " + node.kind + mode);
  if (!full) element.type = "button";
  element.dataset.node = node.id;
  const kind = make("span", "kind", node.word);
  if (node.severity) kind.append(" ", make("em", "", node.severity));
  const title = make("b");
  // Long names break between their parts.
  for (const part of plain(node.title).split(/(?<=[/.:_-])/)) title.append(part, make("wbr"));
  element.append(kind, title);
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
  const shown = new Set(ids);
  COLUMNS.forEach((title, index) => {
    const members = [...shown].map((id) => byId.get(id)).filter((node) => COLUMN_OF[node.kind] === index);
    if (!members.length) return;
    const column = make("div", "column");
    column.append(make("h2", "", title), ...members.map((node) => box(node, full, shown)));
    holder.append(column);
  });
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

// The kind of an edge's line.
function lineOf(edge) {
  if (edge.broken) return "broken";
  const to = byId.get(edge.to), from = byId.get(edge.from);
  if (from.kind === "mapping" && to.kind === "host") return "traffic";
  const mode = modeOf.get(to.kind === "service" ? edge.from : edge.to) || "";
  if (!["service", "mapping", "host"].includes(to.kind)) return "";
  return { mutual: "mutual", "terminates-mutual": "mutual", tls: "tls", terminates: "tls", plaintext: "plaintext" }[mode] || "";
}

function legend() {
  const list = make("ul", "legend");
  for (const [line, words] of LEGEND) {
    if (!drawn.some((one) => one.line === line)) continue;
    const item = make("li");
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 30 8");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", "M1 4H29");
    if (line) path.classList.add(line);
    svg.append(path);
    item.append(svg, words);
    list.append(item);
  }
  return list;
}

function draw(trails) {
  drawing.replaceChildren();
  drawing.hidden = !find("draw").checked || !trails.length;
  if (drawing.hidden) return;
  // Those of one context next to each other, so that fewer edges cross.
  const first = new Map(trails.map((trail) => trail.contexts[0]).reverse().map((id, at) => [id, -at]));
  const shown = trails.slice(0, MOST_DRAWN)
    .sort((one, other) => first.get(one.contexts[0]) - first.get(other.contexts[0]));
  const ids = shown.flatMap(nodesOf);
  const holder = columns(ids, false);
  const number = (count) => count.toLocaleString("en");
  if (shown.length < trails.length) {
    drawing.append(make("p", "more", number(shown.length) + " of " + number(trails.length)
      + " rows are drawn, the worst first. Search or filter to draw others."));
  }
  const scroller = make("div", "scroller");
  scroller.append(holder);
  drawing.append(scroller);
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("aria-hidden", "true");
  holder.append(svg);
  const boxes = new Map([...holder.querySelectorAll(".node")].map((element) => [element.dataset.node, element]));
  drawn = [];
  for (const edge of graph.edges) {
    const from = boxes.get(edge.from), to = boxes.get(edge.to);
    if (!from || !to) continue;
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    const line = lineOf(edge);
    if (line) path.classList.add(line);
    svg.append(path);
    // Requests flow in the other direction: from the Host to the Mapping.
    drawn.push(line === "traffic" ? { edge, path, line, from: to, to: from } : { edge, path, line, from, to });
  }
  scroller.before(legend());
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
  const rect = (element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    return { left: left - origin.left, right: right - origin.left, top: top - origin.top, bottom: bottom - origin.top };
  };
  const all = [...holder.querySelectorAll(".column")].map((column) => ({
    ...rect(column), boxes: [...column.querySelectorAll(".node")].map(rect), used: new Map(),
  }));
  for (const { path, from, to } of drawn) {
    const a = rect(from), b = rect(to);
    const start = { x: a.right, y: (a.top + a.bottom) / 2 }, end = { x: b.left, y: (b.top + b.bottom) / 2 };
    let here = start, line = `M${start.x} ${start.y}`;
    const bend = (x, y) => {
      const half = Math.max(16, (x - here.x) / 2);
      line += `C${here.x + half} ${here.y} ${x - half} ${y} ${x} ${y}`;
      here = { x, y };
    };
    // Columns in between are crossed where they have no box.
    for (const column of all.filter((column) => column.left > a.right - 1 && column.right < b.left + 1)) {
      const share = ((column.left + column.right) / 2 - start.x) / (end.x - start.x);
      const y = free(column, start.y + share * (end.y - start.y));
      bend(column.left - 2, y);
      line += `H${column.right + 2}`;
      here = { x: column.right + 2, y };
    }
    bend(end.x, end.y);
    path.setAttribute("d", line);
  }
}

// The closest height at which a line can cross a column between or below its boxes.
function free(column, wanted) {
  const { boxes, used } = column;
  if (!boxes.length) return wanted;
  const below = boxes[boxes.length - 1].bottom + 9;
  if (wanted >= below) return wanted;
  const gaps = boxes.slice(1).map((box, index) => (boxes[index].bottom + box.top) / 2);
  const best = [...gaps, below].reduce((one, other) => Math.abs(other - wanted) < Math.abs(one - wanted) ? other : one);
  // Lines in one gap are spaced out, as far as there is room.
  const count = used.get(best) || 0;
  used.set(best, count + 1);
  return best + ((count + 1) >> 1) % 3 * (count % 2 ? 2 : -2);
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
