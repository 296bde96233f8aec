package dev.skep.engine.jit;

import dev.skep.engine.helper.Helper;
import dev.skep.engine.map.ArrayElements;
import dev.skep.engine.map.ElementLookup;
import dev.skep.engine.map.EngineMap;
import dev.skep.engine.map.RecordSender;

/** What a call of a helper becomes, once it is known what it is called with. */
sealed interface Binding {
    /**
     * The helper as it is.
     *
     * @param arity how many of r1 to r5 it may look at
     * @param calledBack true if it may run functions of the program
     */
    record Any(Helper helper, int arity, boolean calledBack) implements Binding {}

    /** {@code bpf_map_lookup_elem} on an array: an addition and a comparison. */
    record ArrayLookup(ArrayElements elements) implements Binding {}

    /** {@code bpf_map_lookup_elem} on a map that programs look into often. */
    record DirectLookup(ElementLookup lookup) implements Binding {}

    /** {@code bpf_map_lookup_elem} on any other map. */
    record Lookup(EngineMap map) implements Binding {}

    /** {@code bpf_map_update_elem} on this map. */
    record Update(EngineMap map) implements Binding {}

    /** {@code bpf_map_delete_elem} on this map. */
    record Delete(EngineMap map) implements Binding {}

    /** {@code bpf_ringbuf_reserve} on this ring buffer. */
    record Reserve(RecordSender ring) implements Binding {}

    /** {@code bpf_ringbuf_submit} or {@code bpf_ringbuf_discard} of a record that was reserved on this ring buffer. */
    record Finish(RecordSender ring, boolean discard) implements Binding {}

    /** {@code bpf_ringbuf_output} on this ring buffer. */
    record Output(RecordSender ring) implements Binding {}
}
