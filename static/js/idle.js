// Nobody there: ask, count down, forget. The seconds come from the server with each screen.
import { whenScreenChanges } from "./screen.js";

const STAY_EVERY_MS = 20_000; // the server's own clock hears of touches no oftener than this
const { leaveUrl, stayUrl } = document.body.dataset;
const dialog = document.getElementById("idle");
const counter = dialog.querySelector("[data-countdown]");
let askTimer, countTimer, homeTimer;
let toldAt = 0;

function leave() {
  const form = document.createElement("form");
  form.method = "post";
  form.action = leaveUrl;
  document.body.append(form);
  form.submit();
}

function stay() {
  clearInterval(countTimer);
  if (dialog.open) dialog.close();
  toldAt = 0;
  tellServer();
  wait();
}

function tellServer() {
  if (Date.now() - toldAt < STAY_EVERY_MS) return;
  toldAt = Date.now();
  fetch(stayUrl, { method: "POST" }).catch(() => {}); // line.js tells of a lost line at the next press
}

function wait() {
  clearTimeout(askTimer);
  const seconds = Number(document.getElementById("main").dataset.idle);
  if (seconds) askTimer = setTimeout(ask, seconds * 1000);
}

function ask() {
  const end = Date.now() + Number(document.body.dataset.warningSeconds) * 1000;
  const count = () => {
    const left = Math.ceil((end - Date.now()) / 1000);
    counter.textContent = String(Math.max(left, 0));
    if (left <= 0) {
      clearInterval(countTimer);
      leave();
    }
  };
  document.querySelectorAll("dialog[open]").forEach((other) => other.close());
  dialog.showModal();
  count();
  countTimer = setInterval(count, 250);
}

/** Something shows that the visitor is there: a touch, a key, or that the screen is being read aloud. */
export function stillHere() {
  if (dialog.open) return; // only an answer counts now
  if (document.getElementById("main").dataset.idle) tellServer();
  wait();
}

for (const kind of ["pointerdown", "keydown", "scroll"]) addEventListener(kind, stillHere, { passive: true, capture: true });
dialog.addEventListener("click", (event) => {
  if (event.target.closest("[data-stay]")) stay();
  if (event.target.closest("[data-leave]")) leave();
});
dialog.addEventListener("cancel", (event) => {
  event.preventDefault();
  stay();
});

whenScreenChanges((screen) => {
  if (!dialog.open) wait();
  clearTimeout(homeTimer);
  const seconds = Number(screen.querySelector("main").dataset.homeAfter);
  if (seconds) homeTimer = setTimeout(leave, seconds * 1000);
});
