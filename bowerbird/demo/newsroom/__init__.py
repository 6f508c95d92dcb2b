"""The bundled newsroom: three publications on loopback, each its own host, with all that goes wrong on the real web.

Not for the tour through it: that is `bowerbird.demo.tour`. Start at `running.running_newsroom`.
"""
