"""What an execution is and what happens next in it. Pure: nothing here reads or writes."""
