// The page's way to the server: gestures, the real API at the till, and links as this page may open them.

export const about = { public_url: location.origin, api_key: "", currency: "EUR" };
export const clipboard = new EventTarget();

/** Post JSON to the playground; a refusal becomes an Error with plain words. */
export async function gesture(path, body = {}) {
  const answer = await fetch(`/playground/${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const value = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(value.detail ?? "That did not work.");
  return value;
}

/** Call the real API as the till does; returns {ok, status, body}. */
export async function api(path, body, headers = {}) {
  try {
    const answer = await fetch(`/api/v1/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${about.api_key}`, ...headers },
      body: JSON.stringify(body),
    });
    return { ok: answer.ok, status: answer.status, body: await answer.json().catch(() => ({})) };
  } catch {
    return { ok: false, status: 0, body: { detail: "The service does not answer. Is it still running?" } };
  }
}

/** Turn an address of this installation into a path of this page's own origin; others stay as they are. */
export function local(url) {
  const own = new URL(about.public_url);
  let asked;
  try {
    asked = new URL(url, location.origin);
  } catch {
    return null;
  }
  const ours = asked.origin === location.origin || asked.origin === own.origin;
  return ours ? asked.pathname + asked.search + asked.hash : null;
}

/** Put words on the clipboard, the browser's where it may and the till's always. */
export async function copy(words) {
  clipboard.dispatchEvent(new CustomEvent("copied", { detail: words }));
  try {
    await navigator.clipboard.writeText(words);
  } catch {
    // Without permission the till's own "paste" still works.
  }
}

let hiding = 0;

/** Say something short at the bottom of the page. */
export function toast(words) {
  const node = document.getElementById("toast");
  node.textContent = words;
  node.classList.add("shown");
  clearTimeout(hiding);
  hiding = setTimeout(() => node.classList.remove("shown"), 3500);
}

/** Make an element: tag, attributes, children; text stays text. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}
