// Beside the picture: the product along the chosen path, the nudge with its curve, and the program's lines.
const MOST = 3; // paths that are written out, the largest

class PathPanel {
  constructor(element, graph, hover) { Object.assign(this, { element, graph, hover, rows: [] }); }

  // Lay out the products from node i to the end; factors of 1 are folded.
  choose(i) {
    const { element, graph } = this, { nodes, last } = graph;
    element.textContent = "";
    this.rows = [];
    this.i = i;
    this.title = make(element, "p", "title");
    if (i < 0 || i === last) return;
    this.trails = graph.paths(i);
    for (let r = 0; r < Math.min(MOST, this.trails.length); r++) this.rows.push({ row: make(element, "div", "row"), chips: [] });
    this.sort();
  }

  sort() {
    const { graph } = this;
    this.trails.sort((a, b) => Math.abs(graph.product(b)) - Math.abs(graph.product(a)));
    this.rows.forEach((entry, r) => {
      const { row } = entry, trail = this.trails[r];
      row.textContent = "";
      Object.assign(entry, { trail, chips: [] });
      for (const k of trail.filter((place) => graph.nodes[graph.edges[place].target].op !== "+")) {
        const pair = make(row, "span", "pair", entry.chips.length ? "×" : r ? "+" : ""), chip = make(pair, "span", "chip");
        const text = make(chip, "span"), origin = originOf(graph.nodes, graph.edges[k]);
        make(chip, "small", "", meaningOf(graph.nodes, graph.edges[k]) ?? origin);
        Object.assign(chip, { tabIndex: 0, title: origin });
        chip.dataset.lmSuppressShortcuts = "true";
        for (const [event, place] of [["pointerenter", k], ["pointerleave", -1], ["focus", k], ["blur", -1]]) chip.addEventListener(event, () => this.hover(place));
        entry.chips.push({ k, chip, text });
      }
      if (!entry.chips.length) make(row, "span", "pair", r ? "+ 1" : "1");
      entry.total = make(make(row, "span", "pair", "="), "b");
    });
  }

  paint({ revealed, hovered, finished }) {
    const { graph, i, title } = this, { nodes, last } = graph, name = (j) => ["i", "", nodes[j].name];
    if (i < 0) return write(title, [_("Click a number: its path to "), name(last), _(" lights up, and the product of its slopes stands here.")]);
    const slope = ["i", "", `∂${grouped(nodes[last].name)}/∂${grouped(nodes[i].name)}`];
    if (i === last) return write(title, [slope, _(" = 1: the end itself.")]);
    const many = this.trails.length, count = many < 100 ? many : _("more than 99"), total = [slope, " = ", ["b", sign(graph.gradients[i]), finished ? number(graph.gradients[i]) : "?"]];
    write(title, many === 1 ? [slope, _(", the product along its path:")]
      : [...total, _(`, the sum over ${count} paths`), many > MOST ? _(`; the largest ${MOST}`) : "", ":"]);
    for (const { trail, chips, total } of this.rows) {
      for (const { k, chip, text } of chips) {
        put(text, { text: revealed(k) ? bracketed(brief(graph.slope(k))) : "?" });
        put(chip, { class: `chip ${sign(graph.slope(k))}${hovered === k ? " hit" : ""}` });
      }
      const product = graph.product(trail);
      put(total, { text: finished ? number(product) : "?", class: sign(product) });
    }
  }
}

// The end as a function of one number, with the tangent where the nudge began.
class NudgePanel {
  constructor(element, graph) {
    Object.assign(this, { element, graph });
    element.innerHTML = `<svg viewBox="0 0 330 170" role="img"><path class="axis"/><path class="tangent"/><path class="curve"/><path class="gap"/>
      <circle class="base" r="4.5"/><circle class="said" r="4.5"/><circle class="real" r="5.5"/><text class="across" y="166"/><text class="up" x="4" y="12"/></svg>
      <p class="said-words"></p>`;
    [this.plot, this.words] = element.children;
    this.part = Object.fromEntries([...this.plot.children].map((part) => [part.getAttribute("class"), part]));
    this.span = [-3, 3];
  }

