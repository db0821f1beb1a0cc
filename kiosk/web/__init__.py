"""The screens: a view reads the request, calls one action, picks a template. One module for each step."""

from kiosk.web.adjustments import bp as adjustments
from kiosk.web.agency import bp as agency
from kiosk.web.ask import bp as ask
from kiosk.web.beside import bp as beside
from kiosk.web.certificate import bp as certificate
from kiosk.web.check import bp as check
from kiosk.web.child import bp as child
from kiosk.web.consent import bp as consent
from kiosk.web.contact import bp as contact
from kiosk.web.control import bp as control
from kiosk.web.day import bp as day
from kiosk.web.guardian import bp as guardian
from kiosk.web.guide import bp as guide
from kiosk.web.heartbeat import bp as heartbeat
from kiosk.web.id_back import bp as id_back
from kiosk.web.id_front import bp as id_front
from kiosk.web.leave import bp as leave
from kiosk.web.login import bp as login
from kiosk.web.metrics import bp as metrics
from kiosk.web.officer import bp as officer
from kiosk.web.officers import bp as officers
from kiosk.web.own_slip import bp as own_slip
from kiosk.web.panel import bp as panel
from kiosk.web.paper import bp as paper
from kiosk.web.place import bp as place
from kiosk.web.pledge import bp as pledge
from kiosk.web.portrait import bp as portrait
from kiosk.web.preview import bp as preview
from kiosk.web.receipt import bp as receipt
from kiosk.web.rehearsal import bp as rehearsal
from kiosk.web.review import bp as review
from kiosk.web.sample import bp as sample
from kiosk.web.settings import bp as settings
from kiosk.web.speech import bp as speech
from kiosk.web.start import bp as start
from kiosk.web.status import bp as status
from kiosk.web.usb import bp as usb

SCREENS = (
    start,
    check,
    consent,
    guardian,
    child,
    contact,
    place,
    ask,
    id_front,
    id_back,
    certificate,
    portrait,
    agency,
    review,
    paper,
    pledge,
    receipt,
    status,
    login,
    officer,
    officers,
    adjustments,
    day,
    usb,
    own_slip,
    rehearsal,
    sample,
    guide,
    beside,
    leave,
    settings,
    speech,
    preview,
    panel,
    heartbeat,
    metrics,
    control,
)
"""Every blueprint, in the order of a visit."""
