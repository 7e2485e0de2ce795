"""`ai.completion`: chat completion on any endpoint that speaks OpenAI's protocol."""

from typing import Annotated, ClassVar, Literal

import httpx
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from runtime.flows.types import MetricSpec, Properties
from runtime.tasks.core.http_options import HttpOptions
from runtime.tasks.properties import AnyMap, Structured, Text
from runtime.tasks.task import Outputs, Run, TaskFailed, WorkTask

_DEFAULT_URL = "https://api.openai.com/v1"
_SHOWN = 500

_ROLES = {"AI": "assistant", "ASSISTANT": "assistant", "SYSTEM": "system", "USER": "user"}


def _role(value: object) -> object:
    return _ROLES.get(value.upper(), value) if isinstance(value, str) else value


class Message(Properties):
    type: Annotated[Literal["user", "assistant", "system"], BeforeValidator(_role)] = Field(
        default="user", alias="type"
    )
    content: Text


class Provider(Properties):
    """Where the model is: `baseUrl` of the endpoint, its key, and the model's name."""

    model_config = ConfigDict(extra="ignore")

    type: Text | None = None
    api_key: Text | None = None
    model_name: Text
    base_url: Text = _DEFAULT_URL


class Configuration(Properties):
    model_config = ConfigDict(extra="ignore")

    temperature: float | None = None
    top_p: float | None = None
    seed: int | None = None
    max_token: int | None = None
    response_format: AnyMap | None = None


class TokenUsage(Outputs):
    input_token_count: int
    output_token_count: int
    total_token_count: int


class CompletionOutputs(Outputs):
    text_output: str
    ai_response: str
    """The same, under its older name."""
    token_usage: TokenUsage
    finish_reason: str | None = None


class _Said(BaseModel):
    content: str | None = None


class _Choice(BaseModel):
    message: _Said
    finish_reason: str | None = None


class _Usage(BaseModel):
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


class _Answer(BaseModel):
    """What is read of an endpoint's answer."""

    choices: Annotated[list[_Choice], Field(min_length=1)]
    usage: _Usage = _Usage()


class CompletionTask(WorkTask):
    """What both tasks share: one request, and its answer as outputs and metrics."""

    outputs = CompletionOutputs
    metrics: ClassVar[tuple[MetricSpec, ...]] = (
        MetricSpec("input.token.count", "counter", "Tokens of the question."),
        MetricSpec("output.token.count", "counter", "Tokens of the answer."),
        MetricSpec("total.token.count", "counter", "Both together."),
    )

    options: HttpOptions = HttpOptions()

    async def complete(self, run: Run, provider: Provider, request: dict[str, object]) -> BaseModel:
        answer = await self._ask(run, provider, {"model": provider.model_name, **request})
        counts = [answer.usage.prompt_tokens or 0, answer.usage.completion_tokens or 0]
        text = answer.choices[0].message.content or ""
        for name, count in zip(("input", "output", "total"), (*counts, sum(counts)), strict=True):
            run.counter(f"{name}.token.count", count, {"model": provider.model_name})
        return CompletionOutputs(
            text_output=text,
            ai_response=text,
            token_usage=TokenUsage(
                input_token_count=counts[0],
                output_token_count=counts[1],
                total_token_count=sum(counts),
            ),
            finish_reason=answer.choices[0].finish_reason,
        )

    async def _ask(self, run: Run, provider: Provider, request: dict[str, object]) -> _Answer:
        headers = {"authorization": f"Bearer {provider.api_key}"} if provider.api_key else {}
        address = f"{provider.base_url.rstrip('/')}/chat/completions"
        try:
            async with self.options.client(run.services.http) as client:
                response = await client.post(
                    address,
                    json={name: value for name, value in request.items() if value is not None},
                    headers=headers,
                    timeout=self.options.timeouts(),
                )
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            reason = str(error) or type(error).__name__
            raise TaskFailed(f"The endpoint {address} cannot be reached: {reason}") from error
        if response.status_code >= 400:
            raise TaskFailed(
                f"The endpoint answered {response.status_code}: {response.text[:_SHOWN]}"
            )
        try:
            return _Answer.model_validate_json(response.content)
        except ValidationError:
            raise TaskFailed("The endpoint's answer is no chat completion.") from None


class ChatCompletion(CompletionTask):
    """Ask a language model, with the messages so far.

    `provider.baseUrl` may be any endpoint that speaks OpenAI's protocol, of one's own too.
    """

    type_name = "io.kestra.plugin.ai.completion.ChatCompletion"

    provider: Annotated[Provider, Structured]
    messages: Annotated[list[Message], Structured]
    configuration: Annotated[Configuration, Structured] = Configuration()

    async def run(self, run: Run) -> BaseModel:
        chosen = self.configuration
        request: dict[str, object] = {
            "messages": [{"role": m.type, "content": m.content} for m in self.messages],
            "temperature": chosen.temperature,
            "top_p": chosen.top_p,
            "seed": chosen.seed,
            "max_tokens": chosen.max_token,
            "response_format": chosen.response_format,
        }
        return await self.complete(run, self.provider, request)


class OpenAiChatCompletion(CompletionTask):
    """Ask a language model of OpenAI, or of any endpoint that speaks its protocol."""

    type_name = "io.kestra.plugin.openai.ChatCompletion"

    api_key: Text | None = None
    model: Text
    prompt: Text | None = None
    messages: Annotated[list[AnyMap], Structured] = Field(default_factory=list)
    base_url: Text = _DEFAULT_URL
    temperature: float | None = None
    top_p: float | None = None
    max_tokens: int | None = None

    async def run(self, run: Run) -> BaseModel:
        messages: list[object] = [*self.messages]
        if self.prompt is not None:
            messages.append({"role": "user", "content": self.prompt})
        if not messages:
            raise TaskFailed("Write `prompt` or `messages`.")
        provider = Provider(api_key=self.api_key, model_name=self.model, base_url=self.base_url)
        request: dict[str, object] = {
            "messages": messages,
            "temperature": self.temperature,
            "top_p": self.top_p,
            "max_tokens": self.max_tokens,
        }
        return await self.complete(run, provider, request)
