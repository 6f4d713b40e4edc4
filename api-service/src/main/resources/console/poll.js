/**
 * Does something again and again, each time after a pause, but not while nobody looks at the page.
 *
 * @param {number} pauseMs
 * @param {AbortSignal} signal ends it
 * @param {() => Promise<void>} task
 */
export function poll(pauseMs, signal, task) {
  let timer;
  let running = false;

  async function turn() {
    if (running || signal.aborted || document.hidden) {
      return;
    }
    clearTimeout(timer);
    running = true;
    try {
      await task();
    } finally {
      running = false;
      if (!signal.aborted) {
        timer = setTimeout(turn, pauseMs);
      }
    }
  }

  document.addEventListener("visibilitychange", turn, { signal });
  signal.addEventListener("abort", () => clearTimeout(timer));
  turn();
}
