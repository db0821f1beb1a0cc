"""What somebody types whose cards cannot be read, as the pages post it: (path, fields) in their order."""

BOTH_CARDS = (
    ("/start", {}),
    ("/check/account", {"answer": "yes"}),
    ("/check/card", {"answer": "yes"}),
    ("/consent/", {"answer": "yes"}),
    ("/guardian/typed/name", {"name": "Trần Thị Ngọc Bình"}),
    ("/guardian/typed/number", {"number": "079189000123"}),
    ("/guardian/typed/born", {"born": "15/06/1989"}),
    ("/guardian/", {}),
    ("/child/typed/name", {"name": "Nguyễn Minh An"}),
    ("/child/typed/number", {"number": "7921000456"}),
    ("/child/typed/born", {"born": "05/09/2021"}),
    ("/child/", {}),
)
