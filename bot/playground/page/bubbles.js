// The bubbles of one chat: drawn once, drawn again only when a message has changed.

import { about, make } from "./doors.js";
import { fill } from "./text.js";

/** Bring the list of bubbles up to date; returns how many were added, and how many of them by the bot. */
export function drawMessages(list, messages, on) {
  const items = withDays(messages);
  const wanted = new Set(items.map((item) => String(item.id)));
  for (const bubble of [...list.children]) {
    if (!wanted.has(bubble.dataset.id)) bubble.remove();
  }
  let [added, news] = [0, 0];
  for (const item of items) {
    const old = list.querySelector(`:scope > [data-id="${item.id}"]`);
    if (old && old.dataset.version === String(item.version)) continue;
    const bubble = item.day ? make("p", { class: "day", "data-id": item.id, "data-version": item.version }, item.day) : draw(item, on);
    if (old) replace(old, bubble);
    else list.append(bubble);
    if (old || item.day) continue;
    added += 1;
    news += item.mine ? 0 : 1;
  }
  return { added, news };
}

/** Put the name of the day before the first message of each, so that a moved clock shows. */
function withDays(messages) {
  const items = [];
  let last = "";
  for (const message of messages) {
    const day = new Date(message.date * 1000).toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });
    if (day !== last) items.push({ id: `before-${message.id}`, version: day, day });
    last = day;
    items.push(message);
  }
  return items;
}

function replace(old, bubble) {
  const buttons = [...old.querySelectorAll(".inline button, .inline a")];
  const focused = buttons.indexOf(document.activeElement);
  bubble.classList.add("still");
  old.replaceWith(bubble);
  if (focused >= 0) bubble.querySelectorAll(".inline button, .inline a")[focused]?.focus({ preventScroll: true });
}

function draw(message, on) {
  const said = message.mine ? withoutPayload(message) : message;
  const body = make("div", { class: "bubble" });
  if (message.photo) body.append(picture(message, on));
  if (message.contact) body.append(make("p", { class: "contact" }, `☎ ${message.contact.first_name} · ${message.contact.phone_number}`));
  if (message.text) {
    const words = make("div", { class: "words", dir: "auto" });
    fill(words, said, on);
    body.append(words);
  }
  const time = new Date(message.date * 1000).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "UTC" });
  body.append(make("small", { class: "when" }, message.edited ? `edited ${time}` : time));
  return make(
    "div",
    { class: `message ${message.mine ? "mine" : "theirs"}`, "data-id": message.id, "data-version": message.version, "data-testid": "message" },
    body,
    ...(message.buttons.length ? [keyboard(message, on)] : []),
  );
}

/** Telegram's apps show the START of a link as a bare /start; what came with the link is for the bot alone. */
function withoutPayload(message) {
  return /^\/start [\w-]{1,64}$/.test(message.text) ? { ...message, text: "/start" } : message;
}

function picture(message, on) {
  const { id, width, height } = message.photo;
  const image = make("img", { src: `/playground/photos/${encodeURIComponent(id)}`, alt: message.text.split("\n")[0] || "QR code", width, height });
  return make("button", { type: "button", class: "photo", "aria-label": "Show the picture large", onclick: () => on.picture(message, image.alt) }, image);
}

function keyboard(message, on) {
  const rows = message.buttons.map((row, r) =>
    make("div", { class: "row" }, ...row.map((button, c) => inline(message, button, { r, c, on }))),
  );
  return make("div", { class: "inline" }, ...rows);
}

function inline(message, button, { r, c, on }) {
  const chats = button.switch_inline_query_chosen_chat;
  const kind = button.url ? "link" : button.copy_text ? "copy" : chats ? "choose" : "act";
  const act = {
    link: () => on.link(button.url),
    copy: () => on.copy(button.copy_text.text),
    choose: () => on.choose(chats.query ?? ""),
    act: () => {
      node.classList.add("busy");
      setTimeout(() => node.classList.remove("busy"), 3000);
      on.tap(message.id, r, c);
    },
  }[kind];
  const node = make("button", { type: "button", class: `${kind} ${button.style ?? ""}`, onclick: act }, button.text);
  return node;
}

/** Find a share link in a message: what a camera would read from its QR code. */
export function sharedLink(message) {
  const found = [
    ...message.entities.map((one) => one.url ?? message.text.slice(one.offset, one.offset + one.length)),
    ...message.buttons.flat().map((one) => one.copy_text?.text ?? one.url ?? ""),
  ];
  return found.find((url) => url.startsWith(`${about.public_url}/r/`)) ?? null;
}
