"""Imported once by the fork server, so that every worker is born with the extractor loaded and warm."""

import gc

from crawler.extract.tasks import warm_up

warm_up()
# A collection writes to each object it looks at, and so would copy in every worker what all of them can share.
gc.collect()
gc.freeze()
