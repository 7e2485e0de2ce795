"""What a flow can do. A task type is one small class; `registry.py` lists them all."""
