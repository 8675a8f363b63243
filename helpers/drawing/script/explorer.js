// Explorers: a picture of a small model with sliders, choices and switches, each with its name and its keys.
const NARROW = 560; // as in the style sheet
const EXPLORER = `<div class="controls"></div><div class="stage"></div><p class="say"></p><p class="quiet" aria-live="polite"></p>`;
const filled = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const fixed = (v, decimals) => v.toFixed(decimals).replace(/^-(?=0\.?0*$)/, "").replace("-", "−");

// Each makes its control and returns the function that shows a value on it.
const HANDS = {
  number(row, { label, low, high, step, decimals }, take) {
    make(row, "span", "name", label);
    const amount = make(row, "span", "amount"), input = make(row, "input");
    put(input, { type: "range", min: low, max: high, step, "aria-label": label });
    input.oninput = () => take(+input.value);
    return (value) => {
      const text = fixed(value, decimals);
      input.value = value;
      put(input, { "aria-valuetext": text, style: `--cut:100%;--at:${100 * (value - low) / (high - low)}%` });
      put(amount, { text });
    };
  },

  choice(row, { label, options }, take) {
    make(row, "span", "name", label);
    const group = make(row, "span", "group"), buttons = options.map(([words]) => make(group, "button", "", words));
    put(group, { role: "radiogroup", "aria-label": label });
    const values = options.map(([, value]) => value), pick = (k) => { take(values[(k + values.length) % values.length]); buttons[(k + values.length) % values.length].focus(); };
    buttons.forEach((button, k) => {
      put(button, { type: "button", role: "radio" });
      button.onclick = () => pick(k);
      button.onkeydown = (event) => {
        const to = { ArrowRight: k + 1, ArrowDown: k + 1, ArrowLeft: k - 1, ArrowUp: k - 1, Home: 0, End: -1 }[event.key];
        if (to === undefined) return;
        event.preventDefault();
        pick(to);
      };
    });
    return (value) => buttons.forEach((button, k) => put(button, { "aria-checked": values[k] === value, tabindex: values[k] === value ? 0 : -1 }));
  },

  switch(row, { label }, take) {
    const button = make(row, "button", "", label);
    put(button, { type: "button", role: "switch" });
    button.onclick = () => take(button.getAttribute("aria-checked") !== "true");
    return (value) => put(button, { "aria-checked": value });
  },
};

class Explorer {
  constructor(root, data) {
    const still = root.firstElementChild, image = still.querySelector("img"), card = document.createElement("div");
    Object.assign(card, { className: "card explorer", innerHTML: EXPLORER });
    Object.assign(this, { root, data, card, caption: image?.alt, values: {}, shown: {}, spoken: 0 });
    still.replaceWith(card);
    const stage = this.find(".stage");
    if (image) stage.innerHTML = decodeURIComponent(image.getAttribute("src").replace(/^[^,]*,/, "")); else stage.append(still);
    this.picture = stage.firstElementChild;
    this.picture.classList.remove("ftg-still");
    this.offer();
    this.begin();
    this.fit();
    new ResizeObserver(() => this.fit()).observe(card);
    this.paint();
  }

  find(selector) { return this.card.querySelector(selector); }
  all(selector) { return [...this.card.querySelectorAll(selector)]; }

  offer() {
    const { card, data } = this, holder = this.find(".controls");
    for (const control of data.controls) {
      const { name, kind, start } = control;
      this.values[name] = start;
      this.shown[name] = HANDS[kind](make(holder, "div", `control ${kind}`), control, (value) => this.set({ [name]: value }));
    }
    this.reset = make(holder, "button", "reset");
    this.reset.innerHTML = "↺<span> reset</span>";
    put(this.reset, { type: "button", "aria-label": "reset" });
    this.reset.onclick = () => this.set(this.start);
    put(this.find(".stage"), { tabindex: -1 });
    for (const part of this.all(".stage, button, input")) part.dataset.lmSuppressShortcuts = "true";
    card.onkeydown = (event) => { if (!event.ctrlKey && !event.metaKey && event.key !== "Tab") event.stopPropagation(); };
    card.onmousedown = (event) => { // anything inside the frame keeps the keys
      if (event.target.closest("button, input, summary, a")) return;
      event.preventDefault();
      (this.find(".controls:not([inert]) input") ?? this.find(".stage")).focus({ preventScroll: true });
    };
  }

  get start() { return Object.fromEntries(this.data.controls.map(({ name, start }) => [name, start])); }

  set(values) {
    Object.assign(this.values, values);
    this.paint();
    this.spoken ||= setTimeout(() => { this.spoken = 0; put(this.find(".quiet"), { text: this.news() }); }, 1200); // not at every move
  }

  paint() {
    for (const [name, show] of Object.entries(this.shown)) show(this.values[name]);
    put(this.reset, { "aria-disabled": Object.entries(this.start).every(([name, value]) => this.values[name] === value) });
    this.say = this.show();
    put(this.find(".say"), { text: this.say });
    if (this.picture.matches("svg")) put(this.picture, { "aria-label": this.say });
  }

  news() { return this.say; }
  begin() {}

  // The plan that fits the room, and its scale.
  fit() {
    const { plans } = this.data, room = this.find(".stage").clientWidth || 780, kind = plans && room < plans.wide.size[0] * 0.8 ? "tall" : "wide";
    if (plans) put(this.picture, { viewBox: `0 0 ${plans[kind].size.join(" ")}` });
    if (this.picture.viewBox) { // a picture that has one plan scrolls where it would be too small
      const width = this.picture.viewBox.baseVal.width, least = plans ? 0 : 0.8 * width;
      put(this.picture, { style: `width:${clamp(room, least, width * 1.15).toFixed(0)}px` });
      put(this.find(".stage"), { tabindex: least > room ? 0 : -1 });
    }
    if (!plans || this.kind === kind) return;
    this.kind = kind;
    for (const [name, places] of Object.entries(plans[kind].parts))
      this.all(`.${name}`).forEach((part, k) => {
        const [x, y, anchor] = places[k];
        put(part, typeof places[k] === "string" ? { d: places[k] } : { transform: `translate(${x} ${y})`, ...(anchor && { style: `text-anchor:${anchor}` }) });
      });
  }

  // Dragging in the picture moves a value, `per` of it for each pixel.
  drag(part, pick, move) {
    let pointer = null, last = 0;
    part.onpointerdown = (event) => {
      if (event.button || !pick(event)) return;
      [pointer, last] = [event.pointerId, event.clientX];
    };
    part.onpointermove = (event) => {
      if (pointer === null || event.clientX === last) return;
      if (event.isTrusted) part.setPointerCapture(pointer);
      move(event.clientX - last, event);
      last = event.clientX;
    };
    part.onpointerup = part.onpointercancel = () => { pointer = null; };
  }
}
