// What slides up inside a phone: the small browser, the share sheet, letters from friends, a large picture, a question.

import { local, make } from "./doors.js";

let opener = null;

/** Open a sheet with a title and content in a phone. */
export function openSheet(phone, title, { name = "", content = [] }) {
  const sheet = phone.querySelector(".sheet");
  opener = document.activeElement;
  const close = make("button", { type: "button", class: "icon", "aria-label": "Close", "data-testid": "sheet-close", onclick: () => closeSheet(phone) }, "✕");
  sheet.replaceChildren(make("header", {}, close, make("h3", { dir: "auto" }, title)), make("div", { class: "sheet-body" }, ...content));
  sheet.className = `sheet ${name}`;
  sheet.setAttribute("aria-label", title);
  sheet.hidden = false;
  sheet.onkeydown = (event) => event.key === "Escape" && closeSheet(phone);
  close.focus({ preventScroll: true });
  return sheet;
}

/** Close whatever is open in a phone. */
export function closeSheet(phone) {
  const sheet = phone.querySelector(".sheet");
  if (sheet.hidden) return;
  sheet.hidden = true;
  sheet.replaceChildren();
  if (opener?.isConnected) opener.focus({ preventScroll: true });
}

/** Open a page of this installation in the browser of somebody's phone or computer. */
export function openBrowser(phone, url, where) {
  const path = local(url);
  const frame = make("iframe", { src: path, title: `Web page on ${where}`, "data-testid": "browser" });
  const shown = new URL(path, location.origin);
  openSheet(phone, `${shown.host}${shown.pathname}`, { name: "browser", content: [frame] });
}

/** Ask to whom a link goes. */
export function openShare(phone, { text, url }, { people, send }) {
  const buttons = people.map((person) =>
    make("button", { type: "button", class: "person", "data-testid": `send-to-${person.id}`, onclick: () => send(person) },
      make("span", { class: `face face-${person.id % 6}`, "aria-hidden": "true" }, person.name[0]), person.name),
  );
  const preview = make("p", { class: "preview", dir: "auto" }, text && url ? `${text}\n${url}` : text || url);
  openSheet(phone, "Send to…", { name: "share", content: [preview, make("div", { class: "people" }, ...buttons)] });
}

/** Show what friends have sent. */
export function openLetters(phone, letters, open) {
  const content = letters.map((letter) =>
    make("div", { class: "letter" },
      make("span", { class: `face face-${letter.from % 6}`, "aria-hidden": "true" }, letter.name[0]),
      make("div", { class: "bubble" }, make("strong", {}, letter.name),
        ...(letter.photo ? [make("img", { src: `/playground/photos/${encodeURIComponent(letter.photo)}`, alt: "" })] : []),
        make("p", { dir: "auto" }, letter.text),
        make("a", { href: local(letter.url) ?? letter.url, "data-testid": "letter-link", onclick: (event) => {
          event.preventDefault();
          open(letter.url);
        } }, letter.url))),
  );
  const sheet = openSheet(phone, "Messages", { name: "letters-open", content });
  sheet.querySelector(".sheet-body").scrollTop = 1e6;
}

/** Show a picture large, with the people who could point a camera at it. */
export function openPicture(phone, { source, words }, { people, scan }) {
  const cameras = people.map((person) =>
    make("button", { type: "button", class: "quiet", "data-testid": `scan-${person.id}`, onclick: () => scan(person) }, `${person.name} scans it`),
  );
  const content = [make("img", { src: source, alt: words }), make("div", { class: "cameras" }, ...cameras)];
  openSheet(phone, "Picture", { name: "picture", content });
}

/** Ask yes or no. */
export function openQuestion(phone, words, { yes, act }) {
  const content = [make("p", { dir: "auto" }, words), make("button", { type: "button", class: "primary", "data-testid": "sheet-yes", onclick: () => {
    closeSheet(phone);
    act?.();
  } }, yes)];
  openSheet(phone, "", { name: "question", content });
}
