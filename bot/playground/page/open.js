// Stands where t.me would: tells the phone around this frame what to open, or offers a choice of phones.

const asked = new URLSearchParams(location.search);
const kind = location.pathname.endsWith("/share") ? "share" : "open";

if (window.parent !== window) {
  document.getElementById("words").textContent = "Opening the chat…";
  document.getElementById("onward").hidden = true;
  window.parent.postMessage({ kind, start: asked.get("start"), url: asked.get("url"), text: asked.get("text") }, location.origin);
} else {
  const onward = new URLSearchParams({ link: location.pathname + location.search });
  document.getElementById("onward").href = `/playground?${onward}`;
}
