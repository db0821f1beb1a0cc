// "Xem tiếp": a button where the page goes on below the bar, because dragging is no way for everyone.
import { whenScreenChanges } from "./screen.js";

const ALMOST_PX = 24;

function show() {
  const button = document.querySelector("[data-more]");
  if (!button) return;
  button.hidden = true; // measure without it
  const { scrollHeight, scrollTop, clientHeight } = document.documentElement;
  button.hidden = scrollHeight - scrollTop - clientHeight < ALMOST_PX;
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-more]")) scrollBy({ top: innerHeight * 0.6, behavior: "smooth" });
});

addEventListener("scroll", show, { passive: true });
addEventListener("resize", show);
document.addEventListener("load", show, true); // a picture that arrives makes the page longer
whenScreenChanges(show);
document.addEventListener("htmx:after:swap", show); // a part that arrives later, too
