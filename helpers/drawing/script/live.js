// The live picture: a function of the numbers at the leaves, of the time t (in steps), and of the chosen box.
const PACE = { forward: 450, plain: 260, back: 800 }; // milliseconds: an operation, an edge with factor 1, another edge

class Live {
  constructor(root, data) {
    this.root = root;
    const image = root.querySelector("img");
    const graph = (this.graph = new Graph(data.nodes));
    this.card = make(root, "div", "card");
    this.card.innerHTML = CARD;
    const find = (selector) => this.card.querySelector(selector);
    this.find = find;
    find(".stage").insertAdjacentHTML("afterbegin", decodeURIComponent(image.getAttribute("src").replace(/^[^,]*,/, "")));
    this.svg = find("svg");
    this.svg.classList.remove("ftg-still");
    image.replaceWith(this.card);
    this.picture = new Picture(this.svg, graph, data.plans, data.largest);
    this.forwardSteps = this.picture.operations.length;
    this.end = this.forwardSteps + 1 + graph.edges.length; // forward, the seed, one step for each edge back
    Object.assign(this, { data, t: this.end, goal: null, playing: false, frame: 0, chosen: -1, dim: false, hovered: -1, nudge: null, ripple: null, lit: new Set() });
    this.reach = graph.start.map((v) => Math.max(3, 2 * Math.abs(v ?? 0)));
    this.calm = matchMedia("(prefers-reduced-motion: reduce)");
    this.paths = new PathPanel(find(".path"), graph, (k) => this.hover(k));
    this.curve = new NudgePanel(find(".nudge"), graph);
    this.quiz = Object.keys(data.questions).length ? new Quiz(find(".ask"), find(".score"), this, data.questions) : null;
    if (this.quiz) this.t = this.limit();
    this.rows = [...root.querySelectorAll("tbody tr")].map((row) => row.cells);
    this.told = data.nodes.flatMap(({ kind }, i) => (kind === "constant" ? [] : [i])); // the nodes of its rows
    this.showProgram();
    this.takeHands();
    this.choose(data.follow, false);
    this.fit();
    new ResizeObserver(() => this.fit()).observe(this.card);
    addEventListener("beforeprint", () => root.isConnected && this.jump(this.end));
  }

  get finished() { return this.t >= this.end; }

  // What the picture shows at this moment.
  view() {
    const { t, forwardSteps: F, picture, graph, quiz } = this, k = Math.min(Math.floor(t), this.end - 1), f = t - k;
    const known = Math.min(F, Math.floor(t + 0.15)), walked = Math.floor(t) - F - 1, back = t > F + 1 && !this.finished;
    const hot = this.finished || (t === 0 && !this.playing) ? [] : k < F ? [picture.operations[k]] : k === F || walked < 0 ? [graph.last]
      : [graph.edges[Math.min(walked, graph.edges.length - 1)].source, graph.edges[Math.min(walked, graph.edges.length - 1)].target];
    const revealed = (place) => place < walked || (place === walked && (quiz ? quiz.reveals(place) || f > 0 : f > 0.2)) || this.finished;
    return {
      known, walked, f: this.finished ? 0 : f, seeded: t >= F + 0.5, chosen: this.chosen, dim: this.dim, path: this.chosenPath, hovered: this.hovered, hot, lit: this.lit,
      revealed, lifted: back && f > 0.25 && f < 0.75 ? [walked] : [], finished: this.finished, tokens: this.tokens(k, f, walked), changes: this.ripple?.changes,
    };
  }

  tokens(k, f, walked) {
    const { picture, graph, forwardSteps: F } = this;
    if (this.ripple) return this.ripple.tokens(picture);
    if (!f || this.finished) return [];
    if (k < F) return picture.drawn.flatMap((e, place) => (e.target === picture.operations[k]
      ? [{ place, at: 1 - 0.8 * ease(f / 0.85), words: brief(graph.values[e.source]), style: "up" }] : []));
    if (walked < 0) return [];
    const { source, target } = graph.edges[walked], amount = f < 0.5 ? graph.gradients[target] : graph.parts[walked];
    const plus = f > 0.5 && picture.arrivals[source] > 1 && amount >= 0 ? "+" : "";
    return [{ place: picture.drawnOf[walked], at: 0.5 * ease(f / 0.4) + 0.5 * ease((f - 0.6) / 0.4), words: plus + brief(amount), style: sign(amount) }];
  }

