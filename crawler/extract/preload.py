"""Imported once by the fork server, so that every worker is born with the extractor loaded and warm."""

from crawler.extract.tasks import warm_up

warm_up()
