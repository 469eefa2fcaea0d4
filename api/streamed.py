"""An answer that is sent while it is made, piece by piece, as fast as the client takes it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping

from fastapi.responses import Response
from starlette.types import Receive, Scope, Send

from api.asking import until_gone
from api.encodings import Encoding, packing
from graph.readers import Answer, ReaderError

_log = logging.getLogger("cleantech.queries")


class Streamed(Response):
    """Frees the reader when all was sent, or when the client goes. An error on the way cuts the connection, so that
    nobody takes a part for the whole."""

    def __init__(self, answer: Answer, headers: Mapping[str, str], encoding: Encoding | None) -> None:
        self.answer = answer
        self.encoding = encoding
        super().__init__(headers=dict(headers) | ({"Content-Encoding": encoding} if encoding else {}))
        del self.headers["content-length"]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send."""
        sending = asyncio.ensure_future(self._send(send))
        leaving = asyncio.ensure_future(until_gone(receive))
        try:
            await asyncio.wait({sending, leaving}, return_when=asyncio.FIRST_COMPLETED)
            if sending.done():
                sending.result()
        except ReaderError as error:
            _log.warning("an answer broke off: %s", error)
            cut = scope.get("extensions", {}).get("cleantech.cut")
            if cut is None:  # another server than ours
                raise
            cut["call"]()
        finally:
            for task in (sending, leaving):
                task.cancel()
            await asyncio.wait({sending, leaving})
            await self.answer.close()

    async def _send(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        pieces = self._pieces() if self.encoding is None else _packed(self._pieces(), self.encoding)
        async for piece in pieces:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _pieces(self) -> AsyncIterator[bytes]:
        yield self.answer.first
        async for piece in self.answer:
            yield piece


async def _packed(pieces: AsyncIterator[bytes], encoding: Encoding) -> AsyncIterator[bytes]:
    packer = packing(encoding)
    async for piece in pieces:
        packed = await asyncio.to_thread(packer.compress, piece)
        if packed:
            yield packed
    yield packer.flush()
