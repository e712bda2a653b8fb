"""A stand-in for Vertex AI and for OpenAI's protocol: real HTTP on a free port of this machine, scripted answers.

It speaks the two vendors' published wire formats (generateContent, streamGenerateContent, chat/completions, and
Google's token endpoint for service accounts). `script` says how the next requests are answered; after that `reply` is.
"""

import json
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Literal

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

Json = dict[str, Any]
Trouble = Literal["429", "500", "403", "hang", "garbage", "cut"]
Reply = Callable[[Json], str]
"""From the request's body to what the model writes."""


@dataclass
class ModelServer:
    """What it was asked, and what it will answer."""

    url: str
    reply: Reply = field(default=lambda _: "Good day")
    script: list[Trouble] = field(default_factory=list[Trouble])
    asked: list[tuple[str, Json]] = field(default_factory=list[tuple[str, Json]])
    tokens: tuple[int, int] = (120, 30)
    released: threading.Event = field(default_factory=threading.Event)


@contextmanager
def serving_models() -> Generator[ModelServer]:
    """The server, until the block ends; whoever hangs then is let go."""
    http = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    http.daemon_threads = True
    server = ModelServer(f"http://127.0.0.1:{http.server_address[1]}")
    http.model = server  # type: ignore[attr-defined] - what the handlers share
    thread = threading.Thread(target=http.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.released.set()
        http.shutdown()
        http.server_close()


def service_account(folder: Path, server: ModelServer) -> Path:
    """The file that GOOGLE_APPLICATION_CREDENTIALS names: a key of our own, and the stand-in as its token endpoint."""
    key = rsa.generate_private_key(public_exponent=65_537, key_size=2_048)
    path = folder / "service-account.json"
    account = {
        "type": "service_account",
        "project_id": "trial",
        "private_key_id": "1",
        "private_key": key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode(),
        "client_email": "tembea@trial.iam.gserviceaccount.com",
        "client_id": "1",
        "token_uri": f"{server.url}/token",
    }
    path.write_text(json.dumps(account))
    return path


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def _model(self) -> ModelServer:
        return self.server.model  # type: ignore[attr-defined, no-any-return] - set above

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        if self.path == "/token":
            self._send({"access_token": "of-the-stand-in", "expires_in": 3600, "token_type": "Bearer"})
            return
        body: Json = json.loads(raw)
        self._model.asked.append((self.path, body | {"authorization": self.headers.get("Authorization")}))
        trouble = self._model.script.pop(0) if self._model.script else None
        if trouble:
            self._trouble(trouble)
        elif "streamGenerateContent" in self.path:
            self._stream(
                [_gemini(piece, last=None) for piece in self._pieces(body)] + [_gemini("", self._model.tokens)]
            )
        elif "generateContent" in self.path:
            self._send(_gemini(self._model.reply(body), self._model.tokens))
        elif body.get("stream"):
            self._stream(
                [_openai_chunk(piece) for piece in self._pieces(body)] + [_openai_end(self._model.tokens)], "[DONE]"
            )
        else:
            self._send(_openai(self._model.reply(body), self._model.tokens))

    def _pieces(self, body: Json) -> list[str]:
        return [word + " " for word in self._model.reply(body).split()]

    def _trouble(self, trouble: Trouble) -> None:
        match trouble:
            case "hang":
                self._model.released.wait(30)
                self.close_connection = True
            case "cut":
                self.close_connection = True
            case "garbage":
                self._raw(200, b"<html>not what you asked for</html>", "text/html")
            case _:
                error = {"code": int(trouble), "message": "no", "status": "NO"}
                self._raw(int(trouble), json.dumps({"error": error}).encode(), "application/json")

    def _send(self, answer: Json) -> None:
        self._raw(200, json.dumps(answer).encode(), "application/json")

    def _raw(self, status: int, content: bytes, content_type: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _stream(self, events: list[Json], *last: str) -> None:
        texts = [*(json.dumps(event) for event in events), *last]
        content = "".join(f"data: {text}\r\n\r\n" for text in texts).encode()
        self._raw(200, content, "text/event-stream")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        pass


def _gemini(text: str, last: tuple[int, int] | None) -> Json:
    candidate: Json = {"content": {"role": "model", "parts": [{"text": text}]}, "index": 0}
    if last is None:
        return {"candidates": [candidate]}
    usage = {"promptTokenCount": last[0], "candidatesTokenCount": last[1], "totalTokenCount": sum(last)}
    return {"candidates": [candidate | {"finishReason": "STOP"}], "usageMetadata": usage, "modelVersion": "gemini"}


def _openai(text: str, tokens: tuple[int, int]) -> Json:
    message = {"role": "assistant", "content": text}
    return {
        "id": "1",
        "object": "chat.completion",
        "created": 1,
        "model": "own",
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": tokens[0], "completion_tokens": tokens[1], "total_tokens": sum(tokens)},
    }


def _openai_chunk(text: str) -> Json:
    choice = {"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": None}
    return {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "own", "choices": [choice]}


def _openai_end(tokens: tuple[int, int]) -> Json:
    usage = {"prompt_tokens": tokens[0], "completion_tokens": tokens[1], "total_tokens": sum(tokens)}
    choice: Json = {"index": 0, "delta": {}, "finish_reason": "stop"}
    return _openai_chunk("") | {"choices": [choice], "usage": usage}
