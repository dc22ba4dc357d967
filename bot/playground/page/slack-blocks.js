// Block Kit as DOM nodes. What a block may do goes through `on`: link, copy, name, picture(source, words) and
// tap(block, element, extra); inputs are only read, by slack-modal.js.

import { local, make } from "./doors.js";
import { code, link, mention, words } from "./slack-text.js";

const BLOCKS = {
  section, actions, context, image, table, input,
  header: (block) => make("h4", { class: "block header", dir: "auto" }, block.text?.text ?? ""),
  divider: () => make("hr", { class: "block" }),
  rich_text: (block, on) => make("div", { class: "block words", dir: "auto" }, ...block.elements.map((part) => rich(part, on))),
  markdown: (block, on) => make("div", { class: "block" }, words({ type: "mrkdwn", text: block.text ?? "" }, on)),
};

const ELEMENTS = { button, static_select, radio_buttons: choices, checkboxes: choices, plain_text_input, image: picture };

let fields = 0;

/** Draw blocks; one that this page does not know is named instead of vanishing. */
export function drawBlocks(blocks, on) {
  return blocks.map((block) => BLOCKS[block.type]?.(block, on) ?? make("p", { class: "block note" }, `(A block of the type ${block.type}.)`));
}

/** Where the bytes of a picture are: a file of this Slack, or a picture of this very installation. */
export function sourceOf(image) {
  if (image.slack_file?.id) return `/playground/slack/files/${encodeURIComponent(image.slack_file.id)}`;
  const path = local(image.image_url ?? image.slack_file?.url ?? "");
  return path?.startsWith("/") ? path : null;
}

function section(block, on) {
  const node = make("div", { class: "block section" });
  const body = make("div", { class: "body" });
  if (block.text) body.append(words(block.text, on));
  if (block.fields) body.append(make("div", { class: "fields" }, ...block.fields.map((field) => words(field, on))));
  node.append(body);
  if (block.accessory) node.append(element(block.accessory, block, on));
  return node;
}

function actions(block, on) {
  return make("div", { class: "block actions" }, ...block.elements.map((one) => element(one, block, on)));
}

function context(block, on) {
  return make("div", { class: "block context" }, ...block.elements.map((one) => (one.type === "image" ? picture(one, block, on) : words(one, on, "span"))));
}

function image(block, on) {
  const node = make("figure", { class: "block picture" });
  if (block.title) node.append(make("figcaption", { dir: "auto" }, block.title.text));
  node.append(picture(block, block, on));
  return node;
}

function table(block, on) {
  const align = (block.column_settings ?? []).map((column) => column?.align ?? "left");
  const rows = block.rows.map((row, r) =>
    make("tr", {}, ...row.map((cell, c) =>
      make(r ? "td" : "th", { scope: r ? null : "col", class: align[c] ?? "left", dir: "auto" }, ...inCell(cell, on)))),
  );
  const [head, ...rest] = rows;
  return make("div", { class: "block table", role: "region", "aria-label": "Table", tabindex: "0" },
    make("table", {}, make("thead", {}, head), make("tbody", {}, ...rest)));
}

function inCell(cell, on) {
  if (cell.type === "rich_text") return cell.elements.map((part) => rich(part, on));
  return [String(cell.text ?? cell.value ?? "")];
}

function input(block, on) {
  const name = `slack-field-${(fields += 1)}`;
  const field = element(block.element, block, on);
  const control = field.matches("input, textarea, select") ? field : null;
  if (control) control.id = name;
  const label = make(control ? "label" : "legend", control ? { for: name } : {}, block.label?.text ?? "", ...(block.optional ? [make("small", {}, " (optional)")] : []));
  const hint = block.hint ? [make("small", { class: "hint" }, block.hint.text)] : [];
  const error = make("small", { class: "error", id: `${name}-error`, role: "alert" });
  (control ?? field).setAttribute("aria-describedby", error.id);
  return make(control ? "div" : "fieldset", { class: "block input", "data-block": block.block_id }, label, field, error, ...hint);
}

function element(one, block, on) {
  return ELEMENTS[one.type]?.(one, block, on) ?? make("span", { class: "note" }, `(${one.type})`);
}

