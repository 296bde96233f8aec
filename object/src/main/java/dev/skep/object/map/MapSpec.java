package dev.skep.object.map;

import dev.skep.object.Bytes;
import java.util.List;
import java.util.Optional;

/**
 * What a file says about a map: plain data, the same on every machine.
 *
 * @param name as in the source; for globals the section's name ({@code .rodata}, {@code .data.counters}, {@code .bss})
 * @param role whether the source declared it, or it stands for a section of globals
 * @param keySize bytes @param valueSize bytes, per CPU for per-CPU kinds
 * @param maxEntries 0 where the loader decides (perf event array: number of CPUs)
 * @param flags {@code BPF_F_*} of map creation
 * @param mapExtra {@code map_extra}: bloom filter's number of hashes, arena's address
 * @param numaNode -1 if none was asked for
 * @param pinning {@code LIBBPF_PIN_*}
 * @param inner template for maps of maps
 * @param keyType BTF id in the object's BTF, 0 if none @param valueType likewise
 * @param contents initial bytes of the single value of a globals map; empty if they are all zero ({@code .bss}), and for other
 *     maps
 * @param values initial slots of prog arrays and maps of maps ({@code .values = {...}})
 * @param dataSection for globals maps the id of their BTF DATASEC, 0 if none
 */
public record MapSpec(
        String name,
        Role role,
        MapType type,
        int keySize,
        int valueSize,
        int maxEntries,
        int flags,
        long mapExtra,
        int numaNode,
        Pinning pinning,
        Optional<MapSpec> inner,
        int keyType,
        int valueType,
        Bytes contents,
        List<InitialSlot> values,
        int dataSection) {

    public MapSpec {
        values = List.copyOf(values);
    }

    /** A map declared with sizes alone: no BTF, no flags, no initial contents. */
    public static MapSpec of(String name, MapType type, int keySize, int valueSize, int maxEntries) {
        return new MapSpec(
                name,
                Role.DECLARED,
                type,
                keySize,
                valueSize,
                maxEntries,
                0,
                0,
                -1,
                Pinning.NONE,
                Optional.empty(),
                0,
                0,
                Bytes.EMPTY,
                List.of(),
                0);
    }

    /** The same map with other creation flags. */
    public MapSpec withFlags(int newFlags) {
        return with(valueSize, maxEntries, newFlags, inner, contents, values);
    }

    /** The same map with room for another number of entries. */
    public MapSpec withMaxEntries(int entries) {
        return with(valueSize, entries, flags, inner, contents, values);
    }

    /** The same map with values of another size. */
    public MapSpec withValueSize(int bytes) {
        return with(bytes, maxEntries, flags, inner, contents, values);
    }

    /** The same map with an inner map template. */
    public MapSpec withInner(MapSpec template) {
        return with(valueSize, maxEntries, flags, Optional.of(template), contents, values);
    }

    /** The same map with other initial contents of its single value (globals). */
    public MapSpec withContents(Bytes bytes) {
        return with(valueSize, maxEntries, flags, inner, bytes, values);
    }

    /** The same map with other initial slots. */
    public MapSpec withValues(List<InitialSlot> slots) {
        return with(valueSize, maxEntries, flags, inner, contents, slots);
    }

    private MapSpec with(
            int newValueSize,
            int newMaxEntries,
            int newFlags,
            Optional<MapSpec> newInner,
            Bytes newContents,
            List<InitialSlot> newValues) {
        return new MapSpec(
                name,
                role,
                type,
                keySize,
                newValueSize,
                newMaxEntries,
                newFlags,
                mapExtra,
                numaNode,
                pinning,
                newInner,
                keyType,
                valueType,
                newContents,
                newValues,
                dataSection);
    }

    /** Where a map comes from. */
    public enum Role {
        /** Declared in {@code .maps} or a legacy {@code maps} section. */
        DECLARED,
        /** {@code .rodata*}: frozen and read-only to programs. */
        RODATA,
        /** {@code .data*}. */
        DATA,
        /** {@code .bss*}. */
        BSS,
        /** {@code .kconfig}: externs filled from the kernel's configuration. */
        KCONFIG,
        /** {@code .struct_ops*}: one map for each variable. */
        STRUCT_OPS,
        /** {@code .addr_space.1}: globals inside the object's arena; the arena map itself is DECLARED. */
        ARENA_GLOBALS
    }

    /** {@code enum libbpf_pin_type}. */
    public enum Pinning {
        NONE,
        BY_NAME
    }

    /**
     * An entry of a {@code .values} initialiser.
     *
     * @param index array index
     * @param target name of the program (prog array) or map (map of maps) to put there
     */
    public record InitialSlot(int index, String target) {}
}
