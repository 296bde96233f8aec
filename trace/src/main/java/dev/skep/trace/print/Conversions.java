package dev.skep.trace.print;

import dev.skep.object.Bytes;
import dev.skep.trace.plan.Action;
import dev.skep.trace.type.TraceType;
import java.lang.foreign.MemorySegment;

/** Makes the pieces of a format that show arguments. */
final class Conversions {
    private Conversions() {}

    static Format.Piece of(Directive directive, Action.Argument argument, Decoder decoder) {
        Format.Piece plain = plain(directive, argument, decoder);
        return directive.width() == 0 ? plain : padded(plain, directive);
    }

    /** Without padding. */
    private static Format.Piece plain(Directive directive, Action.Argument argument, Decoder decoder) {
        int offset = argument.offset();
        TraceType type = argument.type();
        char conversion = directive.conversion();
        if (conversion == 's' && type instanceof TraceType.Text(int size)) {
            return new PlainText(offset, size, decoder);
        }
        if (conversion == 'r' && type instanceof TraceType.Buffer buffer) {
            return buffer(directive, buffer, offset);
        }
        int size = integerSize(type);
        if (size == 0) {
            return shown(type, offset, decoder);
        }
        return switch (conversion) {
            case 'd', 'i' -> new Signed(directive, offset, size, isSigned(type));
            case 'u', 'x', 'X', 'o' -> new Unsigned(directive, offset, size, isSigned(type));
            case 'c' -> (memory, at, out) -> out.append(memory, at + offset, 1);
            case 'p' -> address(offset, size, isSigned(type));
            case 'g' ->
                (memory, at, out) -> AllocationFlags.append(Decoder.number(memory, at + offset, size, false), out);
            default -> shown(type, offset, decoder);
        };
    }

    private static boolean isSigned(TraceType type) {
        return switch (type) {
            case TraceType.Number number -> number.signed();
            case TraceType.Enumeration enumeration -> enumeration.signed();
            default -> false;
        };
    }

    /** Bytes of what is shown as a number; 0 if it is none. */
    private static int integerSize(TraceType type) {
        return switch (type) {
            case TraceType.Number _, TraceType.Enumeration _, TraceType.Pointer _, TraceType.Truth _ -> type.size();
            case TraceType.Count _, TraceType.Sum _, TraceType.Symbol _, TraceType.UserName _ -> Long.BYTES;
            case TraceType.Timestamp _, TraceType.GroupPath _ -> Long.BYTES;
            case TraceType.NumberName _ -> Integer.BYTES;
            default -> 0;
        };
    }

    /** What is there is made a number of the size that the conversion asks for, as C does. */
    private static long narrowed(long value, int bytes, boolean signed) {
        int unused = Long.SIZE - bytes * Byte.SIZE;
        return signed ? (value << unused) >> unused : (value << unused) >>> unused;
    }

    private record Signed(Directive directive, int offset, int size, boolean signed) implements Format.Piece {
        @Override
        public void append(MemorySegment memory, long at, TextBuffer out) {
            long value = narrowed(Decoder.number(memory, at + offset, size, signed), directive.bytes(), true);
            if (value < 0) {
                out.append('-');
            } else if (directive.plus()) {
                out.append('+');
            }
            long magnitude = Math.abs(value); // the least number stays itself, and is right without a sign
            out.unsigned(magnitude, 10, false);
        }
    }

    private record Unsigned(Directive directive, int offset, int size, boolean signed) implements Format.Piece {
        @Override
        public void append(MemorySegment memory, long at, TextBuffer out) {
            long value = narrowed(Decoder.number(memory, at + offset, size, signed), directive.bytes(), false);
            char conversion = directive.conversion();
            int radix = conversion == 'u' ? 10 : conversion == 'o' ? 8 : 16;
            if (directive.alternative() && value != 0 && radix != 10) {
                out.append('0');
                if (radix == 16) {
                    out.append(conversion);
                }
            }
            out.unsigned(value, radix, conversion == 'X');
        }
    }

    private record PlainText(int offset, int size, Decoder decoder) implements Format.Piece {
        @Override
        public void append(MemorySegment memory, long at, TextBuffer out) {
            int length = Decoder.textLength(memory, at + offset, size);
            out.append(memory, at + offset, length);
            if (decoder.isCut(length, size)) {
                out.append(decoder.trailer());
            }
        }
    }

    private static Format.Piece address(int offset, int size, boolean signed) {
        return (memory, at, out) -> {
            long value = Decoder.number(memory, at + offset, size, signed);
            out.append(value == 0 ? "" : "0x").unsigned(value, 16, false);
        };
    }

    private static Format.Piece buffer(Directive directive, TraceType.Buffer type, int offset) {
        BufferText.Style style = switch (directive.variant()) {
            case 'x' -> BufferText.Style.ESCAPED;
            case 'h' -> BufferText.Style.SPACED;
            default -> BufferText.Style.READABLE;
        };
        return (memory, at, out) -> {
            Bytes content = Decoder.buffer(type, memory, at + offset);
            BufferText.append(content, style, out);
        };
    }

    private static Format.Piece shown(TraceType type, int offset, Decoder decoder) {
        return (memory, at, out) -> decoder.appendText(type, memory, at + offset, out);
    }

    /** Zeros are put where spaces would be, in front of a sign and behind what is on the left: so bpftrace does, unlike C. */
    private static Format.Piece padded(Format.Piece piece, Directive directive) {
        char filling = directive.zeros() ? '0' : ' ';
        return (memory, at, out) -> {
            int start = out.length();
            piece.append(memory, at, out);
            int missing = directive.width() - (out.length() - start);
            if (missing > 0) {
                out.insert(directive.left() ? out.length() : start, filling, missing);
            }
        };
    }
}
