// The drawn picture: finds the parts that Python has named, and changes their texts, classes, widths and places.
const LENGTH = (lengths) => lengths.reduce((a, b) => a + b);

class Picture {
  constructor(svg, graph, plans, largest) {
    Object.assign(this, { svg, graph, plans, largest });
    const all = (selector, names) => [...svg.querySelectorAll(selector)].map((g) =>
      Object.assign({ g }, ...names.map((name) => ({ [name]: g.querySelector(`.${name}`) }))));
    this.boxes = all(".n", ["value", "grad", "band", "op", "delta"]);
    this.lines = all(".e", ["wire", "tip", "factor"]);
    this.lines.forEach((line) => { line.pieces = [...line.g.querySelectorAll(".r")]; });
    this.tokens = [...svg.querySelectorAll(".token")].map((g) => ({ g, ground: g.firstChild, words: g.lastChild }));
    this.kinds = this.boxes.map(({ g }) => g.getAttribute("class"));
    this.corners = this.boxes.map(({ op }) => op?.textContent ?? "");
    const { nodes, edges } = graph;
    this.drawn = nodes.flatMap(({ parents = [] }, target) => parents.map((source, operand) => ({ source, target, operand })));
    this.placeOf = this.drawn.map((e) => edges.findIndex((other) => other.target === e.target && other.operand === e.operand));
    this.drawnOf = edges.map((_, k) => this.placeOf.indexOf(k)); // place in the backward pass -> place in the drawing
    this.shares = nodes.map((_, i) => edges.flatMap((e, k) => (e.source === i ? [k] : []))); // edges over which node i gets its gradient
    this.arrivals = this.shares.map((places) => places.length);
    this.operations = nodes.flatMap(({ op }, i) => (op ? [i] : []));
    this.crowded = nodes.length > 25; // then factors stand on the path at hand only
    this.order = nodes.map((_, i) => this.operations.indexOf(i)); // −1 at a leaf
  }

  // Take the places of another plan ('wide' or 'tall').
  lay(kind) {
    if (this.kind === kind) return;
    this.kind = kind;
    this.plan = this.plans[kind];
    put(this.svg, { viewBox: `0 0 ${this.plan.size.join(" ")}` });
    this.boxes.forEach(({ g }, i) => put(g, { transform: `translate(${this.plan.centres[i]})` }));
    this.lines.forEach(({ wire, pieces, tip, factor }, k) => {
      const { pieces: courses, tip: [x, y, turn], factor: [u, v] } = this.plan.edges[k];
      put(wire, { d: `${courses.join("")}L${x} ${y}` });
      [0, 2].forEach((j) => pieces.length && put(pieces[j], { d: courses[j] }));
      put(tip, { transform: `translate(${x} ${y}) rotate(${turn})` });
      put(factor, { transform: `translate(${u} ${v})` });
    });
  }

  // 1 to 15 px: the scale stands still while numbers move, so that no other ribbon breathes.
  width(v) { return isFinite(v) ? Math.min(15, 1.2 + 10 * Math.sqrt(Math.abs(v) / this.largest)) : 1.2; }

  // view: the moment that is shown; see Live.view.
  paint(view) {
    this.lines.forEach((_, place) => this.paintEdge(place, view));
    this.boxes.forEach((_, i) => this.paintBox(i, view));
    this.tokens.forEach(({ g }) => put(g, { class: "token" }));
    for (const token of view.tokens) this.paintToken(token);
  }

