// Reading aloud, for those who turned it on: each screen when it comes, a problem or a hint when it appears, again
// on demand. Loudness begins anew with each visitor, because it lives only on this page.
import { stillHere } from "./idle.js";
import { whenNoticed, whenScreenChanges } from "./screen.js";

const LOUDNESS = [0.25, 0.5, 0.75, 1];
const USUAL = { soft: 1, loud: 3 }; // as the officers set it
const { speechUrl } = document.body.dataset;
const voice = new Audio();
let loudness = USUAL[document.documentElement.dataset.loudness] ?? 2;
let turn = 0; // a newer screen silences an older one that is still being made

const isOn = () => document.documentElement.dataset.speech === "on";

/** Words of a part as they are seen; what is hidden or a drawing says nothing. */
const wordsOf = (part) => part?.innerText ?? "";

async function sayScreen(screen) {
  if (!isOn()) return;
  const mine = ++turn;
  silence();
  const prompt = await fetch(screen.querySelector("main").dataset.recorded).catch(() => undefined);
  if (prompt?.status === 200) {
    await play(await prompt.blob(), mine);
    const values = [...screen.querySelectorAll("[data-value], #notice, [data-errors]")].map(wordsOf).join("\n");
    return say(values, mine);
  }
  return say([screen.querySelector("main"), screen.querySelector(".actions")].map(wordsOf).join("\n"), mine);
}

async function say(text, mine = ++turn) {
  if (!isOn() || !text.trim()) return;
  const answer = await fetch(speechUrl, { method: "POST", body: new URLSearchParams({ text }) }).catch(() => undefined);
  if (answer?.ok) await play(await answer.blob(), mine);
}

async function play(sound, mine) {
  if (mine !== turn) return;
  silence();
  voice.src = URL.createObjectURL(sound);
  voice.volume = LOUDNESS[loudness];
  await voice.play().catch(() => {}); // a browser that wants a touch first: the button is there
  await new Promise((ended) => {
    for (const event of ["ended", "pause", "error"]) voice.addEventListener(event, ended, { once: true });
  });
}

function silence() {
  voice.pause();
  if (voice.src) URL.revokeObjectURL(voice.src);
}

document.addEventListener("click", (event) => {
  const wish = event.target.closest("[data-say]")?.dataset.say;
  if (wish === "again") sayScreen(document.getElementById("screen"));
  if (wish === "louder" || wish === "softer") {
    loudness = Math.min(Math.max(loudness + (wish === "louder" ? 1 : -1), 0), LOUDNESS.length - 1);
    voice.volume = LOUDNESS[loudness];
  }
});

voice.addEventListener("timeupdate", stillHere); // who listens is there
whenScreenChanges(sayScreen);
whenNoticed((notice) => say(wordsOf(notice)));

let guided = "";
document.addEventListener("htmx:after:swap", (event) => {
  if (event.detail?.ctx?.target?.id !== "guidance") return;
  const words = wordsOf(document.getElementById("guidance"));
  if (words !== guided) say((guided = words));
});
