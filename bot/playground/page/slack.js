// One person's Slack: conversations on the side, messages, a thread beside them, the app's Home, and what opens over it.

import { about, copy, gesture, local, make, toast } from "./doors.js";
import { closeSheet, openBrowser, openPicture, openQuestion } from "./sheets.js";
import { drawBlocks } from "./slack-blocks.js";
import { Composer } from "./slack-composer.js";
import { Modal } from "./slack-modal.js";
import { drawPosts } from "./slack-posts.js";

const ROLES = { team: "your team", customer: "a customer" };
const BEGINNINGS = {
  channel: "Here your team hears of completed referrals, and of customers who ask for help. Answer in the thread.",
  dm: "Nobody else reads this. Type / for the app’s commands, or just write.",
};

export class SlackWindow {
  /** `phones` are the other people's, who can point a camera; `look` asks the page to show this window. */
  constructor(user, { phones, toTelegram }) {
    Object.assign(this, { user, id: user, phones, toTelegram });
    this.unread = 0;
    this.known = new Map(); // channel -> how many messages by others have been seen there
    this.opened = null; // the channel on show
    this.thread = null; // the ts of the thread on show
    this.isHome = false;
    this.pane = document.getElementById("slack-template").content.firstElementChild.cloneNode(true);
    this.pane.dataset.pane = this.pane.dataset.testid = `slack-${user}`;
    this.desk = this.find(".desk");
    this.on = this.doings();
    this.composer = new Composer(user, { label: "Message", send: (what) => this.say(what), commands: () => this.commands() });
    this.reply = new Composer(`thread-${user}`, { label: "Reply", send: (what) => this.say(what, this.thread), commands: () => [] });
    this.find(".talk").append(this.composer.form);
    this.find(".thread").append(this.reply.form);
    this.modal = new Modal(this.find(".modal"), {
      on: { ...this.on, tappedIn: (view, block, element, extra) => this.tap(view.id, block, element, extra) },
      submit: (view, values) => this.do("submit", { view: view.id, values }),
      close: (view) => this.do("close", { view: view.id }),
    });
    this.listen();
  }

  find(selector) {
    return this.pane.querySelector(selector);
  }

  listen() {
    for (const [name, home] of [["home", true], ["messages", false]]) {
      const tab = this.find(`[data-tab=${name}]`);
      tab.dataset.testid = `${name}-${this.user}`;
      tab.addEventListener("click", () => this.turn(home));
      tab.addEventListener("keydown", (event) => {
        if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
        this.turn(!home);
        this.find(`[data-tab=${home ? "messages" : "home"}]`).focus();
      });
    }
    this.find(".thread .icon").addEventListener("click", () => this.openThread(null));
    for (const scroll of this.pane.querySelectorAll(".scroll")) {
      scroll.addEventListener("scroll", () => (scroll.isAtEnd = isNearEnd(scroll)));
      scroll.addEventListener("load", () => scroll.isAtEnd && toEnd(scroll), true); // a picture has just got its height
    }
    this.find(".thread").addEventListener("keydown", (event) => event.key === "Escape" && this.openThread(null));
  }

  doings() {
    return {
      user: this.user,
      link: (url) => this.open(url),
      copy: (text) => {
        copy(text);
        this.flash("Copied");
      },
      name: (user) => this.names?.get(user) ?? user,
      ask: (question, yes, act) => openQuestion(this.desk, question, { yes, act }),
      picture: (source, words, around) => this.enlarge(source, words, around),
      tapped: (post, block, element, extra) => this.tap(post.ts, block, element, extra),
      openThread: (ts) => this.openThread(ts, true),
    };
  }

  async do(name, body) {
    try {
      await gesture(`slack/people/${this.user}/${name}`, body);
    } catch (trouble) {
      toast(trouble.message);
    }
  }

  tap(container, block, element, extra = {}) {
    return this.do("tap", { container, block: block.block_id, action: element.action_id, ...extra });
  }

  /** Send what was typed: a slash command, or words with or without a picture. */
  say({ text, file }, thread = null) {
    if (text.startsWith("/") && thread) throw new Error("Slack takes no commands in a thread. Type it in the conversation.");
    this.find(".slack-notice").hidden = true;
    const path = `slack/people/${this.user}`;
    if (file) return gesture(`${path}/file`, { channel: this.opened, thread, text, drawing: file.drawing, name: file.name, content: file.content });
    if (text.startsWith("/")) return gesture(`${path}/command`, { channel: this.opened, text });
    return gesture(`${path}/text`, { channel: this.opened, thread, text });
  }

  commands() {
    return this.state.commands.map((one) => (typeof one === "string" ? { command: one } : one));
  }

