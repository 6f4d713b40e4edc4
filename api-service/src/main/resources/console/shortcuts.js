import { byId, el } from "./dom.js";
import { switchTheme } from "./theme.js";

/** Single keys that go somewhere or do something, listed in a dialog, where they can be switched off. */

const KEPT = "freshet.shortcuts";

const SHORTCUTS = [
  { key: "n", tells: "Namespaces", act: () => go("namespaces") },
  { key: "i", tells: "Invalidations", act: () => go("stream", "stream-rows") },
  { key: "h", tells: "Hold the invalidations, and go on", act: () => byId("stream-hold").click() },
  { key: "e", tells: "Explain a key", act: () => go("explain", "explain-key") },
  { key: "p", tells: "Purge", act: () => go("purge", "purge-what") },
  { key: "f", tells: "Fan-outs", act: () => go("fan-outs") },
  { key: "w", tells: "Warming", act: () => go("warming", "warm-top") },
  { key: "t", tells: "Light or dark", act: switchTheme },
  { key: "?", tells: "This list", act: open },
];

function go(section, focused) {
  byId(section).scrollIntoView({ block: "nearest" });
  byId(focused ?? section).focus({ preventScroll: focused === undefined });
}

function open() {
  byId("shortcuts").showModal();
}

function areOn() {
  return localStorage.getItem(KEPT) !== "off";
}

/** @param {() => boolean} inUse whether there is something that they could act on */
export function startShortcuts(inUse) {
  byId("shortcut-list").append(...SHORTCUTS.flatMap(({ key, tells }) => [el("dt", {}, el("kbd", {}, key)), el("dd", {}, tells)]));
  byId("keys").addEventListener("click", open);
  const on = byId("shortcuts-on");
  on.checked = areOn();
  on.addEventListener("change", () => localStorage.setItem(KEPT, on.checked ? "on" : "off"));
  document.addEventListener("keydown", (event) => {
    const shortcut = SHORTCUTS.find(({ key }) => key === event.key);
    const elsewhere = event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, dialog");
    if (shortcut && !elsewhere && areOn() && (inUse() || "t?".includes(event.key))) {
      event.preventDefault();
      shortcut.act();
    }
  });
}
