import { segment } from "./api.js";
import { button, byId, el, setPill, setText } from "./dom.js";
import { count, plural, time } from "./format.js";
import { poll } from "./poll.js";
import { clearRows, syncRows } from "./rows.js";

/** Warm jobs: how far they are, and a new one. */

const PAUSE_MS = 2_000;
const SHOWN = 6;
const MOODS = { queued: "plain", running: "good", done: "plain", incomplete: "warn", cancelled: "plain", failed: "bad" };

/** @param {boolean} cancels whether the service takes a job back */
export function startWarming(api, signal, cancels) {
  const problem = byId("warming-problem");
  const seen = new Map();

  /** Newest first, each staying in its place while it goes on. */
  function ordered(jobs) {
    jobs.toReversed().forEach((job) => seen.has(job.job) || seen.set(job.job, seen.size));
    return jobs.toSorted((a, b) => seen.get(b.job) - seen.get(a.job));
  }

  async function refresh() {
    await told(async () => {
      const { jobs } = await api.get("/warm-jobs");
      syncRows(byId("warm-rows"), ordered(jobs).slice(0, SHOWN), (job) => job.job, (job) => row(job, cancels ? cancel : null));
      byId("warm-empty").hidden = jobs.length > 0;
    });
  }

  function cancel(job) {
    return told(() => api.delete(`/warm-jobs/${segment(job)}`));
  }

  async function told(action) {
    try {
      await action();
      setText(problem, "");
    } catch (failure) {
      if (!signal.aborted) {
        setText(problem, failure.message);
      }
    }
  }

  byId("warm-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const namespace = segment(byId("warm-namespace").value);
    await told(() => api.post(`/${namespace}/warm`, { top: byId("warm-top").valueAsNumber }));
    await refresh();
  }, { signal });
  signal.addEventListener("abort", () => clearRows(byId("warm-rows")));
  poll(PAUSE_MS, signal, refresh);
}

function row(job, cancel) {
  const state = el("span", { class: "pill" });
  const figures = el("span", { class: "figures" });
  const bar = el("progress", { "aria-label": `Progress of ${job.namespace}` });
  const stop = cancel ? button("Cancel", { class: "small", "aria-label": `Cancel warming ${job.namespace}` }, () => cancel(job.job)) : null;
  const element = el(
    "li",
    {},
    el("span", { class: "about" }, el("span", { class: "namespace" }, job.namespace), " ", el("code", { class: "name" }, job.job.slice(0, 8))),
    el("span", { class: "state" }, state, " ", figures),
    bar,
    stop ? el("span", { class: "acts" }, stop) : null,
  );

  function update(now) {
    const settled = now.loaded + now.present + now.absent + now.failed;
    const over = !["queued", "running"].includes(now.state);
    setPill(state, now.state, MOODS[now.state] ?? "plain");
    setText(figures, over || settled > 0 ? figure(now, settled) : `asked for ${time(now.at)}`);
    bar.max = Math.max(1, now.total);
    bar.value = over && now.state === "done" ? bar.max : settled;
    bar.hidden = over;
    if (stop) {
      stop.hidden = over;
    }
  }

  return { element, update };
}

function figure(job, settled) {
  const parts = [`${count(settled)} of ${plural(job.total, "key", "keys")}`, `${count(job.loaded)} loaded`];
  if (job.present > 0) {
    parts.push(`${count(job.present)} were there`);
  }
  if (job.absent > 0) {
    parts.push(`${count(job.absent)} not in the source`);
  }
  if (job.failed > 0) {
    parts.push(`${count(job.failed)} failed`);
  }
  return parts.join(" · ");
}
