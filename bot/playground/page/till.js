// The till: it rings up purchases, takes them back and redeems vouchers through the real API.

import { about, api, clipboard, gesture, make, toast } from "./doors.js";

const SOMEONE = "someone";
// A cashier sees a form, not the fields of an API.
const FIELDS = { amount: "Amount", code: "Code" };

export class Till {
  /** `phones` and `computers` are where customers can open what the till shows. */
  constructor(phones, { computers, show }) {
    Object.assign(this, { phones, computers, show });
    this.slips = [];
    this.at = (name) => document.getElementById(name);
    this.at("till-customer").addEventListener("change", () => this.askCode());
    this.at("charge").addEventListener("submit", (event) => this.submitted(event, () => this.charge()));
    this.at("redeem").addEventListener("submit", (event) => this.submitted(event, () => this.redeem()));
    this.at("till-paste").addEventListener("click", () => this.paste());
    clipboard.addEventListener("copied", (event) => this.copied(event.detail));
  }

  draw(state) {
    this.slips = state.till;
    this.ahead = new Date(state.now).getTime() - Date.now();
    this.drawCustomers([...state.people, ...(state.slack ?? []).filter((one) => one.role === "customer").map((one) => ({ id: one.subject, name: `${one.name} (Slack)` }))]);
    this.drawSlips();
    if (this.claim) this.drawClaim();
  }

  drawCustomers(people) {
    const select = this.at("till-customer");
    const key = people.map((person) => person.id).join();
    if (select.dataset.key === key) return;
    const chosen = select.value || "1002";
    select.dataset.key = key;
    select.replaceChildren(
      ...people.map((person) => make("option", { value: person.id, "data-name": person.name }, person.name)),
      make("option", { value: SOMEONE }, "Someone new, with a code"),
    );
    select.value = chosen;
  }

  askCode() {
    const asks = this.at("till-customer").value === SOMEONE;
    this.at("till-code-label").hidden = !asks;
    this.at("till-code").required = asks;
    if (asks) this.at("till-code").focus();
  }

  copied(words) {
    this.words = words.trim();
    const button = this.at("till-paste");
    button.hidden = /^https?:/.test(this.words) || this.words.length > 40;
    button.textContent = `Paste “${this.words}”`;
  }

  paste() {
    const code = !this.at("till-code-label").hidden && !this.at("till-code").value;
    const field = this.at(code ? "till-code" : "till-voucher");
    field.value = this.words;
    this.at("till-paste").hidden = true;
    field.focus();
  }

  async submitted(event, act) {
    event.preventDefault();
    const button = event.submitter ?? event.target.querySelector("button");
    button.disabled = true;
    button.classList.add("busy");
    try {
      await act();
    } catch (trouble) {
      toast(trouble.message);
    }
    button.disabled = false;
    button.classList.remove("busy");
  }

  event(details) {
    const occurred_at = new Date(Date.now() + this.ahead).toISOString();
    return { source: "till", id: identifier(), occurred_at, ...details };
  }

  async charge() {
    const who = this.at("till-customer").value;
    const amount = this.at("till-amount").value.trim().replace(",", ".");
    const whom = who === SOMEONE ? { code: this.at("till-code").value.trim() } : { customer: customer(who) };
    const event = this.event({ type: "purchase", amount, currency: about.currency, ...whom });
    const { ok, body } = await api("events", event);
    this.say(ok, body, "Rung up.");
    if (!ok) return;
    const name = this.at("till-customer").selectedOptions[0].dataset.name ?? "Someone new";
    await gesture("till", { kind: "purchase", id: event.id, who, name, amount, currency: about.currency, summary: body.summary ?? "", claim_url: body.claim_url ?? null });
    if (body.claim_url) this.offerClaim(body.claim_url);
  }

  async refund(slip) {
    const whom = slip.who === SOMEONE ? {} : { customer: customer(slip.who) };
    const event = this.event({ type: "refund", refers_to: slip.id, amount: slip.amount, currency: slip.currency, ...whom });
    const { ok, body } = await api("events", event);
    this.say(ok, body, "Money returned.");
    if (ok) await gesture("till", { ...slip, refunded: true });
  }

