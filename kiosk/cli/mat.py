"""`kiosk mat`: a dark mat to print, which makes every paper easy to see."""

from __future__ import annotations

from pathlib import Path

import click

from kiosk.checkout import FONTS
from kiosk.cli.context import fail

_FONT = FONTS / "noto-sans-vi-700.woff2"


@click.command("mat")
@click.option(
    "--pdf", "path", type=click.Path(path_type=Path, dir_okay=False), required=True, help="File to write."
)
@click.option("--size", type=click.Choice(["a3", "a4"]), default="a3", show_default=True, help="Of the mat.")
def mat(path: Path, size: str) -> None:
    """Draw the mat for the camera's desk as a PDF.

    A3 has room for A4 papers, A4 for cards and A5 papers. Print it on matt paper at true size ("Actual
    size", not "Fit"), lay it under the camera and fix it with tape.
    """
    from kiosk.vision.mat import LAYOUTS  # noqa: PLC0415
    from kiosk.vision.mat_print import draw_mat, save_pdf  # noqa: PLC0415

    layout = next(each for each in LAYOUTS if each.name == size)
    try:
        save_pdf(draw_mat(layout, _FONT), path)
    except OSError as why:
        fail(f"{path}: cannot be written ({why.strerror}); give another file with --pdf")
    click.echo(
        f"{path}: {size.upper()} mat, {layout.width:.0f} x {layout.height:.0f} mm. Print it at true size."
    )
