"""Flows that tests of the API run."""

HELLO = """\
id: hello
namespace: company.team
labels:
  team: data
inputs:
  - id: name
    type: STRING
    defaults: you
tasks:
  - id: greet
    type: io.kestra.plugin.core.debug.Return
    format: Hello {{ inputs.name }}!
  - id: tell
    type: io.kestra.plugin.core.log.Log
    message: "said: {{ outputs.greet.value }}"
  - id: both
    type: io.kestra.plugin.core.flow.Parallel
    tasks:
      - id: left
        type: io.kestra.plugin.core.debug.Return
        format: left
      - id: right
        type: io.kestra.plugin.core.debug.Return
        format: right
outputs:
  - id: greeting
    type: STRING
    value: "{{ outputs.greet.value }}"
"""

FAILING = """\
id: failing
namespace: company.team
tasks:
  - id: broken
    type: io.kestra.plugin.core.execution.Fail
    errorMessage: the disk is full
"""

WAITING = """\
id: waiting
namespace: company.other
tasks:
  - id: wait
    type: io.kestra.plugin.core.flow.Sleep
    duration: PT10M
"""
