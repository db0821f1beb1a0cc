"""What lies on the make-believe desk, said in words; everything on it is invented by the caller."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """Someone's looks. Shape: the same seed is the same face, on a card and before the camera."""

    seed: int
    adult: bool = False
    female: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class CardFace:
    """What is printed on a card.

    Shape: `lines` are (label, value) from top to bottom; the first is the number, set large.
           `face` is the photograph of a citizen card; a health card has none.
    """

    qr: str
    lines: tuple[tuple[str, str], ...]
    face: Person | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Parent:
    """One parent's block on a birth certificate."""

    name: str
    born: str
    ethnicity: str
    nationality: str
    residence: str


@dataclass(frozen=True, slots=True, repr=False)
class CertificatePage:
    """What a registry filled in on a birth certificate, in the order it is printed.

    Shape:  all text as it stands on the paper; either parent may be None.
    Source: the printed order of the current form, domain.md section 8.
    """

    number: str
    name: str
    born_on: str
    born_in_words: str
    sex: str
    ethnicity: str
    nationality: str
    birth_place: str
    home_town: str
    personal_id: str
    mother: Parent | None
    father: Parent | None
    registrant: str
    registrant_papers: str
    registered_at: str
    registered_on: str
    signer: str


@dataclass(frozen=True, slots=True, repr=False)
class Child:
    """One child of the family: health card, birth certificate and looks."""

    health_card: CardFace
    certificate: CertificatePage
    looks: Person


@dataclass(frozen=True, slots=True, repr=False)
class DeskScenes:
    """Everything shown to the twin camera.

    Shape: with several children each loop shows them one after the other. `back_lines` are the
           machine-readable lines on the back of the citizen card; without any no back is shown.
    """

    citizen_card: CardFace
    children: tuple[Child, ...]
    back_lines: tuple[str, ...] = ()
