"""moto's AWS as a process of its own: `python -m tests.cloud.server`, with `--plain` for moto as it is.

It prints its port. Two things are other than in `moto_server`. Each response leaves in one piece: when headers and body
leave in two, the AWS provider now and then loses the body, tries again, and finds that what it creates exists.
And `POST /_copy` forks the process: the answer is the port of a copy of the whole account, which lives on its own.
It ends, with all its copies, when its standard input does.
"""

import io
import os
import signal
import socket
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterable
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer
from typing import Any
from urllib.parse import unquote

ADDRESS = "127.0.0.1"  # not localhost: only for an IP address do the SDKs put a bucket's name into the path
ACCOUNT = "123456789012"

App = Callable[[dict[str, Any], Callable[..., None]], Iterable[bytes]]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # keep-alive
    disable_nagle_algorithm = True
    server: "_Server"

    def answer(self) -> None:
        """Answer a request in one send."""
        if self.path == "/_copy":
            return self._send("200 OK", [], str(_copy(self.server)).encode())
        told: list[Any] = []
        try:
            body = b"".join(self.server.app(self._environment(self._body()), lambda *said: told.extend(said[:2])))
            status, headers = told
        except Exception:  # noqa: BLE001 - what moto does not implement raises through all its layers
            # Of a fault of the server, clients would try again, for minutes.
            status, headers, body = "400 Bad Request", [], traceback.format_exc().encode()
        return self._send(status, headers, body)

    do_DELETE = do_GET = do_HEAD = do_OPTIONS = do_PATCH = do_POST = do_PUT = answer

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the base class
        """Say nothing of each request."""

    def _send(self, status: str, headers: list[tuple[str, str]], body: bytes) -> None:
        length = str(len(body))
        if self.command == "HEAD":  # the length is that of what GET would bring
            length = next((value for name, value in headers if name.lower() == "content-length"), "0")
            body = b""
        kept = [f"{name}: {value}" for name, value in headers if name.lower() not in {"content-length", "connection"}]
        head = "\r\n".join((f"HTTP/1.1 {status}", *kept, f"Content-Length: {length}", "", ""))
        self.connection.sendall(head.encode("latin-1") + body)

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        chunks = []
        while length := int(self.rfile.readline().split(b";")[0], 16):
            chunks.append(self.rfile.read(length))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(chunks)

    def _environment(self, body: bytes) -> dict[str, Any]:
        """Return the request as WSGI has it. https://peps.python.org/pep-3333/"""
        path, _, query = self.path.partition("?")
        names = ((name.upper().replace("-", "_"), value) for name, value in self.headers.items())
        return {
            "REQUEST_METHOD": self.command,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote(path, "latin-1"),
            "QUERY_STRING": query,
            "RAW_URI": self.path,
            "REQUEST_URI": self.path,
            "SERVER_NAME": ADDRESS,
            "SERVER_PORT": str(self.server.server_address[1]),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": ADDRESS,
            "CONTENT_LENGTH": str(len(body)),
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            **{f"HTTP_{name}": value for name, value in names if name not in {"CONTENT_LENGTH", "CONTENT_TYPE"}},
        }


class _Server(ThreadingTCPServer):
    daemon_threads = True
    request_queue_size = 256

    def __init__(self, app: App, listening: socket.socket) -> None:
        super().__init__((ADDRESS, 0), _Handler, bind_and_activate=False)
        self.socket.close()
        self.socket = listening
        self.server_address = listening.getsockname()
        self.app = app


def _listening() -> socket.socket:
    return socket.create_server((ADDRESS, 0), backlog=_Server.request_queue_size)


def _copy(server: _Server) -> int:
    """Fork. The child keeps the account as it is now and serves it on a port of its own; the parent goes on."""
    listening = _listening()
    port: int = listening.getsockname()[1]
    parent = os.getpid()
    if os.fork():
        listening.close()
        return port
    server.socket.close()
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    _Server(server.app, listening).serve_forever()
    os._exit(0)


def _end_with(parent: int) -> None:
    """End when the process that was copied has, however it did."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(0)


def _end_with_input() -> None:
    sys.stdin.read()
    os.killpg(0, signal.SIGKILL)


def main() -> None:
    """Serve an empty account."""
    # Policies such as AmazonECSTaskExecutionRolePolicy exist only so.
    os.environ.update(MOTO_IAM_LOAD_MANAGED_POLICIES="true", MOTO_ACCOUNT_ID=ACCOUNT)
    from moto.iam.models import iam_backends
    from moto.server import DomainDispatcherApplication, create_backend_app

    if "--plain" not in sys.argv:
        from tests.cloud.patches import PATCHES

        for patch in PATCHES.values():
            patch()
    iam_backends[ACCOUNT]["aws"]  # thousands of policies, which copies need not read again
    listening = _listening()
    threading.Thread(target=_end_with_input, daemon=True).start()
    print(listening.getsockname()[1], flush=True)  # noqa: T201 - for whoever started it
    _Server(DomainDispatcherApplication(create_backend_app), listening).serve_forever()


if __name__ == "__main__":
    main()
