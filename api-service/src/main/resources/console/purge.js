import { byId, el, setText } from "./dom.js";
import { bytes, millis, plural } from "./format.js";

/** Invalidates, but only what was just asked about: the answer tells what would go before anything does. */

const HINTS = {
  tag: ["Tag", "country:NL"],
  key: ["Key", "2759794"],
  pattern: ["Pattern", "user:*"],
  all: ["Name", ""],
};

export function startPurge(api, signal) {
  const form = byId("purge-form");
  const kind = byId("purge-kind");
  const what = byId("purge-what");
  const answer = byId("purge-answer");
  const act = byId("purge-act");
  const now = byId("purge-now");
  let tried = null;

  function asked() {
    const mode = form.elements.mode.value;
    const about = kind.value === "all" ? { all: true } : { [kind.value]: what.value };
    return { namespace: byId("purge-namespace").value, ...about, mode };
  }

  /** Whatever was learnt was of something else. */
  function forget() {
    tried = null;
    act.hidden = true;
    answer.replaceChildren();
  }

  function fitKind() {
    const [label, example] = HINTS[kind.value];
    setText(form.querySelector("label[for=purge-what]"), label);
    what.placeholder = example;
    what.disabled = kind.value === "all";
    if (what.disabled) {
      what.value = "";
    }
  }

  async function tryOut() {
    forget();
    const request = asked();
    const found = await api.post("/invalidate", { ...request, dry_run: true });
    if (JSON.stringify(request) !== JSON.stringify(asked())) {
      return; // the form says something else by now
    }
    tried = request;
    answer.replaceChildren(...forecast(found));
    setText(now, found.entries === 0 ? "Purge all the same" : `Purge ${found.exact ? "" : "about "}${plural(found.entries, "entry", "entries")}`);
    act.hidden = false;
  }

  async function purge() {
    const request = tried;
    const done = await api.post("/invalidate", request);
    forget();
    answer.replaceChildren(
      el(
        "p",
        {},
        done.enforced ? "It is in force on this node. " : "It is in the log, and in force here in a moment. ",
        `Token ${done.tokens.join(", ")}.`,
        request.key === undefined ? " What it removes from Redis is under " : null,
        request.key === undefined ? el("a", { href: "#fan-outs" }, "Fan-outs") : null,
        request.key === undefined ? "." : null,
      ),
    );
    byId("purge-try").focus();
  }

  async function guarded(button, action) {
    button.disabled = true;
    try {
      await action();
    } catch (failure) {
      answer.replaceChildren(el("p", { class: "problem" }, failure.message));
    } finally {
      button.disabled = false;
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    guarded(byId("purge-try"), tryOut).then(() => act.hidden || now.focus());
  }, { signal });
  now.addEventListener("click", () => guarded(now, purge), { signal });
  form.addEventListener("input", forget, { signal });
  kind.addEventListener("change", fitKind, { signal });
  signal.addEventListener("abort", forget);
  fitKind();
}

function forecast(found) {
  const counted = found.exact ? "" : "about ";
  if (found.entries === 0) {
    return [el("p", {}, "Nothing that is cached matches. What is being loaded at the moment may.")];
  }
  const reload =
    found.hot_entries === 0
      ? "None of them was read in the last ten minutes."
      : `${plural(found.hot_entries, "of them was", "of them were")} read in the last ten minutes; loading those again keeps the source busy for ${millis(found.reload_ms)}.`;
  return [
    el("p", {}, el("strong", {}, `${counted}${plural(found.entries, "entry", "entries")}, ${bytes(found.bytes)}`), ` would go. ${reload}`),
  ];
}
