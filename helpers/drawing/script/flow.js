// Time: playing, stepping, and the ripple of a nudge, all in one loop of frames.
class Ripple {
  constructor(live) {
    this.live = live;
    const { graph, nudge } = live, { edges, nodes } = graph;
    this.rank = nodes.map((_, i) => (i === nudge.i ? 0 : -1)); // longest way from the nudged number
    nodes.forEach(({ parents = [] }, i) => parents.forEach((p) => { if (i !== nudge.i && this.rank[p] >= 0) this.rank[i] = Math.max(this.rank[i], this.rank[p] + 1); }));
    this.edges = edges.flatMap(({ source, target }, k) => (this.rank[source] >= 0 && target !== nudge.i ? [k] : []));
    this.length = this.rank[graph.last];
    this.restart();
  }

  restart() { this.r = this.live.calm.matches ? this.length : 0; }

  get done() { return this.r >= this.length; }

  // By the slopes where the nudge began: what it makes of every node that the ripple has reached.
  get changes() {
    const { graph, nudge } = this.live;
    return graph.tangent(nudge.slopes, nudge.i, this.by).map((change, i) => (this.rank[i] >= 0 && this.rank[i] <= this.r + 1e-6 ? change : 0));
  }

  tokens(picture) {
    if (this.done) return [];
    const { graph, nudge } = this.live, all = graph.tangent(nudge.slopes, nudge.i, this.by);
    return this.edges.flatMap((k) => {
      const { source, target, operand } = graph.edges[k], f = this.r - (this.rank[target] - 1), slope = nudge.slopes[target][operand];
      if (f <= 0 || f >= 1) return [];
      const times = slope !== 1 && f > 0.3 && f < 0.6 ? ` × ${bracketed(brief(slope))}` : "", amount = f < 0.6 ? all[source] : all[source] * slope;
      return [{ place: picture.drawnOf[k], at: 1 - 0.8 * ease(f), words: `${amount > 0 ? "+" : ""}${brief(amount)}${times}`, style: "ripple" }];
    });
  }
}

Object.assign(Live.prototype, {
  limit() { return this.quiz ? this.quiz.limit() : this.end; },

  pace() {
    const { t, forwardSteps: F, graph } = this, walked = Math.floor(t) - F - 1;
    const slow = t < F ? PACE.forward : walked < 0 || graph.nodes[graph.edges[Math.min(walked, graph.edges.length - 1)].target].op === "+" ? PACE.plain : PACE.back;
    return slow * this.find("select").value;
  },

  wake() {
    if (this.frame) return;
    this.stamp = performance.now() - 16; // so that the first frame shows a change
    this.frame = requestAnimationFrame((at) => this.tick(at));
  },

  tick(at) {
    this.frame = 0;
    if (!this.root.isConnected) return this.stop();
    const passed = clamp(at - this.stamp, 0, 100); // the first frame may be older than its request
    if (this.ripple && !this.ripple.done) {
      this.ripple.r = Math.min(this.ripple.length, this.ripple.r + passed / 420);
      if (this.ripple.done && this.dragging) this.ripple.restart();
    }
    if (this.goal !== null) {
      const to = Math.min(this.goal, Math.max(this.limit(), this.t)), whole = this.calm.matches && at - (this.stepped ?? 0) >= this.pace();
      const by = this.calm.matches ? +whole : passed / this.pace();
      if (whole) this.stepped = at;
      this.t = to > this.t ? Math.min(to, this.t + by) : Math.max(to, this.t - 2.5 * by);
      if (this.t === to) this.stop();
    }
    this.stamp = at;
    if (this.goal !== null || (this.ripple && !this.ripple.done)) this.frame = requestAnimationFrame((next) => this.tick(next));
    this.paint();
  },

  stop() { Object.assign(this, { playing: false, goal: null }); },
  run(playing, goal) { Object.assign(this, { playing, goal, dim: false, nudge: null, ripple: null }); this.wake(); },
  jump(to) { if (to > this.limit()) this.quiz?.remind(); this.stop(); Object.assign(this, { dim: false, t: clamp(to, 0, this.limit()) }); this.paint(); },

  step(by) { // a second key while a number travels ends its way at once
    const from = this.goal !== null && !this.playing ? this.goal : by > 0 ? Math.floor(this.t + 1e-6) : Math.ceil(this.t - 1e-6), to = clamp(from + by, 0, this.limit());
    if (this.calm.matches) return this.jump(to);
    if (this.goal !== null && !this.playing) this.t = this.goal;
    if (to !== this.t) this.run(false, to); else this.stop();
    this.paint();
  },

  toggle() {
    if (this.playing) this.stop();
    else if (this.quiz?.open) this.quiz.remind();
    else {
      if (this.finished) this.t = 0;
      this.run(true, this.end);
    }
    this.paint();
  },
});
