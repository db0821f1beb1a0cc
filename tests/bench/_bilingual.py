"""A critic who reads every screen twice: in Vietnamese, as the visitor walks, and in English."""

from __future__ import annotations

from dataclasses import dataclass

from tests.journeys.critic import Critic


@dataclass
class Bilingual(Critic):
    """Goes on in Vietnamese. In English a screen is loaded afresh, so it may not be the answer to a form."""

    def inspect(self, name: str) -> None:
        known = len(self.inspected)
        super().inspect(name)
        if len(self.inspected) > known:
            self._speak("en")
            super().inspect(f"{name}, in English")
            self._speak("vi")

    def _speak(self, language: str) -> None:
        self.settled()
        back = self.page.locator("[name=back]").first.input_value()
        answer = self.page.request.post(f"{self.url}/settings", form={"language": language, "back": back})
        self.page.goto(answer.url)
        self.settled()
