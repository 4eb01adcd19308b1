"""An Arrow stream read batch by batch: Python itself has no word for that, and the library that has weighs 100 MB.

It speaks the Arrow C stream interface, whose structs below never change: a reader moves a batch out of a stream, and
whoever holds a batch last frees it.
"""

from __future__ import annotations

import ctypes
import errno
import json
from collections.abc import Iterator, Mapping
from ctypes import CFUNCTYPE, POINTER, Structure, byref, c_char_p, c_int, c_int32, c_int64, c_void_p, py_object
from types import MappingProxyType
from typing import Any

from kaptui.common.arrow import HasArrowStream

_CAPSULE = b"arrow_array_stream"


class ArrowError(Exception):
    """What a stream says when it cannot be read on."""


class _Schema(Structure):
    pass


_RELEASE_SCHEMA = CFUNCTYPE(None, POINTER(_Schema))
_Schema._fields_ = [
    ("format", c_char_p),
    ("name", c_char_p),
    ("metadata", c_void_p),
    ("flags", c_int64),
    ("n_children", c_int64),
    ("children", POINTER(POINTER(_Schema))),
    ("dictionary", c_void_p),
    ("release", c_void_p),
    ("private_data", c_void_p),
]


class _OwnSchema(_Schema):
    """The columns of a stream. Freed with this object."""

    def __del__(self) -> None:
        if self.release:
            CFUNCTYPE(None, c_void_p)(self.release)(ctypes.addressof(self))


class _Batch(Structure):
    """Rows of all columns. Freed with this object, if nobody moved them out of it."""

    _fields_ = (
        ("length", c_int64),
        ("null_count", c_int64),
        ("offset", c_int64),
        ("n_buffers", c_int64),
        ("n_children", c_int64),
        ("buffers", c_void_p),
        ("children", c_void_p),
        ("dictionary", c_void_p),
        ("release", c_void_p),
        ("private_data", c_void_p),
    )

    def __del__(self) -> None:
        if self.release:
            CFUNCTYPE(None, c_void_p)(self.release)(ctypes.addressof(self))


_GET_SCHEMA = CFUNCTYPE(c_int, c_void_p, POINTER(_Schema))
_GET_NEXT = CFUNCTYPE(c_int, c_void_p, POINTER(_Batch))
_LAST_ERROR = CFUNCTYPE(c_char_p, c_void_p)
_RELEASE_STREAM = CFUNCTYPE(None, c_void_p)


class _Stream(Structure):
    _fields_ = (
        ("get_schema", _GET_SCHEMA),
        ("get_next", _GET_NEXT),
        ("get_last_error", _LAST_ERROR),
        ("release", _RELEASE_STREAM),
        ("private_data", c_void_p),
    )


class Batches:
    """Some batches of a result as a stream of their own, in memory; without any it tells the columns alone.

    `rows` counts them. The stream can be asked for more than once, as long as nobody has read it.
    """

    def __init__(self, schema: _OwnSchema, batches: list[_Batch]) -> None:
        self._schema, self._batches = schema, batches
        self.rows = sum(batch.length for batch in batches)
        self._alive: list[object] = []

    def __arrow_c_stream__(self, requested_schema: object = None) -> Any:
        keep = _RELEASE_SCHEMA(_keep_schema)

        def get_schema(_: int, out: Any) -> int:
            """The reader's own copy of the struct; what it points to stays with the first stream."""
            ctypes.memmove(out, byref(self._schema), ctypes.sizeof(_Schema))
            out.contents.release = ctypes.cast(keep, c_void_p).value
            return 0

        def get_next(_: int, out: Any) -> int:
            ctypes.memset(out, 0, ctypes.sizeof(_Batch))
            if self._batches:
                batch = self._batches.pop(0)
                ctypes.memmove(out, byref(batch), ctypes.sizeof(_Batch))
                batch.release = None  # moved: now the reader's
            return 0

        stream = _Stream(
            _GET_SCHEMA(get_schema), _GET_NEXT(get_next), _LAST_ERROR(lambda _: None), _RELEASE_STREAM(_released)
        )
        self._alive += [stream, keep]
        return _new_capsule(ctypes.addressof(stream), _CAPSULE, None)


class BatchReader:
    """Reads a stream that a driver made. `types` names the engine's own type of a column, where the driver tells it."""

    def __init__(self, source: HasArrowStream) -> None:
        self._capsule = source.__arrow_c_stream__()  # frees the stream when nobody needs it any more
        self._address = _pointer_of(self._capsule, _CAPSULE)
        self._stream = _Stream.from_address(self._address)
        self._schema = _OwnSchema()
        self._check(self._stream.get_schema(self._address, byref(self._schema)))
        columns = [self._schema.children[n].contents for n in range(self._schema.n_children)]
        types = {(each.name or b"").decode(): _engine_type(_metadata(each.metadata)) for each in columns}
        self.types: Mapping[str, str] = MappingProxyType(types)

    def __iter__(self) -> Iterator[_Batch]:
        """The batches, each the caller's. Raises ArrowError where the engine has one."""
        while True:
            batch = _Batch()
            self._check(self._stream.get_next(self._address, byref(batch)))
            if not batch.release:
                return
            yield batch

    def together(self, batches: list[_Batch]) -> Batches:
        """These batches as a stream of their own."""
        return Batches(self._schema, batches)

    def _check(self, code: int) -> None:
        if code:
            told = self._stream.get_last_error(self._address)
            words = told.decode("utf-8", "replace") if told else errno.errorcode.get(code, str(code))
            raise ArrowError(words)


def _keep_schema(schema: Any) -> None:
    schema.contents.release = None


def _released(stream: int) -> None:
    ctypes.memset(stream + _Stream.release.offset, 0, ctypes.sizeof(c_void_p))


def _metadata(address: int | None) -> dict[str, str]:
    """The notes on a column: a count, then each name and value with its length in front."""
    if not address:
        return {}
    texts = []
    count = c_int32.from_address(address).value
    address += 4
    for _ in range(2 * count):
        length = c_int32.from_address(address).value
        texts.append(ctypes.string_at(address + 4, length).decode("utf-8", "replace"))
        address += 4 + length
    return dict(zip(texts[::2], texts[1::2], strict=True))


def _engine_type(notes: Mapping[str, str]) -> str:
    """The name of the engine's own type, by the notes of its driver; nothing where they do not say it."""
    if notes.get("ARROW:extension:name") == "arrow.opaque":
        return str(json.loads(notes.get("ARROW:extension:metadata", "{}")).get("type_name", ""))
    return next((value for name, value in notes.items() if name.lower().endswith(":type")), "")


_new_capsule = ctypes.pythonapi.PyCapsule_New
_new_capsule.restype, _new_capsule.argtypes = py_object, [c_void_p, c_char_p, c_void_p]
_pointer_of = ctypes.pythonapi.PyCapsule_GetPointer
_pointer_of.restype, _pointer_of.argtypes = c_void_p, [py_object, c_char_p]
