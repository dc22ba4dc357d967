// Slack's mrkdwn as DOM nodes: marks become elements, words become text nodes, nothing is ever read as HTML.

import { make } from "./doors.js";

const MARKS = { "*": "strong", _: "em", "~": "s" };
const ESCAPES = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };
const INLINE = /`([^`\n]+)`|<([^<>\n]+)>|(?<![\p{L}\p{N}])([*_~])(?=\S)([^\n]*?\S)\3(?![\p{L}\p{N}])/gu;

/** Fill a node with mrkdwn; `on` has link(url), copy(words) and name(user). */
export function fillMarkdown(node, text, on) {
  const parts = text.split("```");
  if (parts.length % 2 === 0) parts.push(parts.splice(-2).join("```")); // the last fence was never closed
  parts.forEach((part, i) => {
    if (i % 2) node.append(make("pre", {}, plain(part.replace(/^\n|\n$/g, ""))));
    else lines(node, i ? part.replace(/^\n/, "") : part, on);
  });
}

/** Make a span of mrkdwn or of plain text, whichever a text object is. */
export function words(object, on, tag = "div") {
  const node = make(tag, { class: "words", dir: "auto" });
  if (object?.type === "mrkdwn") fillMarkdown(node, object.text ?? "", on);
  else node.append(object?.text ?? "");
  return node;
}

/** Turn Slack's three escapes back into characters. */
export function plain(text) {
  return text.replace(/&(?:lt|gt|amp);/g, (escape) => ESCAPES[escape]);
}

/** Make a link that the window follows in its own way. */
export function link(url, label, on) {
  return make("a", { href: url, rel: "noopener noreferrer", onclick: (event) => {
    event.preventDefault();
    on.link(url);
  } }, label);
}

/** Make a mention of somebody. */
export function mention(user, on) {
  return make("span", { class: "mention" }, `@${on.name(user)}`);
}

/** Make code that can be copied, as the till takes it. */
export function code(text, on) {
  return make("button", { type: "button", class: "code", title: "Copy", onclick: () => on.copy(text) }, text);
}

function lines(node, text, on) {
  let quote = null;
  const all = text.split("\n");
  all.forEach((line, i) => {
    const quoted = /^(?:&gt;|>) ?/.exec(line);
    if (quoted) {
      if (!quote) node.append((quote = make("blockquote")));
      else quote.append("\n");
      weave(quote, line.slice(quoted[0].length), on);
      return;
    }
    quote = null;
    weave(node, line, on);
    if (i < all.length - 1 && !/^(?:&gt;|>)/.test(all[i + 1])) node.append("\n");
  });
}

function weave(node, text, on) {
  let at = 0;
  for (const match of text.matchAll(INLINE)) {
    node.append(plain(text.slice(at, match.index)), made(match, on));
    at = match.index + match[0].length;
  }
  node.append(plain(text.slice(at)));
}

function made([, verbatim, reference, mark, inner], on) {
  if (verbatim !== undefined) return code(plain(verbatim), on);
  if (reference !== undefined) return referred(reference, on);
  const element = make(MARKS[mark]);
  weave(element, inner, on);
  return element;
}

/** Read what stands between angle brackets: a person, a channel, a call to all, or a link. */
function referred(reference, on) {
  const [target, label] = reference.split(/\|(.*)/s);
  if (target.startsWith("@")) return mention(target.slice(1), on);
  if (target.startsWith("#")) return make("span", { class: "mention" }, `#${plain(label || target.slice(1))}`);
  if (target.startsWith("!")) return make("span", { class: "mention all" }, plain(label || `@${target.slice(1).split("^")[0]}`));
  return link(plain(target), plain(label || target.replace(/^mailto:/, "")), on);
}
