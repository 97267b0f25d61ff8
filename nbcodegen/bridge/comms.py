"""The comm target that sidebars open, in kernels that have comms.

JupyterLab sends a comm's messages over a subshell, so they are answered beside a cell that runs.
Two things of ipykernel 7 shape this file. `comm.on_msg` fires the cell events around a callback,
which makes the inline backend close the figure of a cell that is drawing: `handle_msg` does not.
And a reply goes the way of the context that it is sent in: the one that the comm was opened in.
"""

from __future__ import annotations

import contextlib
import contextvars
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nbcodegen.bridge.messages import Message
    from nbcodegen.bridge.service import Service

TARGET = "nbcodegen"


class Comms:
    """The open comms of one kernel, and the service behind them."""

    def __init__(self, manager: Any, make: Callable[[], Service]) -> None:
        """`manager` is the kernel's comm manager; `make` is called when the first comm opens."""
        self._manager, self._make = manager, make
        self._service: Service | None = None
        self._open: dict[str, Any] = {}
        self._beacon: Any = None

    def attach(self) -> None:
        """Begin to answer, and say so to the front ends that are there and those that come."""
        from comm import create_comm

        self._manager.register_target(TARGET, self._opened)
        # A comm of the kernel's own is only a beacon: its messages would wait behind a running
        # cell. A page that is reloaded finds it by asking for the open comms.
        self._beacon = create_comm(target_name=TARGET, data={"type": "hello"})

    def detach(self) -> None:
        """Close every comm and stop what they asked for."""
        if self._beacon is not None:
            self._beacon.close()
        self._manager.unregister_target(TARGET, self._opened)
        if self._service is not None:
            self._service.stop()
        for comm in list(self._open.values()):
            with contextlib.suppress(Exception):  # a front end that is gone need not be told
                comm.close()
        self._open.clear()

    def _opened(self, comm: Any, _: Any) -> None:
        service = self._service = self._service or self._make()
        context, jobs = contextvars.copy_context(), set[str]()

        def send(message: Message, id: str) -> None:
            from nbcodegen.bridge.messages import written

            if comm.comm_id in self._open:
                # A context cannot be entered twice at once.
                context.copy().run(comm.send, written(message, id))

        def heard(raw: Any) -> None:
            data = raw["content"]["data"]
            if data.get("type") == "generate":
                jobs.add(str(data.get("id", "")))
            service.take(data, send)

        def closed(_: Any) -> None:
            self._open.pop(comm.comm_id, None)
            service.stop(tuple(jobs))

        comm.handle_msg = heard
        comm.on_close(closed)
        self._open[comm.comm_id] = comm
        send(service.hello(), "")
