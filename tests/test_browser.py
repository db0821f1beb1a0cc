"""The inspecting browser itself: it must complain."""

from __future__ import annotations

import pytest
from flask import Flask, Response

from kiosk.web.guard import protect
from tests.browser import InspectingClient

GOOD = """<!doctype html><html lang="vi"><head><title>Xin chào · VssID</title></head><body>
<main><h1>Xin chào</h1><form method="post" action="/a" hx-post="/a"><label for="a">Tên</label>
<input id="a" name="a"><button type="submit">Gửi</button></form></main></body></html>"""


@pytest.mark.parametrize(
    ("of", "instead"),
    [
        pytest.param("<h1>Xin chào</h1>", "", id="no heading"),
        pytest.param("<h1>Xin chào</h1>", "<h1>Xin chào</h1><h1>Hai</h1>", id="two headings"),
        pytest.param("<title>Xin chào · VssID</title>", "", id="no title"),
        pytest.param("<title>Xin chào · VssID</title>", "<title>Khác</title>", id="a title of another page"),
        pytest.param('lang="vi"', "", id="no language"),
        pytest.param('<label for="a">Tên</label>', "", id="a field without a label"),
        pytest.param('<label for="a">Tên</label>', '<label for="b">Tên</label>', id="a label of nothing"),
        pytest.param("Gửi", "", id="a button without words"),
        pytest.param(' action="/a" hx-post="/a"', ' hx-post="/a"', id="a form that needs scripts"),
        pytest.param('action="/a"', 'action="/b"', id="two ways to two places"),
        pytest.param("<main>", "<main><style>p{}</style>", id="a style sheet in the page"),
        pytest.param("<main>", "<main style='color:red'>", id="an inline style"),
        pytest.param("<main>", "<main><script>1</script>", id="a script in the page"),
        pytest.param("<main>", "<main onclick='x()'>", id="an inline handler"),
        pytest.param("<main>", "<main hx-on:click='x()'>", id="an htmx handler"),
        pytest.param("<main>", '<main hx-trigger="click[ctrlKey]">', id="a trigger filter"),
        pytest.param("<main>", '<main><img src="https://example.invalid/a.png" alt="">', id="from elsewhere"),
        pytest.param("<main>", '<main><img src="/a.png">', id="a picture without words"),
        pytest.param("<main>", '<main><p id="a">', id="an id twice, a paragraph open"),
        pytest.param("<h1>Xin chào</h1>", "<h1>Xin chào</h1><h3>Sâu</h3>", id="a level skipped"),
        pytest.param("<main>", "<main><p><ul><li>a</li></ul></p>", id="a list in a paragraph"),
        pytest.param("<main>", '<main><a href="/a">A <a href="/b">B</a></a>', id="a link in a link"),
        pytest.param("<main>", "<main>&nonsense;", id="an unknown entity"),
    ],
)
def test_each_fault_is_found(of: str, instead: str) -> None:
    assert of in GOOD
    _fetch(GOOD)
    with pytest.raises(AssertionError):
        _fetch(GOOD.replace(of, instead))


def test_a_page_that_may_be_stored_is_found() -> None:
    with pytest.raises(AssertionError):
        _fetch(GOOD, cache="max-age=60")


def _fetch(page: str, cache: str = "no-store") -> None:
    app = Flask(__name__)
    app.test_client_class = InspectingClient

    @app.after_request  # the first one given is the last to run
    def change(response: Response) -> Response:
        response.headers["Cache-Control"] = cache
        return response

    protect(app, "localhost")

    @app.get("/")
    def show() -> Response:
        return Response(page, headers={"Vary": "HX-Request"})

    app.test_client().get("/")
