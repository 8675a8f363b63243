// Pictures that Python has drawn in advance, shown one at a time; it knows nothing about what they show.
const FRAMES = `<div class="bar"><button type="button" class="play"></button><button type="button" class="back" aria-label="${_("one step back")}">←</button>
<button type="button" class="next" aria-label="${_("one step on")}">→</button><div class="time"><input type="range" min="0" aria-label="${_("step")}"></div><span class="count"></span>
<select aria-label="${_("speed")}"></select></div><p class="say"></p><div class="stage"></div><p class="note"></p><p class="quiet" aria-live="polite"></p>`;
const HINT = _("Arrow keys step, space plays; click a box, or walk with ↑ and ↓, to have it read out here.");
const HIGHEST = 610, SMALLEST = 9.2, GROWTH = 1.5; // pixels of a picture, and of its words; how far it grows
const PAPER = { page: 790, picture: 400, line: 13, gap: 4, words: 108 }; // pixels, as in the style sheet; letters in a line

class Frames {
  constructor(root, data) {
    const card = (this.card = document.createElement("div"));
    Object.assign(card, { className: "card frames", innerHTML: FRAMES });
    root.querySelector("img").replaceWith(card);
    Object.assign(this, { root, data, shown: -1, node: null, timer: 0, spoken: 0, last: data.frames.length - 1 });
    this.find = (selector) => card.querySelector(selector);
    this.stage = this.find(".stage");
    this.rows = [...root.querySelectorAll("tbody tr")];
    this.captions = this.rows.map((row) => row.lastElementChild.textContent);
    this.size = this.markup(0).match(/viewBox='0 0 (\d+) (\d+)/).slice(1).map(Number);
    this.strips = [[0, this.size[0]]]; // until there is room to measure
    this.least = SMALLEST / Math.min(11, ...data.elements.flatMap((element) => [...element.matchAll(/font-size='([\d.]+)'/g)].map(([, size]) => +size)));
    this.calm = matchMedia("(prefers-reduced-motion: reduce)");
    this.takeHands();
    this.fit();
    new ResizeObserver(() => this.fit()).observe(card);
  }

  markup(k) { return this.data.frames[k].map((place) => this.data.elements[place]).join(""); }

  get boxes() { return [...this.stage.querySelectorAll("[data-node]")]; }

  show(step) {
    const k = clamp(step, 0, this.last), { stage, find, last, strips, size: [, high] } = this, focused = stage.contains(document.activeElement) && document.activeElement !== stage;
    if (k !== this.shown) {
      this.shown = k;
      stage.innerHTML = strips.map(([from, to]) => this.markup(k).replace(/viewBox='[^']*'/, `viewBox='${from} 0 ${to - from} ${high}'`)).join("");
      this.prepare(focused);
      this.bringIntoView();
    }
    const slider = find("input");
    slider.value = k;
    put(slider, { style: `--cut:100%;--at:${100 * k / last}%`, "aria-valuetext": _(`step ${k + 1} of ${last + 1}`) });
    put(find(".count"), { text: `${k + 1} / ${last + 1}` });
    put(find(".say"), { text: this.captions[k] });
    put(find(".play"), { text: this.timer ? _("❚❚ pause") : k === last ? _("▶ replay") : _("▶ play") });
    put(find(".back"), { "aria-disabled": k === 0, title: k ? "" : _("This is the beginning.") });
    put(find(".next"), { "aria-disabled": k === last, title: k < last ? "" : _("This is the end.") });
    this.speak();
  }

  speak() { // a screen reader is not flooded
    if (this.timer && Date.now() - this.spoken < 2500) return;
    this.spoken = Date.now();
    put(this.find(".quiet"), { text: this.captions[this.shown] });
  }

  // ---- boxes

  prepare(focused) {
    const { boxes, stage } = this, chosen = boxes.find((box) => box.dataset.node === this.node), at = chosen ?? boxes[0];
    for (const box of boxes) {
      box.dataset.lmSuppressShortcuts = "true";
      box.setAttribute("tabindex", box === at ? 0 : -1);
    }
    if (focused) (chosen ?? stage).focus({ preventScroll: true });
    put(this.find(".note"), { text: chosen ? chosen.getAttribute("aria-label") : boxes.length ? HINT : _("Arrow keys step, space plays.") });
  }

  walk(by) {
    const { boxes } = this, here = boxes.findIndex((box) => box.dataset.node === this.node);
    boxes[here < 0 ? 0 : (here + by + boxes.length) % boxes.length]?.focus();
  }

  // ---- time

  step(by) { this.jump(this.shown + by); }

  jump(k) { this.pause(); this.show(k); }

  pause() { clearInterval(this.timer); this.timer = 0; }

  toggle() {
    if (this.timer) this.pause();
    else {
      if (this.shown === this.last) this.show(0);
      this.timer = setInterval(() => this.tick(), +this.find("select").value);
    }
    this.show(this.shown);
  }

  tick() {
    if (this.shown + 1 >= this.last || !this.root.isConnected) this.pause();
    this.show(this.shown + 1);
  }

  // ---- hands

  takeHands() {
    const { find, stage, card, data } = this, select = find("select");
    for (const name in data.pauses) put(make(select, "option", "", name), { value: data.pauses[name] });
    find("input").max = this.last;
    put(stage, { tabindex: 0, role: "group", "aria-label": this.root.getAttribute("aria-label") });
    for (const part of card.querySelectorAll("button, input, select, .stage")) part.dataset.lmSuppressShortcuts = "true";
    find(".play").onclick = () => this.toggle();
    find(".back").onclick = () => this.step(-1);
    find(".next").onclick = () => this.step(1);
    find("input").oninput = (event) => this.jump(+event.target.value);
    select.onchange = () => { if (this.timer) { this.pause(); this.toggle(); } };
    stage.onclick = (event) => event.target.closest("[data-node]")?.focus({ preventScroll: true });
    stage.addEventListener("focusin", ({ target }) => { if (target !== stage) { this.node = target.dataset.node; this.prepare(false); } });
    this.root.addEventListener("keydown", (event) => this.key(event));
  }

  key(event) {
    const inside = this.stage.contains(event.target);
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.matches("select")) return;
    const keys = { ArrowLeft: () => this.step(-1), ArrowRight: () => this.step(1), Home: () => this.jump(0), End: () => this.jump(this.last) };
    if (inside) Object.assign(keys, { ArrowUp: () => this.walk(-1), ArrowDown: () => this.walk(1), " ": () => this.toggle() });
    if (!keys[event.key]) return;
    keys[event.key]();
    event.preventDefault();
    event.stopPropagation();
  }

  // ---- room

  // Larger than it is drawn where there is room; else smaller, or cut into strips, one below the other, or scrolled.
  fit() {
    const { stage, size: [wide, high], data: { cuts } } = this, room = stage.clientWidth;
    if (!room || this.paper || room === this.room) return;
    this.room = room;
    const ends = cuts.length && room < this.least * wide ? [0, ...cuts, wide] : [0, wide];
    this.strips = ends.slice(1).map((to, k) => [ends[k], to]);
    const [from, to] = this.strips[0], part = to - from, drawn = Math.max(this.least * part, Math.min(GROWTH * part, room, HIGHEST * part / high));
    put(stage, { style: `--wide:${drawn.toFixed(0)}px;max-height:${this.strips.length > 1 ? "none" : `${HIGHEST}px`}` });
    this.reserve();
    const { shown } = this;
    this.shown = -1;
    this.show(Math.max(0, shown));
  }

  // Room for the words that need most, so that nothing jumps.
  reserve() {
    const labels = this.data.elements.flatMap((element) => element.match(/^<g data-node=.*? aria-label='(.*?)'/)?.[1] ?? []);
    for (const [name, texts, most] of [[".say", this.captions, 999], [".note", [HINT, ...labels], 66]]) {
      const part = this.find(name), longest = [...texts].sort((a, b) => b.length - a.length).slice(0, 6);
      put(part, { style: "" });
      const heights = longest.map((text) => { put(part, { text }); return part.getBoundingClientRect().height; });
      put(part, { style: `min-height:${Math.min(most, Math.ceil(Math.max(...heights)))}px` });
    }
  }

  // In a picture larger than its window what is at hand comes into view.
  bringIntoView() {
    const { stage } = this, marked = [...stage.querySelectorAll("[data-now], [fill='#FFF6C2']")];
    if (!marked.length || (stage.scrollWidth <= stage.clientWidth + 1 && stage.scrollHeight <= stage.clientHeight + 1)) return;
    const rects = marked.map((part) => part.getBoundingClientRect()), { left, top } = stage.getBoundingClientRect();
    const from = Math.min(...rects.map((r) => r.left)), to = Math.max(...rects.map((r) => r.right)), bottom = Math.max(...rects.map((r) => r.bottom));
    const spare = Math.max(0, stage.clientWidth - to + from) / 2; // what is wider than the window is seen from its left
    stage.scrollTo({ left: stage.scrollLeft + from - left - spare, top: stage.scrollTop + bottom + 12 - top - stage.clientHeight, behavior: this.calm.matches ? "auto" : "smooth" });
  }

  // On paper: the last picture, and as much of the table as one page holds; returns the way back.
  finish() {
    const { shown, rows, captions, size: [wide, high] } = this, costs = captions.map((text) => PAPER.gap + PAPER.line * Math.ceil(text.length / PAPER.words));
    const room = PAPER.page - Math.min(PAPER.picture, high, high * 660 / wide), kept = (k) => k % every === 0 || k === this.last;
    let every = 1;
    while (costs.reduce((sum, cost, k) => sum + kept(k) * cost, 0) > room) every += 1;
    this.paper = true;
    this.jump(this.last);
    rows.forEach((row, k) => { row.hidden = !kept(k); });
    return () => {
      this.paper = false;
      rows.forEach((row) => { row.hidden = false; });
      this.jump(shown);
      this.room = 0;
      this.fit();
    };
  }
}
