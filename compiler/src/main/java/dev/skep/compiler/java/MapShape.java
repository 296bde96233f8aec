package dev.skep.compiler.java;

import dev.skep.object.map.MapType;

/**
 * What maps of a kind have as keys and values.
 *
 * @param sized whether the program says how many entries it has; of others the kernel knows
 */
record MapShape(Part key, Part value, boolean sized) {
    /** What a key or value is. */
    enum Part {
        /** There is none. */
        NONE,
        /** A number of 32 bits: an index, or what only user space and the kernel know. */
        NUMBER,
        /** The addresses of a stack. */
        STACK,
        /** What the declaration names as its type argument. */
        NAMED
    }

    static MapShape of(MapType type) {
        return switch (type) {
            case ARRAY, PERCPU_ARRAY -> new MapShape(Part.NUMBER, Part.NAMED, true);
            case SK_STORAGE, TASK_STORAGE, CGRP_STORAGE, INODE_STORAGE -> new MapShape(Part.NUMBER, Part.NAMED, false);
            case PROG_ARRAY,
                    CGROUP_ARRAY,
                    ARRAY_OF_MAPS,
                    DEVMAP,
                    DEVMAP_HASH,
                    CPUMAP,
                    XSKMAP,
                    SOCKMAP,
                    REUSEPORT_SOCKARRAY -> new MapShape(Part.NUMBER, Part.NUMBER, true);
            case STACK_TRACE -> new MapShape(Part.NUMBER, Part.STACK, true);
            case PERF_EVENT_ARRAY -> new MapShape(Part.NUMBER, Part.NUMBER, false);
            case SOCKHASH, HASH_OF_MAPS -> new MapShape(Part.NAMED, Part.NUMBER, true);
            case RINGBUF, QUEUE, STACK, BLOOM_FILTER -> new MapShape(Part.NONE, Part.NAMED, true);
            default -> new MapShape(Part.NAMED, Part.NAMED, true);
        };
    }

    /** True for maps of maps. */
    static boolean holdsMaps(MapType type) {
        return type == MapType.ARRAY_OF_MAPS || type == MapType.HASH_OF_MAPS;
    }

    /** True for maps whose entries a file may name. */
    static boolean holdsSlots(MapType type) {
        return type == MapType.PROG_ARRAY || type == MapType.ARRAY_OF_MAPS;
    }

    /** How many type arguments a declaration needs at least. */
    int typeArguments() {
        return key == Part.NAMED || value == Part.NAMED ? 1 : 0;
    }
}
