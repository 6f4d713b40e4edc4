import { colour, onThemeChange } from "./theme.js";

/** Lines over the last five minutes, drawn by Chart.js, which is a script of its own beside the modules. */

/** As many lines as there are colours that can be told apart. */
export const LINES = 8;

const SPAN_MS = 300_000;
const TICK_MS = 60_000;

/** The colour of a line, by its place among the lines. */
export function lineColour(index) {
  return index < LINES ? `--line-${index + 1}` : "--faint";
}

export class LineChart {
  #chart;

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {{label: (number) => string, most?: number}} values how they are told, and their upper end if it is known
   * @param {AbortSignal} signal ends it
   */
  constructor(canvas, values, signal) {
    this.#chart = new globalThis.Chart(canvas, {
      type: "line",
      data: { datasets: [] },
      options: options(values),
    });
    this.#paint();
    onThemeChange(() => {
      this.#paint();
      this.#chart.update("none");
    }, signal);
    signal.addEventListener("abort", () => this.#chart.destroy());
  }

  /**
   * @param {number} now milliseconds since 1970, where the axis ends
   * @param {Array<{name: string, points: Array<{x: number, y: ?number}>}>} lines LINES of them at the most
   */
  show(now, lines) {
    const { data, options: shown } = this.#chart;
    shown.scales.x.min = now - SPAN_MS;
    shown.scales.x.max = now;
    data.datasets = lines.map(({ name, points }, index) => ({ label: name, data: points, ...stroke(index) }));
    this.#chart.update("none");
  }

  #paint() {
    const { scales } = this.#chart.options;
    const faint = colour("--faint");
    for (const scale of [scales.x, scales.y]) {
      scale.ticks.color = faint;
      scale.border.color = scale.grid.color = colour("--grid");
    }
    this.#chart.data.datasets.forEach((dataset, index) => Object.assign(dataset, stroke(index)));
  }
}

function stroke(index) {
  const line = colour(lineColour(index));
  return { borderColor: line, backgroundColor: line };
}

function options({ label, most }) {
  return {
    animation: false,
    maintainAspectRatio: false,
    parsing: false,
    normalized: true,
    interaction: { mode: "index", axis: "x", intersect: false },
    datasets: { line: { borderWidth: 2, pointRadius: 0, pointHitRadius: 8, tension: 0.2 } },
    scales: {
      x: {
        type: "linear",
        border: {},
        grid: { display: false },
        ticks: { maxRotation: 0, callback: (at) => timeOfDay(at, false) },
        afterBuildTicks: (axis) => {
          axis.ticks = minutes(axis.min, axis.max);
        },
      },
      y: { beginAtZero: true, max: most, suggestedMax: 1, border: {}, grid: {}, ticks: { maxTicksLimit: 5, callback: label } },
    },
    plugins: {
      legend: { display: false },
      tooltip: {
        boxPadding: 4,
        callbacks: {
          title: ([first]) => (first ? timeOfDay(first.parsed.x, true) : ""),
          label: ({ dataset, parsed }) => ` ${dataset.label}: ${label(parsed.y)}`,
        },
      },
    },
  };
}

function minutes(from, to) {
  const ticks = [];
  for (let at = Math.ceil(from / TICK_MS) * TICK_MS; at <= to; at += TICK_MS) {
    ticks.push({ value: at });
  }
  return ticks;
}

function timeOfDay(ms, seconds) {
  return new Date(ms).toTimeString().slice(0, seconds ? 8 : 5);
}
