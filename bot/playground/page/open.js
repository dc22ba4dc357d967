// Stands where t.me would: tells the phone around this frame what to open, or offers a choice of phones.

const asked = new URLSearchParams(location.search);
const kind = location.pathname.endsWith("/share") ? "share" : "open";

if (window.parent !== window) {
  document.getElementById("words").textContent = "Opening the chat…";
  document.getElementById("onward").hidden = true;
  const words = { kind, start: asked.get("start"), url: asked.get("url"), text: asked.get("text") };
  // The phone closes this frame as soon as it hears; a picture still on its way would count as a failed request.
  window.addEventListener("load", () => window.parent.postMessage(words, location.origin));
} else {
  const onward = new URLSearchParams({ link: location.pathname + location.search });
  document.getElementById("onward").href = `/playground?${onward}`;
}
