// One phone: its chat with the bot, its START button, its menu, and what its owner does with it.

import { about, copy, gesture, local, make, toast } from "./doors.js";
import { drawMessages, sharedLink } from "./bubbles.js";
import { closeSheet, openBrowser, openLetters, openPicture, openQuestion, openShare } from "./sheets.js";

const ROLES = { 1001: "your customer", 1002: "her friend" };

export class Phone {
  constructor(id, others, computers = () => []) {
    this.id = id;
    this.others = others; // () => the other phones
    this.computers = computers; // () => the Slack windows of customers, who can open a link too
    this.pending = undefined; // a start payload that waits for START; undefined when none does
    this.unread = 0;
    this.seenToasts = null;
    this.seenLetters = 0;
    this.pane = document.getElementById("phone-template").content.firstElementChild.cloneNode(true);
    this.pane.dataset.pane = `phone-${id}`;
    this.pane.dataset.testid = `phone-${id}`;
    this.phone = this.find(".phone");
    this.find(".start").dataset.testid = `start-${id}`;
    this.find(".composer input").dataset.testid = `input-${id}`;
    this.find(".send").dataset.testid = `send-${id}`;
    this.find(".menu").dataset.testid = `menu-${id}`;
    this.find(".banner").dataset.testid = `banner-${id}`;
    this.find(".letters").dataset.testid = `letters-${id}`;
    this.listen();
  }

  find(selector) {
    return this.pane.querySelector(selector);
  }

  listen() {
    this.find(".start").addEventListener("click", () => this.start());
    this.find(".composer").addEventListener("submit", (event) => {
      event.preventDefault();
      const input = this.find(".composer input");
      if (input.value.trim()) this.say(input.value);
      input.value = "";
    });
    this.find(".menu").addEventListener("click", () => this.toggleMenu());
    this.pane.addEventListener("keydown", (event) => event.key === "Escape" && this.toggleMenu(false));
    this.find(".letters").addEventListener("click", () => this.readLetters());
    this.find(".banner").addEventListener("click", () => this.readLetters());
    this.on = {
      link: (url) => this.open(url),
      command: (words) => this.say(words),
      copy: (words) => {
        copy(words);
        this.flash("Copied");
      },
      choose: (query) => this.choose(query),
      tap: (message_id, row, col) => this.do("tap", { message_id, row, col }),
      picture: (message, words) => this.enlarge(message, words),
    };
  }

  async do(name, body) {
    try {
      await gesture(`people/${this.id}/${name}`, body);
    } catch (trouble) {
      toast(trouble.message);
    }
  }

  say(text) {
    this.toggleMenu(false);
    return this.do("text", { text });
  }

  start() {
    const payload = this.pending;
    this.pending = undefined;
    this.draw(this.person, this.bot);
    if (matchMedia("(pointer: fine)").matches) setTimeout(() => this.find(".composer input").focus({ preventScroll: true }), 150);
    return this.do("start", payload ? { payload } : {});
  }

  /** Follow a link the way this phone would. */
  open(url) {
    const path = local(url);
    const asked = new URL(url, location.origin);
    const telegram = asked.host === "t.me";
    if (path?.startsWith("/playground/share") || (telegram && asked.pathname === "/share/url")) {
      this.share(asked.searchParams);
    } else if (path?.startsWith("/playground/open?slack")) {
      this.toSlack();
    } else if (path?.startsWith("/playground/open") || (telegram && asked.pathname === `/${this.bot.username}`)) {
      this.openChat(asked.searchParams.get("start"));
    } else if (path) {
      openBrowser(this.phone, url, `${this.person.name}’s phone`);
    } else {
      toast(`On a real phone, this would open ${asked.host}.`);
    }
  }

  /** Open the chat as a link to the bot does: START waits to be pressed. */
  openChat(payload) {
    closeSheet(this.phone);
    this.pending = payload ?? "";
    this.draw(this.person, this.bot);
    this.find(".start").focus({ preventScroll: true });
  }

  /** Whoever is asked to open Slack goes on in a Slack window. */
  toSlack() {
    closeSheet(this.phone);
    this.pane.dispatchEvent(new CustomEvent("slack", { bubbles: true }));
  }

  share(params) {
    const letter = { text: params.get("text") ?? "", url: params.get("url") ?? "" };
    const people = this.others().map((phone) => phone.person);
    openShare(this.phone, letter, {
      people,
      send: (person) => {
        closeSheet(this.phone);
        this.do("send", { to: person.id, ...letter });
        this.flash(`Sent to ${person.name}`);
      },
    });
  }

  /** Choose a chat for the card that the bot offers, as Telegram's apps do in inline mode. */
  async choose(query) {
    let offered;
    try {
      offered = await gesture(`people/${this.id}/card`, { query });
    } catch (trouble) {
      toast(trouble.message);
      return;
    }
    if (!offered.card) {
      openQuestion(this.phone, offered.button?.text ?? "There is nothing to send.", { yes: "OK", act: () => offered.button && this.openChat(offered.button.start_parameter) });
      return;
    }
    openShare(this.phone, { text: offered.card.text, url: "" }, {
      people: this.others().map((phone) => phone.person),
      send: (person) => {
        closeSheet(this.phone);
        this.do("send-card", { to: person.id, query: offered.query });
        this.flash(`Sent to ${person.name}`);
      },
    });
  }

  readLetters() {
    this.find(".banner").hidden = true;
    this.seenLetters = this.person.inbox.length;
    this.drawLetters();
    openLetters(this.phone, this.person.inbox, (url) => this.open(url));
  }

