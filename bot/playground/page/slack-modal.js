// What the app opens over a Slack window: a form that collects, or a page that only tells.

import { make } from "./doors.js";
import { drawBlocks } from "./slack-blocks.js";

const REACH = "button, input, select, textarea, a[href], [tabindex='0']";

export class Modal {
  /** `on` draws blocks; `submit(view, values)` and `close(view)` tell the app. */
  constructor(layer, { on, submit, close }) {
    Object.assign(this, { layer, on, submit, close });
    this.view = null;
    layer.addEventListener("keydown", (event) => this.pressed(event));
  }

  /** Show a view, or nothing; what has been typed stays while it is the same one. */
  draw(view) {
    const errors = view?.errors ?? {};
    const key = view && JSON.stringify([view.id, view.title, view.blocks, view.submit, view.close]);
    if (key !== this.key) this.build(view, key);
    if (!view) return;
    this.layer.querySelector(".busy")?.classList.remove("busy");
    const trouble = this.layer.querySelector(".trouble");
    trouble.textContent = view.trouble ?? "";
    trouble.hidden = !view.trouble;
    for (const field of this.layer.querySelectorAll("[data-block]")) this.blame(field, errors[field.dataset.block] ?? "");
    const blamed = JSON.stringify(errors);
    if (blamed !== this.blamed && blamed !== "{}") this.layer.querySelector("[aria-invalid=true]")?.focus({ preventScroll: true });
    this.blamed = blamed;
  }

  build(view, key) {
    // Somebody who has gone on to another window keeps the focus there.
    const isHere = document.activeElement === document.body || this.layer.parentElement.contains(document.activeElement);
    const [was, typed] = [this.view, this.view?.id === view?.id ? this.typed() : {}];
    [this.view, this.key] = [view, key];
    this.layer.hidden = !view;
    if (!view) {
      this.layer.replaceChildren();
      if (isHere && this.opener?.isConnected) this.opener.focus({ preventScroll: true });
      return;
    }
    if (!was) this.opener = document.activeElement;
    this.layer.setAttribute("aria-label", view.title?.text ?? "");
    this.layer.replaceChildren(this.box(view));
    for (const [place, value] of Object.entries(typed)) {
      const field = this.layer.querySelector(`[data-action="${CSS.escape(place)}"]`);
      if (field && "value" in field) field.value = value;
    }
    if (isHere) (this.layer.querySelector(".field") ?? this.layer.querySelector("footer button") ?? this.layer.querySelector("button")).focus({ preventScroll: true });
  }

  box(view) {
    const leave = () => this.close(view);
    const here = { ...this.on, tap: (block, element, extra) => this.on.tappedIn(view, block, element, extra) };
    const send = (event) => {
      event.preventDefault();
      event.target.querySelector("[data-testid=modal-submit]")?.classList.add("busy");
      this.submit(view, valuesOf(this.layer));
    };
    return make("form", { class: "box", autocomplete: "off", novalidate: true, onsubmit: send },
      make("header", {}, make("h3", { dir: "auto" }, view.title?.text ?? ""), make("button", { type: "button", class: "icon", "aria-label": "Close", "data-testid": "modal-close", onclick: leave }, "✕")),
      make("div", { class: "blocks" }, ...drawBlocks(view.blocks ?? [], here)),
      make("p", { class: "trouble", role: "alert", hidden: true }),
      make("footer", {}, make("button", { type: "button", class: "act", onclick: leave }, view.close?.text ?? (view.submit ? "Cancel" : "Close")),
        ...(view.submit ? [make("button", { class: "act primary", "data-testid": "modal-submit" }, view.submit.text)] : [])));
  }

  blame(field, words) {
    field.querySelector(".error").textContent = words;
    const control = field.querySelector("[data-action]");
    if (words) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  }

  typed() {
    const fields = [...this.layer.querySelectorAll("input.field, textarea.field, select.field")];
    return Object.fromEntries(fields.map((field) => [field.dataset.action, field.value]));
  }

  pressed(event) {
    if (event.key === "Escape") this.close(this.view);
    if (event.key !== "Tab") return;
    const all = [...this.layer.querySelectorAll(REACH)].filter((one) => one.offsetParent && !one.disabled);
    const edge = event.shiftKey ? all[0] : all[all.length - 1];
    if (document.activeElement !== edge) return;
    event.preventDefault();
    (event.shiftKey ? all[all.length - 1] : all[0]).focus();
  }
}

/** Read the inputs of a view: block -> value; several choices are joined by commas. */
export function valuesOf(root) {
  return Object.fromEntries([...root.querySelectorAll("[data-block]")].map((block) => [block.dataset.block, read(block.querySelector("[data-action]"))]));
}

function read(field) {
  if ("value" in field) return field.value.trim();
  return [...field.querySelectorAll("input:checked")].map((one) => one.value).join(",");
}
