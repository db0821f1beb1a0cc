"""The screens: a view reads the request, calls one action, picks a template. One module for each step."""

from kiosk.web import (
    agency,
    certificate,
    check,
    child,
    consent,
    contact,
    guardian,
    leave,
    officer,
    panel,
    pledge,
    portrait,
    preview,
    receipt,
    review,
    settings,
    start,
    status,
)

SCREENS = tuple(
    module.bp
    for module in (
        start,
        check,
        consent,
        guardian,
        child,
        contact,
        certificate,
        portrait,
        agency,
        review,
        pledge,
        receipt,
        status,
        officer,
        leave,
        settings,
        preview,
        panel,
    )
)
"""Every blueprint, in the order of a visit."""
