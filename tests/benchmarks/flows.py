"""The flows that are measured; B1 to B3 are the workloads of Kestra's benchmark page."""

NAMESPACE = "bench"
RETURN = "io.kestra.plugin.core.debug.Return"


def sequential(count: int) -> str:
    """That many Return tasks, one after the other."""
    tasks = "".join(f"  - {{id: t{n}, type: {RETURN}, format: '{n}'}}\n" for n in range(count))
    return f"id: sequential{count}\nnamespace: {NAMESPACE}\ntasks:\n{tasks}"


def parallel(count: int) -> str:
    """That many Return tasks at once."""
    tasks = "".join(f"      - {{id: t{n}, type: {RETURN}, format: '{n}'}}\n" for n in range(count))
    return (
        f"id: parallel{count}\nnamespace: {NAMESPACE}\ntasks:\n"
        f"  - id: all\n    type: io.kestra.plugin.core.flow.Parallel\n    tasks:\n{tasks}"
    )


def loop(count: int) -> str:
    """B3: a ForEach over that many values, all at once, one Return for each."""
    return f"""
id: loop{count}
namespace: {NAMESPACE}
tasks:
  - id: each
    type: io.kestra.plugin.core.flow.ForEach
    values: "{{{{ range(1, {count}) }}}}"
    concurrencyLimit: 0
    tasks:
      - id: one
        type: {RETURN}
        format: "{{{{ taskrun.value }}}}"
"""


WEBHOOK = f"""
id: webhook
namespace: {NAMESPACE}
triggers:
  - id: call
    type: io.kestra.plugin.core.trigger.Webhook
    key: benchmark
tasks:
  - id: values
    type: io.kestra.plugin.core.output.OutputValues
    values:
      body: "{{{{ trigger.body }}}}"
  - id: log
    type: io.kestra.plugin.core.log.Log
    message: "{{{{ outputs.values.values.body }}}}"
"""
"""B1: a webhook starts OutputValues and Log."""


def nested_ifs(depth: int) -> str:
    """B2: that many levels of If, a Return at each."""
    lines = [f"id: ifs{depth}", f"namespace: {NAMESPACE}", "tasks:"]
    for level in range(depth):
        pad = "  " * (2 * level + 1)
        lines += [
            f"{pad}- id: if{level}",
            f"{pad}  type: io.kestra.plugin.core.flow.If",
            f"{pad}  condition: '{{{{ true }}}}'",
            f"{pad}  then:",
            f"{pad}    - {{id: t{level}, type: {RETURN}, format: '{level}'}}",
        ]
    return "\n".join(lines) + "\n"
