import { Refusal } from "./api.js";
import { consistencyOf, showConsistency } from "./consistency.js";
import { byId, el, setPill, setText } from "./dom.js";
import { bytes, count, millis, percent, rate } from "./format.js";
import { LINES, LineChart, lineColour } from "./line-chart.js";
import { poll } from "./poll.js";
import { Rates } from "./rates.js";
import { clearRows, syncRows } from "./rows.js";
import { Series } from "./series.js";

/** Hit rates, sizes and freshness of the namespaces, and how the node is. */

const PAUSE_MS = 2_000;
const LATELY_MS = 10_000;
const MINUTE_MS = 60_000;
const SHOWN_MS = 310_000;

export function startNamespaces(api, signal) {
  const rates = new Rates(MINUTE_MS);
  const hitRates = new Series(SHOWN_MS);
  const reads = new Series(SHOWN_MS);
  const places = new Map(); // among the lines; kept, so that no namespace changes its colour
  const wholePercent = (share) => `${Math.round(share * 100)} %`;
  const hitRateChart = new LineChart(byId("hit-rate-chart"), { label: wholePercent, most: 1 }, signal);
  const readsChart = new LineChart(byId("reads-chart"), { label: rate }, signal);

  signal.addEventListener("abort", () => clearRows(byId("namespace-rows")));
  poll(PAUSE_MS, signal, async () => {
    try {
      const [stats, health, consistency] = await Promise.all([api.get("/stats"), nodeHealth(api), api.get("/consistency")]);
      const names = Object.keys(stats.namespaces).sort();
      take(stats, names);
      showHealth(health, stats.node);
      showTable(names, stats, health, consistency);
      setText(byId("stats-problem"), "");
    } catch (failure) {
      if (!signal.aborted) {
        setText(byId("stats-problem"), failure.message);
        setPill(byId("health"), "no answer", "bad");
      }
    }
  });

  function take(stats, names) {
    const counted = performance.now();
    const now = Date.now();
    names.forEach((name) => {
      places.has(name) || places.set(name, places.size);
      const { hits, misses } = stats.namespaces[name];
      rates.take(of(stats, name), counted, hits, misses);
      const lately = rates.over(of(stats, name), LATELY_MS);
      hitRates.add(name, now, lately.hitRate);
      reads.add(name, now, lately.perSecond);
    });
    const shown = [...places.keys()].slice(0, LINES);
    hitRateChart.show(now, hitRates.lines(shown));
    readsChart.show(now, reads.lines(shown));
  }

  function showTable(names, stats, health, consistency) {
    const items = names.map((name) => ({
      name,
      place: places.get(name),
      stats: stats.namespaces[name],
      lately: rates.over(of(stats, name), MINUTE_MS),
      window: health.windows?.[name],
      circuit: health.sources?.[name],
      verdict: consistencyOf(consistency, name),
    }));
    syncRows(byId("namespace-rows"), items, (item) => item.name, row);
  }
}

/** Counters are those of a node, and each answer may be another one's. */
function of(stats, name) {
  return `${stats.node}/${name}`;
}

/** What the node says of itself; also while it says that it cannot answer. */
async function nodeHealth(api) {
  try {
    return await api.get("/health");
  } catch (failure) {
    if (failure instanceof Refusal && failure.status === 503) {
      return { status: "starting" };
    }
    throw failure;
  }
}

function showHealth(health, node) {
  setText(byId("node"), node);
  const away = ["redis", "kafka", "postgres"].filter((server) => health[server] === "disconnected");
  const text = away.length > 0 ? `${health.status}: ${away.join(", ")} away` : health.status;
  setPill(byId("health"), text, health.status === "healthy" ? "good" : "bad");
}

function row({ name }) {
  const swatch = el("span", { class: "swatch", "aria-hidden": "true" });
  const hitRate = el("td", { class: "number" });
  const perSecond = el("td", { class: "number" });
  const keys = el("td", { class: "number spare" });
  const memory = el("td", { class: "number spare" });
  const state = el("span", { class: "pill" });
  const age = el("span", { class: "age" });
  const consistency = el("td", { class: "consistency" });
  const title = el("th", { scope: "row" }, swatch, name);
  const element = el("tr", {}, title, hitRate, perSecond, keys, memory, el("td", {}, state, " ", age), consistency);

  function update({ place, stats, lately, window, circuit, verdict }) {
    swatch.style.background = `var(${lineColour(place)})`;
    setText(hitRate, percent(lately.hitRate));
    setText(perSecond, rate(lately.perSecond));
    setText(keys, count(stats.total_keys));
    setText(memory, bytes(stats.memory_used_mb === undefined ? null : stats.memory_used_mb * 1024 * 1024));
    const [word, mood] = freshness(window, circuit);
    setPill(state, word, mood);
    setText(age, window ? `${millis(window.age_ms)} of ${millis(window.max_ms)}` : "");
    showConsistency(consistency, verdict);
  }

  return { element, update };
}

function freshness(window, circuit) {
  if (circuit === "open") {
    return ["source fails", "bad"];
  }
  if (!window) {
    return ["not told", "plain"];
  }
  if (window.age_ms === undefined) {
    return ["no heartbeat", "bad"];
  }
  return window.exceeded ? ["past window", "bad"] : ["in window", "good"];
}
