// The playground's page. What a test may touch, by data-testid:
//   phones    phone-1001 (Maya), phone-1002 (Ben), add-friend; inside a phone:
//             start-1001, input-1001, send-1001, menu-1001, message (a bubble with its buttons, found by their words),
//             banner-1001 and letters-1001 (a link from a friend), letter-link, send-to-1002 (share sheet),
//             scan-1002 (camera on a QR picture), browser (the iframe), sheet-close, sheet-yes
//   till      till-customer, till-code, till-amount, till-charge, till-voucher, till-redeem, till-paste,
//             till-result (data-kind: good | bad), till-claim, claim-to-1002, till-slips, till-refund, till-show-claim
//   clock     clock-now, clock-hour, clock-day, clock-week, clock-hold
//   the rest  tour, step-link, step-friend, step-purchase, step-claim, step-redeem (aria-checked), tour-hide, connection,
//             tab-phone-1001, tab-slack-U0SAM, tab-till (with the clock), tab-add (the bar of a small window),
//             side-phones and side-slack (what a window of middling width shows), step-help (optional)
//   Slack     slack-U0OLGA (the team's), slack-U0SAM (a customer's); inside a window:
//             channel-C0TEAM, messages-U0SAM and home-U0SAM (tabs), post (a message with its buttons, found by their words),
//             slack-input-U0SAM, slack-send-U0SAM, attach-U0SAM, drawing-receipt, own-file-U0SAM, thread-open,
//             slack-input-thread-U0OLGA and the like (the composer of a thread), modal-submit, modal-close

import { about, gesture, make, toast } from "./doors.js";
import { Phone, listenToFrames } from "./phone.js";
import { closeSheet, openQuestion } from "./sheets.js";
import { SlackWindow } from "./slack.js";
import { Till } from "./till.js";

const STEPS = [
  ["link", "Press START on Maya’s phone, then get her link"],
  ["friend", "Send it to Ben: he opens it and presses START"],
  ["purchase", "Ring up something for Ben at the till"],
  ["claim", "Skip 14 days, then claim Maya’s reward"],
  ["redeem", "Redeem her voucher at the till"],
];

const phones = new Map();
const windows = new Map(); // people's Slack
const till = new Till(() => [...phones.values()], { computers, show });
let ahead = 0;
let shown = "phone-1001";

function draw(state) {
  for (const person of state.people) {
    if (!phones.has(person.id)) addPhone(person);
    phones.get(person.id).draw(person, state.bot);
  }
  drawSlack(state.slack ?? []);
  ahead = new Date(state.now).getTime() - Date.now();
  till.draw(state);
  drawTour(state.steps, wasHelped(state.slack ?? []));
  drawBar();
  drawSides();
  tick();
}

function drawSlack(shownWindows) {
  document.getElementById("stage").classList.toggle("has-slack", shownWindows.length > 0);
  const names = new Map(shownWindows.flatMap((one) => [[one.user, one.name], ...one.channels.flatMap((channel) => channel.messages.flatMap((post) => [post, ...(post.replies ?? [])]).map((post) => [post.user, post.name]))]));
  for (const one of shownWindows) {
    if (!windows.has(one.user)) addWindow(one.user);
    windows.get(one.user).draw(one, names);
  }
}

function addWindow(user) {
  const slack = new SlackWindow(user, { phones: () => [...phones.values()], toTelegram: offer });
  windows.set(user, slack);
  document.getElementById("slack").append(slack.pane);
  slack.pane.addEventListener("look", () => show(`slack-${user}`));
}

/** The customers who are in Slack. */
function computers() {
  return [...windows.values()].filter((one) => one.state.role === "customer");
}

/** Tell whether somebody of the team has answered a customer. */
function wasHelped(shownWindows) {
  const team = shownWindows.filter((one) => one.role === "team").flatMap((one) => one.channels);
  return team.some((channel) => channel.messages.some((post) => post.is_bot && (post.replies ?? []).some((reply) => !reply.is_bot)));
}

function addPhone(person) {
  const phone = new Phone(person.id, () => [...phones.values()].filter((other) => other !== phone), computers);
  phones.set(person.id, phone);
  document.querySelector("#phones .add").before(phone.pane);
  phone.pane.addEventListener("look", () => show(`phone-${person.id}`));
}

