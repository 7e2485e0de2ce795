"""Who is told what, live: positions in the log are announced, everything else is read from the log.

Promised: whoever follows a stream from a position gets everything above it, once, in order.
Not promised: that an announcement arrives. A lost one only delays, until the next or a poll.
"""
