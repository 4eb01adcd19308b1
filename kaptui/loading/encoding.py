"""In which encoding a text is that is not UTF-8: told by its letters, never taken in silence.

The well-known detectors were tried on lists of names, which is what a source holds: both take a short Western list for
something else (`Ørsted` for `Řrsted`). Here an encoding is judged by whether its letters come together in a language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kaptui.loading.cells import Remark
from kaptui.loading.findings import Unreadable

_WEST = "äöüß àâçéèêëîïôûùüÿœæ áéíóúñü áàâãçéêíóôõú àèéìòù æøåé åäöé ëïéèöü áéíóúýþæðö àçéèíïòóúü"
_CENTRAL = "äöüß ąćęłńóśźż áčďéěíňóřšťúůýž áäčďéíĺľňóôŕšťúýž áéíóöőúüű ăâîşţ čćđšž"
_LATIN = {"cp1252": _WEST, "cp1250": _CENTRAL, "mac_roman": _WEST, "iso8859_2": _CENTRAL, "cp850": _WEST}
"""The letters beside a to z of the languages that each encoding was made for; the likelier encoding first."""

_JAPANESE = ("cp932", "euc_jp")
_NAMES = {
    "cp1252": "Windows-1252",
    "cp1250": "Windows-1250",
    "mac_roman": "Mac Roman",
    "iso8859_2": "ISO 8859-2",
    "cp850": "DOS 850",
    "cp932": "Shift-JIS",
    "euc_jp": "EUC-JP",
}
_USUAL_SIGNS = frozenset("€–—‘’“”„…·°´®™§«»•£")
_WORD = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
_LINES_READ = 5_000
_FIX = "save it as CSV UTF-8"


@dataclass(frozen=True, slots=True)
class _Odd:
    """The lines of a file that are not plain ASCII: some of them, and whether they are UTF-8 on their own."""

    lines: list[tuple[int, bytes]]
    utf8: int
    first_other: int


def guess(path: Path) -> tuple[str, Remark]:
    """The encoding of a text that is not UTF-8, and what to say about it.

    Unreadable where the file mixes UTF-8 with something else, or where no encoding makes words of it.
    """
    odd = _odd_lines(path)
    if odd.utf8 * 10 >= len(odd.lines) - odd.utf8 > 0 and odd.utf8:
        problem = "this line is not UTF-8, though others are: two encodings are mixed, or bytes are broken"
        raise Unreadable(problem, "correct the line, or save the whole file as CSV UTF-8", odd.first_other)
    words = sorted({word for _, line in odd.lines for word in _WORD.findall(line)})
    scores = {name: score for name in _LATIN if (score := _latin_score(name, words)) is not None}
    best = max(scores, key=lambda name: scores[name], default="")
    if not best or scores[best] < 0.4 * len(words):
        best = next((name for name in _JAPANESE if _is_japanese(name, odd.lines)), "")
        scores = {}
    if not best:
        problem = "is neither UTF-8, UTF-16 nor an old Western, Central European or Japanese encoding that makes words"
        raise Unreadable(problem, _FIX, odd.first_other)
    return best, _told(best, scores, odd)


def _told(best: str, scores: dict[str, float], odd: _Odd) -> Remark:
    line, text = odd.lines[0]
    problem = f"is not UTF-8: read as {_NAMES[best]}"
    for other, score in scores.items():
        apart = next((each for each in odd.lines if _differs(each[1], best, other)), None)
        if other != best and apart and score >= 0.7 * scores[best]:
            line, text = apart
            problem += f", though it may be {_NAMES[other]} ({_word(text, other)})"
            break
    return Remark(
        "warning", problem, f"look at the names; if they are wrong, {_FIX}", "encoding", line, None, _word(text, best)
    )


def _differs(text: bytes, one: str, other: str) -> bool:
    return text.decode(one, "replace") != text.decode(other, "replace")


def _word(line: bytes, encoding: str) -> str:
    """The first cell of the line that holds a letter beside ASCII."""
    cells = re.split(r"[,;\t|\r\n]", line.decode(encoding, "replace"))
    return next((cell.strip(' "') for cell in cells if not cell.isascii()), "")


def _odd_lines(path: Path) -> _Odd:
    lines: list[tuple[int, bytes]] = []
    utf8, other = 0, 0
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if line.isascii():
                continue
            try:
                line.decode("utf-8")
                utf8 += 1
            except UnicodeDecodeError:
                other = other or number
            if len(lines) < _LINES_READ:
                lines.append((number, line))
            elif other:
                break
    return _Odd(lines, utf8, other)


def _latin_score(encoding: str, words: list[bytes]) -> float | None:
    """How well the words fit: about two for each that does. None where a byte is no letter of the encoding."""
    languages = [frozenset(letters) for letters in _LATIN[encoding].split()]
    score = 0.0
    for word in words:
        try:
            text = word.decode(encoding)
        except UnicodeDecodeError:
            return None
        if any("\x7f" <= letter < "\xa0" for letter in text):
            return None
        score += sum(_parts(text, languages))
    return score


def _parts(text: str, languages: list[frozenset[str]]) -> Iterator[float]:
    """What speaks for a word and against it."""
    special = {letter.lower() for letter in text if letter.isalpha() and not letter.isascii()}
    for position, letter in enumerate(text):
        if letter.isascii() or letter.isalpha():
            continue
        within = 0 < position < len(text) - 1
        if letter in _USUAL_SIGNS:
            yield 1.5 if not within or letter in "’–·´" else -3
        else:
            yield -3 if within else -1
    if special:
        fits = any(special <= language for language in languages)
        yield 2 if fits and len(text) > 1 else -1
    inner = [letter for letter in text[1:] if not letter.isascii() and letter.isupper()]
    letters = [letter for letter in text if letter.isalpha()]
    if inner and not all(letter.isupper() or letter == "ß" for letter in letters):
        yield -4
    if any(a.isupper() and b.islower() and c.isupper() for a, b, c in zip(text, text[1:], text[2:], strict=False)):
        yield -2


def _is_japanese(encoding: str, lines: list[tuple[int, bytes]]) -> bool:
    """Every line decodes, nearly all of it to kana and Chinese characters, and not in the middle of Latin words."""
    wide, kana, odd = 0, 0, 0
    for _, line in lines:
        try:
            text = line.decode(encoding)
        except UnicodeDecodeError:
            return False
        wide += len(re.findall(r"[\u3000-\u30ff\u4e00-\u9fff\uff01-\uff5e]", text))
        kana += len(re.findall(r"[\u3041-\u30fe]", text))
        odd += len(re.findall(r"[^\x00-\x7f\u3000-\u30ff\u4e00-\u9fff\uff01-\uff5e]", text))
        odd += len(re.findall(r"[a-z][\u4e00-\u9fff][a-z]", text))
    shifted = encoding == "cp932" and any(re.search(rb"[\x81-\x9f]", line) for _, line in lines)
    return wide > 0 and odd * 10 <= wide and (kana > 0 or shifted)
