/** The last values of several lines over one axis of time. */
export class Series {
  #keepMs;
  #lines = new Map();

  /** @param {number} keepMs how far back */
  constructor(keepMs) {
    this.#keepMs = keepMs;
  }

  /**
   * @param {number} at milliseconds since 1970
   * @param {?number} value null where it is not known: a gap in the line
   */
  add(name, at, value) {
    const points = this.#lines.get(name) ?? [];
    points.push({ x: at, y: value });
    while (points[0].x < at - this.#keepMs) {
      points.shift();
    }
    this.#lines.set(name, points);
  }

  lines(names) {
    return names.map((name) => ({ name, points: this.#lines.get(name) ?? [] }));
  }
}
