import { segment } from "./api.js";
import { byId, el } from "./dom.js";
import { millis, plural, time } from "./format.js";
import { causeOf, targetOf, target } from "./targets.js";

/** Why a key is answered as it is. */

const MOODS = { fresh: "good", soft: "warn", stale: "warn", expired: "plain", "known-absent": "plain", absent: "plain" };

/** @returns {(namespace: string, key: string) => void} asks about a key as if it were typed in */
export function startExplain(api, signal) {
  const namespace = byId("explain-namespace");
  const key = byId("explain-key");
  const answer = byId("explain-answer");

  async function ask() {
    answer.setAttribute("aria-busy", "true");
    try {
      const path = `/${segment(namespace.value)}/${segment(key.value)}?explain`;
      answer.replaceChildren(...explanation(await api.get(path)));
    } catch (failure) {
      answer.replaceChildren(el("p", { class: "problem" }, failure.message));
    } finally {
      answer.removeAttribute("aria-busy");
    }
  }

  byId("explain-form").addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  }, { signal });
  signal.addEventListener("abort", () => answer.replaceChildren());

  return (ofNamespace, ofKey) => {
    namespace.value = ofNamespace;
    key.value = ofKey;
    byId("explain").scrollIntoView({ block: "nearest" });
    key.focus({ preventScroll: true });
    ask();
  };
}

function explanation(found) {
  return [
    el(
      "p",
      { class: "verdict" },
      el("span", { class: `pill ${MOODS[found.verdict] ?? "plain"}` }, found.verdict.replace("-", " ")),
      " ",
      el("code", { class: "name" }, `${found.namespace} / ${found.key}`),
    ),
    el("p", { class: "because" }, found.because),
    found.caused_by ? el("p", {}, "Caused by ", ...target(found.caused_by), `: ${causeOf(found.caused_by.cause)}`) : null,
    facts(found),
    found.audit?.length > 0 ? past(found.audit) : null,
  ].filter(Boolean);
}

function facts(found) {
  const { age_ms: age, max_ms: most, exceeded } = found.window;
  return el(
    "dl",
    { class: "facts" },
    ...fact("Redis", held(found.redis)),
    ...fact("Memory of this node", held(found.memory)),
    ...fact("Tags", found.redis?.tags?.length > 0 ? found.redis.tags.join(", ") : null),
    ...fact("This node knows of", `${found.node.position}, ${millis(age)} behind of ${millis(most)}${exceeded ? ": past its window" : ""}`),
    ...fact("Bucket", found.bucket ? `evictions begun to ${found.bucket.begun}, applied to ${found.bucket.applied}` : null),
  );
}

function fact(name, text) {
  return text === null ? [] : [el("dt", {}, name), el("dd", {}, text)];
}

function held(entry) {
  return entry
    ? `${entry.judged}, stamped ${entry.stamp}, stored ${time(entry.created_at)}, expires ${time(entry.hard_expiry)}`
    : "nothing";
}

function past(audit) {
  return el(
    "details",
    {},
    el("summary", {}, `What invalidated it: ${plural(audit.length, "event", "events")}`),
    el("ul", { class: "past" }, ...audit.map(audited)),
  );
}

function audited(event) {
  const gone = event.gone_after_ms === undefined ? "" : `, gone from Redis after ${millis(event.gone_after_ms)}`;
  const { kind } = targetOf({ [event.type]: "" });
  const names = event.targets.join(", ");
  return el("li", {}, el("time", { datetime: event.at }, time(event.at)), ` ${kind} `, el("code", { class: "name" }, names), ` by ${causeOf(event.cause)}${gone}`);
}
