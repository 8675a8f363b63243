// Values forward, gradients back: the table of helpers/calculus/graph.py, a row for each operation.
const sigmoid = (a) => { const e = Math.exp(-Math.abs(a)); return [(a < 0 ? e : 1) / (1 + e), e / (1 + e) ** 2]; };
const tanh = (a) => { const e = Math.exp(-2 * Math.abs(a)); return [Math.tanh(a), 4 * e / (1 + e) ** 2]; };
const OPERATIONS = { // operands, exponent -> value, then the local derivative for each operand
  "+": (a, b) => [a + b, 1, 1],
  "*": (a, b) => [a * b, b, a],
  "**": (a, k) => [a ** k, k === 0 ? 0 : k * a ** (k - 1)],
  exp: (a) => [Math.exp(a), Math.exp(a)],
  log: (a) => [Math.log(a), 1 / a],
  tanh,
  sigmoid,
  ReLU: (a) => [a <= 0 ? 0 : a, a <= 0 ? 0 : 1],
};

// A graph in the order of computation. A node is a leaf (value), or an operation (op, parents, and k, the exponent).
// `own`: what the reader's program computed for a node, and its local derivatives, where that differs from the table.
class Graph {
  constructor(nodes) {
    this.nodes = nodes;
    this.start = nodes.map((node) => node.value ?? NaN);
    this.data = [...this.start];
    this.edges = nodes.flatMap(({ parents = [] }, target) =>
      [parents.map((source, operand) => ({ source, target, operand })).filter((e) => nodes[e.source].kind !== "constant")]
    ).reverse().flat(); // in the order of the backward pass; constants get no gradient
    this.last = nodes.length - 1;
    this.compute();
  }

  get moved() { return this.data.some((value, i) => !Object.is(value, this.start[i])); }

  // Values and local derivatives of all nodes; `held` maps a node to a number put in its place.
  forward(held = {}, own = false) {
    const values = [], slopes = [];
    this.nodes.forEach((node, i) => {
      const known = OPERATIONS[node.op], operands = (node.parents ?? []).map((p) => values[p]);
      const [value, ...local] = known ? known(...operands, node.k) : [this.data[i], ...(node.own?.slopes ?? [])];
      values.push(i in held ? held[i] : own && node.own ? node.own.value ?? NaN : value);
      slopes.push(own && node.own ? node.own.slopes : local);
    });
    return { values, slopes };
  }

  // Gradients of the last node by every node, and what each edge carries back.
  backward(slopes) {
    const gradients = this.nodes.map((_, i) => +(i === this.last));
    const parts = this.edges.map(({ source, target, operand }) => {
      const part = slopes[target][operand] * gradients[target];
      gradients[source] += part;
      return part;
    });
    return { gradients, parts };
  }

  // At the start the numbers are the program's own; once a leaf has moved, they are the table's.
  compute() {
    Object.assign(this, this.forward({}, !this.moved));
    Object.assign(this, this.backward(this.slopes));
  }

  slope(k) { return this.slopes[this.edges[k].target][this.edges[k].operand]; }

  // Change of every node, by the slopes, when node i changes by `by`: the chain rule, walked forward.
  tangent(slopes, i, by) {
    const changes = this.nodes.map((_, j) => (j === i ? by : 0));
    this.nodes.forEach(({ parents = [] }, target) => {
      if (target !== i) changes[target] += parents.reduce((sum, p, operand) => sum + changes[p] * slopes[target][operand], 0);
    });
    return changes;
  }

  // Paths from node i to the end, each a list of edges from the end back to i; at most `most` of them.
  paths(i, most = 100) {
    const found = [], walk = (at, path) => {
      if (found.length >= most) return;
      if (at === this.last) found.push(path);
      else this.edges.forEach((e, k) => e.source === at && walk(e.target, [k, ...path]));
    };
    walk(i, []);
    return found;
  }

  product(path) { return path.reduce((so_far, k) => so_far * this.slope(k), 1); }
}
