import { el } from "./dom.js";
import { poll } from "./poll.js";

/** Fills every list of namespaces, and follows what is declared and removed. */

const PAUSE_MS = 30_000;

export function startChoices(api, signal) {
  poll(PAUSE_MS, signal, async () => {
    try {
      const { namespaces } = await api.get("/namespaces");
      offer(".namespace-choice", namespaces);
      offer(".source-choice", namespaces.filter((namespace) => namespace.source));
    } catch {
      // What was offered still is; the other parts of the page tell what is wrong.
    }
  });
}

function offer(selector, namespaces) {
  const names = namespaces.map((namespace) => namespace.name).sort();
  for (const select of document.querySelectorAll(selector)) {
    const fixed = [...select.options].filter((option) => option.value === "");
    const before = [...select.options].filter((option) => option.value !== "").map((option) => option.value);
    if (before.join("\n") !== names.join("\n")) {
      const chosen = select.value;
      select.replaceChildren(...fixed, ...names.map((name) => el("option", { value: name }, name)));
      select.value = names.includes(chosen) ? chosen : (fixed[0]?.value ?? names[0] ?? "");
    }
  }
}
