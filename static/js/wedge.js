// A reader that types like a keyboard: keys faster than any finger, ended by Enter, go to the page's parser.
const FASTEST_FINGER_MS = 35; // between two keys; readers send one every 1 to 15 ms
const SHORTEST = 10; // a BHXH number
let typed = "";
let last = 0;

function hand(code) {
  const field = document.querySelector("#look input[name=scanned]");
  if (!field) return;
  field.value = code;
  field.form.requestSubmit(document.querySelector("button[form=look]"));
}

addEventListener("keydown", (event) => {
  const quick = event.timeStamp - last < FASTEST_FINGER_MS;
  last = event.timeStamp;
  if (event.key === "Enter") {
    const code = quick ? typed : "";
    typed = "";
    if (code.length < SHORTEST) return;
    event.preventDefault();
    hand(code);
  } else if (event.key.length === 1) {
    typed = quick ? typed + event.key : event.key;
  }
}, { capture: true });
