// What htmx does not do for a kiosk. Everything hangs on the document, because #screen is exchanged.
import "./camera.js";
import "./dialogs.js";
import "./heartbeat.js";
import "./idle.js";
import "./keyboard.js";
import "./line.js";
import "./more.js";
import "./settle.js";
import "./speech.js";
import "./wedge.js";
import { play } from "./sounds.js";
import { whenScreenChanges } from "./screen.js";

// The visitor's eyes and screen reader go to what is new: first what is wrong, then the field, then the heading.
whenScreenChanges((screen) => {
  scrollTo(0, 0);
  const target =
    screen.querySelector("[data-errors]") ??
    screen.querySelector("[data-keyboard]:not([data-waits])") ??
    screen.querySelector("h1");
  target?.focus({ preventScroll: true });
  play(screen.querySelector("[data-errors]") ? "wrong" : screen.querySelector("main")?.dataset.sound);
});

// A finger that rests or drags must not open menus, select or zoom.
addEventListener("contextmenu", (event) => event.preventDefault());
addEventListener("dragstart", (event) => event.preventDefault());
addEventListener("wheel", (event) => event.ctrlKey && event.preventDefault(), { passive: false });

// The back button shows no page from memory.
addEventListener("pageshow", (event) => event.persisted && location.replace("/"));