  enlarge(message, words) {
    const link = sharedLink(message);
    const scan = (phone) => {
      closeSheet(this.phone);
      phone.pane.dispatchEvent(new CustomEvent("look", { bubbles: true }));
      phone.open(link);
    };
    const people = link ? [...this.others(), ...this.computers()].map((phone) => ({ ...phone.person, phone })) : [];
    const source = `/playground/photos/${encodeURIComponent(message.photo.id)}`;
    openPicture(this.phone, { source, words }, { people, scan: (person) => scan(person.phone) });
  }

  toggleMenu(open = this.find(".commands").hidden) {
    this.find(".commands").hidden = !open;
    this.find(".menu").setAttribute("aria-expanded", String(open));
    if (open) this.find(".commands button")?.focus({ preventScroll: true });
  }

  flash(words) {
    const node = this.find(".phone-toast");
    node.textContent = words;
    node.classList.add("shown");
    clearTimeout(this.flashing);
    this.flashing = setTimeout(() => node.classList.remove("shown"), 2600);
  }

  /** Show a new state of this person's chat. */
  draw(person, bot) {
    const first = !this.person;
    [this.person, this.bot] = [person, bot];
    const whose = this.find(".whose");
    whose.querySelector("strong").replaceChildren(make("bdi", {}, person.name), "’s phone");
    whose.querySelector("span").textContent = ROLES[this.id] ?? "another friend";
    this.find(".chat-name strong").textContent = bot.name;
    this.find(".empty").hidden = person.messages.length > 0;
    this.find(".empty p").textContent = bot.description || bot.short_description;
    const waiting = !person.started || person.blocked || this.pending !== undefined;
    this.find(".start").hidden = !waiting;
    this.find(".start").textContent = person.blocked ? "UNBLOCK AND START" : "START";
    this.find(".composer").hidden = waiting;
    this.find(".typing").hidden = !person.typing;
    this.drawMenu();
    this.drawKeyboard(waiting);
    this.drawToasts();
    this.drawLetters(first);
    const screen = this.find(".screen");
    const atEnd = screen.scrollHeight - screen.scrollTop - screen.clientHeight < 80;
    const { added, news } = drawMessages(this.find(".messages"), person.messages, this.on);
    if (added || atEnd) requestAnimationFrame(() => (screen.scrollTop = screen.scrollHeight));
    if (!first && this.pane.offsetParent === null) this.unread += news;
    if (person.typing) setTimeout(() => (this.find(".typing").hidden = true), 5000);
  }

  drawMenu() {
    const items = this.person.commands.map(({ command, description }) =>
      make("button", { type: "button", role: "menuitem", onclick: () => this.say(`/${command}`) }, make("b", {}, `/${command}`), description),
    );
    const drawn = JSON.stringify(this.person.commands);
    this.find(".menu").hidden = items.length === 0;
    if (this.drawnMenu === drawn) return;
    this.drawnMenu = drawn;
    this.find(".commands").replaceChildren(...items);
  }

  drawKeyboard(waiting) {
    const rows = this.person.keyboard.map((row) =>
      make("div", { class: "row" }, ...row.map((button) => {
        const words = button.text ?? button;
        const act = button.request_contact
          ? () => openQuestion(this.phone, `${this.bot.name} will learn your phone number.`, { yes: "Share my number", act: () => this.do("contact", {}) })
          : () => this.say(words);
        return make("button", { type: "button", onclick: act }, words);
      })),
    );
    this.find(".keyboard").replaceChildren(...rows);
    this.find(".keyboard").hidden = waiting || rows.length === 0;
  }

  drawToasts() {
    const known = this.seenToasts ?? new Set(this.person.toasts.map((one) => one.id));
    for (const answer of this.person.toasts) {
      if (known.has(answer.id)) continue;
      known.add(answer.id);
      for (const node of this.pane.querySelectorAll(".busy")) node.classList.remove("busy");
      if (answer.url) this.open(answer.url);
      else if (answer.text && answer.alert) openQuestion(this.phone, answer.text, { yes: "OK" });
      else if (answer.text) this.flash(answer.text);
    }
    this.seenToasts = known;
  }

  drawLetters(first = false) {
    const { inbox } = this.person;
    if (first && this.person.started) this.seenLetters = inbox.length; // after a reload, old news is no news
    const news = inbox.length - this.seenLetters;
    const button = this.find(".letters");
    button.hidden = inbox.length === 0;
    button.querySelector("b").textContent = news > 0 ? String(news) : "";
    const banner = this.find(".banner");
    banner.hidden = news <= 0;
    if (news <= 0) return;
    const letter = inbox[inbox.length - 1];
    banner.querySelector("strong").textContent = letter.name;
    banner.querySelector("span").textContent = letter.text ? `${letter.text} ${letter.url}` : letter.url;
    if (!first && this.pane.offsetParent === null && this.bannered !== inbox.length) this.unread += 1;
    this.bannered = inbox.length;
  }
}

/** Let a message from a frame reach the phone or the computer that shows the frame. */
export function listenToFrames(phones, computers) {
  window.addEventListener("message", (event) => {
    if (event.origin !== location.origin && event.origin !== new URL(about.public_url).origin) return;
    const around = [...phones(), ...computers()].find((one) => one.find("iframe")?.contentWindow === event.source);
    const { kind, start, url, text } = event.data ?? {};
    if (kind === "open") around?.openChat(start);
    if (kind === "slack") around?.toSlack();
    if (kind === "share") around?.share?.(new URLSearchParams({ url: url ?? "", text: text ?? "" }));
  });
}
