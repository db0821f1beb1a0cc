// Vietnamese syllables, letter by letter: a key is added to the word under the caret, and the word that results
// is spelt as a person would write it. Pure: no page, no keyboard, no memory; tests run it over every syllable.
//
//   direct   ă â ê ô ơ ư đ have keys of their own; five keys set the tone
//   telex    aa aw dd ee oo ow uw w, tones s f r x j, z takes the tone away
//   vni      6 circumflex, 7 horn, 8 breve, 9 đ, tones 1 to 5, 0 takes the tone away
//
// A tone may be typed at once or at the end of the syllable; it moves to the vowel where it belongs. Pressed again
// it moves between "òa" and "oà" where both are written, and then goes. What no rule wants is added as it is.
// Source: Quyết định 1989/QĐ-BGDĐT 2018 ("new": oà) and the older habit of most papers ("old": òa).

/** Combining marks, in the order of the VNI digits 1 to 5. */
export const TONES = ["\u0301", "\u0300", "\u0309", "\u0303", "\u0323"];

/** Takes the tone away. Not a mark of any letter. */
export const NO_TONE = "\u0335";

const byKeys = (keys) => Object.fromEntries([...keys].map((key, at) => [key, TONES[at]]));

const TONE_KEYS = {
  direct: { ...Object.fromEntries(TONES.map((tone) => [tone, tone])), [NO_TONE]: "" },
  telex: { ...byKeys("sfrxj"), z: "" },
  vni: { ...byKeys("12345"), 0: "" },
};

/** For each key: which letters it changes, and into what; the first wish that fits is granted. */
const CIRCUMFLEX = { a: "â", ă: "â", e: "ê", o: "ô", ơ: "ô" };
const HORN = { o: "ơ", ô: "ơ", u: "ư" };
const BREVE = { a: "ă", â: "ă" };
const only = (...letters) => Object.fromEntries(letters.map((letter) => [letter, CIRCUMFLEX[letter]]));

const MARK_KEYS = {
  direct: {},
  telex: { a: only("a", "ă"), e: only("e"), o: only("o", "ơ"), w: { ...HORN, ...BREVE } },
  vni: { 6: CIRCUMFLEX, 7: HORN, 8: BREVE },
};
const STROKE_KEYS = { direct: "", telex: "d", vni: "9" };
const PLAIN = { ă: "a", â: "a", ê: "e", ô: "o", ơ: "o", ư: "u" };

const VOWELS = "aăâeêioôơuưy";
const BOTH_WAYS = ["oa", "oe", "uy"];

/**
 * Add one key to a word.
 *
 * @param {string} word  what stands there, composed or not
 * @param {string} key  one letter or digit, or one of TONES, or NO_TONE
 * @param {"direct" | "telex" | "vni"} method
 * @param {"old" | "new"} style  where the tone stands in open oa, oe, uy
 * @param {string} after  the rest of the word, behind the caret
 * @returns {[string, string]} the new word up to the caret and behind it, in composed letters (NFC)
 */
export function press(word, key, method, style = "old", after = "") {
  const whole = split(word + after);
  const at = split(word).bare.length;
  const typed = key.toLowerCase();
  if ((TONES.includes(key) || key === NO_TONE) && !vowels(whole.bare)) return [word.normalize("NFC"), after.normalize("NFC")];
  const [bare, caret, tone, place] =
    toned(whole, at, typed, method, style) ?? stroked(whole, at, key, method) ?? marked(whole, at, key, method) ?? added(whole, at, key, method);
  const spelt = written(bare, tone, place, style);
  return [spelt.slice(0, caret), spelt.slice(caret)].map((part) => part.join("").normalize("NFC"));
}

/** Type a whole text, as the tests and a pasted line do. */
export function type(text, method, style = "old") {
  let done = "";
  let word = "";
  for (const key of text) {
    if (isPartOfWord(key, word, method)) [word] = press(word, key, method, style);
    else [done, word] = [done + word + key, ""];
  }
  return done + word;
}