  async redeem() {
    const voucher = this.at("till-voucher").value.trim();
    const key = identifier();
    const path = `vouchers/${encodeURIComponent(voucher)}/redemptions`;
    const { ok, body } = await api(path, { cashier: "Till 1", place: "Demo shop" }, { "Idempotency-Key": key });
    this.say(ok, body, "Redeemed. Hand it over with a smile.");
    if (!ok) return;
    this.at("till-voucher").value = "";
    await gesture("till", { kind: "redemption", id: key, summary: words(body) || "Voucher redeemed" });
  }

  say(ok, body, fallback) {
    const node = this.at("till-result");
    this.offerClaim(null);
    node.hidden = false;
    node.dataset.kind = ok ? "good" : "bad";
    node.textContent = words(body) || (ok ? fallback : "That was refused.");
    node.scrollIntoView({ block: "nearest" });
  }

  /** Let a customer's phone scan the way to their purchase; null puts it away. */
  offerClaim(url) {
    this.claim = url;
    this.at("till-claim").hidden = !url;
    if (!url) return;
    this.drawClaim();
    this.at("till-claim").scrollIntoView({ block: "nearest" });
  }

  drawClaim() {
    const node = this.at("till-claim");
    const shown = [...this.phones(), ...this.computers()];
    const key = [this.claim, ...shown.map((part) => part.id)].join();
    if (node.dataset.key === key) return;
    node.dataset.key = key;
    const show = (part) => {
      const url = this.claim;
      this.offerClaim(null);
      this.show(part.pane.dataset.pane);
      part.open(url);
    };
    const buttons = shown.map((part) =>
      make("button", { type: "button", class: "quiet", "data-testid": `claim-to-${part.id}`, onclick: () => show(part) }, part.person.name));
    node.replaceChildren(make("p", {}, "The first to open this in the chat becomes the friend. Show it to:"), make("div", {}, ...buttons));
  }

  drawSlips() {
    const list = this.at("till-slips");
    const key = JSON.stringify(this.slips);
    if (list.dataset.key === key) return;
    list.dataset.key = key;
    this.at("till-slips-title").hidden = this.slips.length === 0;
    list.replaceChildren(...[...this.slips].reverse().slice(0, 20).map((slip) => this.slip(slip)));
  }

  slip(slip) {
    if (slip.kind === "redemption") return make("li", {}, make("span", {}, "Voucher"), make("em", { dir: "auto" }, slip.summary));
    const refund = make("button", { type: "button", class: "quiet", "data-testid": "till-refund", onclick: (event) => {
      event.currentTarget.disabled = true;
      this.refund(slip).catch((trouble) => toast(trouble.message));
    } }, "Refund");
    const line = make("span", { class: slip.refunded ? "gone" : "" }, `${slip.name} · ${slip.amount} ${slip.currency}`);
    const claim = make("button", { type: "button", class: "quiet", "data-testid": "till-show-claim", "aria-label": "Show the link to claim it", onclick: () => this.offerClaim(slip.claim_url) }, "Show");
    const open = slip.refunded ? [make("small", {}, "returned")] : slip.claim_url ? [claim, refund] : [refund];
    return make("li", {}, line, ...open);
  }
}

/** Name a customer by their account: a phone's number is Telegram's, anything else is Slack's. */
function customer(id) {
  return { identities: [{ platform: /^\d+$/.test(id) ? "telegram" : "slack", id: String(id) }] };
}

/** What the service said, in its own plain words: a summary, else what a problem is about and its detail. */
function words(body) {
  if (typeof body.summary === "string" && body.summary) return body.summary;
  const field = /bad-input$/.test(body.type) && FIELDS[body.field];
  const parts = [field || body.title, body.detail].filter((part) => typeof part === "string" && part);
  return parts.join(": ");
}

/** A random id; randomUUID alone would need a secure context, which plain http on 127.0.0.1 has and other hosts lack. */
function identifier() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
