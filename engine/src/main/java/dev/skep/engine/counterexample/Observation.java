package dev.skep.engine.counterexample;

import dev.skep.engine.Execution;
import dev.skep.engine.RunObserver;
import dev.skep.engine.map.EngineMap;
import dev.skep.object.Bytes;
import dev.skep.object.map.MapType;
import dev.skep.object.program.HelperId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What a run did with its input: the numbers it read from it, how it branched, which look-ups found nothing. */
final class Observation implements RunObserver {
    /** Jumps, and as many reads, that are kept of one run. */
    private static final int KEPT = 20_000;

    private final RunInput input;
    private final ContextFields contextFields;
    private final List<Branch> branches = new ArrayList<>();
    private final List<Read> reads = new ArrayList<>();
    private final List<LookUp> lookUps = new ArrayList<>();
    private final List<Value> values = new ArrayList<>();
    private final Map<Integer, Integer> calls = new HashMap<>();
    private long context;
    private long frame;
    private boolean missesObjects;
    private long jumps;

    /** A conditional jump. @param left its first operand @param right its second, or the immediate with its sign extended */
    record Branch(int slot, boolean taken, long left, long right) {}

    /** A number read from the input. @param branch how many jumps were decided before */
    record Read(InputField field, long value, int branch) {}

    /** A look-up in a map. @param found whether there was such a key @param branch how many jumps were decided before */
    record LookUp(RunInput.EntryKey key, int valueSize, boolean found, int branch) {}

    /** Where values of a map lie. @param key the entry's; no bytes for global variables */
    private record Value(long address, int size, String map, Optional<Bytes> key) {}

    Observation(RunInput input, ContextFields contextFields) {
        this.input = input;
        this.contextFields = contextFields;
    }

    /** The conditional jumps in the order in which they were decided, the first of them if there were many. */
    List<Branch> branches() {
        return branches;
    }

    /** What was read from the input. */
    List<Read> reads() {
        return reads;
    }

    /** Look-ups in maps that may hold any entries. */
    List<LookUp> lookUps() {
        return lookUps;
    }

    /** How many conditional jumps were decided. */
    long jumps() {
        return jumps;
    }

    /** Whether it took a pointer to something that the kernel would have put there, and the engine has not. */
    boolean missesObjects() {
        return missesObjects;
    }

    /** Where the packet's frame starts in memory; 0 if there is none. */
    long frame() {
        return frame;
    }

    /** Global variables that may have any value lie here. */
    void noteGlobals(EngineMap map) {
        values.add(
                new Value(map.directValue(0), map.spec().valueSize(), map.spec().name(), Optional.empty()));
    }

    @Override
    public void begins(Execution run, long r1) {
        context = r1;
        frame = run.hasPacket() ? run.packet().dataEnd() - input.packet().length() : 0;
    }

    @Override
    public void loads(Execution run, long address, int size, long value) {
        if (reads.size() < KEPT) {
            field(address, size).ifPresent(field -> reads.add(new Read(field, value, branches.size())));
        }
    }

    private Optional<InputField> field(long address, int size) {
        if (frame != 0
                && address >= frame
                && address + size <= frame + input.packet().length()) {
            return Optional.of(new InputField.PacketBytes((int) (address - frame), size));
        }
        long offset = address - context;
        if (offset >= 0 && offset < contextFields.blank().length()) {
            missesObjects |= contextFields.pointers().test(new ContextFields.Field((int) offset, size));
            return contextField((int) offset, size);
        }
        for (Value value : values.reversed()) {
            int at = (int) (address - value.address);
            if (address >= value.address && address + size <= value.address + value.size) {
                return Optional.of(value.key
                        .<InputField>map(key -> new InputField.EntryBytes(value.map, key, at, size))
                        .orElseGet(() -> new InputField.GlobalBytes(value.map, at, size)));
            }
        }
        return Optional.empty();
    }

    private Optional<InputField> contextField(int offset, int size) {
        if (contextFields.isLength(offset, size)) {
            return Optional.of(new InputField.PacketLength());
        }
        return contextFields.isFree(offset, size)
                ? Optional.of(new InputField.ContextBytes(offset, size))
                : Optional.empty();
    }

    @Override
    public void branches(int slot, boolean taken, long left, long right) {
        jumps++;
        if (branches.size() < KEPT) {
            branches.add(new Branch(slot, taken, left, right));
        }
    }

    @Override
    public OptionalLong answers(Execution run, int slot, HelperId helper, long r1, long r2, long r3) {
        Optional<FreeResult> free = FreeResult.of(helper);
        if (free.isEmpty()) {
            return OptionalLong.empty();
        }
        int number = calls.merge(slot, 1, Integer::sum) - 1;
        InputField.HelperResult call =
                new InputField.HelperResult(slot, number, helper, free.get().size());
        OptionalLong answer =
                free.get().answer(Optional.ofNullable(input.results().get(call)));
        if (reads.size() < KEPT) {
            reads.add(new Read(call, answer.orElse(1), branches.size()));
        }
        return answer;
    }

    @Override
    public void returned(Execution run, int slot, HelperId helper, long r1, long r2, long result) {
        missesObjects |= helper == HelperId.GET_CURRENT_TASK || helper == HelperId.GET_CURRENT_TASK_BTF;
        if (helper == HelperId.MAP_LOOKUP_ELEM && lookUps.size() < KEPT) {
            EngineMap map = run.map(r1);
            if (mayHoldAnything(map.spec().type())) {
                Bytes key = Bytes.of(run.sandbox().toArray(r2, map.spec().keySize()));
                RunInput.EntryKey entry = new RunInput.EntryKey(map.spec().name(), key);
                lookUps.add(new LookUp(entry, map.spec().valueSize(), result != 0, branches.size()));
                if (result != 0) {
                    values.add(
                            new Value(result, map.spec().valueSize(), map.spec().name(), Optional.of(key)));
                }
            }
        }
    }

    /** Maps whose entries user space may set, and whose values are plain bytes. */
    private static boolean mayHoldAnything(MapType type) {
        return switch (type) {
            case HASH, ARRAY, LRU_HASH, LPM_TRIE, PERCPU_HASH, PERCPU_ARRAY, LRU_PERCPU_HASH -> true;
            default -> false;
        };
    }
}
