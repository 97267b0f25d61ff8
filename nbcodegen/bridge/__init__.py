"""The sidebar's doorway into the kernel: JSON in, JSON out, over a Jupyter comm.

    front -> kernel  {"id": ..., "type": "tables" | "columns" | "column" | "generate" | "cancel"
                                        | "prompt" | "status" | "choose"}
    kernel -> front  {"id": ..., "type": "tables" | "columns" | "column" | "progress" | "candidate"
                                        | "done" | "error" | "prompt" | "status"}
                     {"type": "hello"}, once for each comm

Ids are the front end's; every answer carries the id of what it answers. The messages are the
dataclasses of `messages`; `tests/golden/wire` holds one of each, which the front end's tests read
too. What happens in between is the magic's own pipeline, session and settings.
"""

from __future__ import annotations

PROTOCOL = 1
"""Changes when an old front end would misread a message."""