  paintEdge(place, { known, walked, f, dim, path, hovered, revealed, lifted }) {
    const { g, pieces, tip, factor } = this.lines[place], k = this.placeOf[place], { graph } = this;
    put(g, { class: dim ? (path.edges.has(k) ? "e on" : "e off") : "e" });
    if (k < 0) return;
    const upstream = graph.gradients[graph.edges[k].target], part = graph.parts[k];
    const shown = k < walked ? 1 : k === walked ? f : 0, widths = [upstream, part].map((v) => this.width(v));
    const { lengths, neck } = this.plan.edges[place], total = LENGTH(lengths), done = [0, 1, 2].map((j) => clamp((shown * total - LENGTH(lengths.slice(0, j + 1)) + lengths[j]) / lengths[j], 0, 1));
    [upstream, part, part].forEach((carries, j) => {
      const look = j === 1 ? { d: outline(neck, widths) } : { "stroke-width": widths[j / 2].toFixed(2), "stroke-dasharray": dashes(lengths[j], done[j], carries < 0) };
      put(pieces[j], { class: `r ${j === 1 ? "neck " : ""}${sign(carries)}`, visibility: done[j] && carries ? "visible" : "hidden", ...look });
    });
    put(tip, { class: `tip ${sign(part)}`, visibility: shown >= 1 && part ? "visible" : "hidden", d: head(widths[1]) });
    if (!factor) return;
    const mark = lifted.includes(k) || hovered === k ? " hit" : "", near = !this.crowded || mark || k === walked || path.edges.has(k), open = near && revealed(k) && this.order[graph.edges[k].target] < known;
    put(factor, { class: `factor${mark}${path.edges.has(k) ? " path" : ""}`, text: `×${brief(graph.slope(k))}`, visibility: open ? "visible" : "hidden" });
  }

  paintBox(i, { known, walked, seeded, chosen, dim, path, hot, lit, changes }) {
    const { g, value, grad, band, op, delta } = this.boxes[i], { graph } = this, node = graph.nodes[i];
    const marks = [["hot", hot.includes(i)], ["mine", i === chosen], ["off", dim && !path.nodes.has(i)], ["lit", lit.has(i)], ["odd", node.own && !graph.moved]];
    put(g, { class: [this.kinds[i], ...marks.filter(([, on]) => on).map(([mark]) => mark)].join(" ") });
    if (!grad) return; // a constant
    const here = this.shares[i].filter((k) => k < walked).map((k) => graph.parts[k]);
    const ready = this.order[i] < known, shown = i === graph.last ? seeded : here.length > 0;
    const sum = i === graph.last ? 1 : here.reduce((a, b) => a + b, 0);
    put(value, { text: ready ? number(graph.values[i]) : "" });
    put(grad, { text: shown ? number(sum) : "", class: `grad ${sign(sum)}` });
    put(band, { class: `band ${sign(sum)}`, visibility: shown ? "visible" : "hidden" });
    put(op, { text: shown && here.length < this.arrivals[i] ? `+= ${here.length}/${this.arrivals[i]}` : this.corners[i] });
    const change = changes?.[i] ?? 0;
    put(delta, { class: `delta ${sign(change)}`, visibility: change && ready ? "visible" : "hidden" });
    put(delta.lastChild, { text: change > 0 ? `+${number(change)}` : number(change) });
    const words = `${node.label}${ready ? ` = ${number(graph.values[i])}` : ""}${shown ? `, gradient ${number(sum)}` : ""}`;
    put(g, node.op ? { "aria-label": words } : { "aria-label": node.label, "aria-valuenow": graph.values[i], "aria-valuetext": words });
  }

  // A number on its way along an edge; at: 0 at the target's box, 1 at the source's.
  paintToken({ place, at, words, style }) {
    const { x, y } = this.lines[place].wire.getPointAtLength(clamp(at, 0, 1) * LENGTH(this.plan.edges[place].lengths));
    const { g, ground, words: text } = this.tokens[place], wide = 8.4 * words.length + 14;
    put(text, { text: words });
    put(ground, { width: wide, x: -wide / 2 });
    put(g, { class: `token ${style}`, transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})` });
  }
}

// The stretch on which a ribbon goes from one width to the other; ends: (x, y, normal) where it begins and ends.
const outline = ([[a, b, m, n], [x, y, u, v]], [first, last]) => {
  const at = (...numbers) => numbers.map((v) => v.toFixed(1)).join(" "), w = first / 2, r = last / 2;
  return `M${at(a + m * w, b + n * w)}L${at(x + u * r, y + v * r)} ${at(x - u * r, y - v * r)} ${at(a - m * w, b - n * w)}z`;
};
// The first part of a piece, solid or dashed.
const dashes = (length, shown, negative) => {
  if (shown >= 1) return negative ? "7 4" : "none";
  const count = negative ? Math.floor(shown * length / 11) : 0;
  return `${"7 4 ".repeat(count)}${negative ? Math.min(7, shown * length - 11 * count) : shown * length} 9999`;
};
const head = (width) => { const wing = Math.max(4.5, width / 2 + 3); return `M0 0l-9 -${wing.toFixed(1)}v${(2 * wing).toFixed(1)}z`; };
