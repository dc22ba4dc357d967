// Telegram text as DOM nodes: entities become elements, words become text nodes, nothing is ever read as HTML.

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};

/** Fill a node with text and its entities; `on` has link(url), command(text) and copy(text). */
export function fill(node, { text, entities }, on) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  weave(node, text, sorted, { begin: 0, end: text.length, on });
}

function weave(node, text, entities, { begin, end, on }) {
  let at = begin;
  for (let i = 0; i < entities.length; i++) {
    const entity = entities[i];
    if (entity.offset < at) continue;
    const stop = Math.min(entity.offset + entity.length, end);
    const inner = entities.slice(i + 1).filter((one) => one.offset >= entity.offset && one.offset + one.length <= stop);
    node.append(text.slice(at, entity.offset));
    const element = made(entity, text.slice(entity.offset, stop), on);
    weave(element, text, inner, { begin: entity.offset, end: stop, on });
    node.append(element);
    at = stop;
  }
  node.append(text.slice(at, end));
}

function made(entity, words, on) {
  if (entity.type === "text_link" || entity.type === "url") return link(entity.url ?? words, on);
  if (entity.type === "bot_command") return button("command", () => on.command(words));
  if (entity.type === "code") return copied(words, on);
  if (entity.type === "spoiler") return spoiler();
  return document.createElement(TAGS[entity.type] ?? "span");
}

function link(url, on) {
  const anchor = document.createElement("a");
  anchor.href = url;
  anchor.addEventListener("click", (event) => {
    event.preventDefault();
    on.link(url);
  });
  return anchor;
}

function button(name, act) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = name;
  element.addEventListener("click", act);
  return element;
}

function copied(words, on) {
  const element = button("code", () => on.copy(words));
  element.title = "Copy";
  return element;
}

function spoiler() {
  const element = button("spoiler", () => element.classList.add("seen"));
  element.setAttribute("aria-label", "Hidden text, press to show");
  return element;
}
