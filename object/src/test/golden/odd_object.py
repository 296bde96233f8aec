#!/usr/bin/env python3
"""Writes an ELF object with all that makes a listing difficult: symbols at one place, data in code, runs of zeros, code that
ends in the middle of an instruction, jumps out of the section. Usage: odd_object.py FILE"""
import struct, sys

NOTYPE, OBJECT, FUNCTION, SECTION, FILE = range(5)
LOCAL, GLOBAL, WEAK = range(3)
ABSOLUTE = 0xFFF1


def elf(sections, symbols, relocations):
    """sections: (name, flags, bytes); symbols: (name, section, value, type, binding), locals first;
    relocations: {section: [(offset, type, symbol)]}; sections and symbols count from 1."""
    names, strings, table = b"\0", b"\0", bytes(24)
    for name, section, value, kind, binding in symbols:
        at = len(strings) if name else 0
        strings += name.encode() + b"\0" if name else b""
        table += struct.pack("<IBBHQQ", at, binding << 4 | kind, 0, section, value, 0)
    local = 1 + sum(symbol[4] == LOCAL for symbol in symbols)
    count = len(sections)
    headers = [(name, 1, flags, content, 0, 0, 0) for name, flags, content in sections]
    headers.append((".symtab", 2, 0, table, count + 2, local, 24))
    headers.append((".strtab", 3, 0, strings, 0, 0, 0))
    for section, entries in relocations.items():
        content = b"".join(struct.pack("<QQ", offset, symbol << 32 | kind) for offset, kind, symbol in entries)
        headers.append((".rel" + sections[section - 1][0], 9, 0, content, count + 1, section, 16))
    offsets, body, positions = [], b"", []
    for header in headers:
        positions.append(len(names))
        names += header[0].encode() + b"\0"
    positions.append(len(names))
    names += b".shstrtab\0"
    headers.append((".shstrtab", 3, 0, names, 0, 0, 0))
    for header in headers:
        offsets.append(64 + len(body))
        body += header[3] + bytes(-len(header[3]) % 8)
    out = b"\x7fELF\x02\x01\x01" + bytes(9)
    out += struct.pack("<HHIQQQIHHHHHH", 1, 247, 1, 0, 0, 64 + len(body), 0, 64, 0, 0, 64, len(headers) + 1, len(headers))
    out += body + bytes(64)
    for (name, kind, flags, content, link, info, entry), offset, position in zip(headers, offsets, positions):
        out += struct.pack("<IIQQQQIIQQ", position, kind, flags, 0, offset, len(content), link, info, 8, entry)
    return out


def slot(opcode, dst=0, src=0, offset=0, imm=0):
    return struct.pack("<BBhi", opcode, src << 4 | dst, offset, imm)


def goto(offset):
    return slot(0x05, 0, 0, offset)


EXIT = slot(0x95)
aliases = (slot(0xb7, 0, 0, 0, 1) + slot(0xb7, 0, 0, 0, 2) + goto(1) + goto(-1) + goto(-4) + goto(-3) + EXIT + goto(-2)
           + goto(-3) + goto(100) + goto(-100) + slot(0x06, 0, 0, 0, -2) + slot(0xe5, 0, 0, -3) + slot(0x1e, 1, 2, -9))
zeros = (bytes(24) + EXIT + bytes(4) + EXIT + bytes(12) + EXIT + bytes(7) + b"\1" + slot(0x18, 1, 0, 0, 5) + bytes(8)
         + EXIT + b"\1")
sections = [
    ("aliases", 6, aliases),
    ("nosymbol", 6, slot(0xb7, 0, 0, 0, 3) + goto(-2) + goto(5)),
    ("empty", 6, b""),
    ("zeros", 6, zeros),
    ("zerosAtEnd", 6, EXIT + bytes(8)),
    ("sevenZeros", 6, EXIT + bytes(7)),
    ("halfLddw", 6, EXIT + slot(0x18, 1, 0, 0, 5)),
    ("cut", 6, EXIT + b"\x95\0\0"),
    ("late", 6, EXIT * 3),
    ("badLddw", 6, slot(0x18, 1, 0, 3, 5) + slot(0, 0, 0, 0, 6) + slot(0x18, 13) + bytes(8) + slot(0x18, 1, 2) + EXIT),
    ("text", 6, bytes(11) + b"Hello, world"),
    ("relocated", 6, bytes(8) + slot(0x18, 1) + bytes(40) + slot(0x85, 0, 1, 0, -1) + EXIT),
    ("data", 2, b"abc"),
]
symbols = [
    ("odd.c", ABSOLUTE, 0, FILE, LOCAL), ("", 1, 0, SECTION, LOCAL), ("", 4, 0, SECTION, LOCAL),
    ("b", 1, 0, NOTYPE, LOCAL), ("zz", 1, 8, NOTYPE, LOCAL), ("B", 1, 24, NOTYPE, LOCAL), ("", 9, 16, NOTYPE, LOCAL),
    ("a", 1, 0, FUNCTION, GLOBAL), ("m", 1, 8, FUNCTION, GLOBAL), ("A", 1, 16, OBJECT, GLOBAL),
    ("f", 1, 32, FUNCTION, GLOBAL), ("g", 1, 32, FUNCTION, WEAK), ("_o", 1, 48, OBJECT, GLOBAL),
    ("_f", 1, 48, FUNCTION, GLOBAL), ("_n", 1, 48, NOTYPE, GLOBAL), ("q", 1, 56, OBJECT, GLOBAL),
    ("f2", 1, 64, FUNCTION, GLOBAL), ("zf", 4, 0, FUNCTION, GLOBAL), ("late1", 9, 8, FUNCTION, GLOBAL),
    ("absolute", ABSOLUTE, 48, NOTYPE, GLOBAL), ("hello", 11, 2, OBJECT, GLOBAL), ("extern", 0, 0, NOTYPE, GLOBAL)]
relocations = {12: [(8, 1, 22), (32, 1, 2), (48, 2, 17), (64, 10, 2)]}
with open(sys.argv[1], "wb") as file:
    file.write(elf(sections, symbols, relocations))
