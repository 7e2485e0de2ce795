"""What a flow is: its YAML, its typed form, its problems. Pure: nothing here reads or writes."""
