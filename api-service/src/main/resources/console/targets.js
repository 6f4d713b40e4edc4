import { el } from "./dom.js";

/** What an invalidation is about, in words. */

const SHOWN = 5;

/** Its kind and its name; of everything the name is empty. */
export function targetOf(about) {
  for (const kind of ["key", "tag", "pattern"]) {
    if (about[kind] !== undefined) {
      return { kind, name: about[kind] };
    }
  }
  if (about.keys !== undefined) {
    const more = about.keys.length - SHOWN;
    const shown = about.keys.slice(0, SHOWN).join(", ");
    return { kind: `${about.keys.length} keys`, name: more > 0 ? `${shown}, ...` : shown };
  }
  return { kind: "everything", name: "" };
}

/** The same as elements. */
export function target(about) {
  const { kind, name } = targetOf(about);
  return [el("span", { class: "kind" }, kind), " ", el("code", { class: "name" }, name)];
}

const WAYS = { cdc: "row change", rest: "REST", sql: "SQL", kafka: "Kafka", barrier: "barrier" };

/** Where it came from. */
export function causeOf(cause) {
  if (!cause) {
    return "";
  }
  const words = [WAYS[cause.kind] ?? cause.kind];
  if (cause.detail) {
    words.push(cause.detail);
  }
  if (cause.source) {
    words.push(cause.source);
  }
  if (cause.transaction !== undefined) {
    words.push(`transaction ${cause.transaction}`);
  }
  return words.join(" · ");
}
