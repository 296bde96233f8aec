package dev.skep.engine.counterexample;

import dev.skep.object.Bytes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All that a program gets from outside in one run.
 *
 * @param packet an Ethernet frame; no bytes if the program's type has none
 * @param context the context structure; no bytes for one with defaults
 * @param entries values of maps, by map and key
 * @param globals values of sections of global variables, by the map's name
 * @param results what helpers return
 */
record RunInput(
        Bytes packet,
        Bytes context,
        Map<EntryKey, Bytes> entries,
        Map<String, Bytes> globals,
        Map<InputField.HelperResult, Long> results) {
    /** The longest packet that is tried. */
    static final int LONGEST_PACKET = 4096;

    RunInput {
        entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        globals = Collections.unmodifiableMap(new LinkedHashMap<>(globals));
        results = Collections.unmodifiableMap(new LinkedHashMap<>(results));
    }

    /** A map's entry. */
    record EntryKey(String map, Bytes key) {}

    RunInput withPacket(Bytes newPacket) {
        return new RunInput(newPacket, context, entries, globals, results);
    }

    RunInput withContext(Bytes newContext) {
        return new RunInput(packet, newContext, entries, globals, results);
    }

    /** With a packet of another length: cut, or with zeros behind. */
    RunInput withLength(int length) {
        byte[] bytes = new byte[length];
        Bytes kept = packet.slice(0, Math.min(length, packet.length()));
        kept.copyTo(bytes, 0);
        return withPacket(Bytes.of(bytes));
    }

    RunInput withEntry(EntryKey key, Bytes value) {
        Map<EntryKey, Bytes> changed = new LinkedHashMap<>(entries);
        changed.put(key, value);
        return new RunInput(packet, context, changed, globals, results);
    }

    RunInput withoutEntry(EntryKey key) {
        Map<EntryKey, Bytes> changed = new LinkedHashMap<>(entries);
        changed.remove(key);
        return new RunInput(packet, context, changed, globals, results);
    }

    RunInput withGlobal(String map, Bytes value) {
        Map<String, Bytes> changed = new LinkedHashMap<>(globals);
        changed.put(map, value);
        return new RunInput(packet, context, entries, changed, results);
    }

    RunInput withoutResult(InputField.HelperResult call) {
        Map<InputField.HelperResult, Long> changed = new LinkedHashMap<>(results);
        changed.remove(call);
        return new RunInput(packet, context, entries, globals, changed);
    }

    /** With another number there; what does not fit into the field is cut off, and nothing changes where there is no such field. */
    RunInput with(InputField field, long value) {
        return switch (field) {
            case InputField.PacketLength ignored ->
                value < 0 || value > LONGEST_PACKET ? this : withLength((int) value);
            case InputField.PacketBytes at -> withPacket(written(packet, at.offset(), at.size(), value));
            case InputField.ContextBytes at -> withContext(written(context, at.offset(), at.size(), value));
            case InputField.GlobalBytes at ->
                withGlobal(
                        at.map(), written(globals.getOrDefault(at.map(), Bytes.EMPTY), at.offset(), at.size(), value));
            case InputField.EntryBytes at -> {
                EntryKey key = new EntryKey(at.map(), at.key());
                Bytes old = entries.getOrDefault(key, Bytes.zeros(at.offset() + at.size()));
                yield withEntry(key, written(old, at.offset(), at.size(), value));
            }
            case InputField.HelperResult call -> {
                Map<InputField.HelperResult, Long> changed = new LinkedHashMap<>(results);
                changed.put(call, Numbers.cut(value, call.size()));
                yield new RunInput(packet, context, entries, globals, changed);
            }
        };
    }

    private static Bytes written(Bytes bytes, int offset, int size, long value) {
        if (offset + size > bytes.length()) {
            return bytes;
        }
        byte[] changed = bytes.toArray();
        for (int i = 0; i < size; i++) {
            changed[offset + i] = (byte) (value >>> (8 * i));
        }
        return Bytes.of(changed);
    }
}
