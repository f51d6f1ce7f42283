"""A TCP proxy before a server, to cut the connection at a chosen moment."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from typing import Self
from urllib.parse import urlsplit


class Proxy:
    """Passes bytes on between its own port and a server's, until it is told to stop.

    Each client has two threads, one a direction. ``sent`` is what clients have sent to the
    server: the same load sends as many bytes, so that a number of bytes is a moment of it.
    """

    def __init__(self, uri: str) -> None:
        parts = urlsplit(uri)
        self._target = (parts.hostname or "", parts.port or 0)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.uri = f"{parts.scheme}://127.0.0.1:{self.port}"
        self.sent = bytearray()
        self.cuts = 0
        self._is_open = True
        self._to_refuse = 0
        self._last_words, self._last_times = b"", 1
        self._cut_after: list[int] = []
        self._is_delivered = False
        self._ends: list[socket.socket] = []
        self._lock = threading.Lock()
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        # Only shutting down wakes the thread that waits in accept.
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.cut()

    def cut_after(self, *numbers: int, is_delivered: bool = False) -> None:
        """Cut all connections whenever clients have sent so many bytes more from now on.

        What was sent last still gets to the server if ``is_delivered``: then only the
        answer is lost.
        """
        with self._lock:
            self._cut_after = sorted(len(self.sent) + number for number in numbers)
            self._is_delivered = is_delivered

    def close_on(self, words: bytes, times: int = 1) -> None:
        """Cut all connections, and take no more, once clients have sent these words so often."""
        self._last_words, self._last_times = words, times

    def refuse(self, number: int) -> None:
        """Take no connection for the next so many attempts to make one."""
        with self._lock:
            self._to_refuse = number

    def _refuses(self) -> bool:
        with self._lock:
            self._to_refuse -= 1
            return self._to_refuse >= 0

    def cut(self) -> None:
        """Cut every connection at once."""
        with self._lock:
            ends, self._ends = self._ends, []
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            try:
                if not self._is_open or self._refuses():
                    raise ConnectionRefusedError
                server = socket.create_connection(self._target, timeout=5)
            except OSError:
                client.close()
                continue
            server.settimeout(None)
            for end in (client, server):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self._lock:
                self._ends += [client, server]
            for tail, head in ((client, server), (server, client)):
                threading.Thread(
                    target=self._pass, args=(tail, head, tail is client), daemon=True
                ).start()

    def _pass(self, tail: socket.socket, head: socket.socket, is_client: bool) -> None:
        with suppress(OSError):
            while chunk := tail.recv(65536):
                is_due = is_client and self._is_due(chunk)
                if self._is_delivered or not is_due:
                    head.sendall(chunk)
                if is_due:
                    self.cut()
                    return
        for end in (tail, head):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _is_due(self, chunk: bytes) -> bool:
        """Note what a client sends; tell whether a cut comes with it."""
        with self._lock:
            self.sent += chunk
            if self._last_words and self.sent.count(self._last_words) >= self._last_times:
                self._is_open = False
                return True
            if self._cut_after and len(self.sent) >= self._cut_after[0]:
                del self._cut_after[0]
                self.cuts += 1
                return True
            return False
