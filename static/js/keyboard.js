// Typing: the keys on the screen, and a keyboard on the desk, write into whichever field was touched last.
// simple-keyboard draws the keys and nothing more; composer.js spells; what is in the field is always NFC.
import { isPartOfWord, press } from "./composer.js";
import { TONE_OF, isWords, pagesFor } from "./keys.js";
import { whenScreenChanges } from "./screen.js";

const board = document.getElementById("keyboard");
const words = JSON.parse(board.dataset.words);
const { tones: style } = board.dataset;
const page = document.documentElement;
const TALL_PX = 1200; // room for a summary of errors above the field and the keys below it
let field, drawn, pages, shown, capitals;

/** Show the keys that fit this field. The focus may stay elsewhere, on an error that is being read. */
export function openFor(input) {
  field = input;
  pages = pagesFor(kindOf(input), method());
  board.hidden = false;
  show("letters");
  page.style.setProperty("--keyboard", `${board.offsetHeight}px`);
  input.closest(".field").scrollIntoView({ block: "nearest" });
}

function close() {
  board.hidden = true;
  page.style.removeProperty("--keyboard");
}

const kindOf = (input) => input.dataset.keyboard;
const method = () => (isWords(kindOf(field)) ? page.dataset.typing : "direct");

// Drawing

function show(name) {
  shown = name;
  const layout = Object.fromEntries(Object.entries(pages).map(([each, rows]) => [each, rows.map(inCase)]));
  const options = { layout, layoutName: shown, theme: `keys keys--${pages.letters[0].split(" ").length > 4 ? "letters" : "digits"}` };
  drawn ??= new globalThis.SimpleKeyboard.default(board.firstElementChild, {
    ...options,
    display: words.shown,
    buttonAttributes: Object.entries(words.spoken).map(([buttons, value]) => ({ attribute: "aria-label", value, buttons })),
    onKeyPress: pressed,
    useButtonTag: true,
    useMouseEvents: true, // a click also comes from Enter on a focused key, and a finger may slide off
    disableButtonHold: true,
    preventMouseDownDefault: true, // the caret stays visible in the field
    disableCaretPositioning: true,
  });
  drawn.setOptions(options);
}

