"""create_app: the web application. Everything that touches the world is handed in."""

from __future__ import annotations

from flask import Flask

from kiosk.checkout import ROOT
from kiosk.station import Station
from kiosk.web import SCREENS, catalogue, faults, figures, guard, shelf, shift
from kiosk.web.address import Address
from kiosk.web.compiled import CompiledTemplates
from kiosk.web.wording import in_groups


def create_app(station: Station) -> Flask:
    """Build the application of one station.

    The database is prepared and the sweep done before: a request never meets half a station.
    """
    app = Flask("kiosk", root_path=str(ROOT), static_folder=None)  # where templates/ are
    app.url_rule_class = Address
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.add_template_filter(in_groups)
    app.jinja_env.bytecode_cache = CompiledTemplates(station.db_path.parent / "compiled")
    app.extensions["station"] = station
    figures.count_on(app, station)
    shelf.serve_files(app, ROOT / "static")
    guard.protect(app, station.config.screen.host)
    shift.lock_officer_pages(app)
    catalogue.speak(app, station.config.screen.translations)
    faults.explain(app)
    for screen in SCREENS:
        app.register_blueprint(screen)
    return app
