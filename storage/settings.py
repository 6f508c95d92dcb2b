"""Settings of the storage floor: where things are kept and for how long."""

from pydantic import BaseModel, ConfigDict, Field


class StorageSettings(BaseModel):
    """The ``storage`` section of settings.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    database: str = Field(
        "sqlite:///data/bowerbird.db",
        description="SQLAlchemy URL: sqlite:///PATH or postgresql+psycopg://USER@HOST/NAME",
    )
    keep_pages_days: int = Field(365, ge=0, description="Days a raw page is kept for re-extraction; 0 keeps none")
