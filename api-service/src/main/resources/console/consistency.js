import { el, setPill, setText } from "./dom.js";
import { count, nines, time } from "./format.js";

/** How often answers of a namespace were what its source said, as verifiers measured it. */

/** What is known of one namespace. */
export function consistencyOf(consistency, name) {
  return consistency.namespaces.find(({ namespace }) => namespace === name);
}

/** Shows it in a cell of a table. */
export function showConsistency(cell, verdict) {
  if (!cell.firstChild) {
    cell.append(el("span", { class: "pill" }), " ", el("span", { class: "age" }), " ", el("span", { class: "finding" }));
  }
  const [pill, checks, finding] = cell.children;
  const judged = verdict?.judged ?? 0;
  if (judged === 0) {
    setPill(pill, "not checked", "plain");
  } else {
    setPill(pill, nines(verdict.nines), verdict.wrong > 0 ? "bad" : "good");
  }
  setText(checks, judged === 0 ? "" : `${count(verdict.wrong)} of ${count(judged)} wrong`);
  setText(finding, told(verdict?.last_violation));
}

function told(violation) {
  return violation ? `${violation.cause}: ${violation.key}, ${time(violation.at)}` : "";
}
