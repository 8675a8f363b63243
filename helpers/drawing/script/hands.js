// Hands on the picture: dragging, keys, the controls, and the room there is.
const CARD = `<div class="bar"><button type="button" class="play"></button><button type="button" class="back" aria-label="${_("one step back")}">←</button>
<button type="button" class="next" aria-label="${_("one step on")}">→</button><div class="time"><input type="range" min="0" step="any" aria-label="${_("time")}">
<div class="phases" aria-hidden="true"><span></span><span></span></div></div>
<select aria-label="${_("speed")}"><option value="2">${_("slow")}</option><option value="1" selected>${_("normal")}</option><option value=".4">${_("fast")}</option></select>
<button type="button" class="reset" aria-label="${_("reset all numbers")}">↺<span> ${_("reset")}</span></button></div><p class="say"></p>
<div class="body"><div class="stage"><form class="ask" hidden></form></div><p class="score"></p><div class="panel fresh"><div class="path"></div><div class="nudge"></div><div class="code"></div></div></div>
<p class="quiet" aria-live="polite"></p>`;
const PER_PIXEL = 0.01, COARSE = 10;

Object.assign(Live.prototype, {
  takeHands() {
    const { find, svg, card, picture, graph } = this, stage = find(".stage"), plot = find(".nudge svg");
    const boxOf = (target) => picture.boxes.findIndex(({ g }) => g.contains(target));
    put(stage, { tabindex: 0, role: "group", "aria-label": `${this.root.getAttribute("aria-label")}. ${_("Left and right step; up and down change the number that has the focus, or walk.")}` });
    for (const i of this.walkable) put(picture.boxes[i].g, graph.nodes[i].op ? { role: "button" } : { role: "slider", "aria-valuemin": -this.reach[i], "aria-valuemax": this.reach[i] });
    find(".time input").max = this.end;
    put(find(".time"), { style: `--cut:${100 * (this.forwardSteps + 0.5) / this.end}%` });
    put(plot, { tabindex: -1 });
    for (const part of card.querySelectorAll("button, input, select, .stage, .n, .nudge svg")) part.dataset.lmSuppressShortcuts = "true";

    svg.onmousedown = plot.onmousedown = (event) => event.preventDefault(); // no text is chosen; the focus goes where the next lines put it
    svg.onpointerdown = (event) => {
      const i = boxOf(event.target);
      if (event.button) return;
      if (!this.walkable.includes(i)) { stage.focus({ preventScroll: true }); this.choose(this.data.follow, false); return this.paint(); } // the keyboard stays
      event.preventDefault();
      this.stop();
      this.choose(i, this.finished);
      picture.boxes[i].g.focus({ preventScroll: true });
      if (this.quiz && !this.finished) this.quiz.remind();
      else if (!graph.nodes[i].op) this.dragging = { i, x: event.clientX, pointer: event.pointerId };
      this.paint();
    };
    svg.onpointermove = (event) => {
      const { dragging } = this;
      if (!dragging) return this.hover(picture.placeOf[picture.lines.findIndex(({ g }) => g.contains(event.target))] ?? -1);
      const by = Math.round(event.clientX - dragging.x);
      if (!by) return;
      if (event.isTrusted) svg.setPointerCapture(dragging.pointer); // not before it moves: a click goes to its box
      dragging.x += by; // differences add up, so that Shift may come and go
      this.set(dragging.i, graph.data[dragging.i] + by * PER_PIXEL * (event.shiftKey ? COARSE : 1));
    };
    svg.onpointerup = svg.onpointercancel = plot.onpointerup = plot.onpointercancel = () => { if (this.dragging) { this.dragging = null; this.wake(); this.paint(); } };
    svg.ondblclick = (event) => { const i = boxOf(event.target); if (this.walkable.includes(i) && !graph.nodes[i].op) this.type(i); };
    svg.onpointerleave = () => this.hover(-1);
    stage.addEventListener("focusin", (event) => { const i = boxOf(event.target); if (i >= 0 && i !== this.chosen) { this.choose(i, this.finished); this.paint(); } });
    plot.onpointerdown = plot.onpointermove = (event) => {
      if (!event.buttons || this.chosen < 0 || graph.nodes[this.chosen].op || (this.quiz && !this.finished)) return;
      plot.setPointerCapture(event.pointerId);
      this.dragging = { i: this.chosen };
      this.set(this.chosen, this.curve.valueAt(event.clientX));
    };
    find(".play").onclick = () => this.toggle();
    find(".back").onclick = () => this.step(-1);
    find(".next").onclick = () => this.step(1);
    find(".reset").onclick = () => this.reset();
    find(".time input").oninput = (event) => this.jump(this.calm.matches ? Math.round(event.target.value) : +event.target.value);
    card.onkeydown = (event) => this.key(event);
    card.onpointerdown = (event) => { if (!event.target.closest("button, input, select, .chip, .stage, .nudge svg, a, summary")) stage.focus({ preventScroll: true }); };
  },

  key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("select, .ask, .type")) return;
    const { picture, walkable, graph } = this, i = picture.boxes.findIndex(({ g }) => g === event.target), n = walkable.length;
    const fine = PER_PIXEL * (event.shiftKey ? COARSE : 1), leaf = i >= 0 && !graph.nodes[i].op && !(this.quiz && !this.finished);
    const walk = (by) => picture.boxes[walkable[(walkable.indexOf(Math.max(i, 0)) + by + n) % n]].g.focus();
    const keys = {
      ArrowLeft: () => this.step(-1), ArrowRight: () => this.step(1), Home: () => this.jump(0), End: () => this.jump(this.end),
      PageUp: () => walk(-1), PageDown: () => walk(1), Escape: () => { this.choose(this.data.follow, false); this.paint(); },
    };
    if (i >= 0 || event.target.matches(".stage")) {
      keys[" "] = () => this.toggle();
      keys.ArrowUp = () => (leaf ? this.set(i, graph.data[i] + fine) : walk(-1));
      keys.ArrowDown = () => (leaf ? this.set(i, graph.data[i] - fine) : walk(1));
    }
    if (leaf) keys.Enter = () => this.type(i);
    if (!keys[event.key]) return;
    keys[event.key]();
    event.preventDefault();
    event.stopPropagation();
  },

  // A field in place of the number: Enter takes what is typed, Escape leaves the number as it was.
  type(i) {
    const stage = this.find(".stage"), field = make(stage, "input", "type"), box = this.picture.boxes[i].g.getBoundingClientRect(), at = stage.getBoundingClientRect();
    field.value = this.graph.data[i];
    Object.assign(field.style, { left: `${box.left - at.left + stage.scrollLeft}px`, top: `${box.top - at.top + stage.scrollTop + box.height / 3}px`, width: `${box.width}px` });
    put(field, { "aria-label": _(`new number for ${this.graph.nodes[i].label}`), "data-lm-suppress-shortcuts": "true", inputmode: "decimal" });
    const close = () => { field.onblur = null; field.remove(); this.picture.boxes[i].g.focus({ preventScroll: true }); };
    field.onblur = close;
    field.onkeydown = (event) => {
      event.stopPropagation();
      const value = typed(field.value);
      if (event.key === "Escape") close();
      else if (event.key === "Enter" && value !== null) { close(); this.reach[i] = Math.max(this.reach[i], Math.min(1e3, Math.abs(value))); this.set(i, value); }
      else if (event.key === "Enter") { put(field, { "aria-invalid": "true" }); field.setCustomValidity(_("A number, such as 0.5 or 1/2")); field.reportValidity(); }
      else field.setCustomValidity("");
    };
    field.focus();
    field.select();
  },

  showProgram() {
    this.data.code.forEach((text, k) => {
      const row = make(this.find(".code"), "span", "", text), nodes = this.data.nodes.flatMap((node, i) => (node.line === k ? [i] : []));
      row.onpointerenter = () => { this.lit = new Set(nodes); this.paint(); };
      row.onpointerleave = () => { this.lit = new Set(); this.paint(); };
    });
    this.find(".code").hidden = !this.data.code.length;
  },

  // Choose the plan that fits the room better, and its scale.
  fit() {
    const { plans } = this.data, body = this.find(".body"), room = body.clientWidth || 900, narrow = room < 740, beside = narrow ? room : room - 360;
    const scales = { wide: Math.min(room / plans.wide.size[0], 400 / plans.wide.size[1]), tall: Math.min(beside / plans.tall.size[0], (narrow ? 630 : 600) / plans.tall.size[1]) };
    const kind = scales.wide >= 0.88 || scales.wide >= scales.tall ? "wide" : "tall", [w, h] = plans[kind].size, scale = clamp(scales[kind], 0.62, 1.05);
    put(body, { class: `body ${narrow ? "stack" : kind === "wide" ? "below" : "side"}` });
    put(this.svg, { style: `width:${(w * scale).toFixed(0)}px;--factor:${Math.max(12.5, 11.2 / scale).toFixed(1)}px;--text:${Math.max(15, 11.2 / scale).toFixed(1)}px;--op:${Math.max(12, 9.6 / scale).toFixed(1)}px` });
    const stage = this.find(".stage");
    put(stage, { style: `max-height:${kind === "wide" ? 430 : narrow ? 640 : 612}px` });
    this.scale = scale;
    const turned = this.picture.kind !== kind;
    this.picture.lay(kind);
    this.quiz?.settle();
    // Asked once for each size: it makes the browser lay out the whole page.
    this.scrolls = stage.scrollWidth > stage.clientWidth + 1 || stage.scrollHeight > stage.clientHeight + 1;
    if (turned) this.paint();
  },

  // In a picture larger than its window the active part comes into view.
  bringIntoView(hot) {
    const stage = this.find(".stage"), { centres } = this.picture.plan, key = `${hot} ${this.scale}`;
    if (!this.scrolls || this.seen === key) return;
    this.seen = key;
    const middle = (axis) => hot.reduce((sum, i) => sum + centres[i][axis], 0) / hot.length * this.scale;
    stage.scrollTo({ left: middle(0) - stage.clientWidth / 2, top: middle(1) - stage.clientHeight / 2, behavior: this.calm.matches ? "auto" : "smooth" });
  },
});