function button(one, block, on) {
  const label = one.text?.text ?? "";
  const node = make("button", {
    type: "button", class: `act ${one.style ?? ""} ${one.url ? "link" : ""}`, dir: "auto",
    "data-action": one.action_id, "aria-label": one.accessibility_label ?? null,
    onclick: () => {
      const press = () => {
        node.classList.add("busy");
        setTimeout(() => node.classList.remove("busy"), 3000);
        on.tap(block, one);
        if (one.url) on.link(one.url);
      };
      if (one.confirm) on.ask(`${one.confirm.title?.text ?? ""}\n${one.confirm.text?.text ?? ""}`.trim(), one.confirm.confirm?.text ?? "Yes", press);
      else press();
    },
  }, label);
  return node;
}

function option(one, chosen) {
  return make("option", { value: one.value, selected: chosen === one.value }, one.text.text);
}

function static_select(one, block, on) {
  const all = one.options ?? one.option_groups?.flatMap((group) => group.options) ?? [];
  const chosen = one.initial_option?.value;
  const placeholder = make("option", { value: "", disabled: Boolean(chosen), selected: !chosen }, one.placeholder?.text ?? "Choose…");
  return make("select", {
    class: "field", "data-action": one.action_id, "aria-label": block.type === "input" ? null : one.placeholder?.text ?? "Choose",
    onchange: (event) => {
      if (block.type !== "input") on.tap(block, one, { option: event.target.value });
    },
  }, placeholder, ...all.map((each) => option(each, chosen)));
}

function choices(one, block, on) {
  const several = one.type === "checkboxes";
  const before = new Set((several ? one.initial_options ?? [] : [one.initial_option]).map((each) => each?.value));
  const group = `${block.block_id}-${one.action_id}`;
  const node = make("div", { class: "choices", role: several ? "group" : "radiogroup", "data-action": one.action_id });
  const changed = () => {
    if (block.type !== "input" && !several) on.tap(block, one, { option: node.querySelector("input:checked").value });
  };
  node.append(...one.options.map((each) =>
    make("label", {}, make("input", { type: several ? "checkbox" : "radio", name: group, value: each.value, checked: before.has(each.value), onchange: changed }), words(each.text, on, "span"))));
  return node;
}

function plain_text_input(one) {
  const common = {
    class: "field", "data-action": one.action_id, placeholder: one.placeholder?.text ?? null,
    maxlength: one.max_length ?? 3000, dir: "auto", autocomplete: "off", spellcheck: "false",
  };
  if (one.multiline) return make("textarea", { ...common, rows: 4 }, one.initial_value ?? "");
  return make("input", { type: "text", ...common, value: one.initial_value ?? null });
}

function picture(one, block, on) {
  const source = sourceOf(one);
  if (!source) return make("span", { class: "note", role: "img", "aria-label": one.alt_text }, `(A picture from elsewhere: ${one.alt_text})`);
  const shown = make("img", { src: source, alt: one.alt_text ?? "" });
  if (block.type !== "image") return shown;
  return make("button", { type: "button", class: "enlarge", "aria-label": `Show large: ${one.alt_text ?? "the picture"}`, onclick: () => on.picture(source, one.alt_text ?? "") }, shown);
}

const STYLES = { bold: "strong", italic: "em", strike: "s" };
const PARTS = {
  rich_text_section: (part, on) => make("div", {}, ...part.elements.map((one) => inline(one, on))),
  rich_text_preformatted: (part, on) => make("pre", {}, ...part.elements.map((one) => inline(one, on))),
  rich_text_quote: (part, on) => make("blockquote", {}, ...part.elements.map((one) => inline(one, on))),
  rich_text_list: (part, on) => make(part.style === "ordered" ? "ol" : "ul", { class: "list" }, ...part.elements.map((item) => make("li", {}, rich(item, on)))),
};

function rich(part, on) {
  return PARTS[part.type]?.(part, on) ?? "";
}

const INLINE = {
  link: (one, on) => link(one.url, one.text ?? one.url, on),
  user: (one, on) => mention(one.user_id, on),
  broadcast: (one) => make("span", { class: "mention all" }, `@${one.range}`),
  channel: (one) => make("span", { class: "mention" }, `#${one.channel_id}`),
  emoji: (one) => String.fromCodePoint(...(one.unicode ?? "25a1").split("-").map((part) => parseInt(part, 16))),
  text: (one, on) => (one.style?.code ? code(one.text, on) : one.text),
};

function inline(one, on) {
  let node = INLINE[one.type]?.(one, on) ?? one.text ?? "";
  for (const [style, tag] of Object.entries(STYLES)) if (one.style?.[style]) node = make(tag, {}, node);
  return node;
}