/** Whether a key belongs to the word before it, rather than ending it. */
export function isPartOfWord(key, word, method) {
  if (/[\p{L}\p{M}]/u.test(key)) return true;
  return method === "vni" && word !== "" && /[0-9]/.test(key);
}

// A word taken apart: letters without tone, each one composed unit; the tone; and the letter it stands on.

function split(word) {
  const bare = [];
  let tone = "";
  let place = -1;
  for (const unit of word.normalize("NFC").match(/\P{M}\p{M}*/gu) ?? []) {
    const letters = unit.normalize("NFD").replace(/(?<!n)[\u0300\u0301\u0303\u0309\u0323]/giu, (mark) => {
      [tone, place] = [mark, bare.length];
      return "";
    });
    bare.push(letters.normalize("NFC")); // the tilde of ñ is no tone
  }
  return { bare, tone, place };
}

function written(bare, tone, place, style) {
  const at = tone ? toneAt(bare, place, style) : -1;
  return bare.map((letter, each) => (each === at ? letter + tone : letter));
}

// Each of these answers [letters, caret, tone, where the tone was] or undefined: not my key.

function toned({ bare, tone, place }, at, key, method, style) {
  const wanted = TONE_KEYS[method][key];
  if (wanted === undefined || !vowels(bare)) return undefined;
  if (wanted !== tone) return [bare, at, wanted, -1];
  if (!wanted) return method === "direct" ? [bare, at, "", -1] : undefined;
  const other = places(bare, style).find((each) => each !== place);
  if (other !== undefined && place === places(bare, style)[0]) return [bare, at, tone, other];
  return method === "direct" ? [bare, at, "", -1] : [insert(bare, at, key), at + 1, "", -1];
}

function stroked({ bare, tone, place }, at, key, method) {
  if (key.toLowerCase() !== STROKE_KEYS[method] || method === "direct") return undefined;
  const d = strokeAt(bare, at, method);
  if (d < 0) return undefined;
  const has = lower(bare[d]) === "đ";
  const letters = replace(bare, d, has ? "d" : "đ");
  return has ? [insert(letters, at, key), at + 1, tone, place] : [letters, at, tone, place];
}

/** The d before the caret, or the one the word begins with. */
function strokeAt(bare, at, method) {
  const isD = (letter) => ["d", "đ"].includes(lower(letter ?? ""));
  if (isD(bare[at - 1])) return at - 1;
  return isD(bare[0]) && (method === "vni" || vowels(bare)) ? 0 : -1;
}

function marked({ bare, tone, place }, at, key, method) {
  const wishes = MARK_KEYS[method][key.toLowerCase()];
  if (!wishes) return undefined;
  const group = vowels(bare);
  if (!group) return key.toLowerCase() === "w" ? [insert(bare, at, keepCase(key, "ư")), at + 1, tone, place] : undefined;
  const target = targetOf(bare, group, wishes);
  if (target >= 0 && mayReach(bare, at, target, key)) return [granted(bare, target, wishes), at, tone, place];
  return undone(bare, group, at, key, wishes, tone, place);
}

/** Which vowel a mark is meant for: the last that can take it, but the u of ua, uu, ui. */
function targetOf(bare, { from, to }, wishes) {
  const letters = bare.slice(from, to).map(lower).join("");
  if ("u" in wishes && /^u[aui]/.test(letters)) return from;
  if ("u" in wishes && letters.includes("ư") && !/[oô]/.test(letters)) return -1;
  for (let each = to - 1; each >= from; each--) if (wishes[lower(bare[each])]) return each;
  return -1;
}

/** A letter that is its own mark reaches over consonants and the end of âu, êu, ôi; not over "e" in "khoeo". */
function mayReach(bare, at, target, key) {
  if (/[0-9w]/i.test(key)) return true;
  const between = bare.slice(target + 1, at).map(lower);
  return between.length === 0 || !VOWELS.includes(between[0]) || "iuy".includes(between[0]);
}

