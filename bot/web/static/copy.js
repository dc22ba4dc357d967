// Copies the line that a button names. Without this script the line can still be selected by hand.
"use strict";

const SHOWN_FOR = 4000;

async function copy(line) {
  const words = line.textContent.trim();
  // Browsers give the clipboard to secure pages only; an address at home or in a shop may be plain http.
  if (navigator.clipboard && window.isSecureContext) {
    try {
      await navigator.clipboard.writeText(words);
      return true;
    } catch {
      // Not allowed: the old way asks for no permission.
    }
  }
  window.getSelection().selectAllChildren(line);
  return document.execCommand("copy");
}

for (const button of document.querySelectorAll("button[data-copies]")) {
  const line = document.getElementById(button.dataset.copies);
  const said = document.getElementById(button.dataset.says);
  let fading;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const copied = await copy(line);
    clearTimeout(fading);
    said.textContent = "";
    if (!copied) {
      window.getSelection().selectAllChildren(line);
    }
    // In a turn of its own, so that a screen reader hears the same words a second time.
    requestAnimationFrame(() => {
      said.textContent = copied ? button.dataset.copied : button.dataset.failed;
    });
    fading = setTimeout(() => {
      said.textContent = "";
    }, SHOWN_FOR);
  });
}
