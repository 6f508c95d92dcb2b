"""What the service and its crawler process say to each other: one JSON object a line."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from crawler.order import Order, RunResult
from crawler.settings import CrawlerSettings
from storage.settings import StorageSettings


class Message(BaseModel):
    """Anything that is said."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Setup(Message):
    """The first line the parent sends."""

    says: Literal["setup"] = "setup"
    storage: StorageSettings
    crawler: CrawlerSettings


class Ticket(Message):
    """A run to carry out."""

    says: Literal["ticket"] = "ticket"
    number: int
    order: Order


class Stop(Message):
    """Bring what is under way to its end, then leave."""

    says: Literal["stop"] = "stop"


class Ready(Message):
    """The child's first line."""

    says: Literal["ready"] = "ready"


class Done(Message):
    """A run has ended. peak_bytes: the most memory the child has held so far."""

    says: Literal["done"] = "done"
    number: int
    result: RunResult
    peak_bytes: int


ParentMessage = Setup | Ticket | Stop
ChildMessage = Ready | Done

FROM_PARENT: TypeAdapter[ParentMessage] = TypeAdapter(Annotated[ParentMessage, Field(discriminator="says")])
FROM_CHILD: TypeAdapter[ChildMessage] = TypeAdapter(Annotated[ChildMessage, Field(discriminator="says")])


def dump(message: Message) -> str:
    """Return message as one line."""
    return message.model_dump_json()


def parse_parent_message(line: bytes) -> ParentMessage:
    """Return what the parent said. Raises pydantic.ValidationError, which is a fault of ours."""
    return FROM_PARENT.validate_json(line)


def parse_child_message(line: bytes) -> ChildMessage:
    """Return what the child said. Raises pydantic.ValidationError, which is a fault of ours."""
    return FROM_CHILD.validate_json(line)
