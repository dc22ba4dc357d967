// Where somebody writes in Slack: words, slash commands with a hint, and a picture to go with them.

import { make, toast } from "./doors.js";

const DRAWINGS = [["receipt", "A receipt"], ["cup", "A cup"], ["smile", "A smile"]];
const LARGEST = 4 * 1024 * 1024; // bytes; an own file travels as base64 inside JSON, a phone's photo is about 3 MB

const CLIP = "M13.5 7.5l-5.5 5.5a3 3 0 0 1-4.3-4.3L9.5 3a2 2 0 0 1 2.9 2.9L6.8 11.5a1 1 0 0 1-1.4-1.4L10.5 5";
const PLANE = "M3 10l14-7-4 14-3-6z";

export class Composer {
  /** `name` distinguishes the fields for tests; `send({text, file})` may refuse; `commands()` are the known ones. */
  constructor(name, { label, send, commands, files = true }) {
    Object.assign(this, { name, send, commands });
    this.file = null;
    this.field = make("textarea", { rows: 1, maxlength: 4000, "aria-label": label, placeholder: label, "data-testid": `slack-input-${name}`, dir: "auto" });
    this.hint = make("div", { class: "slash", role: "menu", "aria-label": "Commands", hidden: true });
    this.tray = make("div", { class: "tray", role: "menu", "aria-label": "Pictures to send", hidden: true });
    this.picked = make("p", { class: "picked", hidden: true });
    this.clip = make("button", { type: "button", class: "icon", "aria-label": "Attach a picture", "aria-haspopup": "menu", "aria-expanded": "false", "data-testid": `attach-${name}`, hidden: !files, onclick: () => this.openTray() }, drawn(CLIP, 16));
    const go = make("button", { class: "icon go", "aria-label": "Send", "data-testid": `slack-send-${name}` }, drawn(PLANE, 20));
    this.form = make("form", { class: "slack-composer", autocomplete: "off", onsubmit: (event) => this.submit(event) },
      this.hint, this.tray, this.picked, make("div", { class: "line" }, this.clip, this.field, go));
    this.fillTray();
    this.listen();
  }

  listen() {
    this.field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.submit(event);
      if (event.key === "ArrowUp" && !this.hint.hidden) this.hint.querySelector("button:last-child")?.focus();
    });
    this.field.addEventListener("input", () => this.suggest());
    this.form.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || (this.hint.hidden && this.tray.hidden)) return;
      event.stopPropagation();
      this.closeAll();
      this.field.focus();
    });
    this.form.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !this.form.contains(event.relatedTarget)) this.closeAll();
    });
  }

  closeAll() {
    this.hint.hidden = true;
    this.openTray(false);
  }

  async submit(event) {
    event.preventDefault();
    const text = this.field.value.trim();
    if (!text && !this.file) return;
    const file = this.file;
    this.field.value = "";
    this.pick(null);
    this.closeAll();
    try {
      await this.send({ text, file });
    } catch (trouble) {
      if (!this.field.value) this.field.value = text;
      this.pick(file);
      toast(trouble.message);
    }
  }

  /** While a slash is being typed, say which commands there are. */
  suggest() {
    const typed = this.field.value;
    const known = this.commands().filter(({ command }) => command.startsWith(typed) || typed.startsWith(`${command} `));
    this.hint.hidden = !typed.startsWith("/") || known.length === 0;
    if (this.hint.hidden) return;
    this.hint.replaceChildren(...known.map(({ command, description, usage_hint }) =>
      make("button", { type: "button", role: "menuitem", onclick: () => this.take(command) }, make("b", {}, command), make("span", {}, usage_hint || description || ""))));
  }

  take(command) {
    if (!this.field.value.startsWith(`${command} `)) this.field.value = `${command} `;
    this.hint.hidden = true;
    this.field.focus();
  }

  fillTray() {
    const own = make("input", { type: "file", accept: "image/png,image/jpeg", class: "unseen", tabindex: "-1", "aria-label": "A picture of your own", "data-testid": `own-file-${this.name}`, onchange: () => this.takeOwn(own) });
    this.tray.append(
      ...DRAWINGS.map(([name, label]) =>
        make("button", { type: "button", role: "menuitem", "data-testid": `drawing-${name}`, onclick: () => this.pick({ drawing: name, label }) },
          make("img", { src: `/playground/slack/drawings/${name}`, alt: "", loading: "lazy", width: 64, height: 48 }), label)),
      make("button", { type: "button", role: "menuitem", class: "own", onclick: () => own.click() }, "Your own…"),
      own,
    );
  }

  openTray(open = this.tray.hidden) {
    this.tray.hidden = !open;
    this.clip.setAttribute("aria-expanded", String(open));
    if (open) this.tray.querySelector("button").focus({ preventScroll: true });
  }

  async takeOwn(own) {
    const [file] = own.files;
    own.value = "";
    if (!file) return;
    if (file.size > LARGEST) return toast("That picture is larger than 4 MB. Choose a smaller one.");
    const content = await new Promise((done) => {
      const reader = new FileReader();
      reader.onload = () => done(reader.result.split(",")[1]);
      reader.readAsDataURL(file);
    });
    this.pick({ name: file.name, content, label: file.name });
  }

  pick(file) {
    this.file = file;
    this.picked.hidden = !file;
    if (!file) return;
    this.openTray(false);
    this.picked.replaceChildren(make("span", { dir: "auto" }, file.label), make("button", { type: "button", class: "icon", "aria-label": "Take the picture away", onclick: () => this.pick(null) }, "✕"));
    this.field.focus({ preventScroll: true });
  }
}

function drawn(path, size) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}
