// A reader that types like a keyboard: a long burst of keys, faster than any hand, ended by Enter,
// goes to the parser of the page that is looking for a card.
const LONGEST_GAP_MS = 200; // within one burst
const FASTEST_HAND_MS = 60; // on average over ten keys and more, 200 words a minute; readers need 1 to 15
const SHORTEST = 10; // a BHXH number
let typed = "";
let began = 0;
let last = 0;

function hand(code, field) {
  field.value = code;
  field.form.requestSubmit(document.querySelector("button[form=look]"));
}

addEventListener("keydown", (event) => {
  const now = event.timeStamp;
  if (now - last > LONGEST_GAP_MS) [typed, began] = ["", now];
  last = now;
  if (event.key === "Enter") {
    const code = typed;
    typed = "";
    const field = document.querySelector("#look input[name=scanned]");
    if (!field || code.length < SHORTEST || (now - began) / code.length > FASTEST_HAND_MS) return;
    event.preventDefault();
    hand(code, field);
  } else if (event.key.length === 1) {
    typed += event.key;
  }
}, { capture: true });
