// The playground's page. What a test may touch, by data-testid:
//   phones    phone-1001 (Maya), phone-1002 (Ben), add-friend; inside a phone:
//             start-1001, input-1001, send-1001, menu-1001, message (a bubble with its buttons, found by their words),
//             banner-1001 and letters-1001 (a link from a friend), letter-link, send-to-1002 (share sheet),
//             scan-1002 (camera on a QR picture), browser (the iframe), sheet-close, sheet-yes
//   till      till-customer, till-code, till-amount, till-charge, till-voucher, till-redeem, till-paste,
//             till-result (data-kind: good | bad), till-claim, claim-to-1002, till-slips, till-refund, till-show-claim
//   clock     clock-now, clock-hour, clock-day, clock-week, clock-hold
//   the rest  tour, step-link, step-friend, step-purchase, step-claim, step-redeem (aria-checked), tour-hide, connection,
//             tab-phone-1001, tab-till (with the clock), tab-add (the bar of a small window)

import { about, gesture, make, toast } from "./doors.js";
import { Phone, listenToFrames } from "./phone.js";
import { closeSheet, openQuestion } from "./sheets.js";
import { Till } from "./till.js";

const STEPS = [
  ["link", "Press START on Maya’s phone, then get her link"],
  ["friend", "Send it to Ben: he opens it and presses START"],
  ["purchase", "Ring up something for Ben at the till"],
  ["claim", "Skip 14 days, then claim Maya’s reward"],
  ["redeem", "Redeem her voucher at the till"],
];

const phones = new Map();
const till = new Till(() => [...phones.values()], show);
let ahead = 0;
let shown = "phone-1001";

function draw(state) {
  for (const person of state.people) {
    if (!phones.has(person.id)) addPhone(person);
    phones.get(person.id).draw(person, state.bot);
  }
  ahead = new Date(state.now).getTime() - Date.now();
  till.draw(state);
  drawTour(state.steps);
  drawBar();
  tick();
}

function addPhone(person) {
  const phone = new Phone(person.id, () => [...phones.values()].filter((other) => other !== phone));
  phones.set(person.id, phone);
  document.querySelector("#phones .add").before(phone.pane);
  phone.pane.addEventListener("look", () => show(`phone-${person.id}`));
}

function drawTour(steps) {
  const list = document.getElementById("tour-steps");
  const next = STEPS.find(([name]) => !steps[name])?.[0];
  const key = JSON.stringify(steps);
  if (list.dataset.key === key) return;
  list.dataset.key = key;
  list.replaceChildren(...STEPS.map(([name, words], i) =>
    make("li", { class: steps[name] ? "done" : name === next ? "next" : "", "data-testid": `step-${name}`, "aria-checked": String(Boolean(steps[name])), role: "checkbox", "aria-readonly": "true" },
      make("span", { "aria-hidden": "true" }, steps[name] ? "✓" : String(i + 1)), words),
  ));
  document.getElementById("tour-title").textContent = next ? "Try this" : "Well done";
  if (!next) list.append(make("li", { class: "finish" }, make("span", { "aria-hidden": "true" }, "✓"), "That was the whole loop. Add a friend, or try a refund."));
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

/** On a small window, show one pane; on a large one, bring it into view. */
function show(name) {
  shown = name;
  const phone = [...phones.values()].find((one) => one.pane.dataset.pane === name);
  if (phone) phone.unread = 0;
  for (const pane of document.querySelectorAll(".pane")) {
    pane.classList.toggle("shown", pane.dataset.pane === name || (pane.dataset.pane === "clock" && name === "till"));
  }
  const pane = document.querySelector(`.pane[data-pane="${name}"]`);
  if (pane && matchMedia("(min-width: 900px)").matches) pane.scrollIntoView({ block: "nearest", inline: "nearest" });
  const screen = phone?.find(".screen");
  if (screen) screen.scrollTop = screen.scrollHeight;
  drawBar();
}

function drawBar() {
  const tabs = [...phones.values()].map((phone) => [`phone-${phone.id}`, phone.person.name, phone.unread]);
  tabs.push(["till", "Till & clock", 0], ["add", "+", 0]);
  const bar = document.getElementById("bar");
  const key = JSON.stringify([tabs, shown]);
  if (bar.dataset.key === key) return;
  bar.dataset.key = key;
  bar.replaceChildren(...tabs.map(([name, words, unread]) =>
    make("button", { type: "button", "data-testid": `tab-${name}`, "aria-current": name === shown ? "true" : false, "aria-label": name === "add" ? "Add a friend" : unread ? `${words}, ${unread} new` : words, onclick: () => (name === "add" ? addFriend() : show(name)) },
      words, ...(unread ? [make("i", { class: "dot" })] : [])),
  ));
  for (const pane of document.querySelectorAll(".pane")) {
    pane.classList.toggle("shown", pane.dataset.pane === shown || (pane.dataset.pane === "clock" && shown === "till"));
  }
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
  listenToFrames(() => phones.values());
  listen();
  setInterval(tick, 1000);
}

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
