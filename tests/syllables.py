"""Every syllable Vietnamese spells, and the keys that type it, the tone at once or at the end.

Source: the rhymes of a school primer; a few that no word uses are harmless here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

BREVE = "\u0306"
TONES = ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323")
_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph r s t th tr v x"
_RHYMES = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt
oc oe oen oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uơ uôc uôi uôm uôn uông uôt
uy uya uych uyên uyêt uyn uynh uyp uyt uyu
ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
y yêm yên yêng yêt yêu
"""
_AFTER_QU = """
a ac ach ai an ang anh ao at au ay ăc ăm ăn ăng ăp ăt ân ât ây e en eo et ê ên ênh ơ ơi ôc
y ych yên yêt ynh yt
"""

_MADE = {"ă": ("aw", "a8"), "â": ("aa", "a6"), "ê": ("ee", "e6"), "ô": ("oo", "o6")}
_MADE |= {"ơ": ("ow", "o7"), "ư": ("uw", "u7"), "đ": ("dd", "d9")}
_VOWELS = "aăâeêioôơuưy"
_OPEN = "oa", "oe", "uy"
_STOPPED = TONES[1], TONES[5]
_TONE_KEYS = {"direct": TONES, "telex": ("", *"sfrxj"), "vni": ("", *"12345")}
METHODS = tuple(_TONE_KEYS)


def syllables(style: str) -> Iterator[str]:
    """All of them, in small letters; open oa, oe, uy with the tone as `style` has it, "old" or "new"."""
    spelt = [
        (onset, rhyme) for onset in ("", *_ONSETS.split()) for rhyme in _RHYMES.split() if _fits(onset, rhyme)
    ]
    for onset, rhyme in [*spelt, *(("qu", rhyme) for rhyme in _AFTER_QU.split())]:
        for tone in _STOPPED if rhyme.endswith(("c", "ch", "p", "t")) else TONES:
            at = _place(rhyme, style)
            yield unicodedata.normalize("NFC", onset + rhyme[: at + 1] + tone + rhyme[at + 1 :])


def keys(text: str, method: str, *, at_once: bool, style: str = "old") -> str:
    """What is pressed for a text on a station that puts tones as `style` has it; only letters make a word."""
    parts = re.split(r"([ '’.-])", unicodedata.normalize("NFC", text))
    return "".join(_keys(part, method, style, at_once=at_once) for part in parts)


def _keys(word: str, method: str, style: str, *, at_once: bool) -> str:
    pressed, owed, before = "", "", list[str]()
    letters = [_without_tone(each) for each in _letters(word)]
    moved = style == "old" and _is_moved(letters)
    for bare, tone in letters:
        pressed += _letter(bare, method)
        if method == "telex" and _is_a_sign(bare.lower(), before):
            pressed += bare
        before.append(bare.lower())
        owed += _TONE_KEYS[method][TONES.index(tone)] * (1 + moved)
        if at_once:
            pressed, owed = pressed + owed, ""
    return pressed + owed


def _is_moved(letters: list[tuple[str, str]]) -> bool:
    """Whether the tone stands where it is put only by its key pressed once more: "hoà"."""
    bare = "".join(letter.lower() for letter, _ in letters)
    return bool(bare.endswith(_OPEN) and not bare.endswith("quy") and letters[-1][1])


def _letters(word: str) -> list[str]:
    """The breve of ê̆, ô̆, ơ̆, ư̆ stays a mark of its own and goes with its letter."""
    return re.findall(f".{BREVE}?", word)


def _is_a_sign(letter: str, before: list[str]) -> bool:
    """Whether Telex takes this letter for a sign, so that it is pressed twice: "xoong", "Ksor", "Hwing"."""
    toned = letter in "sfrxj" and any(each in _VOWELS for each in before)
    return toned or letter == "w" or (letter in "aeo" and before[-1:] == [letter])


def _letter(letter: str, method: str) -> str:
    if method == "direct" or letter.lower() not in _MADE:
        return letter
    made = _MADE[letter.lower()][method == "vni"]
    return made if letter.islower() else made[0].upper() + made[1:]


def _without_tone(letter: str) -> tuple[str, str]:
    parts = unicodedata.normalize("NFD", letter)
    tone = next((each for each in parts if each in TONES[1:]), "") if parts[0] not in "nN" else ""
    return unicodedata.normalize("NFC", parts.replace(tone, "")) if tone else letter, tone


def _fits(onset: str, rhyme: str) -> bool:
    """k, gh, ngh stand before e, ê, i and y; c, g, ng before all others; "gì" and "gìn" are spelt with g."""
    front = rhyme[0] in "eêiy"
    if onset in ("k", "gh", "ngh"):
        return front and (rhyme[0] != "y" or (onset, rhyme) == ("k", "y"))
    if onset in ("c", "g", "ng"):
        return not front or (onset == "g" and rhyme in ("i", "in"))
    if onset == "gi":
        return rhyme[0] not in "iy"
    return not onset or len(rhyme) == 1 or rhyme[0] != "y"


def _place(rhyme: str, style: str) -> int:
    if rhyme in _OPEN:
        return int(style == "new")
    strong = [at for at, letter in enumerate(rhyme) if letter in "ăâêôơ"]
    return strong[-1] if strong else int(rhyme.startswith(("oa", "oe", "oo", "uy")))
