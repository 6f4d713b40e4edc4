/**
 * Reads server-sent events out of the texts that they come in, however those are cut.
 *
 * https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export class EventParser {
  #rest = "";
  #name = "";
  #data = [];
  #onEvent;

  /** The id that was told last: where to go on. */
  lastId = "";

  /** @param {(name: string, data: string) => void} onEvent */
  constructor(onEvent) {
    this.#onEvent = onEvent;
  }

  take(text) {
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop();
    lines.forEach((line) => this.#line(line.endsWith("\r") ? line.slice(0, -1) : line));
  }

  #line(line) {
    if (line === "") {
      this.#dispatch();
      return;
    }
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "event") {
      this.#name = value;
    } else if (field === "data") {
      this.#data.push(value);
    } else if (field === "id") {
      this.lastId = value;
    }
  }

  #dispatch() {
    if (this.#data.length > 0) {
      this.#onEvent(this.#name || "message", this.#data.join("\n"));
    }
    this.#name = "";
    this.#data = [];
  }
}
