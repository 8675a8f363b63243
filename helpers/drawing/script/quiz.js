// Questions on the way back: at an edge first its local derivative, then what arrives. They are made by Python.
const HIGH = 132; // of a question with its verdict

class Quiz {
  // questions: for some places in the backward pass a list of {prompt, answer, mistakes, near, hints, reveal}.
  constructor(form, score, live, questions) {
    Object.assign(this, { form, score, live, questions });
    form.innerHTML = `<label><span></span><input type="text" autocomplete="off" spellcheck="false"></label>
      <button type="submit">check</button><button type="button" class="show">show me</button><p role="status"></p>`;
    [this.prompt, this.field, this.verdict] = ["span", "input", "p"].map((part) => form.querySelector(part));
    score.innerHTML = `<button type="button" class="again">start again</button><button type="button" class="all">show all</button><span></span>`;
    form.onsubmit = (event) => { event.preventDefault(); this.check(); };
    form.onkeydown = (event) => { event.stopPropagation(); if (event.key === "Escape") live.find(".next").focus(); };
    form.querySelector(".show").onclick = () => this.answer(this.open.reveal, false);
    score.querySelector(".again").onclick = () => { this.begin(); live.jump(live.limit()); };
    score.querySelector(".all").onclick = () => { this.places.forEach((k) => (this.given[k] = this.questions[k].length)); live.jump(live.end); };
    this.places = Object.keys(questions).map(Number);
    this.begin();
  }

  begin() { Object.assign(this, { given: {}, tries: 0, first: 0, asked: 0, last: "" }); }

  get place() { return this.places.find((k) => (this.given[k] ?? 0) < this.questions[k].length); }

  // Time beyond which the reader comes with an answer only.
  limit() { return this.place === undefined ? this.live.end : this.live.forwardSteps + 1 + this.place; }

  // The question at hand, once the walk has come to its edge.
  get open() { const k = this.place; return k !== undefined && this.live.t === this.limit() && this.live.goal === null ? this.questions[k][this.given[k] ?? 0] : null; }

  reveals(k) { return (this.given[k] ?? 0) > 0; }

  paint() {
    const { open, form, live } = this;
    put(this.score.lastChild, { text: this.asked ? `${this.first} of ${this.asked} at the first try. ` : "" });
    if (!open || (this.shown === open && !form.hidden)) { form.hidden = !open; return; }
    form.hidden = false;
    if (this.shown !== open) {
      Object.assign(this, { shown: open, tries: 0 });
      this.field.value = "";
      this.prompt.textContent = open.prompt;
      this.verdict.textContent = this.last;
    }
    this.settle();
    if (document.activeElement === live.find(".next")) this.focusSoon();
  }

  // Take the room that all questions need, so that nothing below moves, and the place of this one.
  settle() {
    if (!this.places.length) return;
    this.live.find(".stage").style.minHeight = `${Math.max(...this.places.map((k) => this.spot(k).top + HIGH + 8))}px`;
    if (this.place === undefined) return;
    const { left, top, wide } = this.spot(this.place);
    Object.assign(this.form.style, { width: `${wide}px`, minHeight: `${HIGH}px`, left: `${left}px`, top: `${top}px` });
  }

  // Where a question stands: at its edge, off the boxes whose numbers are needed; above, below, else beside them.
  spot(k) {
    const { picture, scale, graph, svg } = this.live, stage = this.live.find(".stage"), { target } = graph.edges[k], wide = Math.min(310, stage.clientWidth - 8);
    const [from, to] = [svg, stage].map((part) => part.getBoundingClientRect()), corner = [from.left - to.left + stage.scrollLeft, from.top - to.top + stage.scrollTop];
    const [xs, ys] = [0, 1].map((axis) => [target, ...graph.nodes[target].parents].map((i) => corner[axis] + picture.plan.centres[i][axis] * scale)), right = stage.scrollWidth, bottom = corner[1] + picture.plan.size[1] * scale;
    const middle = (all, length, end) => clamp((Math.min(...all) + Math.max(...all) - length) / 2, 4, Math.max(4, end - length - 4)), x = middle(xs, wide, right), y = middle(ys, HIGH, bottom);
    const across = 41 * scale + 8, up = 32 * scale + 8, below = [x, Math.max(...ys) + up];
    const places = [[x, Math.min(...ys) - up - HIGH], below, [Math.min(...xs) - across - wide, y], [Math.max(...xs) + across, y]];
    const [left, top] = places.find(([u, v]) => u >= 0 && v >= 0 && u + wide <= right && v + HIGH <= bottom + 16) ?? below;
    return { left, top, wide };
  }

  remind() { if (this.open) { this.verdict.textContent = _("Answer the question first, or let it be shown."); this.focusSoon(); } }

  focusSoon() { if (this.open) this.field.focus({ preventScroll: true }); }

  check() {
    const { answer, mistakes, near, hints } = this.open, value = typed(this.field.value);
    if (value === null) this.verdict.textContent = _("A number, such as 0.5 or 1/2");
    else {
      const hit = [answer, ...mistakes, near].find((one) => Math.abs(value - one.number) <= one.tolerance);
      if (hit === answer) return this.answer(answer.words, this.tries === 0);
      this.tries += 1;
      this.verdict.textContent = hit ? hit.words : hints[Math.min(this.tries, hints.length) - 1];
    }
    this.field.focus({ preventScroll: true });
    this.field.select();
  }

  answer(words, first) {
    const { live } = this, k = this.place;
    this.last = words;
    this.asked += 1;
    this.first += first;
    this.given[k] = (this.given[k] ?? 0) + 1;
    if (this.given[k] < this.questions[k].length) { live.paint(); this.field.focus({ preventScroll: true }); return; }
    live.run(true, this.limit());
    live.paint();
    live.find(".next").focus({ preventScroll: true });
  }
}
