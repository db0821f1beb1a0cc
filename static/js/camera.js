// The live picture. A stream whose image is removed keeps its connection, and six of them stop the browser:
// so it is ended before the screen changes, and renewed before the server ends it after a minute.
import { beforeScreenChanges, whenScreenChanges } from "./screen.js";

const RENEW_MS = 50_000;
const RETRY_MS = 1_500;
let renewal;

const streams = () => document.querySelectorAll("#screen img[data-stream]");

function connect(image) {
  const url = new URL(image.dataset.stream, location);
  url.searchParams.set("n", String(Date.now()));
  image.src = url.href;
}

function watch() {
  clearInterval(renewal);
  for (const image of streams()) {
    image.addEventListener("error", () => setTimeout(() => image.isConnected && connect(image), RETRY_MS));
    renewal = setInterval(() => connect(image), RENEW_MS);
  }
}

beforeScreenChanges(() => {
  clearInterval(renewal);
  for (const image of streams()) image.removeAttribute("src");
});

// Help that appears only to those who need it: data-after seconds on the same screen.
let helps = [];
function offerHelp(screen) {
  helps.forEach(clearTimeout);
  helps = [...screen.querySelectorAll("[data-after]")].map((part) =>
    setTimeout(() => (part.hidden = false), Number(part.dataset.after) * 1000),
  );
}

whenScreenChanges((screen) => {
  watch();
  offerHelp(screen);
});