  /** Follow a link as a browser would; what leads into Telegram is taken up by a phone. */
  open(url) {
    const path = local(url);
    let host = "";
    try {
      host = new URL(url, location.origin).host;
    } catch {
      return toast("That is no link that works.");
    }
    if (path?.startsWith("/playground/open?slack")) this.toSlack();
    else if (path?.startsWith("/playground/open")) this.toTelegram(path);
    else if (path) openBrowser(this.desk, url, `${this.state.name}’s computer`);
    else toast(`On a real computer, this would open ${host}.`);
  }

  /** A link to the bot is for a phone. */
  openChat(start) {
    this.toTelegram(`/playground/open?${new URLSearchParams({ start: start ?? "" })}`);
  }

  /** A link to the app leads to its conversation here. */
  toSlack() {
    closeSheet(this.desk);
    this.choose(this.state.channels.find((one) => one.kind === "dm").id);
    this.composer.field.focus({ preventScroll: true });
  }

  enlarge(source, words, around) {
    const link = around?.match(new RegExp(`${escaped(about.public_url)}/r/[\\w-]+`))?.[0];
    const scan = (phone) => {
      closeSheet(this.desk);
      phone.pane.dispatchEvent(new CustomEvent("look", { bubbles: true }));
      phone.open(link);
    };
    const people = link ? this.phones().map((phone) => ({ ...phone.person, phone })) : [];
    openPicture(this.desk, { source, words }, { people, scan: (person) => scan(person.phone) });
  }

  turn(home) {
    this.isHome = home;
    if (home) this.do("home", {});
    this.draw(this.state, this.names);
  }

  choose(channel) {
    [this.opened, this.thread, this.isHome] = [channel, null, false];
    this.draw(this.state, this.names);
    this.toEnd();
    if (matchMedia("(pointer: fine)").matches) this.composer.field.focus({ preventScroll: true });
  }

  openThread(ts, focus = false) {
    const from = this.thread;
    this.thread = ts;
    this.draw(this.state, this.names);
    if (ts && focus) this.reply.field.focus({ preventScroll: true });
    if (!ts && from) this.find(`.talk [data-id="${from}"] .thread-link`)?.focus({ preventScroll: true });
  }

  flash(words) {
    const node = this.find(".phone-toast");
    node.textContent = words;
    node.classList.add("shown");
    clearTimeout(this.flashing);
    this.flashing = setTimeout(() => node.classList.remove("shown"), 2600);
  }

  /** The last message comes into view. */
  toEnd() {
    for (const scroll of this.pane.querySelectorAll(".scroll")) toEnd(scroll);
  }

  /** What a page that lists people needs to know, as of a phone. */
  get person() {
    return { id: this.user, name: this.state.name };
  }

  /** Show a new state of this person's Slack. */
  draw(state, names) {
    const first = !this.state;
    [this.state, this.names] = [state, names];
    this.opened ??= state.channels[0]?.id;
    if (first) for (const one of state.channels) this.known.set(one.id, newsIn(one, this.user));
    const channel = state.channels.find((one) => one.id === this.opened) ?? state.channels[0];
    this.drawFrame(channel);
    this.drawRail();
    this.drawTalk(channel, first);
    this.drawThread(channel);
    this.drawHome();
    this.drawNotice();
    this.modal.draw(state.modal);
    this.count(channel, first);
  }

  /** Tell what is new: in other conversations of this window, and in all of them while nobody looks at it. */
  count(channel, first) {
    const isHidden = this.pane.offsetParent === null;
    for (const one of this.state.channels) {
      const now = newsIn(one, this.user);
      if (!first && isHidden) this.unread += Math.max(0, now - (this.counted.get(one.id) ?? 0));
      if (one === channel && !isHidden && !this.isHome) this.known.set(one.id, now);
    }
    this.counted = new Map(this.state.channels.map((one) => [one.id, newsIn(one, this.user)]));
  }

  drawFrame(channel) {
    const whose = this.find(".whose");
    whose.querySelector("strong").replaceChildren(make("bdi", {}, this.state.name), "’s Slack");
    whose.querySelector("span").textContent = ROLES[this.state.role] ?? "";
    const isApp = channel.kind === "dm";
    this.find(".talk-head h3").replaceChildren(...(isApp ? [appFace()] : []), labelOf(channel), ...(isApp ? [make("span", { class: "badge" }, "App")] : []));
    this.find(".tabs").hidden = !isApp;
    if (!isApp) this.isHome = false;
    for (const tab of this.pane.querySelectorAll("[data-tab]")) {
      const on = (tab.dataset.tab === "home") === this.isHome;
      tab.setAttribute("aria-selected", String(on));
      tab.tabIndex = on ? 0 : -1;
    }
    this.find(".home").hidden = !this.isHome;
    this.find(".talk > .scroll").hidden = this.isHome;
    this.composer.form.hidden = this.isHome;
    this.composer.field.placeholder = `Message ${labelOf(channel)}`;
  }

