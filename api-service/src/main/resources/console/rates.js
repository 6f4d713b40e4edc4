/**
 * Rates out of counters that only grow. A counter that has shrunk belongs to a process that has started
 * anew, and is begun with again.
 */
export class Rates {
  #keepMs;
  #samples = new Map();

  /** @param {number} keepMs how far back rates can be asked for */
  constructor(keepMs) {
    this.#keepMs = keepMs;
  }

  /**
   * Takes what the counters say.
   *
   * @param {string} name of what is counted
   * @param {number} at milliseconds of a clock that never goes back
   */
  take(name, at, hits, misses) {
    const samples = this.#samples.get(name) ?? [];
    const last = samples.at(-1);
    if (last && (hits < last.hits || misses < last.misses)) {
      samples.length = 0;
    }
    samples.push({ at, hits, misses });
    while (samples.length > 2 && samples[1].at <= at - this.#keepMs) {
      samples.shift();
    }
    this.#samples.set(name, samples);
  }

  /**
   * What happened lately.
   *
   * @returns {{perSecond: ?number, hitRate: ?number}} null where it is not known, or nothing was read
   */
  over(name, ms) {
    const samples = this.#samples.get(name) ?? [];
    const last = samples.at(-1);
    const first = samples.findLast((sample) => last && sample.at <= last.at - ms) ?? samples[0];
    if (!last || first === last) {
      return { perSecond: null, hitRate: null };
    }
    const hits = last.hits - first.hits;
    const reads = hits + last.misses - first.misses;
    return { perSecond: (reads * 1_000) / (last.at - first.at), hitRate: reads === 0 ? null : hits / reads };
  }
}
