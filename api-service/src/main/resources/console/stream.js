import { byId, el, setPill, setText } from "./dom.js";
import { followEvents } from "./event-stream.js";
import { count, plural, time } from "./format.js";
import { causeOf, target } from "./targets.js";

/**
 * The invalidations as they come in force on this node, newest first. They are drawn a few times a second
 * at the most, and only the newest are kept, so that a purge of thousands of keys hurts nobody.
 */

const SHOWN = 200;
const DRAW_MS = 200;
const TELL_MS = 5_000;

/**
 * @param {(namespace: string, key: string) => void} onExplain is asked about a key
 */
export function startStream(api, signal, onExplain) {
  const rows = byId("stream-rows");
  const namespace = byId("stream-namespace");
  const puts = byId("stream-puts");
  const hold = byId("stream-hold");
  let waiting = [];
  let left = 0;
  let untold = 0;
  let held = false;

  function take(name, data) {
    if (name === "closed" || (name === "replaced" && !puts.checked)) {
      return;
    }
    waiting.push({ name, data });
    if (waiting.length > SHOWN) {
      waiting.shift();
      left++;
    }
    untold++;
  }

  function draw() {
    if (held) {
      setText(hold, `Go on (${count(waiting.length + left)} waiting)`);
      return;
    }
    if (waiting.length === 0) {
      return;
    }
    const fresh = waiting.map((event) => row(event, onExplain)).filter(Boolean);
    if (left > 0) {
      fresh.unshift(el("li", { class: "gap" }, `${count(left)} more are not shown`));
    }
    rows.prepend(...fresh.reverse());
    waiting = [];
    left = 0;
    filter();
    while (rows.children.length > SHOWN) {
      rows.lastElementChild.remove();
    }
  }

  function filter() {
    const only = namespace.value;
    let any = false;
    for (const element of rows.children) {
      element.hidden = only !== "" && element.dataset.namespace !== undefined && element.dataset.namespace !== only;
      any ||= !element.hidden;
    }
    byId("stream-empty").hidden = any;
  }

  /** A count now and then: to hear each of many would be noise. */
  function tell() {
    if (untold > 0) {
      setText(byId("stream-told"), `${plural(untold, "invalidation", "invalidations")} in the last ${TELL_MS / 1_000} seconds`);
      untold = 0;
    }
  }

  function toggle() {
    held = !held;
    hold.setAttribute("aria-pressed", String(held));
    setText(hold, "Hold");
    draw();
  }

  hold.addEventListener("click", toggle, { signal });
  namespace.addEventListener("change", filter, { signal });
  byId("stream-clear").addEventListener("click", () => {
    rows.replaceChildren();
    filter();
  }, { signal });
  const timers = [setInterval(draw, DRAW_MS), setInterval(tell, TELL_MS)];
  signal.addEventListener("abort", () => {
    timers.forEach(clearInterval);
    rows.replaceChildren();
  });
  setPill(byId("stream-state"), "connecting", "plain");
  followEvents(api, signal, {
    onEvent: take,
    onState: (connected, why) =>
      setPill(byId("stream-state"), connected ? "live" : `cut off, trying again${why ? `: ${why}` : ""}`, connected ? "good" : "warn"),
  });
}

function row({ name, data }, onExplain) {
  switch (name) {
    case "invalidation":
      return invalidation(data, onExplain);
    case "replaced":
      return line(data, "replaced", [el("span", { class: "kind" }, data.keys.length === 1 ? "put" : "puts"), " ", el("code", { class: "name" }, data.keys.join(", "))], "a new value was stored");
    case "reset":
      return el("li", { class: "gap" }, `Something may be missing here: ${data.reason}`);
    default:
      return null;
  }
}

function invalidation(data, onExplain) {
  const element = line(data, data.mode, target(data), causeOf(data.cause));
  if (data.mode === "soft") {
    element.querySelector(".about").append(" ", el("span", { class: "pill plain" }, "soft"));
  }
  if (data.key !== undefined) {
    const ask = el("button", { type: "button", class: "quiet small", "aria-label": `Explain ${data.key}` }, "Explain");
    ask.addEventListener("click", () => onExplain(data.namespace, data.key));
    element.append(ask);
  }
  return element;
}

function line(data, kind, about, why) {
  return el(
    "li",
    { class: `event ${kind}`, "data-namespace": data.namespace },
    el("time", { datetime: data.at }, time(data.at)),
    el("span", { class: "namespace" }, data.namespace),
    el("span", { class: "about" }, ...about),
    el("span", { class: "why" }, why, data.position ? ` · ${data.position}` : null),
  );
}
