// One neuron: its curve, its tangent and its three derivatives.
class Dial extends Explorer {
  begin() {
    const { planes, nodes } = this.data;
    this.graph = new Graph(nodes);
    this.place = Object.fromEntries(nodes.map(({ label }, i) => [label, i]));
    [this.curve, this.beams] = [new Plane(planes.curve), new Plane(planes.beams)];
    const pane = this.find(".plane"), [low, high] = this.curve.x;
    this.drag(pane, () => true, (by) => {
      const scale = pane.getScreenCTM().a * this.curve.size[0] / (high - low);
      this.exact = clamp((Math.abs(this.exact - this.values.x) < 0.06 ? this.exact : this.values.x) + by / scale, low, high); // x itself goes in steps
      this.set({ x: Math.round(this.exact * 10) / 10 });
    });
  }

  show() {
    const { graph, place, values, curve, beams } = this, { w, b, x } = values;
    for (const name of ["w", "b", "x"]) graph.data[place[name]] = values[name];
    graph.compute();
    const output = (held) => graph.forward(held).values[graph.last], p = output({}), slopes = ["w", "b", "x"].map((name) => graph.gradients[place[name]]);
    put(this.find(".curve"), { d: curve.path((v) => output({ [place.x]: v })) });
    put(this.find(".tangent"), { d: curve.path((v) => p + slopes[2] * (v - x)), class: `tangent ${sign(slopes[2])}` });
    put(this.find(".dot"), { transform: `translate(${curve.at(x, p).map((v) => v.toFixed(1)).join(" ")})` });
    this.all(".beam").forEach((beam, k) => {
      const [left, right] = [Math.min(slopes[k], 0), Math.max(slopes[k], 0)].map((v) => beams.at(v, 0)[0]);
      put(beam, { x: left.toFixed(1), width: (right - left).toFixed(1), class: `beam ${sign(slopes[k])}` });
    });
    this.all(".sum").forEach((sum, k) => put(sum, { text: number(slopes[k]), class: `sum ${sign(slopes[k])}` }));
    const [by_w, by_b, by_x] = slopes.map(number);
    return filled(this.data.words, { p: number(p), w: fixed(w, 1), b: fixed(b, 1), x: fixed(x, 1), by_w, by_b, by_x });
  }
}
