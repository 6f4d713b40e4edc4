/** The token, kept in this tab until it is closed or signed out of. */

const KEPT = "freshet.token";

export function keptToken() {
  return sessionStorage.getItem(KEPT);
}

export function keepToken(token) {
  sessionStorage.setItem(KEPT, token);
}

export function forgetToken() {
  sessionStorage.removeItem(KEPT);
}