  // i: the chosen node; nudge: {i, from, end, gradient} or null; reach: how far a leaf may go.
  paint(i, nudge, reach) {
    const { graph, part } = this, { nodes, values, last } = graph;
    if (i < 0 || i === last) return put(this.element, { class: "nudge away" });
    put(this.element, { class: "nudge" });
    const base = nudge?.i === i ? nudge : { from: values[i], end: values[last], gradient: graph.gradients[i] };
    const [low, high] = (this.span = nodes[i].op ? [base.from - 2, base.from + 2] : [-reach[i], reach[i]]);
    const output = (v) => (nodes[i].op || v !== values[i] ? graph.forward({ [i]: v }).values[last] : values[last]);
    const line = (v) => base.end + base.gradient * (v - base.from), at = values[i], said = line(at), real = values[last];
    const curve = Array.from({ length: 61 }, (_, k) => low + (high - low) * k / 60).map((v) => [v, output(v)]);
    const ys = [...curve.map(([, y]) => y), base.end].filter(isFinite), bottom = Math.min(...ys), top = Math.max(...ys, bottom + 1e-3);
    const torn = (a, b, n = 24) => { // a jump or a pole between two points: halving their distance makes it no smaller
      const v = (a[0] + b[0]) / 2, m = [v, output(v)], rise = Math.abs(m[1] - a[1]) + Math.abs(m[1] - b[1]);
      return !(rise < (top - bottom) / 8) && (!n || torn(a, m, n - 1) || torn(m, b, n - 1));
    };
    const x = (v) => 10 + 310 * (v - low) / (high - low), y = (v) => 140 - 112 * (v - bottom) / (top - bottom), p = (v, w) => `${x(v).toFixed(1)} ${y(w).toFixed(1)}`;
    put(part.axis, { d: `M10 148H320M${x(base.from).toFixed(1)} 148V${y(base.end).toFixed(1)}` });
    put(part.curve, { d: curve.map(([v, w], k) => (isFinite(w) ? (k && !torn(curve[k - 1], curve[k]) ? "L" : "M") + p(v, w) : "")).join("") });
    const ends = [bottom, top].map((w) => base.from + (w - base.end) / base.gradient), [from, to] = base.gradient ? [Math.min(...ends), Math.max(...ends)] : [low, high];
    put(part.tangent, { d: `M${[Math.max(low, from), Math.min(high, to)].map((v) => p(v, line(v))).join("L")}` }); // within the plot
    const held = (w) => clamp(w, bottom, top); // beyond the plot a prediction ends at its edge
    put(part.gap, { d: `M${p(at, held(said))}L${p(at, held(real))}` });
    for (const [name, v, w] of [["base", base.from, base.end], ["said", at, said], ["real", at, real]]) {
      const inside = isFinite(w) && w === held(w);
      put(part[name], inside ? { transform: `translate(${p(v, w)})`, visibility: "visible" } : { visibility: "hidden" });
    }
    put(part.across, { text: `${nodes[i].name} = ${number(at)}`, x: clamp(x(at), 46, 284) });
    put(part.up, { text: nodes[last].name });
    const change = (v) => ["b", sign(v), `${v > 0 ? "+" : ""}${number(v)}`], by = at - base.from;
    write(this.words, Math.abs(by) > 1e-9
      ? [["i", "", nodes[i].name], ` ${by > 0 ? "+" : ""}${number(by)}`, _(": the slope predicts "), change(said - base.end), _(", the actual change is "), change(real - base.end), "."]
      : nodes[i].op ? [_("The curve: "), ["i", "", nodes[last].name], _(" if only "), ["i", "", nodes[i].name], _(" changed. The line: its slope here.")]
        : [_("Drag "), ["i", "", nodes[i].name], _(" and compare: the line is what its slope predicts, the curve what happens.")]);
    put(this.plot, { "aria-label": this.words.textContent });
  }

  // The value that a place in the plot stands for.
  valueAt(clientX) {
    const { left, width } = this.plot.getBoundingClientRect(), [low, high] = this.span;
    return low + (high - low) * clamp(((clientX - left) / width * 330 - 10) / 310, 0, 1);
  }
}
