// Which keys lie on the screen, for each kind of field. Four rows or five, so that the field and its error stay in sight.
// A row is a list of keys with spaces between; a word in braces is a key that does something.
import { NO_TONE, TONES } from "./composer.js";

const LETTERS = ["q w e r t y u i o p {erase}", "a s d f g h j k l đ '", "{shift} z x c v b n m {more} {space} {done}"];
const MARKS = "ă â ê ô ơ ư {sac} {huyen} {hoi} {nga} {nang}";
const DIGITS = "1 2 3 4 5 6 7 8 9 0";
const PEOPLES = "č ĭ ŭ ƀ ñ ĕ ŏ ê̆ ô̆ ơ̆ ư̆"; // of Ê-đê, M'Nông and Gia Rai names
const PAD = ["1 2 3 {erase}", "4 5 6 {clear}", "7 8 9 {hide}", "0 {done}"];

const LAST_ROW = { direct: [MARKS], telex: [], vni: [DIGITS] };

/** Rows by page: the first page is shown first, "more" when its key is pressed. */
export function pagesFor(kind, method) {
  switch (kind) {
    case "name":
      return {
        letters: [...LETTERS, ...LAST_ROW[method]],
        more: [PEOPLES, "- . ’ {untone} {erase}", "{direct} {telex} {vni}", "{letters} {shift} {space} {hide} {done}"],
      };
    case "text":
      return {
        letters: [...(method === "vni" ? [] : [`${DIGITS} /`]), ...LETTERS, ...LAST_ROW[method]],
        more: [`${DIGITS} {erase}`, "/ , . - ( ) : + & ’", PEOPLES, "{letters} {shift} {space} {hide} {done}"],
      };
    case "email":
      return { letters: [`${DIGITS} {erase}`, "q w e r t y u i o p @", "a s d f g h j k l . _", "z x c v b n m - {gmail} {done}"] };
    case "code":
      return { letters: ["0 1 2 3 4 5 6 7 8 9 {erase}", "A B C D E F G H J K M", "N P Q R S T V W X Y Z", "U * ~ $ = {hide} {done}"] };
    case "serial": // of a paper: any letter, no signs
      return { letters: ["1 2 3 4 5 6 7 8 9 0 {erase}", "Q W E R T Y U I O P", "A S D F G H J K L", "Z X C V B N M {hide} {done}"] };
    default: // digits, phone, date
      return { letters: PAD };
  }
}

/** The tone behind a key, and the key that takes it away. */
export const TONE_OF = {
  "{sac}": TONES[0],
  "{huyen}": TONES[1],
  "{hoi}": TONES[2],
  "{nga}": TONES[3],
  "{nang}": TONES[4],
  "{untone}": NO_TONE,
};

/** Vietnamese is composed in these. */
export const isWords = (kind) => kind === "name" || kind === "text";
