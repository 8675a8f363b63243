// A curve drawn by hand: dragging draws it, arrow keys move its handles.
const EVERY = 4, FINE = 20; // columns from handle to handle; key presses from bottom to top
class Curve {
  constructor(holder, { plot, plane, names: [across, up], columns, path }) {
    holder.innerHTML = plot;
    Object.assign(this, { plane: new Plane(plane), columns, across, up, last: columns.length - 1 });
    const svg = (this.svg = holder.firstElementChild), field = svg.querySelector(".plane"), pane = svg.querySelector(".pane");
    svg.classList.remove("ftg-still");
    const draw = (parent, tag, className) => { const part = parent.appendChild(document.createElementNS(svg.namespaceURI, tag)); put(part, { class: className }); return part; };
    [this.truth, this.mine] = [draw(pane, "path", "curve"), draw(pane, "path", "guessed")];
    this.path = path;
    this.handles = columns.filter((_, k) => k % EVERY === 0).map(() => draw(field, "circle", "dot"));
    this.legend = make(holder, "p", "legend");
    this.legend.innerHTML = `<span>– – ${_("yours")}</span> <span>— ${_("the true one")}</span>`;
    this.handles.forEach((handle, j) => {
      put(handle, { r: 7, role: "slider", "aria-valuemin": plane.y[0], "aria-valuemax": plane.y[1], "aria-label": _(`${up} at ${across} = ${brief(columns[j * EVERY])}`), "data-lm-suppress-shortcuts": "true" });
      handle.onkeydown = (event) => this.key(event, j);
      handle.onfocus = () => { this.at = j; this.paint(); };
    });
    svg.onpointerdown = (event) => { if (event.button || this.done) return; event.preventDefault(); this.handles[this.at].focus({ preventScroll: true }); this.from = null; this.pull(event); };
    svg.onpointermove = (event) => { if (this.from !== undefined) { if (event.isTrusted) svg.setPointerCapture(event.pointerId); this.pull(event); } };
    svg.onpointerup = svg.onpointercancel = () => { this.from = undefined; };
    this.begin();
  }

  begin() {
    const { plane: { y: [low, high] }, columns } = this;
    Object.assign(this, { heights: columns.map(() => clamp(0, low, high)), drawn: false, done: false, at: 0, from: undefined });
    this.paint();
  }

  // The true curve, beside the one that was guessed; null where none was.
  compare(heights) {
    Object.assign(this, { done: true, drawn: !!heights, heights: heights ?? this.heights });
    this.paint();
  }

  key(event, j) {
    const { plane: { y: [low, high] }, handles } = this, step = (high - low) / FINE * (event.shiftKey ? 4 : 1);
    const up = { ArrowUp: step, ArrowDown: -step, PageUp: 4 * step, PageDown: -4 * step }[event.key];
    const to = { ArrowLeft: j - 1, ArrowRight: j + 1, Home: 0, End: handles.length - 1 }[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey || (up === undefined && to === undefined)) return;
    event.preventDefault();
    if (up) this.lift(j, this.heights[j * EVERY] + up); else handles[clamp(to, 0, handles.length - 1)].focus();
  }

  // A handle takes its neighbourhood along, up to the next handles.
  lift(j, height) {
    const { plane: { y: [low, high] }, heights, last } = this, place = j * EVERY, kept = [...heights];
    heights[place] = Math.abs(height) < 1e-9 ? 0 : clamp(height, low, high);
    for (const side of [-EVERY, EVERY])
      if (place + side >= 0 && place + side <= last) this.join(place, heights[place], place + side, kept[place + side]);
    this.drawn = true;
    this.paint();
  }

  join(from, start, to, end) {
    for (let k = Math.min(from, to); k <= Math.max(from, to); k++) this.heights[k] = from === to ? end : start + (end - start) * (k - from) / (to - from);
  }

  pull({ clientX, clientY }) {
    const { plane: { size: [width, height], y: [low, high] }, last } = this;
    const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(this.svg.querySelector(".plane").getScreenCTM().inverse());
    const here = [clamp(Math.round(x / width * last), 0, last), clamp(high - y / height * (high - low), low, high)];
    this.join(...(this.from ?? here), ...here);
    this.from = here;
    this.drawn = true;
    this.paint();
  }

  paint() {
    const { plane, columns, heights, handles, at, drawn, done } = this, places = columns.map((x, k) => plane.at(x, heights[k]).map((v) => v.toFixed(1)).join(" "));
    put(this.svg, { style: `touch-action:${done ? "auto" : "none"}` }); // a finger draws until the guess is made
    put(this.mine, { d: done && !drawn ? "" : `M${places.join("L")}` });
    put(this.truth, { d: done ? this.path : "" });
    const shown = !done ? _("handles: left and right walk, up and down draw") : drawn ? _("your curve and the true one") : _("the true curve");
    put(this.svg, { "aria-label": _(`A plot of ${this.up} over ${this.across}, with ${shown}`) });
    this.legend.hidden = !done || !drawn;
    handles.forEach((handle, j) => {
      const value = heights[j * EVERY];
      put(handle, { transform: `translate(${places[j * EVERY]})`, tabindex: j === at && !done ? 0 : -1, "aria-valuenow": value, "aria-valuetext": brief(value), ...(done ? { visibility: "hidden" } : { visibility: "visible" }) });
    });
  }
}
