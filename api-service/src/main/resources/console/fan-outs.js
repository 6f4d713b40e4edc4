import { segment } from "./api.js";
import { button, byId, el, setPill, setText } from "./dom.js";
import { plural, time } from "./format.js";
import { poll } from "./poll.js";
import { clearRows, syncRows } from "./rows.js";
import { target } from "./targets.js";

/** What is being removed from Redis behind purges: watched, paused, given up. */

const PAUSE_MS = 2_000;
const SHOWN = 6;
const MOODS = { running: "good", paused: "warn", done: "plain", cancelled: "plain", superseded: "plain" };

export function startFanOuts(api, signal) {
  const problem = byId("fan-outs-problem");

  async function refresh() {
    try {
      const { fan_outs: all } = await api.get("/fan-outs");
      syncRows(byId("fan-out-rows"), all.slice(0, SHOWN), (fanOut) => fanOut.id, (fanOut) => row(fanOut, order));
      byId("fan-outs-empty").hidden = all.length > 0;
      setText(problem, "");
    } catch (failure) {
      tell(failure);
    }
  }

  async function order(send) {
    try {
      await send(api);
      await refresh();
    } catch (failure) {
      tell(failure);
    }
  }

  function tell(failure) {
    if (!signal.aborted) {
      setText(problem, failure.message);
    }
  }

  signal.addEventListener("abort", () => clearRows(byId("fan-out-rows")));
  poll(PAUSE_MS, signal, refresh);
}

function row(fanOut, order) {
  const path = `/fan-outs/${segment(fanOut.id)}`;
  const name = fanOut.scopes.map((scope) => `${scope.namespace} ${scope.tag ?? scope.pattern ?? "everything"}`).join(", ");
  const pause = button("Pause", { class: "small", "aria-label": `Pause ${name}` }, () => order((api) => api.post(`${path}/pause`)));
  const resume = button("Go on", { class: "small", "aria-label": `Go on with ${name}` }, () => order((api) => api.post(`${path}/resume`)));
  const cancel = button("Give up", { class: "small", "aria-label": `Give up ${name}` }, () => order((api) => api.delete(path)));
  const state = el("span", { class: "pill" });
  const figures = el("span", { class: "figures" });
  const element = el(
    "li",
    {},
    el("span", { class: "about" }, ...fanOut.scopes.flatMap((scope) => [el("span", { class: "namespace" }, scope.namespace), " ", ...target(scope), " "])),
    el("span", { class: "state" }, state, " ", figures),
    el("span", { class: "acts" }, pause, resume, cancel),
  );

  function update(now) {
    setPill(state, now.state, MOODS[now.state] ?? "plain");
    setText(figures, `${plural(now.keys, "key", "keys")} · ${time(now.started)}`);
    pause.hidden = now.state !== "running";
    resume.hidden = now.state !== "paused";
    cancel.hidden = !["running", "paused"].includes(now.state);
  }

  return { element, update };
}
