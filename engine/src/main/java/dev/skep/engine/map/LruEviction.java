package dev.skep.engine.map;

import dev.skep.object.map.MapSpec;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Chooses which elements an LRU map gives up, as kernel/bpf/bpf_lru_list.c does.
 *
 * <p>All CPUs share one pair of lists. So that they do not wait for each other, each takes entries in batches, for which as many
 * elements go at once, and keeps the elements it added to itself until it takes its next batch. So a map whose programs add to it may
 * have up to a batch for each CPU fewer entries than it has room for. Where a map is too small for batches, elements go one at a time,
 * and so they do for the user's side.
 *
 * <p>With {@code BPF_F_NO_COMMON_LRU} each CPU has lists of its own and its share of the entries.
 */
final class LruEviction implements EntryLimit {
    /** {@code LOCAL_FREE_TARGET}, {@code LOCAL_NR_SCANS}: entries in a batch at most, elements looked at for one. */
    private static final int LARGEST_BATCH = 128;
    /** {@code PERCPU_FREE_TARGET}, {@code PERCPU_NR_SCANS}: the same for a CPU's own lists. */
    private static final int OWN_BATCH = 4;
    /** Others may remove, at the same time, what was chosen to go; then others are chosen. */
    private static final int ATTEMPTS = 16;

    /** What a slot has for itself. */
    private static final class Local {
        /** Elements that go at once. */
        final int batch;
        /** True if the slot keeps entries and elements for itself. */
        final boolean keeps;
        /** Added and not yet in the lists. */
        final LruBatch waiting;

        final LruBatch victims;
        /** Entries it may add. */
        int entries;

        Local(int batch, boolean keeps) {
            this.batch = batch;
            this.keeps = keeps;
            waiting = new LruBatch(batch);
            victims = new LruBatch(batch);
        }
    }

    private final LruMarks nodes;
    private final LruLists[] lists;
    private final Local[] locals;

    private LruEviction(LruMarks nodes, LruLists[] lists, int cpus, int batch, boolean keeps) {
        this.nodes = nodes;
        this.lists = lists;
        // The user's side is the last slot.
        this.locals = Stream.concat(
                        Stream.generate(() -> new Local(batch, keeps)).limit(cpus), Stream.of(new Local(1, false)))
                .toArray(Local[]::new);
    }

    /** @param capacity number of elements there are, more than may be in the map */
    static LruEviction of(MapSpec spec, MapHome home, int capacity, int cpus) {
        int entries = spec.maxEntries();
        if ((spec.flags() & MapFlags.NO_COMMON_LRU) != 0) {
            LruMarks nodes = LruMarks.allocate(home, 2 * cpus, capacity);
            LruLists[] own = IntStream.range(0, cpus)
                    .mapToObj(cpu -> new LruLists(home.sandbox(), nodes, cpu, OWN_BATCH, Math.max(1, entries / cpus)))
                    .toArray(LruLists[]::new);
            return new LruEviction(nodes, own, cpus, OWN_BATCH, false);
        }
        LruMarks nodes = LruMarks.allocate(home, 2, capacity);
        LruLists[] common = {new LruLists(home.sandbox(), nodes, 0, LARGEST_BATCH, entries)};
        // A CPU keeps a batch of entries, and fewer elements than a batch: some are always in the lists.
        int batch = Math.clamp(entries / cpus / 2, 1, LARGEST_BATCH);
        return new LruEviction(nodes, common, cpus, batch, batch > 1);
    }

    /** Notes which elements are used. */
    LruMarks marks() {
        return nodes;
    }

    /** A lookup found the element. */
    void used(int element) {
        nodes.use(element);
    }

    private LruLists listsOf(int slot) {
        return lists[slot < lists.length ? slot : 0];
    }

    /** The lists an element is in; if it is in none, those of the slot. */
    private LruLists listsWith(int element, int slot) {
        int head = nodes.list(nodes.node(element));
        return head >= 0 ? lists[head / 2] : listsOf(slot);
    }

    @Override
    public boolean take(int slot) {
        Local local = locals[slot];
        if (local.entries == 0) {
            return false;
        }
        local.entries--;
        return true;
    }

    @Override
    public boolean makeRoom(int slot, Evictor evictor) {
        Local local = locals[slot];
        LruLists own = listsOf(slot);
        local.waiting.moveTo(own);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int gained = own.take(local.keeps ? local.batch : 1, local.batch, local.victims);
            for (int i = 0; i < local.victims.count(); i++) {
                gained += evictor.evict(local.victims.element(i)) ? 1 : 0;
            }
            if (gained > 0) {
                local.entries += gained - 1;
                return true;
            }
        }
        return false;
    }

    @Override
    public void giveBack(int slot) {
        Local local = locals[slot];
        if (local.keeps && local.entries < local.batch) {
            local.entries++;
        } else {
            listsOf(slot).giveBack(1);
        }
    }

    @Override
    public void added(int element, int slot) {
        add(element, slot, listsOf(slot));
    }

    private void add(int element, int slot, LruLists to) {
        Local local = locals[slot];
        if (!local.keeps) {
            to.add(element);
            return;
        }
        int node = nodes.node(element);
        nodes.clearMark(node);
        nodes.setList(node, LruMarks.WAITING);
        local.waiting.add(element);
        if (local.waiting.isFull()) {
            local.waiting.moveTo(to);
        }
    }

    @Override
    public void replaced(int old, int element, int slot) {
        LruLists of = listsWith(old, slot);
        remove(old, of, false);
        add(element, slot, of);
        used(element);
    }

    @Override
    public void removed(int element, int slot) {
        if (!remove(element, listsWith(element, slot), true)) {
            giveBack(slot);
        }
    }

    /** The entry was removed by {@link Evictor}: it is in no list whoever added it meanwhile. */
    void evicted(int element, int slot) {
        remove(element, listsWith(element, slot), false);
    }

    /** @return false if it waited, so that its entry, if it is gone, was not given back to the lists */
    private boolean remove(int element, LruLists from, boolean gone) {
        if (nodes.changeList(nodes.node(element), LruMarks.WAITING, LruMarks.NO_LIST)) {
            return false;
        }
        from.remove(element, gone);
        return true;
    }
}
