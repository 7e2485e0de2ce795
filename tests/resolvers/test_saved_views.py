"""Saved views through the API: kept as they were given, shared, changed and refused."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.api import Api
from tests.support.engine import driven

SAVE = """mutation ($input: SaveViewInput!) { saveView(input: $input) {
  savedView { id target name description filter settings version createdBy updatedBy }
  userErrors { code message path } } }"""
DELETE = """mutation ($id: ID!) { deleteView(input: {id: $id}) {
  deletedViewId userErrors { code } } }"""
LIST = """query ($target: SavedViewTarget!) { savedViews(target: $target) { id name filter } }"""
FILTER = {
    "or": [
        {"state": {"in": ["FAILED", "WARNING"]}, "createdAt": {"within": "PT24H"}},
        {"not": {"labels": [{"key": "team", "op": "EXISTS", "value": None}]}},
    ],
    "namespace": {"prefix": "company"},
    "startedAt": {"gte": "2026-01-31T12:00:00.000000Z"},
    "isChild": False,
    "scope": "USER",
}


@pytest.fixture
async def api(database_url: str, tmp_path: Path) -> AsyncIterator[Api]:
    async with driven(database_url, tmp_path, roles=("web",)) as driver:
        yield Api(driver.runtime)


async def saved(api: Api, **input: Any) -> dict[str, Any]:
    answer = (await api.ask(SAVE, input=input))["saveView"]
    assert answer["userErrors"] == []
    view: dict[str, Any] = answer["savedView"]
    return view


async def refused(api: Api, **input: Any) -> tuple[str, list[str] | None]:
    """Code and place of the one error."""
    answer = (await api.ask(SAVE, input=input))["saveView"]
    assert answer["savedView"] is None
    [error] = answer["userErrors"]
    return error["code"], error["path"]


async def test_a_filter_comes_back_as_it_was_given(api: Api) -> None:
    view = await saved(
        api,
        name=" Broken ",
        description="What to look at in the morning",
        filter={"executions": FILTER},
        settings={"columns": ["id", "state"]},
    )
    assert view["filter"] == FILTER
    assert (view["target"], view["name"], view["version"]) == ("EXECUTIONS", "Broken", 1)
    assert view["settings"] == {"columns": ["id", "state"]}
    assert view["createdBy"] == "somebody"
    again = await api.ask(
        "query ($filter: ExecutionFilter) { executions(filter: $filter) { nodes { id } } }",
        filter=view["filter"],
    )
    assert again["executions"]["nodes"] == []


@pytest.mark.parametrize(
    ("part", "target", "filter"),
    [
        ("taskRuns", "TASK_RUNS", {"taskId": {"eq": "a"}}),
        ("flows", "FLOWS", {"disabled": True}),
        ("logs", "LOGS", {"level": {"gte": "WARN"}}),
        ("metrics", "METRICS", {"name": {"eq": "rows"}}),
        ("triggers", "TRIGGERS", {"text": "daily"}),
        ("executions", "EXECUTIONS", {}),
    ],
)
async def test_every_list_has_its_own_views(
    api: Api, part: str, target: str, filter: dict[str, Any]
) -> None:
    names = ["beta", "Alpha"]
    for name in names:
        assert (await saved(api, name=name, filter={part: filter}))["target"] == target
    views = (await api.ask(LIST, target=target))["savedViews"]
    assert [view["name"] for view in views] == ["Alpha", "beta"]
    assert [view["filter"] for view in views] == [filter, filter]
    other = "LOGS" if target != "LOGS" else "FLOWS"
    assert (await api.ask(LIST, target=other))["savedViews"] == []


async def test_a_change_is_refused_when_somebody_was_quicker(api: Api) -> None:
    view = await saved(api, name="mine", filter={"flows": {}})
    changed = await saved(
        api, id=view["id"], name="ours", filter={"flows": {"disabled": True}}, expectedVersion=1
    )
    assert (changed["id"], changed["name"], changed["version"]) == (view["id"], "ours", 2)
    late = {"id": view["id"], "name": "late", "filter": {"flows": {}}, "expectedVersion": 1}
    assert await refused(api, **late) == ("CONFLICT", ["expectedVersion"])
    found = await api.ask(
        "query ($id: ID!) { node(id: $id) { ... on SavedView { name version } } }", id=view["id"]
    )
    assert found["node"] == {"name": "ours", "version": 2}


async def test_names_are_taken_once_for_each_list(api: Api) -> None:
    one = await saved(api, name="mine", filter={"flows": {}})
    await saved(api, name="mine", filter={"logs": {}})
    assert await refused(api, name="mine", filter={"flows": {}}) == ("CONFLICT", ["name"])
    other = await saved(api, name="other", filter={"flows": {}})
    taken = {"id": other["id"], "name": "mine", "filter": {"flows": {}}}
    assert await refused(api, **taken) == ("CONFLICT", ["name"])
    gone = (await api.ask(DELETE, id=one["id"]))["deleteView"]
    assert gone == {"deletedViewId": one["id"], "userErrors": []}
    await saved(api, **taken)


async def test_what_cannot_be_shown_is_not_saved(api: Api) -> None:
    flows: dict[str, Any] = {"filter": {"flows": {}}}
    assert await refused(api, name="  ", **flows) == ("INVALID_INPUT", ["name"])
    assert await refused(api, name="x" * 201, **flows) == ("LIMIT_EXCEEDED", ["name"])
    large = {"settings": "x" * 70_000, **flows}
    assert await refused(api, name="large", **large) == ("LIMIT_EXCEEDED", ["settings"])
    nothing = {"executions": {"state": None}}
    code, path = await refused(api, name="null", filter=nothing)
    assert (code, path) == ("INVALID_INPUT", ["filter", "state"])
    many = {"executions": {"or": [{"isChild": True}] * 101}}
    assert (await refused(api, name="many", filter=many))[0] == "LIMIT_EXCEEDED"
    unknown = {"id": "sv_nothing", "name": "x", **flows}
    assert await refused(api, **unknown) == ("NOT_FOUND", ["id"])
    gone = (await api.ask(DELETE, id="sv_nothing"))["deleteView"]
    assert gone == {"deletedViewId": None, "userErrors": [{"code": "NOT_FOUND"}]}
    two = {"name": "two", "filter": {"flows": {}, "logs": {}}}
    assert (await api.answer(SAVE, input=two))["errors"]
