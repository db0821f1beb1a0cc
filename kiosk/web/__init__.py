"""The screens: a view reads the request, calls one action, picks a template."""
