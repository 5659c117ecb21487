"""The workbook of a snapshot [9.1], made again to the byte."""

import io
import re
import struct
import zipfile
import zlib

from facts import DOCUMENT
from tables import FIGURES, Text, marked, precinct_rows, result_rows

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PARTS = re.findall(r"```part:(\S+)\n(.*?)\n```", DOCUMENT, re.S)
SHEET = re.search(r"^<worksheet .*</worksheet>$", DOCUMENT, re.M)[0]
NUMBERS = {"registered", "corrections_n", "votes", "first_votes", "order", "base", "counted", "precincts"}
NUMBERS |= {*FIGURES, *("first_" + name for name in FIGURES)}


def is_figure(column):
    return column in NUMBERS or re.fullmatch(r"(first_)?votes_\d+", column)


def letters(k):
    out = ""
    while k:
        k, digit = divmod(k - 1, 26)
        out = chr(65 + digit) + out
    return out


def cell(place, style, text):
    if style in (1, 2):
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return f'<c r="{place}" s="{style}" t="inlineStr"><is><t>{text}</t></is></c>'
    return f'<c r="{place}" s="{style}"><v>{text}</v></c>'


def sheet(rows, first):
    head = rows[0]
    styles = [0 if is_figure(name) else 3 if name == "share" else 4 if name.startswith("turnout_") else 2 for name in head]
    texts = [["" if one is None else str(one) for one in row] for row in rows]
    widths = [min(48, max(8, 2 + max(len(row[k]) for row in texts))) for k in range(len(head))]
    columns = "".join(f'<col min="{k}" max="{k}" width="{w}" customWidth="1"/>' for k, w in enumerate(widths, 1))
    lines = []
    for i, row in enumerate(texts, 1):
        cells = [cell(f"{letters(k + 1)}{i}", 1 if i == 1 else styles[k], one) for k, one in enumerate(row) if one]
        lines.append(f'<row r="{i}">{"".join(cells)}</row>')
    out = SHEET if first else SHEET.replace(' tabSelected="1"', "")
    return out.replace("COLS", columns).replace("ROWS", "".join(lines))


def members(state, labels):
    """Name and content of each, in order; `labels` are the rows of the published table, which was compared already."""
    tables = [marked(state, result_rows(state)), marked(state, precinct_rows(state)), labels]
    own = [(name, DECLARATION + text) for name, text in PARTS]
    own += [(f"xl/worksheets/sheet{k}.xml", DECLARATION + sheet(rows, k == 1)) for k, rows in enumerate(tables, 1)]
    return [(name, text.encode()) for name, text in own]


def container(parts):
    out, directory = b"", b""
    for name, data in parts:
        fields = struct.pack("<HHHHIIIHH", 0, 0, 0, 0x21, zlib.crc32(data), len(data), len(data), len(name), 0)
        directory += b"PK\x01\x02" + struct.pack("<HH", 0x030A, 10) + fields
        directory += struct.pack("<HHHII", 0, 0, 0, 0x81A40000, len(out)) + name.encode()
        out += b"PK\x03\x04" + struct.pack("<H", 10) + fields + name.encode() + data
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, len(parts), len(parts), len(directory), len(out), 0)
    return out + directory + end


def read_labels(data):
    """The rows of labels.csv without the guard before texts."""
    import csv

    rows = list(csv.reader(io.StringIO(data.decode(), newline="")))
    return [[Text(one[1:] if one[:1] == "'" and one[1:2] in tuple("=+-@\t\r") else one) for one in row] for row in rows]


def is_workbook(data, state, labels):
    """Whether it is the one of the state: to the byte, or the same members in another container, which is only warned of."""
    ours = members(state, read_labels(labels))
    if data == container(ours):
        return True
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            return [(one.filename, book.read(one)) for one in book.infolist()] == ours
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, zlib.error, OSError, EOFError):
        return False


