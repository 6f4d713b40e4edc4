import { Api, Refusal } from "./api.js";
import { startChoices } from "./choices.js";
import { byId, setText } from "./dom.js";
import { startExplain } from "./explain.js";
import { startFanOuts } from "./fan-outs.js";
import { startNamespaces } from "./namespaces.js";
import { startPurge } from "./purge.js";
import { startShortcuts } from "./shortcuts.js";
import { startStream } from "./stream.js";
import { startTheme } from "./theme.js";
import { forgetToken, keepToken, keptToken } from "./token.js";
import { startWarming } from "./warming.js";

/** Signs in and out. All that is shown in between ends with one signal. */

let session = null;

function show(signedIn) {
  document.querySelectorAll(".signed-in").forEach((element) => {
    element.hidden = !signedIn;
  });
  byId("sign-in").hidden = signedIn;
}

async function signIn(token) {
  const ending = new AbortController();
  const api = new Api(token, ending.signal, () => signOut("The token is not the one of this service."));
  session = ending;
  const contract = await api.get("/openapi.json");
  keepToken(token);
  setText(byId("sign-in-problem"), "");
  byId("token").value = "";
  show(true);
  startChoices(api, ending.signal);
  startNamespaces(api, ending.signal);
  startStream(api, ending.signal, startExplain(api, ending.signal));
  startPurge(api, ending.signal);
  startFanOuts(api, ending.signal);
  startWarming(api, ending.signal, contract.paths["/warm-jobs/{id}"]?.delete !== undefined);
}

function signOut(why) {
  session?.abort();
  session = null;
  forgetToken();
  show(false);
  setText(byId("sign-in-problem"), why);
  byId("token").focus();
}

async function trySignIn(token) {
  try {
    await signIn(token);
  } catch (failure) {
    if (!(failure instanceof Refusal && failure.status === 401)) {
      session.abort();
      session = null;
      show(false);
      byId("token").value = token;
      setText(byId("sign-in-problem"), failure.message);
    }
  }
}

startTheme();
startShortcuts(() => session !== null && !byId("console").hidden);
byId("sign-out").addEventListener("click", () => signOut(""));
byId("sign-in-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  await trySignIn(byId("token").value.trim());
  if (session) {
    byId("main").focus();
  }
});
if (keptToken()) {
  await trySignIn(keptToken());
} else {
  show(false);
  byId("token").focus();
}
