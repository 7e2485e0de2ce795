"""What the API is: its types, its inputs and its root fields. `root.py` gathers them to one schema.

Objects point down and ids point up: an execution has its flow as an object, a log line has its
execution as an id. So no module needs another that stands above it.
"""
