#!/usr/bin/env python3
"""Writes what llvm-objdump prints for many instructions, valid and not, one a line:

    HEX ;; llvm-objdump-19 -d ;; llvm-objdump-19 -d --mcpu=v3 ;; llvm-objdump-22 -d

A column that equals the one before it is "=". Usage: disassembly.py > ../resources/dev/skep/object/instruction/disassembly.txt
"""
import itertools, re, struct, subprocess, tempfile


def instruction(opcode, dst=0, src=0, offset=0, imm=0):
    return struct.pack("<BBhi", opcode, src << 4 | dst, offset, imm)


def elf(code):
    """A minimal relocatable object: section xdp with the function p over all of it."""
    names = b"\0xdp\0.symtab\0.strtab\0.shstrtab\0"
    symbols = bytes(24) + struct.pack("<IBBHQQ", 1, 0x12, 0, 1, 0, len(code))
    parts = [code, symbols, b"\0p\0", names]
    offsets, at = [], 64
    for part in parts:
        offsets.append(at)
        at += (len(part) + 7) // 8 * 8
    out = b"\x7fELF\x02\x01\x01" + bytes(9)
    out += struct.pack("<HHIQQQIHHHHHH", 1, 247, 1, 0, 0, at, 0, 64, 0, 0, 64, 5, 4)
    for part in parts:
        out += part + bytes(-len(part) % 8)
    out += bytes(64)
    for name, kind, flags, index, link, info, entry in (
        (1, 1, 6, 0, 0, 0, 0), (5, 2, 0, 1, 3, 1, 24), (13, 3, 0, 2, 0, 0, 0), (21, 3, 0, 3, 0, 0, 0)):
        out += struct.pack("<IIQQQQIIQQ", name, kind, flags, 0, offsets[index], len(parts[index]), link, info, 8, entry)
    return out


def cases():
    operands = [
        (1, 2, 0, 0), (3, 0, 0, 5), (1, 2, 16, -3), (10, 9, -1, 0xdb), (0, 0, 1, 1), (2, 0, 0, -0x80000000),
        (4, 0, 0x7fff, 0x7fffffff), (5, 6, -0x8000, 0), (11, 0, 0, 1), (12, 1, 0, 0), (1, 12, 0, 0), (15, 15, 0, 0),
        (1, 2, 8, 0), (4, 0, 0, -3), (0, 0, 16, 0), (3, 0, -2, 7), (0, 0, -1, 0), (0, 0, 0, -9), (0, 5, 0, 9), (6, 0, 0, 0)]
    for opcode in range(256):
        if opcode == 0x18:
            continue
        for dst, src, offset, imm in operands:
            yield instruction(opcode, dst, src, offset, imm)
    for kind, imm, upper in itertools.product(range(8), (0, 5, -1, -0x80000000), (0, 1, -1, 0x7fffffff)):
        yield instruction(0x18, kind, kind, 0, imm) + instruction(0, 0, 0, 0, upper)
    for opcode, offset in itertools.product((0xbc, 0xbf, 0xb4, 0xb7), (0, 1, 2, 8, 16, 32, 64)):
        for imm in (0, 1, 0x10000, -1):
            yield instruction(opcode, 1, 0 if opcode < 0xb8 else 2, offset, imm)
    for opcode, imm in itertools.product((0xd4, 0xdc, 0xd7, 0xdf), (0, 8, 16, 32, 64, 128, 0x10010)):
        yield instruction(opcode, 7, 0, 0, imm)
    for opcode, imm in itertools.product((0xc3, 0xcb, 0xd3, 0xdb), [*range(0, 0x120), 0x10000, 0x10001, -1]):
        if imm & 0xf < 3 or imm > 0xff:
            yield instruction(opcode, 1, 2, 8, imm)
    for opcode, offset in itertools.product((0x34, 0x37, 0x3c, 0x3f, 0x94, 0x97, 0x9c, 0x9f), (0, 1, 2, -1)):
        yield instruction(opcode, 1, 0 if opcode & 8 == 0 else 2, offset, 3 if opcode & 8 == 0 else 0)
    for kind, imm in itertools.product(range(4), (0, 5, -1, -5, 0x7fffffff, -0x80000000)):
        yield instruction(0x85, 0, kind, 0, imm)
    yield instruction(0x85, 0, 2, 3, 77)
    for offset, imm in itertools.product((0, 1), (0, 1)):
        yield instruction(0x95, 0, 0, offset, imm)


def objdump(program, *options):
    text = subprocess.run([program, "-d", "--no-show-raw-insn", *options], check=True, capture_output=True, text=True)
    found = {}
    for line in text.stdout.splitlines():
        match = re.match(r" *(\d+):\t(.*)$", line)
        if match:
            found[int(match[1])] = re.sub(r" <p(\+0x[0-9a-f]+)?>$", "", match[2])
    return found


def main():
    # A run of eight zero bytes would be left out of the listing as "...".
    code = [case for case in dict.fromkeys(cases()) if case[:8] != bytes(8) and case[0] | case[1]]
    with tempfile.NamedTemporaryFile(suffix=".o") as file:
        file.write(elf(b"".join(code)))
        file.flush()
        columns = [
            objdump("llvm-objdump-19", file.name),
            objdump("llvm-objdump-19", "--mcpu=v3", file.name),
            objdump("llvm-objdump-22", file.name)]
    slot = 0
    for case in code:
        texts = [column[slot] for column in columns]
        texts = [text if i == 0 or text != texts[i - 1] else "=" for i, text in enumerate(texts)]
        print(" ;; ".join([case.hex(), *texts]))
        slot += len(case) // 8


main()