  paint() {
    const view = this.view(), { graph, find, forwardSteps: F, end } = this, time = find(".time input");
    this.picture.paint(view);
    this.paths.paint(view);
    this.curve.paint(this.chosen, this.nudge, this.reach);
    this.quiz?.paint();
    this.rows.forEach((cells, k) => { put(cells[2], { text: number(graph.values[this.told[k]]) }); put(cells[3], { text: number(graph.gradients[this.told[k]]) }); });
    put(this.root.querySelector("details"), { class: this.quiz && !this.finished ? "later" : "" }); // it would tell the answers
    put(this.card, { class: this.quiz && !this.finished ? "card asking" : "card" });
    const step = Math.ceil(this.t - 1e-6), phase = step <= F ? `${_("forward")} ${step}/${F}` : `${_("backward")} ${Math.max(0, step - F - 1)}/${end - F - 1}`;
    time.value = this.t;
    put(time, { style: `--at:${100 * this.t / end}%`, "aria-valuetext": phase });
    put(find(".phases span"), { text: step <= F ? phase : _("forward") });
    put(find(".phases span:last-child"), { text: step > F ? phase : _("backward") });
    put(find(".play"), { text: this.playing ? _("❚❚ pause") : this.finished ? _("▶ replay") : _("▶ play") });
    put(find(".reset"), { "aria-disabled": !graph.moved });
    const stop = this.limit() <= this.t, why = this.finished ? _("This is the end.") : _("Answer the question first, or let it be shown.");
    put(find(".next"), { "aria-disabled": stop, title: stop ? why : "" });
    put(find(".back"), { "aria-disabled": this.t <= 0, title: this.t <= 0 ? _("This is the beginning.") : "" });
    const now = view.hot.length ? this.data.nodes[view.hot[view.hot.length - 1]].line : undefined;
    [...find(".code").children].forEach((row, k) => put(row, { class: k === now ? "now" : "" }));
    write(find(".say"), this.sentence(view));
    if (view.hot.length) this.bringIntoView(view.hot);
    this.speak();
  }

  // ---- words

  sentence({ walked, f }) {
    const { graph, t, forwardSteps: F, nudge } = this, { nodes, last, edges } = graph, name = (i) => nodes[i].name, italic = (i) => ["i", "", name(i)];
    const d = (i) => ["i", "", `∂${grouped(name(last))}/∂${grouped(name(i))}`];
    const odd = nodes.findIndex((node) => node.own);
    if (graph.values.some((v) => !isFinite(v))) return this.outside();
    if (this.quiz?.open) {
      const { source } = edges[this.quiz.place];
      return [d(source), this.picture.arrivals[source] > 1 ? " += " : " = ", _("upstream × local")];
    }
    if (nudge && this.finished) return [italic(nudge.i), ` ${number(nudge.from)} → ${number(graph.data[nudge.i])}:  `, italic(last), ` ${number(nudge.end)} → ${number(graph.values[last])}`,
      ["small", "", _("Amber: what the slopes at the start predict, box by box.")]];
    if (this.finished && odd >= 0 && !graph.moved) return this.oddity(odd);
    if (this.finished) return [_("Every value forward, every gradient back. "), ["small", "", this.dim && !nodes[this.chosen].op ? _("Drag it, or ↑ ↓; to type a number, Enter or a double click.") : _("Drag a number. Click one for its path. Replay how the gradient got there.")]];
    if (t === 0) return [_("Given: "), nodes.flatMap((n, i) => (n.op || n.kind === "constant" ? [] : [`${name(i)} = ${number(graph.data[i])}`])).join(", ")];
    if (Math.ceil(t) <= F) {
      const i = this.picture.operations[Math.ceil(t) - 1], { formula, parents } = nodes[i], numbers = written(formula, parents.map((p) => bracketed(number(graph.values[p]))));
      const names = written(formula, parents.map(name));
      return [italic(i), ...(names === name(i) ? [] : [` = ${names}`]), ` = ${numbers} = `, ["b", "", number(graph.values[i])]];
    }
    if (Math.ceil(t) === F + 1) return [_("Backward starts at the end: "), d(last), " = 1."];
    const k = f ? walked : walked - 1, { source, target } = edges[k], upstream = graph.gradients[target], several = this.picture.arrivals[source] > 1;
    return [d(source), several ? " += " : " = ", ["b", sign(upstream), bracketed(number(upstream))], ` × ${bracketed(brief(graph.slope(k)))} = `, ["b", sign(graph.parts[k]), number(graph.parts[k])],
      ["small", "", _(`upstream × local, along ${name(target)} → ${name(source)}`)]];
  }

