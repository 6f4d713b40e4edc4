/** The REST interface, asked with a token. */

const BASE = new URL("../api/v1/cache", document.baseURI).href;
const PATIENCE_MS = 15_000;

/** What a request was refused with, or why there is no answer (status 0). */
export class Refusal extends Error {
  constructor(status, code, detail) {
    super(detail);
    this.status = status;
    this.code = code;
  }
}

/** Encodes a namespace, a key or an id as a segment of a path. */
export function segment(name) {
  return encodeURIComponent(name);
}

export class Api {
  #token;
  #signal;
  #onUnauthorised;

  /**
   * @param {string} token
   * @param {AbortSignal} signal ends every request
   * @param {() => void} onUnauthorised the token is not (or no more) the right one
   */
  constructor(token, signal, onUnauthorised) {
    this.#token = token;
    this.#signal = signal;
    this.#onUnauthorised = onUnauthorised;
  }

  get(path) {
    return this.#json("GET", path);
  }

  post(path, body) {
    return this.#json("POST", path, body);
  }

  delete(path) {
    return this.#json("DELETE", path);
  }

  /** Opens a stream of events: a response whose body is read by the caller. */
  async open(path, headers, signal) {
    const response = await this.#send(path, { headers, signal: AbortSignal.any([this.#signal, signal]) });
    return response;
  }

  async #json(method, path, body) {
    const request = { method, signal: AbortSignal.any([this.#signal, AbortSignal.timeout(PATIENCE_MS)]) };
    if (body !== undefined) {
      request.headers = { "Content-Type": "application/json" };
      request.body = JSON.stringify(body);
    }
    const response = await this.#send(path, request);
    return response.json();
  }

  async #send(path, request) {
    let response;
    try {
      response = await fetch(BASE + path, {
        cache: "no-store",
        ...request,
        headers: { ...request.headers, Authorization: `Bearer ${this.#token}` },
      });
    } catch (failure) {
      if (this.#signal.aborted) {
        throw failure;
      }
      throw new Refusal(0, "unreachable", "The service does not answer.");
    }
    if (response.ok) {
      return response;
    }
    if (response.status === 401) {
      this.#onUnauthorised();
    }
    throw await refusal(response);
  }
}

async function refusal(response) {
  try {
    const problem = await response.json();
    return new Refusal(response.status, problem.code ?? problem.status, problem.detail ?? problem.title ?? "");
  } catch {
    return new Refusal(response.status, "", `The service answered ${response.status}.`);
  }
}
