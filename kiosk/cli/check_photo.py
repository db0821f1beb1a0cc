"""`kiosk check-photo`: would this photograph be sent back, and why."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kiosk.cli.context import Context, fail, tick
from kiosk.domain.measurements import DocumentMeasurements, PortraitMeasurements
from kiosk.domain.photo_words import PhotoKind
from kiosk.domain.quality import PhotoThresholds, legibility

if TYPE_CHECKING:  # OpenCV is loaded when it is needed: `kiosk --help` does not wait for it
    from hardware.protocols import Image
    from kiosk.vision.assess import Assessment
    from kiosk.vision.faces import FaceFinder

_EMPTY = {"accepted": False, "flaws": [], "measurements": {}, "corners": None}


@dataclass(frozen=True, slots=True)
class _Judge:
    """Everything a picture is judged by."""

    kind: PhotoKind
    limits: PhotoThresholds
    finder: FaceFinder

    def assess(self, image: Image) -> Assessment:
        from kiosk.vision.assess import assess_certificate, assess_paper, assess_portrait  # noqa: PLC0415

        if self.kind is PhotoKind.PORTRAIT:
            return assess_portrait(image, self.finder, self.limits)
        if self.kind is PhotoKind.BIRTH_CERTIFICATE:
            return assess_certificate(image, self.limits)
        return assess_paper(image, self.kind, self.limits)


@click.command("check-photo")
@click.argument("images", metavar="IMAGE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--kind", type=click.Choice([kind.value for kind in PhotoKind]), required=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line for each picture.")
@click.option(
    "--face-model",
    type=click.Path(path_type=Path, dir_okay=False),
    help="YuNet's file, instead of [faces] model.",
)
@click.pass_obj
def check_photo(
    context: Context, images: tuple[Path, ...], kind: str, as_json: bool, face_model: Path | None
) -> None:
    """Judge photographs of papers, cards or faces as a reviewer would, by the limits of [photo].

    A birth certificate is read too, in Vietnamese; what it says is not printed. A file that is no usable
    picture gives an error object and makes the exit status 1; a photograph with flaws does not.
    """
    config = context.load()
    judge = _Judge(PhotoKind(kind), config.photo, _open_finder(face_model or config.face_model))
    unusable = False
    for path in images:
        found = _check(path, judge)
        unusable |= "error" in found
        click.echo((json.dumps(found, ensure_ascii=False) if as_json else _in_words(found)).encode())
    if unusable:
        raise click.exceptions.Exit(1)


def _open_finder(model: Path | None) -> FaceFinder:
    from kiosk.vision.faces import WrongModel, open_finder  # noqa: PLC0415

    try:
        return open_finder(model)
    except WrongModel as why:
        fail(f"the face model cannot be used: {why}; give another, or none, in [faces] model", code=2)


def _check(path: Path, judge: _Judge) -> dict[str, Any]:
    """Check one file; every key is always present, `error` only if the file cannot be used."""
    from kiosk.vision.still import UnusablePicture, open_picture  # noqa: PLC0415

    start = tick()
    found = {"image": str(path), **_EMPTY}
    try:
        found |= _verdict(judge.assess(open_picture(path.read_bytes())))
    except IsADirectoryError:
        found["error"] = {"code": "directory", "message": "This is a directory; name the pictures in it."}
    except OSError as why:
        found["error"] = {"code": "no-file", "message": f"The file cannot be read: {why.strerror}."}
    except UnusablePicture as why:
        found["error"] = {"code": why.fault.value, "message": why.message}
    return found | {"milliseconds": round((tick() - start) * 1000)}


def _verdict(assessed: Assessment) -> dict[str, Any]:
    if assessed.unread:
        click.echo(f"kiosk: the certificate could not be read: {assessed.unread}", err=True)
    return {
        "accepted": assessed.accepted,
        "flaws": [{"code": flaw.code.value, "message": flaw.message} for flaw in assessed.flaws],
        "measurements": _rounded(_flat(assessed.measured)),
        "corners": _rounded(assessed.corners),
    }


def _flat(measured: DocumentMeasurements | PortraitMeasurements) -> dict[str, Any]:
    """Put every number on one level, under the name it has in kiosk.domain.measurements."""
    shown = asdict(measured)
    if isinstance(measured, PortraitMeasurements):
        return shown
    sighting = shown.pop("sighting")
    shown |= shown.pop("text") | (shown.pop("reading") or {})
    legible = legibility(measured) if measured.reading else None
    return shown | {
        "extent": sighting["extent"].value,
        "missing_corners": sighting["missing"],
        "legibility": legible,
    }


def _rounded(value: Any) -> Any:
    """Four digits say all there is to know."""
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {key: _rounded(each) for key, each in value.items()}
    return [_rounded(each) for each in value] if isinstance(value, list | tuple) else value


def _in_words(found: dict[str, Any]) -> str:
    if error := found.get("error"):
        return f"{found['image']}: {error['message']} [{error['code']}]"
    flaws = [f"  {flaw['message']} [{flaw['code']}]" for flaw in found["flaws"]]
    return "\n".join([f"{found['image']}: {'accepted' if found['accepted'] else 'not accepted'}", *flaws])