  outside() {
    const { nodes, values } = this.graph, i = nodes.findIndex((node, j) => node.op && !isFinite(values[j])), { op, parents } = nodes[i];
    const given = parents.map((p) => `${nodes[p].name} = ${number(values[p])}`).join(_(" and "));
    return [["i", "", nodes[i].name], _(` is undefined: ${op} of ${given}. Drag it back, or reset.`)];
  }

  oddity(i) {
    const { nodes, values } = this.graph, { own, op, parents, k, name } = nodes[i], known = OPERATIONS[op];
    if (!known) return [["i", "", name], _(` is computed by “${op}”, which this picture does not know: its numbers are your program's, and stay as they are.`)];
    const [value, ...slopes] = known(...parents.map((p) => values[p]), k), j = slopes.findIndex((s, operand) => Math.abs(s - own.slopes[operand]) > 1e-9 * Math.max(1, Math.abs(s)));
    return Math.abs(value - own.value) > 1e-9 * Math.max(1, Math.abs(value))
      ? [["i", "", name], _(` is ${number(own.value)} in your program; ${op} gives ${number(value)}.`)]
      : [["i", "", name], _(`: your program's slope is ${number(own.slopes[j])}; that of ${op} is ${number(slopes[j])}.`)];
  }

  speak() { // a screen reader is not flooded
    if ((this.playing || this.dragging || this.ripple) && Date.now() - (this.spoken ?? 0) < 2500) return;
    this.spoken = Date.now();
    put(this.find(".quiet"), { text: this.dim ? this.find(".path").firstChild.textContent : this.find(".say").textContent });
  }

  // ---- the chosen box

  choose(i, dim = true) {
    const { graph } = this, path = { nodes: new Set(i < 0 ? [] : [i]), edges: new Set() };
    for (let k = graph.edges.length - 1; k >= 0; k--) if (path.nodes.has(graph.edges[k].source)) { path.nodes.add(graph.edges[k].target); path.edges.add(k); }
    Object.assign(this, { chosen: i, dim: dim && i >= 0, chosenPath: path });
    if (this.nudge && this.nudge.i !== i) this.nudge = this.ripple = null;
    if (i >= 0) put(this.find(".panel"), { class: "panel" }); // from now on it keeps its room
    this.paths.choose(i);
    const at = i < 0 ? graph.last : i;
    this.walkable.forEach((j) => put(this.picture.boxes[j].g, { tabindex: j === at ? 0 : -1 }));
  }

  get walkable() { return this.graph.nodes.flatMap(({ kind }, i) => (kind === "constant" ? [] : [i])); }

  hover(k) { if (k !== this.hovered) { this.hovered = k; this.paint(); } }

  set(i, value) {
    const { graph } = this;
    if (graph.nodes.some((node) => node.op && !OPERATIONS[node.op])) return; // what it does not know, it does not move
    if (this.nudge?.i !== i) this.nudge = { i, from: graph.data[i], end: graph.values[graph.last], gradient: graph.gradients[i], slopes: graph.slopes };
    graph.data[i] = clamp(Math.round(value * 1e4) / 1e4, -this.reach[i], this.reach[i]);
    graph.compute();
    const by = graph.data[i] - this.nudge.from;
    if (Math.abs(by) < 1e-9) this.nudge = null;
    this.ripple = this.nudge ? Object.assign(this.ripple ?? new Ripple(this), { by }) : null;
    if (this.ripple && this.ripple.done) this.ripple.restart();
    this.wake();
    this.paint();
  }

  reset() {
    this.graph.start.forEach((v, i) => (this.graph.data[i] = v));
    this.nudge = this.ripple = null;
    this.graph.compute();
    this.paint();
  }
}
