// A trembling or hasty finger presses again while the screen changes under it, and would answer a question
// nobody has read. So a new screen takes no presses for a moment.
import { beforeScreenChanges, whenScreenChanges } from "./screen.js";

const MOMENT_MS = 350; // slower than a double tap, faster than reading a heading
let timer;

function settle() {
  document.documentElement.dataset.settling = "";
  clearTimeout(timer);
  timer = setTimeout(() => delete document.documentElement.dataset.settling, MOMENT_MS);
}

beforeScreenChanges(settle); // the new screen can be pressed before its swap is over
whenScreenChanges(settle);

addEventListener("click", (event) => {
  const leadsOn = event.target.closest("a, button:not([type=button])");
  if (!leadsOn || !("settling" in document.documentElement.dataset)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, { capture: true });
