/** Light and dark: as the system says, unless one was chosen here. */

const KEPT = "freshet.theme";
const root = document.documentElement;
const system = matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set();

function isDark() {
  return root.dataset.theme ? root.dataset.theme === "dark" : system.matches;
}

/** Calls back whenever the colours have changed, until the signal ends it. */
export function onThemeChange(listener, signal) {
  listeners.add(listener);
  signal.addEventListener("abort", () => listeners.delete(listener));
}

/** A colour of the style sheet as it is now, for what is painted by script. */
export function colour(name) {
  const probe = document.createElement("span");
  probe.style.color = `var(${name})`;
  root.append(probe);
  const resolved = getComputedStyle(probe).color;
  probe.remove();
  return resolved;
}

export function switchTheme() {
  const next = isDark() ? "light" : "dark";
  if ((next === "dark") === system.matches) {
    delete root.dataset.theme;
    localStorage.removeItem(KEPT);
  } else {
    root.dataset.theme = next;
    localStorage.setItem(KEPT, next);
  }
  changed();
}

function changed() {
  const button = document.getElementById("theme");
  button.textContent = isDark() ? "Light" : "Dark";
  button.setAttribute("aria-label", isDark() ? "Switch to the light theme" : "Switch to the dark theme");
  listeners.forEach((listener) => listener());
}

export function startTheme() {
  document.getElementById("theme").addEventListener("click", switchTheme);
  system.addEventListener("change", changed);
  changed();
}
