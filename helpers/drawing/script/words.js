// Numbers, names and formulas as the pictures write them (drawing/svg.py writes numbers alike).
const number = (v) => {
  if (!isFinite(v)) return isNaN(v) ? "undefined" : v > 0 ? "∞" : "−∞";
  const size = Math.abs(v), power = v && !(size >= 0.0005 && size < 1000);
  const text = power ? v.toExponential(1).replace("e+", "e") : v.toFixed(size < 9.9995 ? 3 : size < 99.995 ? 2 : 1);
  return text.replaceAll("-", "−").replace("−0.000", "0.000");
};
const brief = (v) => { const size = Math.abs(v), text = size >= 0.0005 && size < 0.0995 ? v.toPrecision(3).replace("-", "−") : number(v); return /^[^e]*\.\d*$/.test(text) ? text.replace(/\.?0+$/, "") : text; };
const bracketed = (text) => (text.startsWith("−") ? `(${text})` : text);
const sign = (v) => (v < 0 ? "neg" : v > 0 ? "pos" : "zero");
const clamp = (v, low, high) => Math.max(low, Math.min(high, v));
const ease = (f) => { const s = clamp(f, 0, 1); return s * s * (3 - 2 * s); };
const grouped = (name) => (/[·+^]/.test(name) ? `(${name})` : name);
const written = (formula, operands) => formula.replace(/\{(\d)\}/g, (_, k) => operands[k]).replace(/\(\(([^()]*)\)\)/g, "($1)");

// Where a local derivative comes from, in names: what the chain rule multiplies by.
const originOf = (nodes, { source, target, operand }) => {
  const { op, parents, name, k } = nodes[target], y = grouped(name), x = grouped(nodes[source].name);
  if (op === "*") return nodes[parents[1 - operand]].name;
  const rows = { tanh: `1 − ${y}²`, sigmoid: `${y}(1 − ${y})`, exp: y, log: `1/${x}`, ReLU: "1 where on", "**": k === 2 ? `2·${x}` : `${brief(k)}·${x}^${brief(k - 1)}` };
  return rows[op] ?? op;
};
const meaningOf = (nodes, { target }) => ({ tanh: _("slope of tanh"), sigmoid: _("slope of the sigmoid"), ReLU: _("slope of ReLU") })[nodes[target].op];