function granted(bare, target, wishes) {
  const letters = replace(bare, target, wishes[lower(bare[target])]);
  const before = lower(bare[target - 1] ?? "");
  if (lower(letters[target]) === "ơ" && before === "u" && !isQu(bare) && target < bare.length - 1) return replace(letters, target - 1, "ư");
  if (lower(letters[target]) === "ô" && before === "ư") return replace(letters, target - 1, "u");
  return letters;
}

/** The same mark once more: take it away and show the key. */
function undone(bare, { from, to }, at, key, wishes, tone, place) {
  const made = Object.values(wishes);
  const doubled = Object.keys(PLAIN).includes(lower(bare[at - 1] ?? "")) || /[0-9w]/i.test(key);
  const last = bare.slice(from, to).findLastIndex((letter) => made.includes(lower(letter)));
  if (last < 0 || !doubled) return undefined;
  if (lower(key) === "w" && to - from === 1 && lower(bare[from]) === "ư" && at === to) return [replace(bare, from, key.toLowerCase()), at, tone, place];
  let letters = replace(bare, from + last, PLAIN[lower(bare[from + last])]);
  if (last > 0 && lower(bare[from + last]) === "ơ" && lower(letters[from + last - 1]) === "ư") letters = replace(letters, from + last - 1, "u");
  return [insert(letters, at, key), at + 1, tone, place];
}

/** A letter that is just a letter. "uơ" followed by one more is "ươ": "huơ", "hương". */
function added({ bare, tone, place }, at, key, method) {
  let letters = insert(bare, at, key.normalize("NFC"));
  const uo = at - 2;
  if (method !== "direct" && uo >= 0 && lower(letters[uo]) === "u" && lower(letters[uo + 1]) === "ơ" && !(isQu(letters) && uo === 1)) {
    letters = replace(letters, uo, "ư");
  }
  return [letters, at + 1, tone, place >= at ? place + 1 : place];
}

// Where the tone stands

function toneAt(bare, place, style) {
  const right = places(bare, style);
  return right.includes(place) ? place : (right[0] ?? -1);
}

/** The letters on which the tone of this syllable may stand, the better one first. */
function places(bare, style) {
  const group = vowels(bare);
  if (!group) return [];
  const { from, to } = group;
  const letters = bare.slice(from, to).map(lower);
  const strong = letters.findLastIndex((letter) => "ăâêôơ".includes(letter));
  if (strong >= 0) return [from + strong];
  if (letters.includes("ư")) return [from + letters.indexOf("ư")];
  if (letters.length === 1) return [from];
  if (letters.length > 2 || to < bare.length) return [from + 1];
  if (!BOTH_WAYS.includes(letters.join(""))) return [from];
  return style === "new" ? [from + 1, from] : [from, from + 1];
}

/** The vowels of the last syllable ("Êñuôl" has two); the u of qu and the i of gia, giếng belong to the consonant before. */
function vowels(bare) {
  const isVowel = (at) => at < bare.length && VOWELS.includes(lower(bare[at]));
  let first = 0;
  if (isQu(bare)) first = 2;
  else if (lower(bare[0] ?? "") === "g" && lower(bare[1] ?? "") === "i" && isVowel(2)) first = 2;
  let to = bare.length;
  while (to > first && !isVowel(to - 1)) to--;
  let from = to;
  while (from > first && isVowel(from - 1)) from--;
  if (to > from) return { from, to };
  return isQu(bare) ? { from: 1, to: 2 } : undefined;
}

const isQu = (bare) => lower(bare[0] ?? "") === "q" && lower(bare[1] ?? "") === "u";

// Letters

const lower = (letter) => letter.toLowerCase();
const keepCase = (like, letter) => (like !== lower(like) ? letter.toUpperCase() : letter);
const insert = (bare, at, letter) => [...bare.slice(0, at), letter, ...bare.slice(at)];
const replace = (bare, at, letter) => bare.with(at, keepCase(bare[at], letter));
