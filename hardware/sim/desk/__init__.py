"""A make-believe desk for the twin camera: cards, papers and faces that belong to nobody, photographed."""

from hardware.sim.desk.lay import lay_desk, lay_receipt
from hardware.sim.desk.samples import StillStudio
from hardware.sim.desk.things import CardFace, CertificatePage, Child, DeskScenes, Parent, Person

__all__ = [
    "CardFace",
    "CertificatePage",
    "Child",
    "DeskScenes",
    "Parent",
    "Person",
    "StillStudio",
    "lay_desk",
    "lay_receipt",
]
