"""What every type of trigger is: typed properties, a page of documentation, and what it yields."""

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from datetime import datetime, tzinfo
from typing import Annotated, ClassVar, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, WithJsonSchema
from pydantic.alias_generators import to_camel

from runtime.errors import InvalidInput
from runtime.flows.durations import parse_duration
from runtime.flows.types import Advice, Properties, TypeKind, TypeSpec, prose_of, reasons_of

_CORE = "io.kestra.plugin.core."


def _seconds(value: object) -> object:
    return parse_duration(value) if isinstance(value, str) else value


def upper(value: object) -> object:
    """Names of a closed set may be written in small letters."""
    return value.strip().upper() if isinstance(value, str) else value


Seconds = Annotated[
    float, BeforeValidator(_seconds), WithJsonSchema({"type": "string", "format": "duration"})
]
"""A duration, written in ISO 8601 (`PT30S`); a number means seconds."""

RecoverMissed = Annotated[Literal["ALL", "LAST", "NONE"], BeforeValidator(upper)]


class Yields(BaseModel):
    """Base of what expressions see as `trigger`; camelCase there."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, frozen=True)


class Declared(Properties):
    """What triggers and conditions share: a name, aliases, and prose from the docstring."""

    type_name: ClassVar[str]
    aliases: ClassVar[tuple[str, ...]] = ()
    kind: ClassVar[TypeKind]
    outputs: ClassVar[type[BaseModel] | None] = None
    deprecated: ClassVar[str | None] = None

    @classmethod
    def spec(cls) -> TypeSpec:
        title, description = prose_of(cls)
        return TypeSpec(
            name=cls.type_name,
            kind=cls.kind,
            properties=cls,
            title=title,
            description=description,
            aliases=cls.aliases,
            outputs=cls.outputs,
            deprecated=cls.deprecated,
            advise=cls.advise,
        )

    @classmethod
    def advise(cls, written: Mapping[str, object]) -> Iterable[Advice]:
        """What to warn of in properties as they are written, expressions included."""
        return ()

    @classmethod
    def of(cls, rendered: Mapping[str, object]) -> Self:
        """With rendered properties. Raises InvalidInput, naming every wrong one."""
        try:
            return cls.model_validate(rendered)
        except ValidationError as error:
            name = cls.type_name.removeprefix(_CORE)
            raise InvalidInput(
                f"The properties of {name} cannot be used: {reasons_of(error)}."
            ) from None


class TriggerType(Declared):
    """Base of every trigger."""

    kind: ClassVar[TypeKind] = TypeKind.TRIGGER


class PolledTrigger(TriggerType):
    """Base of triggers that look at something again and again."""

    interval: Seconds = Field(default=60.0, ge=1.0)


class TimedTrigger(TriggerType):
    """Base of triggers that fire at known moments."""

    @property
    @abstractmethod
    def zone(self) -> tzinfo:
        """The zone in which its moments are meant and shown."""

    @property
    @abstractmethod
    def recover(self) -> Literal["ALL", "LAST", "NONE"]:
        """What becomes of moments at which no scheduler was there."""

    @property
    def latest(self) -> float | None:
        """Seconds after which a moment is too old to be made up for; None: never."""
        return None

    @abstractmethod
    def next(self, after: datetime) -> datetime | None:
        """The first moment later than `after`; None when there is none."""

    @abstractmethod
    def previous(self, before: datetime) -> datetime | None:
        """The last moment earlier than `before`; None when there is none."""


class ScheduleOutputs(Yields):
    date: datetime
    """The moment it stands for, in the trigger's zone."""
    next: datetime | None
    previous: datetime | None
