"""Compound files, and in them workbooks of Excel 97 (BIFF8), as little as will do. What they say is invented (虚构)."""

import struct

FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def entry(name, kind, start, size, child=FREE, right=FREE):
    data = (name + "\0").encode("utf-16-le") if name else b""
    head = data.ljust(64, b"\0") + struct.pack("<HBBIII", len(data), kind, 1, FREE, right, child)
    return head + b"\0" * 36 + struct.pack("<IQ", start, size)


def compound(name, stream):
    """One stream of that name."""
    stream = stream.ljust(4096, b"\0")
    sectors = -(-len(stream) // 512)
    fat = [FAT, END] + [i + 3 for i in range(sectors - 1)] + [END]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(24, b"\0") + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 10
    header += struct.pack("<IIIIIIII", 1, 1, 0, 4096, END, 0, END, 0) + struct.pack("<I", 0)
    header += struct.pack("<I", FREE) * ((512 - len(header)) // 4)
    directory = entry("Root Entry", 5, END, 0, child=1) + entry(name, 2, 2, len(stream))
    directory += entry("", 0, 0, 0) * 2
    fat += [FREE] * (128 - len(fat))
    return header + struct.pack("<128I", *fat) + directory + stream.ljust(sectors * 512, b"\0")


def record(kind, data=b""):
    return struct.pack("<HH", kind, len(data)) + data


def wide(text):
    return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")


def xls(name, rows, locked=False):
    """A sheet of texts, numbers and None."""
    texts = sorted({cell for row in rows for cell in row if isinstance(cell, str)})
    start = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
    if locked:
        start += record(0x002F, struct.pack("<HHH", 0, 1, 1))
    start += record(0x0042, struct.pack("<H", 1200))
    strings = record(0x00FC, struct.pack("<II", len(texts), len(texts)) + b"".join(wide(text) for text in texts))
    title = struct.pack("<BB", len(name), 1) + name.encode("utf-16-le")
    place = len(start) + 4 + 6 + len(title) + len(strings) + 4
    book = start + record(0x0085, struct.pack("<IBB", place, 0, 0) + title) + strings + record(0x000A)
    book += record(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0, 0, 0, 0))
    book += record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0))
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if isinstance(cell, str):
                book += record(0x00FD, struct.pack("<HHHI", r, c, 0, texts.index(cell)))
            elif cell is not None:
                book += record(0x0203, struct.pack("<HHHd", r, c, 0, cell))
    return compound("Workbook", book + record(0x000A))
