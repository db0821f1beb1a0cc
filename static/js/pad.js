// Keys on the screen type into the field they belong to, or into the other one that was touched last.
import { whenScreenChanges } from "./screen.js";

let field;

document.addEventListener("focusin", (event) => {
  if (event.target.matches?.("input[data-pad]")) field = event.target;
});

document.addEventListener("click", (event) => {
  const key = event.target.closest(".pad [data-key], .pad [data-edit]");
  if (!key || !field?.isConnected) return;
  const plain = bare(field.value);
  if (key.dataset.edit === "clear") write("");
  else if (key.dataset.edit === "erase") write(plain.slice(0, -1));
  else write(plain + key.dataset.key);
});

// A key does not take the focus away: the caret stays visible where the next one lands.
document.addEventListener("pointerdown", (event) => event.target.closest(".pad button") && event.preventDefault());

document.addEventListener("input", (event) => {
  if (event.target.matches?.("input[data-pad]")) write(bare(event.target.value), event.target);
});

function write(text, into = field) {
  const value = grouped(text.toUpperCase(), into.dataset.groups);
  if (value.length > into.maxLength) return;
  into.value = value;
}

const bare = (text) => text.replace(/[\s-]/g, "");

/** "0912345678" in groups "4 3 3" is "0912 345 678"; what does not fit is added as it is. */
function grouped(text, sizes) {
  if (!sizes || text.startsWith("+")) return text;
  const parts = [];
  for (const size of sizes.split(" ").map(Number)) {
    if (text) parts.push(text.slice(0, size));
    text = text.slice(size);
  }
  return parts.join(" ") + text;
}

whenScreenChanges((screen) => {
  field = document.getElementById(screen.querySelector(".pad")?.dataset.for);
});
