"""The bundled newsroom, and the tour that `bowerbird demo` takes through it."""