  drawRail() {
    const { channels } = this.state;
    const rail = this.find(".rail");
    rail.classList.toggle("single", channels.length < 2);
    const items = channels.map((one) => {
      const fresh = one.id !== this.opened && newsIn(one, this.user) > (this.known.get(one.id) ?? 0);
      return [one, fresh];
    });
    const key = JSON.stringify([this.opened, items.map(([one, fresh]) => [one.id, one.name, fresh])]);
    if (rail.dataset.key === key) return;
    const focused = rail.contains(document.activeElement) && document.activeElement.dataset.testid;
    rail.dataset.key = key;
    rail.querySelector("ul").replaceChildren(...items.map(([one, fresh]) =>
      make("li", {}, make("button", { type: "button", "data-testid": `channel-${one.id}`, "aria-current": one.id === this.opened ? "true" : false, class: fresh ? "fresh" : "", "aria-label": fresh ? `${labelOf(one)}, new messages` : labelOf(one), onclick: () => this.choose(one.id) },
        ...(one.kind === "dm" ? [appFace()] : []), make("span", {}, labelOf(one))))));
    if (focused) rail.querySelector(`[data-testid="${focused}"]`)?.focus({ preventScroll: true });
  }

  drawTalk(channel, first) {
    const scroll = this.find(".talk > .scroll");
    const list = scroll.querySelector(".posts");
    if (list.dataset.channel !== channel.id) list.replaceChildren();
    list.dataset.channel = channel.id;
    list.setAttribute("aria-label", `Messages in ${labelOf(channel)}`);
    scroll.querySelector(".beginning").textContent = BEGINNINGS[channel.kind] ?? "";
    const atEnd = isNearEnd(scroll);
    const { added } = drawPosts(list, channel.messages, { ...this.on, mayReply: channel.kind !== "dm" });
    if (first || added || atEnd) requestAnimationFrame(() => toEnd(scroll));
  }

  drawThread(channel) {
    const root = channel.messages.find((one) => one.ts === this.thread);
    this.find(".thread").hidden = !root || this.isHome;
    this.desk.classList.toggle("threaded", Boolean(root) && !this.isHome);
    const list = this.find(".thread .posts");
    if (!root) return list.replaceChildren();
    if (list.dataset.of !== root.ts) list.replaceChildren();
    list.dataset.of = root.ts;
    const { added } = drawPosts(list, [{ ...root, replies: undefined }, ...(root.replies ?? [])], { ...this.on, openThread: null });
    const scroll = this.find(".thread .scroll");
    if (added) requestAnimationFrame(() => toEnd(scroll));
  }

  drawHome() {
    const { home } = this.state;
    const node = this.find(".home");
    const key = JSON.stringify(home);
    if (node.dataset.key === key) return;
    node.dataset.key = key;
    const focused = node.contains(document.activeElement) && document.activeElement.dataset.action;
    const on = {
      ...this.on,
      tap: (block, element, extra) => this.tap(home.id, block, element, extra),
      picture: (source, words) => this.enlarge(source, words, key),
    };
    node.replaceChildren(...(home?.blocks?.length ? drawBlocks(home.blocks, on) : [make("p", { class: "beginning" }, "The app shows nothing here yet.")]));
    if (focused) node.querySelector(`[data-action="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }

  drawNotice() {
    const node = this.find(".slack-notice");
    const { notice, notices = 0 } = this.state;
    this.noticed ??= notices; // after a reload, old news is no news
    if (this.noticed === notices) return;
    this.noticed = notices;
    node.hidden = !notice;
    node.textContent = notice ?? "";
  }
}

/** How many messages of a conversation somebody else wrote, replies among them. */
function newsIn(channel, user) {
  const all = channel.messages.flatMap((one) => [one, ...(one.replies ?? [])]);
  return all.filter((one) => one.user !== user).length;
}

function isNearEnd(scroll) {
  return scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
}

function toEnd(scroll) {
  scroll.scrollTop = scroll.scrollHeight;
  scroll.isAtEnd = true;
}

function labelOf(channel) {
  return channel.kind === "dm" ? channel.name : `#${channel.name.replace(/^#/, "")}`;
}

function appFace() {
  return make("img", { class: "app-face", src: "/playground/static/grapes.svg", alt: "" });
}

function escaped(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
