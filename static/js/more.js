// "Xem tiếp": a button where the page is longer than the screen, because dragging is no way for everyone. At the end it leads up.
import { whenScreenChanges } from "./screen.js";

const ALMOST_PX = 24;
const page = document.documentElement;
const WAY_ON = ":scope > .button--primary, :scope > form:has(> .button--primary)";
const button = () => document.querySelector("[data-more]");

function show() {
  const more = button();
  if (!more) return;
  const wayOn = more.parentElement.querySelector(WAY_ON);
  if (wayOn && wayOn.previousElementSibling !== more) wayOn.before(more); // the way on stands last, for keys too
  more.hidden = true; // measure without it
  more.hidden = page.scrollHeight - page.clientHeight < ALMOST_PX;
  turn();
}

function turn() {
  button()?.toggleAttribute("data-up", page.scrollHeight - page.scrollTop - page.clientHeight < ALMOST_PX);
}

document.addEventListener("click", (event) => {
  const more = event.target.closest("[data-more]");
  if (more) scrollBy({ top: more.hasAttribute("data-up") ? -page.scrollTop : innerHeight * 0.6, behavior: "smooth" });
});

addEventListener("scroll", turn, { passive: true });
addEventListener("resize", show);
document.addEventListener("load", show, true); // a picture that arrives makes the page longer
whenScreenChanges(show);
document.addEventListener("htmx:after:swap", show); // a part that arrives later, too
