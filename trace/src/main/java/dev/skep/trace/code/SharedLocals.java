package dev.skep.trace.code;

import dev.skep.compiler.ir.Value;
import dev.skep.trace.check.Local;
import dev.skep.trace.check.TypedProgram;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** Where the variables are that a program shares with the bodies of its loops over maps: one after the other, in memory. */
final class SharedLocals {
    private final Map<Local, Integer> offsets;
    private final int size;
    private Optional<Supplier<Value>> start;

    private SharedLocals(Map<Local, Integer> offsets, int size, Optional<Supplier<Value>> start) {
        this.offsets = offsets;
        this.size = size;
        this.start = start;
    }

    /** Those of a program. */
    static SharedLocals of(TypedProgram program) {
        Map<Local, Integer> offsets = new IdentityHashMap<>();
        int end = 0;
        for (Local local : program.sharedLocals()) {
            offsets.put(local, end);
            end += (Math.max(1, local.type().size()) + 7) & -8;
        }
        return new SharedLocals(offsets, end, Optional.empty());
    }

    /** The same, as a function sees them that is given where they start. */
    SharedLocals at(Value address) {
        return new SharedLocals(offsets, size, Optional.of(() -> address));
    }

    /** Where they start. */
    Value start(Program program) {
        if (start.isEmpty()) {
            start = Optional.of(program.reserve("shared", Math.max(8, size)));
        }
        return start.get().get();
    }

    Value place(Program program, Local local) {
        return program.emit().offset(start(program), Objects.requireNonNull(offsets.get(local), local::name));
    }
}
