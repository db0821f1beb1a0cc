// The page says that it lives. Silence means a hung or crashed page, which nothing else notices:
// the browser process goes on living, and `kiosk browse` starts it anew.
const EVERY_MS = 2000;
const { heartbeatUrl } = document.body.dataset;
let underWay = false;

setInterval(() => {
  if (underWay) return; // a stalled pool of connections must not fill up with beats
  underWay = true;
  const screen = document.getElementById("main")?.dataset.screen ?? "";
  fetch(heartbeatUrl, { method: "POST", body: new URLSearchParams({ screen }) })
    .catch(() => {}) // line.js tells of a lost line at the next press
    .finally(() => (underWay = false));
}, EVERY_MS);
