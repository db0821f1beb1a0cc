"""The search for codes in one picture: the cheap and the likely first, for as long as the budget lasts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from kiosk.vision import opencv_qr
from kiosk.vision.budget import Budget
from kiosk.vision.code_parts import (
    FoundCode,
    Points,
    Spot,
    View,
    corners_of,
    megapixels,
    overview_of,
    spot_of,
)
from kiosk.vision.enhance import Grey, calmed, has_glare, resized, sharpened
from kiosk.vision.qr_finders import Finders
from kiosk.vision.qr_grid import read_place
from kiosk.vision.qr_regions import Region, dense_regions
from kiosk.vision.qr_sampling import Place, fitting_best
from kiosk.vision.zbar_process import ZbarProcess
from kiosk.vision.zbar_wire import Corners
from kiosk.vision.zxing import look

_SMALL = 0.4  # megapixels; to look at the whole then costs less than to choose where to look
_ROOM = 4.5  # times half a code's side
_WINDOW_PX = 640  # a picture no larger is one window
_QUICK_PX, _FINE_PX = 420, 640  # side of a window as it is looked at; 41 modules are then 6 or 9 px each
_SHARPER = (0, 2, 4), (1, 3, 3), (0, 2, 2)
"""Calm by so many pixels of the frame, then sharpen: spread in pixels, amount."""
_ZBAR_SECONDS = 10  # longest wait for it in a photograph
_MOST_REGIONS = 5
_EQUAL = 0.6  # of the strongest region: as dense as a second code that is as easy to read
_RIVAL = 0.4  # of the strongest region: as dense as a second code may be that is harder to read


class CodeSearch:
    """One grey picture being searched."""

    def __init__(self, grey: Grey, budget: Budget, zbar: ZbarProcess) -> None:
        self._grey = grey
        self._budget = budget
        self._zbar = zbar
        self._found: list[FoundCode] = []
        self._places: list[Spot] = []  # of those found

    def glance(self, *, beyond: bool) -> tuple[FoundCode, ...]:
        """Search a live frame; `beyond` looks for codes harder to read than those found, too."""
        overview = overview_of(self._grey)
        self._search(overview, overview, beyond=beyond)
        return tuple(self._found)

    def study(self) -> tuple[FoundCode, ...]:
        """Search a photograph, trying everything."""
        self._search(overview_of(self._grey), View(self._grey), beyond=True)
        if not self._found:
            self._last_resorts()
        return tuple(self._found)

    def _search(self, overview: View, whole: View, *, beyond: bool) -> None:
        """What is seen at first sight, then the dense regions enlarged, and then whatever may help."""
        near, regions = self._first_sight(overview, whole)
        self._read_places(near[:2])
        if self._found and not (beyond and self._has_room()):
            return
        regions = regions or self._regions(overview)
        rivals = [(region, self._look_into(region, _QUICK_PX)) for region in self._rivals(regions)]
        self._until_found(partial(self._look, whole, "thorough"), partial(self._look_finely, whole))
        for region, places in rivals:
            self._until_found(
                partial(self._read_places, places),
                partial(self._read_finders, region),
                partial(self._look_sharper, region),
                partial(self._show_zbar, region),
            )

    def _first_sight(self, overview: View, whole: View) -> tuple[list[Place], list[Region]]:
        """Look at the dense regions as they are, then at the whole; at a small picture as a whole only."""
        regions = self._regions(overview) if megapixels(whole.grey) > _SMALL else []
        near: list[Place] = []
        for region in regions:
            if not self._found or region.strength > _EQUAL * regions[0].strength:
                near += self._look_into(region, None)
        if not self._found:
            near += self._look(whole, "look", at_any_price=True)
        return near, regions

    def _last_resorts(self) -> None:
        double = View(resized(self._grey, 2), 2)
        self._until_found(
            partial(self._look, double, "look"),
            partial(self._ask_zbar, View(self._grey)),
            self._ask_opencv,
            partial(self._ask_zbar, double),
        )

    def _until_found(self, *attempts: Callable[[], object]) -> None:
        for attempt in attempts:
            if self._found:
                return
            attempt()

    def _look(self, view: View, step: str, *, at_any_price: bool = False) -> list[Place]:
        """Show a view to zxing-cpp; return the places of codes that it saw and could not read."""
        size = megapixels(view.grey)
        if not (at_any_price or self._budget.allows(step, size)):
            return []
        with self._budget.spending(step, size):
            sighting = look(view.grey, view.factor, view.origin, thoroughly=step == "thorough")
        for payload, place in sighting.read:
            self._add(payload, place.corners(), "zxing", place.modules)
        return sighting.missed[:2]

    def _look_into(self, region: Region, side_px: int | None) -> list[Place]:
        return [] if self._is_read(region) else self._look(self._window(region, side_px), "look")

    def _look_finely(self, whole: View) -> None:
        """Look at all there is of a picture that was looked over at half its size."""
        if whole.factor != 1:
            self._look(View(self._grey), "look")

    def _look_sharper(self, region: Region) -> None:
        """Look at a region with blur or noise taken out."""
        window = self._window(region, _FINE_PX)
        size, factor = megapixels(window.grey), window.factor
        for calm, spread, amount in _SHARPER:
            if self._found or not self._budget.allows("sharp", size):
                return
            with self._budget.spending("sharp", size):
                calmer = calmed(window.grey, calm * factor) if calm else window.grey
                view = window._replace(grey=sharpened(calmer, spread * factor, amount))
            self._read_places(self._look(view, "look"))

    def _read_finders(self, region: Region) -> None:
        """Search a region for finders by their shape, and read what they span; glare may hide one of them."""
        if not self._budget.allows("finders"):
            return
        with self._budget.spending("finders"):
            finders = Finders(self._grey, region)
            places = finders.spanned(most=1)
        if has_glare(region.window(self._grey)[0]) and self._budget.allows("guess"):
            with self._budget.spending("guess"):
                place = fitting_best(self._grey, places + finders.guessed(most=6))
            places = [place] if place else []
        self._read_places(places)

    def _read_places(self, places: list[Place]) -> None:
        """Read with our own decoder what others saw and could not read."""
        for place in places:
            if not self._is_known(place.corners()) and (
                answer := read_place(self._grey, place, self._budget)
            ):
                self._add(answer[0], answer[1].corners(), "grid", answer[1].modules)

    def _show_zbar(self, region: Region) -> None:
        self._ask_zbar(self._window(region, _QUICK_PX))

    def _ask_zbar(self, view: View) -> None:
        for payload, corners in self._zbar_answer(view.grey):
            self._add(payload, np.array(corners) / view.factor + view.origin, "zbar")

    def _ask_opencv(self) -> None:
        size = megapixels(self._grey)
        if self._budget.allows("opencv", size):
            with self._budget.spending("opencv", size):
                read = opencv_qr.read_codes(self._grey)
            for payload, corners in read:
                self._add(payload, corners, "opencv")

    def _zbar_answer(self, grey: Grey) -> list[tuple[bytes, Corners]]:
        size = megapixels(grey)
        if not self._budget.allows("zbar", size):
            return []
        with self._budget.spending("zbar", size):
            return self._zbar.read_codes(grey, min(self._budget.left, _ZBAR_SECONDS)) or []

    def _add(self, payload: bytes, corners: Points, decoder: str, modules: int = 0) -> None:
        """Keep a code, unless it was found before."""
        if not self._is_known(corners):
            self._places.append(spot_of(corners))
            self._found.append(
                FoundCode(payload, corners_of(corners), decoder, self._budget.spent_ms, modules)
            )

    def _has_room(self) -> bool:
        """Whether another code may lie beside the largest that was found."""
        longest: int = max(self._grey.shape)
        return longest > _ROOM * max(each.reach for each in self._places)

    def _is_known(self, corners: Points) -> bool:
        """Whether a code with about this middle was found already."""
        spot = spot_of(corners)
        return any(spot.holds(each.x, each.y) for each in self._places)

    def _regions(self, overview: View) -> list[Region]:
        """Where a code may lie, likeliest first."""
        size = megapixels(overview.grey)
        if not self._budget.allows("regions", size):
            return []
        with self._budget.spending("regions", size):
            regions = [it.scaled(1 / overview.factor) for it in dense_regions(overview.grey, _MOST_REGIONS)]
        height, width = self._grey.shape
        if max(height, width) <= _WINDOW_PX:
            strength = regions[0].strength if regions else 1.0
            regions.append(Region(width / 2, height / 2, 0.8 * max(height, width), strength))
        return regions

    def _rivals(self, regions: list[Region]) -> list[Region]:
        """Regions that may hold another code than those found."""
        least = _RIVAL * regions[0].strength if self._found and regions else 0
        return [region for region in regions if region.strength > least and not self._is_read(region)]

    def _is_read(self, region: Region) -> bool:
        """Whether a code was found in a region, or the region is a part of one."""
        return any(region.holds(it.x, it.y) or it.holds(region.x, region.y) for it in self._places)

    def _window(self, region: Region, side_px: int | None) -> View:
        """A region cut out, enlarged to about `side_px` or as it is."""
        grey, origin = region.window(self._grey)
        factor = min(max(side_px / max(grey.shape), 1), 4) if side_px else 1
        return View(resized(grey, factor), factor, origin)
