// The messages of one conversation: drawn once, drawn again only when one of them has changed.

import { make } from "./doors.js";
import { drawBlocks } from "./slack-blocks.js";
import { words } from "./slack-text.js";

/** Bring a list of messages up to date; returns how many were added, and how many of them by others. */
export function drawPosts(list, posts, on) {
  const items = withDays(posts);
  const wanted = new Set(items.map((item) => item.id));
  for (const node of [...list.children]) if (!wanted.has(node.dataset.id)) node.remove();
  const drawn = new Map([...list.children].map((node) => [node.dataset.id, node]));
  let [added, news] = [0, 0];
  let before = null;
  for (const item of items) {
    const old = drawn.get(item.id);
    if (old?.key === item.key) {
      before = old;
      continue;
    }
    const node = item.day ? make("p", { class: "day" }, item.day) : draw(item.post, on);
    node.dataset.id = item.id;
    node.key = item.key;
    if (old) replace(old, node);
    else if (before) before.after(node);
    else list.prepend(node);
    before = node;
    if (old || item.day) continue;
    added += 1;
    news += item.post.user === on.user ? 0 : 1;
  }
  return { added, news };
}

/** Write the time of a message as its number tells it. */
export function timeOf(ts) {
  return new Date(Number(ts) * 1000).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "UTC" });
}

function withDays(posts) {
  const items = [];
  let last = "";
  for (const post of posts) {
    const day = new Date(Number(post.ts) * 1000).toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });
    if (day !== last) items.push({ id: `day-${day}`, key: day, day });
    last = day;
    items.push({ id: post.ts, key: JSON.stringify(post), post });
  }
  return items;
}

function replace(old, node) {
  const reach = "button, a, select, input";
  const focused = [...old.querySelectorAll(reach)].indexOf(document.activeElement);
  node.classList.add("still");
  old.replaceWith(node);
  if (focused >= 0) node.querySelectorAll(reach)[focused]?.focus({ preventScroll: true });
}

function draw(post, on) {
  const head = make("p", { class: "by" }, make("strong", {}, make("bdi", {}, post.name)),
    ...(post.is_bot ? [make("span", { class: "badge" }, "App")] : []), make("time", {}, timeOf(post.ts)));
  const body = make("div", { class: "body" }, head);
  if (post.ephemeral) body.prepend(make("p", { class: "only" }, "Only visible to you"));
  const here = { ...on, tap: (block, element, extra) => on.tapped(post, block, element, extra), picture: (source, alt) => on.picture(source, alt, JSON.stringify(post)) };
  if (post.blocks?.length) body.append(...drawBlocks(post.blocks, here));
  else if (post.text) body.append(words({ type: "mrkdwn", text: post.text }, here));
  body.append(...(post.files ?? []).map((file) => attached(file, here)));
  if (post.edited) body.append(make("small", { class: "edited" }, "(edited)"));
  if (on.openThread && !post.ephemeral) body.append(...threadOf(post, on));
  return make("div", { class: `post ${post.ephemeral ? "ephemeral" : ""}`, "data-testid": "post" }, face(post), body);
}

function face(post) {
  if (post.is_bot) return make("span", { class: "slack-face app", "aria-hidden": "true" }, make("img", { src: "/playground/static/grapes.svg", alt: "" }));
  return make("span", { class: `slack-face face face-${sumOf(post.user) % 6}`, "aria-hidden": "true" }, [...post.name][0] ?? "?");
}

function sumOf(user) {
  return [...String(user)].reduce((sum, letter) => sum + letter.codePointAt(0), 0);
}

function attached(file, on) {
  const source = `/playground/slack/files/${encodeURIComponent(file.id)}`;
  const alt = file.alt || file.name || "A picture";
  return make("button", { type: "button", class: "enlarge", "aria-label": `Show large: ${alt}`, onclick: () => on.picture(source, alt) },
    make("img", { src: source, alt }));
}

function threadOf(post, on) {
  const count = post.replies?.length ?? 0;
  if (!count && !on.mayReply) return [];
  const label = count ? `${count} ${count === 1 ? "reply" : "replies"}` : "Reply";
  return [make("button", { type: "button", class: `thread-link ${count ? "" : "none"}`, "data-testid": "thread-open", "aria-label": count ? `Open the thread: ${label}` : "Reply in a thread", onclick: () => on.openThread(post.ts) }, label)];
}