const inCase = (row) => (areCapitals() ? row.replace(/(?<![{\p{L}])\p{L}\p{M}*(?!\p{L})/gu, (key) => key.toUpperCase()) : row);

/** Words begin with a capital; the shift key says otherwise for one letter. */
const areCapitals = () => (kindOf(field) === "name" && atWordStart()) !== (capitals === "other");
const atWordStart = () => !/[\p{L}\p{M}]$/u.test(field.value.slice(0, field.selectionStart));

// Keys

const ACTIONS = {
  "{done}": () => field.form.requestSubmit(document.querySelector(`button[form="${field.form.id}"]`)),
  "{erase}": erase,
  "{clear}": () => fill("", 0),
  "{hide}": close,
  "{space}": () => write(" "),
  "{shift}": () => (capitals = capitals ? "" : "other"),
  "{more}": () => (shown = "more"),
  "{letters}": () => (shown = "letters"),
  "{gmail}": () => write("@gmail.com"),
  "{direct}": () => choose("direct"),
  "{telex}": () => choose("telex"),
  "{vni}": () => choose("vni"),
};

function pressed(key) {
  drawn.clearInput(); // simple-keyboard would remember what was typed
  if (!field?.isConnected) return close();
  const before = field.value;
  (ACTIONS[key] ?? (() => write(TONE_OF[key] ?? key)))();
  if (field.value !== before) {
    capitals = "";
    if (isWords(kindOf(field)) && !/[0-9]/.test(key)) shown = "letters";
  }
  if (!board.hidden) show(shown);
}

/** The way of typing is kept with the visit, like the size of letters. */
function choose(name) {
  page.dataset.typing = name;
  fetch(board.dataset.settingsUrl, { method: "POST", body: new URLSearchParams({ typing: name }) }).catch(() => {});
  openFor(field);
}

// Writing

function write(key) {
  const { value, selectionStart: from, selectionEnd: to } = field;
  const [head, tail] = [value.slice(0, from), value.slice(to)];
  const letter = areCapitals() ? key.toUpperCase() : key;
  if (!isWords(kindOf(field))) return fill(head + letter + tail, from + letter.length);
  const word = /[\p{L}\p{M}]*$/u.exec(head)[0];
  if (!isPartOfWord(letter, word, method())) return fill(head + letter + tail, from + letter.length);
  const rest = /^[\p{L}\p{M}]*/u.exec(tail)[0];
  const [left, right] = press(word, letter, method(), style, rest);
  const start = head.slice(0, head.length - word.length) + left;
  fill(start + right + tail.slice(rest.length), start.length);
}

function erase() {
  const { value, selectionStart: from, selectionEnd: to } = field;
  const last = from === to ? (/\P{M}\p{M}*$/u.exec(value.slice(0, from))?.[0].length ?? 0) : 0;
  fill(value.slice(0, from - last) + value.slice(to), from - last, last);
}

/** Put a text into the field, in its groups, the caret where it was among the letters that count. */
function fill(text, caret) {
  const plain = bare(text);
  const value = grouped(plain);
  if (value.length > field.maxLength && value.length > field.value.length) return;
  const counted = bare(text.slice(0, caret)).length;
  field.value = value;
  let at = 0;
  for (let seen = 0; at < value.length && seen < counted; at++) if (bare(value[at])) seen++;
  field.setSelectionRange(at, at);
}

const isCode = () => ["code", "serial"].includes(kindOf(field));
const separator = () => (kindOf(field) === "date" ? "/" : " ");
const bare = (text) => {
  const composed = text.normalize("NFC");
  if (isCode()) return composed.toUpperCase().replace(/[\s-]/g, "");
  return field.dataset.groups ? composed.replace(/[\s/.-]/g, "") : composed;
};

/** "0912345678" in groups "4 3 3" is "0912 345 678"; what does not fit is added as it is. */
function grouped(text) {
  const sizes = field.dataset.groups;
  if (!sizes || text.startsWith("+")) return text;
  const parts = [];
  for (const size of sizes.split(" ").map(Number)) {
    if (text) parts.push(text.slice(0, size));
    text = text.slice(size);
  }
  return parts.join(separator()) + text;
}

// A keyboard on the desk: letters pass through the composer, a pasted text is only put in order.

const isOurs = (input) => input.matches?.("input[data-keyboard]");

document.addEventListener("beforeinput", (event) => {
  if (!isOurs(event.target) || event.isComposing || event.inputType !== "insertText" || !event.data) return;
  event.preventDefault();
  field = event.target;
  for (const key of event.data) write(key);
  if (!board.hidden) show(shown);
});

document.addEventListener("input", (event) => {
  if (!isOurs(event.target) || event.isComposing) return;
  field = event.target;
  fill(field.value, field.selectionStart);
  if (!board.hidden) show(shown);
});

document.addEventListener("focusin", (event) => isOurs(event.target) && openFor(event.target));
document.addEventListener("click", (event) => {
  const mistake = event.target.closest("[data-errors] a");
  if (mistake) {
    event.preventDefault();
    document.querySelector(mistake.hash).focus({ preventScroll: true });
  } else if (isOurs(event.target)) openFor(event.target);
  else if (event.target.closest("main")) close();
});
document.addEventListener("keydown", (event) => event.key === "Escape" && close());

whenScreenChanges((screen) => {
  capitals = "";
  close();
  field = undefined;
  const first = screen.querySelector("input[data-keyboard]:not([data-waits])");
  if (first && (!screen.querySelector("[data-errors]") || innerHeight >= TALL_PX)) openFor(first);
});
