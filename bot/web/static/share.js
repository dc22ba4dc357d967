// Puts the changed words into every way of sending them. Without this script the links carry the words as they were.
"use strict";

const words = document.getElementById("words");
const line = document.getElementById("share-line");
const ways = document.querySelectorAll("a[data-pattern]");

function fill() {
  const said = words.value.trim();
  for (const way of ways) {
    const { pattern, link } = way.dataset;
    const sent = { words: said, link, both: said ? `${said}\n${link}` : link };
    way.href = pattern.replace(/\{(words|link|both)\}/g, (_, gap) => encodeURIComponent(sent[gap]));
  }
  line.textContent = said ? `${said}\n${line.dataset.link}` : line.dataset.link;
}

words.addEventListener("input", fill);
// A browser that comes back to the page may have kept what was typed.
fill();
