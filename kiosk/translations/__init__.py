"""Catalogues: Vietnamese stands in the code and the templates, other languages here.

.venv/bin/pybabel extract -F babel.cfg -o messages.pot .
.venv/bin/pybabel update -i messages.pot -d kiosk/translations --no-fuzzy-matching
.venv/bin/pybabel compile -d kiosk/translations

Beside LC_MESSAGES a language has its own name, in a file `name`.
"""
