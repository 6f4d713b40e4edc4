import { Refusal } from "./api.js";
import { EventParser } from "./event-parser.js";

/**
 * Follows `GET /events` and comes back by itself, from where it was cut off.
 *
 * It reads with `fetch`, since an `EventSource` cannot send the token.
 */

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5_000;

/** The service says something every 15 s by default; a connection that is silent for longer than this is dead. */
const SILENCE_MS = 60_000;

/**
 * @param {Api} api
 * @param {AbortSignal} signal ends it
 * @param {{onEvent: (name, data) => void, onState: (connected: boolean, why: string) => void}} listener
 */
export async function followEvents(api, signal, listener) {
  let lastId = "";
  let pause = FIRST_PAUSE_MS;
  while (!signal.aborted) {
    const events = new EventParser((name, data) => listener.onEvent(name, JSON.parse(data)));
    events.lastId = lastId;
    let why = "";
    try {
      await connection(api, signal, events, () => {
        pause = FIRST_PAUSE_MS;
        listener.onState(true, "");
      });
    } catch (failure) {
      if (signal.aborted || (failure instanceof Refusal && failure.status === 401)) {
        return;
      }
      why = failure instanceof Refusal ? failure.message : "";
    }
    lastId = events.lastId;
    listener.onState(false, why);
    await later(pause, signal);
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }
}

/** One connection, until it ends. */
async function connection(api, signal, events, onOpen) {
  const silent = new AbortController();
  let timer = setTimeout(() => silent.abort(), SILENCE_MS);
  try {
    const headers = events.lastId ? { "Last-Event-ID": events.lastId } : {};
    const response = await api.open("/events", headers, silent.signal);
    onOpen();
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let piece = await reader.read(); !piece.done && !signal.aborted; piece = await reader.read()) {
      clearTimeout(timer);
      timer = setTimeout(() => silent.abort(), SILENCE_MS);
      events.take(piece.value);
    }
  } finally {
    clearTimeout(timer);
  }
}

function later(ms, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    }, { once: true });
  });
}
