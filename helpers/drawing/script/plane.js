// Places on axes that Python has drawn (drawing/plane.py).
class Plane {
  constructor({ size, x, y }) { Object.assign(this, { size, x, y }); }

  at(x, y) {
    const { size: [width, height], x: [left, right], y: [low, high] } = this;
    return [(x - left) / (right - left) * width, (high - clamp(y, 9 * low - 8 * high, 9 * high - 8 * low)) / (high - low) * height];
  }

  path(f, count = 121) {
    const { x: [left, right] } = this;
    return `M${Array.from({ length: count }, (_, k) => left + (right - left) * k / (count - 1)).map((x) => this.at(x, f(x)).map((v) => v.toFixed(1)).join(" ")).join("L")}`;
  }
}
