"""Settings of the scheduler floor: how often a source is visited."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from crawler.settings import Duration


class SchedulerSettings(BaseModel):
    """The ``scheduler`` section of settings.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    engine: Literal["local"] = Field(
        "local", description="Who carries out the runs: local is a child of `bowerbird serve`"
    )
    every: Duration = Field("1h", description="Interval of a source whose own `every` is auto")
    shortest: Duration = Field("10m", description="No source is visited more often than this")
    longest: Duration = Field("7d", description="No source is visited less often than this")
    jitter: float = Field(0.1, ge=0, le=0.5, description="Share of an interval by which sources are spread")
    tick_seconds: float = Field(1.0, ge=0.1, le=60, description="How often due sources are looked for")
    concurrent_runs: int = Field(8, ge=1, le=64, description="Source runs under way at once")
    fallback_runs: int = Field(
        3, ge=1, description="Runs in a row that fail or find nothing before a source is looked for at a fallback"
    )
    fallback_return: Duration = Field(
        "1d", description="How often the own URL of a source is tried again that is looked for at a fallback"
    )
    recycle_runs: int = Field(200, ge=1, description="The crawler child is replaced after this many runs")
    recycle_rss_mib: int = Field(800, ge=100, description="... or once it holds this much memory")
