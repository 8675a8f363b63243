// The running actor, with a number added to a weight or to what a neuron puts out.
class Nudge extends Explorer {
  begin() {
    const { nodes } = this.data;
    this.graph = new Graph(nodes);
    this.place = Object.fromEntries(nodes.map(({ label }, i) => [label, i]));
    this.parts = [...this.all(".n"), ...this.all(".weight")].map((g) => ({ g, kind: g.classList[0], name: g.dataset.name, reading: g.lastElementChild }));
    this.wires = this.all(".wire").map((g) => ({ g, ...g.dataset }));
    const nudged = this.data.controls[0].options.map(([, name]) => name);
    const partAt = ({ target }) => this.parts.find(({ g, name }) => g.contains(target) && nudged.includes(name));
    this.drag(this.picture, (event) => { const part = partAt(event); if (part) this.set({ what: part.name }); return part; },
      (by, { shiftKey }) => this.set({ by: clamp(Math.round(100 * this.values.by + by * (shiftKey ? COARSE : 1)) / 100, -1, 1) }));
  }

  show() {
    const { graph, place, values: { what, by, x } } = this, i = place[what], arrow = (a, b) => (a === b ? number(a) : `${number(a)} → ${number(b)}`);
    graph.data[place.x] = x;
    const before = graph.forward().values, after = graph.forward({ [i]: before[i] + by }).values, moved = (name) => after[place[name]] !== before[place[name]];
    for (const { g, kind, name, reading } of this.parts) {
      const at = place[name], words = arrow(before[at], after[at]);
      put(g, { class: `${kind}${kind === "n" && moved(name) ? " hot" : ""}${name === what ? " mine" : ""}` });
      put(reading, { text: kind === "n" ? words : `${name} = ${words}` });
    }
    for (const { g, source, weight } of this.wires) put(g, { class: `wire${moved(source) ? " hot" : ""}${weight === what ? " mine" : ""}` });
    const slope = (after[place.z] - before[place.z]) / by;
    return by ? filled(this.data.sentences.moved, { what, by: number(by), change: number(slope * by), slope: number(slope) }) : this.data.sentences.still;
  }
}