function drawTour(steps, helped) {
  const list = document.getElementById("tour-steps");
  const next = STEPS.find(([name]) => !steps[name])?.[0];
  const key = JSON.stringify([steps, helped, windows.size]);
  if (list.dataset.key === key) return;
  list.dataset.key = key;
  list.replaceChildren(...STEPS.map(([name, words], i) =>
    make("li", { class: steps[name] ? "done" : name === next ? "next" : "", "data-testid": `step-${name}`, "aria-checked": String(Boolean(steps[name])), role: "checkbox", "aria-readonly": "true" },
      make("span", { "aria-hidden": "true" }, steps[name] ? "✓" : String(i + 1)), words),
  ));
  list.classList.toggle("over", !next);
  document.getElementById("tour-title").textContent = next ? "Try this" : "Well done";
  if (!next) list.append(make("li", { class: "finish" }, make("span", { "aria-hidden": "true" }, "✓"), "That was the whole loop. Add a friend, or try a refund."));
  if (windows.size) list.append(make("li", { class: helped ? "more done" : "more", "data-testid": "step-help", "aria-checked": String(helped), role: "checkbox", "aria-readonly": "true" },
    make("span", { "aria-hidden": "true" }, helped ? "✓" : "+"), "Or: ask for help in Sam’s Slack, answer as Olga"));
}

