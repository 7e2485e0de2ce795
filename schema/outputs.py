"""What executions yield beside JSON: files."""

from typing import Self

import strawberry
from strawberry import field

from resolvers.outputs import FoundFile
from schema.scalars import URL, BigInt


@strawberry.type(description="A file that belongs to an execution.")
class OutputFile:
    name: str = field(description="Its name, the last part of its path.")
    output: str = field(
        description="Which output or input holds it, such as outputFiles.report.csv; log for the "
        "lines of an attempt or trigger."
    )
    uri: str = field(description="Its address in the internal storage, as expressions see it.")
    url: URL = field(description="Where to download it.")
    size: BigInt | None = field(description="Its length in bytes; null when it is gone.")

    @classmethod
    def of(cls, found: FoundFile) -> Self:
        size = None if found.size is None else BigInt(found.size)
        return cls(
            name=found.name, output=found.output, uri=found.uri, url=URL(found.url), size=size
        )
