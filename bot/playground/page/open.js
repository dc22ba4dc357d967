// Stands where t.me and slack.com would: tells the phone or computer around this frame what to open, or offers a choice.

const asked = new URLSearchParams(location.search);
const kind = location.pathname.endsWith("/share") ? "share" : asked.has("slack") ? "slack" : "open";

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