function tick() {
  const now = new Date(Date.now() + ahead);
  const words = now.toLocaleString("en-GB", { timeZone: "UTC", weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" });
  const node = document.getElementById("clock-now");
  node.dateTime = now.toISOString();
  if (node.textContent !== `${words} UTC`) node.textContent = `${words} UTC`;
}

async function moveClock(button) {
  const buttons = document.querySelectorAll(".clock button");
  for (const one of buttons) one.disabled = true;
  button.classList.add("busy");
  try {
    await gesture("clock", { hours: Number(button.dataset.hours) });
    document.getElementById("clock-note").textContent = `${button.textContent.replace("+", "")} later. Whatever was due has happened.`;
  } catch (trouble) {
    toast(trouble.message);
  }
  for (const one of buttons) one.disabled = false;
  button.classList.remove("busy");
  button.focus({ preventScroll: true });
}

/** On a small window, show one pane; on a larger one, bring it into view. */
function show(name) {
  shown = name;
  if (name.startsWith("phone-")) turnTo("phones");
  if (name.startsWith("slack-")) turnTo("slack");
  const part = [...phones.values(), ...windows.values()].find((one) => one.pane.dataset.pane === name);
  if (part) part.unread = 0;
  showPanes();
  const pane = document.querySelector(`.pane[data-pane="${name}"]`);
  if (pane && matchMedia("(min-width: 900px)").matches) pane.scrollIntoView({ block: "nearest", inline: "nearest" });
  if (part) toEnd(part);
  if (part && windows.has(part.id)) part.draw(part.state, part.names);
  drawBar();
}

function showPanes() {
  for (const pane of document.querySelectorAll(".pane")) {
    pane.classList.toggle("shown", pane.dataset.pane === shown || (pane.dataset.pane === "clock" && shown === "till"));
  }
}

function toEnd(part) {
  for (const screen of part.pane.querySelectorAll(".screen, .scroll")) screen.scrollTop = screen.scrollHeight;
}

/** A window of middling width shows the phones or the Slack windows; a wide one has room for both. */
function turnTo(side) {
  const stage = document.getElementById("stage");
  const was = stage.dataset.side;
  stage.dataset.side = side;
  if (was === side) return drawSides();
  for (const part of [...phones.values(), ...windows.values()]) {
    if (part.pane.offsetParent === null) continue;
    part.unread = 0;
    toEnd(part);
    if (windows.has(part.id)) part.draw(part.state, part.names);
  }
  drawSides();
}

function drawSides() {
  document.getElementById("sides").hidden = windows.size === 0;
  const now = document.getElementById("stage").dataset.side;
  for (const [side, parts, words] of [["phones", phones, "Phones"], ["slack", windows, "Slack"]]) {
    const news = side === now ? 0 : [...parts.values()].reduce((sum, part) => sum + part.unread, 0);
    const button = document.getElementById(`side-${side}`);
    button.setAttribute("aria-pressed", String(side === now));
    button.setAttribute("aria-label", news ? `${words}, ${news} new` : words);
    button.querySelector("i").hidden = news === 0;
  }
}

function drawBar() {
  const tabs = [...phones.values()].map((phone) => [`phone-${phone.id}`, phone.person.name, phone.unread]);
  for (const slack of windows.values()) tabs.push([`slack-${slack.id}`, `${slack.state.name} #`, slack.unread, `${slack.state.name}’s Slack`]);
  tabs.push(["till", "Till & clock", 0], ["add", "+", 0, "Add a friend"]);
  const bar = document.getElementById("bar");
  const key = JSON.stringify([tabs, shown]);
  if (bar.dataset.key === key) return;
  bar.dataset.key = key;
  bar.replaceChildren(...tabs.map(([name, words, unread, label = words]) =>
    make("button", { type: "button", "data-testid": `tab-${name}`, "aria-current": name === shown ? "true" : false, "aria-label": unread ? `${label}, ${unread} new` : label, onclick: () => (name === "add" ? addFriend() : show(name)) },
      words, ...(unread ? [make("i", { class: "dot" })] : [])),
  ));
  bar.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  showPanes();
}

async function addFriend() {
  try {
    const { id } = await gesture("people");
    await until(() => phones.has(id));
    show(`phone-${id}`);
  } catch (trouble) {
    toast(trouble.message);
  }
}

function until(true_) {
  return new Promise((done) => {
    const look = () => (true_() ? done() : setTimeout(look, 30));
    look();
  });
}

function tour(visible) {
  document.getElementById("tour").hidden = !visible;
  document.getElementById("tour-show").hidden = visible;
  try {
    localStorage.setItem("tour", visible ? "shown" : "hidden");
  } catch {
    // Private windows may refuse; then the tour simply comes back.
  }
}

function listen() {
  const source = new EventSource("/playground/events");
  const connection = document.getElementById("connection");
  source.onmessage = (event) => {
    connection.textContent = "";
    draw(JSON.parse(event.data));
  };
  source.onerror = () => (connection.textContent = "Reconnecting…");
}

/** A link opened beside the phones, such as one scanned or clicked elsewhere, asks for a phone. */
function offerLink() {
  const link = new URLSearchParams(location.search).get("link");
  if (!link?.startsWith("/")) return;
  history.replaceState(null, "", location.pathname);
  if (link.startsWith("/playground/open?slack")) toSlack();
  else offer(link);
}

/** Go on in the Slack of a customer. */
function toSlack() {
  const [customer] = computers();
  if (!customer) return;
  show(`slack-${customer.id}`);
  customer.toSlack();
}

/** Ask on every phone whether the link is for this one. */
function offer(link) {
  if (!shown.startsWith("phone-")) show("phone-1001");
  turnTo("phones");
  for (const slack of windows.values()) closeSheet(slack.desk);
  const opened = (phone) => {
    for (const other of phones.values()) closeSheet(other.phone);
    show(`phone-${phone.id}`);
    phone.open(link);
  };
  for (const phone of [...phones.values()].reverse()) {
    openQuestion(phone.phone, `Open the link on ${phone.person.name}’s phone?`, { yes: "Open it here", act: () => opened(phone) });
  }
}

async function begin() {
  const answer = await fetch("/playground/state");
  const state = await answer.json();
  Object.assign(about, state.about);
  document.getElementById("till-currency").textContent = about.currency;
  draw(state);
  show(shown);
  offerLink();
  listenToFrames(() => phones.values(), () => windows.values());
  listen();
  setInterval(tick, 1000);
}

for (const side of ["phones", "slack"]) document.getElementById(`side-${side}`).addEventListener("click", () => turnTo(side));
document.getElementById("phones").addEventListener("slack", toSlack);
document.getElementById("add-friend").addEventListener("click", addFriend);
document.getElementById("tour-hide").addEventListener("click", () => tour(false));
document.getElementById("tour-show").addEventListener("click", () => tour(true));
for (const button of document.querySelectorAll(".clock [data-hours]")) button.addEventListener("click", () => moveClock(button));
try {
  if (localStorage.getItem("tour") === "hidden") tour(false);
} catch {
  // As above.
}
begin();
