"""The limits of the crawler are told in one table, as they are."""

from pathlib import Path

from crawler.settings import CrawlerSettings

ROOT = Path(__file__).parents[2]
LIMITS = ("max_", "page_seconds", "document_seconds", "connect_seconds", "request_seconds", "worker_m")


def test_every_limit_is_in_the_table_with_its_default() -> None:
    lines = (ROOT / "docs" / "operate.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip(" `") for cell in line.split("|")[1:-1]] for line in lines if line.startswith("|")]
    told = {row[1]: float(row[2]) for row in rows if len(row) == 4 and row[1] in CrawlerSettings.model_fields}
    fields = CrawlerSettings.model_fields
    assert told == {name: float(field.default) for name, field in fields.items() if name.startswith(LIMITS)}
    assert len(told) >= 19
