"""kiosk.toml -> frozen dataclasses. A wrong key or type is named, and the right one suggested."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import MISSING, dataclass, field, fields, is_dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

from hardware.settings import (
    CameraSettings,
    PagePrinterSettings,
    PrinterSettings,
    ScannerSettings,
    StickSettings,
)
from kiosk.domain.quality import PhotoThresholds
from kiosk.sections import (
    AgencySection,
    BackupSection,
    CentralSection,
    DiskSection,
    FacesSection,
    FormSection,
    IdleSection,
    KeyboardSection,
    LampSection,
    ReadingSection,
    ReceiptSection,
    RetentionSection,
    ScreenSection,
    SoundSection,
    SpeechSection,
    StationSection,
    StillSection,
)


class BadConfig(Exception):
    """kiosk.toml cannot be used; the message names file, key and remedy."""


@dataclass(frozen=True, slots=True)
class Config:
    """Every setting of a station."""

    station: StationSection
    screen: ScreenSection
    idle: IdleSection
    central: CentralSection
    lamp: LampSection
    agency: AgencySection
    form: FormSection
    receipt: ReceiptSection
    disk: DiskSection
    retention: RetentionSection
    backup: BackupSection
    reading: ReadingSection
    photo: PhotoThresholds
    still: StillSection
    faces: FacesSection
    keyboard: KeyboardSection
    speech: SpeechSection
    sound: SoundSection
    camera: CameraSettings
    printer: PrinterSettings
    page_printer: PagePrinterSettings
    scanners: ScannerSettings
    stick: StickSettings
    root: Path = field(default=Path())  # the folder of kiosk.toml; relative paths start here
    unwritten: tuple[str, ...] = ()  # what the file lacks: "[sound]", "[idle] page_seconds"

    @property
    def twins(self) -> tuple[str, ...]:
        """The sections that name make-believe devices, as the demo's do."""
        cameras = (self.camera.document, self.camera.portrait)
        is_twin = {
            "[camera]": any(each.startswith(("folder:", "file:")) for each in cameras),
            "[printer]": self.printer.driver == "sim",
            "[page_printer]": self.page_printer.driver == "sim",
            "[stick]": self.stick.source.startswith("folder:"),
        }
        return tuple(section for section, twin in is_twin.items() if twin)

    @property
    def face_model(self) -> Path | None:
        """Where the face model lies; None if faces are found without one."""
        return self.root / Path(self.faces.model).expanduser() if self.faces.model else None


def load(path: Path) -> Config:
    """Read a configuration file.

    Errors: BadConfig, with the file, the key and what to write instead.
    """
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except OSError as why:
        raise BadConfig(f"{path}: cannot be read ({why.strerror}); give another with --config") from why
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as why:
        raise BadConfig(f"{path}: not valid TOML: {why}") from why
    try:
        return from_table(table, path.resolve().parent)
    except BadConfig as why:
        raise BadConfig(f"{path}: {why}") from why


def from_table(table: dict[str, Any], root: Path) -> Config:
    """Build a configuration from parsed TOML; relative paths start at `root`.

    Errors: BadConfig. A key that came later than the file is none: the shipped value counts then.
    """
    hints: dict[str, Any] = get_type_hints(Config)
    wanted = {name: kind for name, kind in hints.items() if is_dataclass(kind)}
    for name in table:
        if name not in wanted:
            raise BadConfig(f"no section [{name}]{_suggest(name, wanted)}")
    sections = {name: _section(kind, name, table.get(name, {}), root) for name, kind in wanted.items()}
    return Config(root=root, unwritten=tuple(_unwritten(table, wanted)), **sections)


def _unwritten(table: dict[str, Any], wanted: dict[str, Any]) -> Iterator[str]:
    for name, kind in wanted.items():
        if name in table:
            yield from (f"[{name}] {key}" for key in get_type_hints(kind) if key not in table[name])
        else:
            yield f"[{name}]"


def check_value(section: str, key: str, value: Any) -> None:
    """Insist on what can stand there in kiosk.toml.

    Errors: BadConfig; KeyError, where there is no such setting.
    """
    _value(section, key, _kind_of(section, key), value, Path())


def changed(config: Config, section: str, key: str, value: Any) -> Config:
    """The same settings but for one, which is read as if it stood in kiosk.toml.

    Errors: BadConfig; KeyError, where there is no such setting.
    """
    before = getattr(config, section)
    after = replace(before, **{key: _value(section, key, _kind_of(section, key), value, config.root)})
    return replace(config, **{section: after})


def _kind_of(section: str, key: str) -> Any:
    return get_type_hints(get_type_hints(Config)[section])[key]


def _section(kind: Any, name: str, table: Any, root: Path) -> Any:
    if not isinstance(table, dict):
        raise BadConfig(f"[{name}] must be a section")
    wanted = get_type_hints(kind)
    needed = {each.name for each in fields(kind) if each.default is MISSING}
    for key in table:
        if key not in wanted:
            raise BadConfig(f"[{name}] has no key {key!r}{_suggest(key, wanted)}")
    if missing := needed - table.keys():
        raise BadConfig(f"[{name}] lacks {', '.join(sorted(missing))}")
    return kind(**{key: _value(name, key, wanted[key], value, root) for key, value in table.items()})


def _value(section: str, key: str, kind: Any, value: Any, root: Path) -> Any:
    if kind is Path and isinstance(value, str):
        return root / Path(value).expanduser()
    if kind is float and type(value) is int:
        return float(value)
    if get_origin(kind) is tuple and isinstance(value, list):
        inner = get_args(kind)[0]
        return tuple(_value(section, key, inner, each, root) for each in value)
    if get_origin(kind) is Literal:
        if value not in get_args(kind):
            known = _suggest(str(value), get_args(kind))
            raise BadConfig(f"[{section}] {key} cannot be {value!r}{known}")
        return value
    if type(value) is not kind:
        name = "a list" if get_origin(kind) is tuple else "text" if kind in (str, Path) else kind.__name__
        raise BadConfig(f"[{section}] {key} must be {name}, not {value!r}")
    return value


def _suggest(word: str, known: Any) -> str:
    near = get_close_matches(word, list(known), n=1)
    return f"; did you mean {near[0]!r}?" if near else f"; known: {', '.join(sorted(known))}"
