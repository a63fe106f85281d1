"""How many examples each property is tried with: `make check` takes few, `make test` takes all."""

from hypothesis import settings

settings.register_profile("all", deadline=None)
settings.register_profile("few", deadline=None, max_examples=20)
settings.load_profile("all")
