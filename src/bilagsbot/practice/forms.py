"""What a browser's form sends, urlencoded or multipart."""

import re
from collections.abc import Mapping
from typing import TypeVar
from urllib.parse import parse_qsl

from bilagsbot.practice.exchange import Upload

Fields = dict[str, str]
Files = dict[str, Upload]
Value = TypeVar("Value")

_BOUNDARY = re.compile(r'boundary="?([^";]+)"?')
_NAME = re.compile(r'\bname="([^"]*)"')
_FILENAME = re.compile(r'\bfilename="([^"]*)"')


def parse_form(query: str, content_type: str, body: bytes) -> tuple[Fields, Files]:
    """The fields and files of a request; of two fields with one name the last counts."""
    fields = _urlencoded(query)
    if content_type.startswith("application/x-www-form-urlencoded"):
        return {**fields, **_urlencoded(body.decode("utf-8", "replace"))}, {}
    if content_type.startswith("multipart/form-data") and (found := _BOUNDARY.search(content_type)):
        more, files = _multipart(body, found[1].encode("latin-1"))
        return {**fields, **more}, files
    return fields, {}


def usual_names(fields: Mapping[str, Value], renamed: Mapping[str, str]) -> dict[str, Value]:
    """The fields under the names that the program knows; a form from before the renaming is good too."""
    usual = {now: name for name, now in renamed.items()}
    return {usual.get(name, name): value for name, value in fields.items()}


def _urlencoded(text: str) -> Fields:
    return {name: _text(value) for name, value in parse_qsl(text, keep_blank_values=True)}


def _text(value: str) -> str:
    return value.replace("\r\n", "\n")


def _multipart(body: bytes, boundary: bytes) -> tuple[Fields, Files]:
    fields: Fields = {}
    files: Files = {}
    # The line break before a boundary belongs to the boundary, and the first one has none.
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary)[1:-1]:
        head, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        header = head.decode("utf-8", "replace")
        name = _NAME.search(header)
        if name is None:
            continue
        if filename := _FILENAME.search(header):
            files[name[1]] = Upload(filename[1].replace("%22", '"'), content)
        else:
            fields[name[1]] = _text(content.decode("utf-8", "replace"))
    return fields, files
