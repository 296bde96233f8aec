package dev.skep.engine.helper;

import dev.skep.engine.Execution;
import dev.skep.engine.map.EngineMap;
import dev.skep.object.program.HelperId;
import java.util.List;
import java.util.Locale;

/**
 * A helper that looks at its arguments first: what checked mode calls instead of the helper itself. Traps on memory that the program
 * may not touch, as the verifier would have refused it.
 */
record HelperCheck(HelperDefinition definition) implements Helper {
    @Override
    public long call(Execution run, long r1, long r2, long r3, long r4, long r5) {
        List<Argument> arguments = definition.arguments();
        for (int i = 0; i < arguments.size(); i++) {
            check(run, arguments.get(i), register(i, r1, r2, r3, r4, r5), r1, r2, r3, r4, r5);
        }
        return definition.function().call(run, r1, r2, r3, r4, r5);
    }

    private static void check(
            Execution run, Argument argument, long address, long r1, long r2, long r3, long r4, long r5) {
        switch (argument) {
            case Argument.Scalar ignored -> {}
            case Argument.MapHandle ignored -> run.map(address);
            case Argument.Fixed fixed -> check(run, address, fixed.size(), fixed.access());
            case Argument.Sized sized -> {
                long size = register(sized.sizeArgument(), r1, r2, r3, r4, r5) & 0xffff_ffffL;
                if (size != 0 || !sized.nullable()) {
                    check(run, address, size, sized.access());
                }
            }
            case Argument.Key ignored -> check(run, address, run.map(r1).spec().keySize(), Argument.Access.READ);
            case Argument.Value value -> {
                EngineMap map = run.map(r1);
                check(run, address, map.spec().valueSize(), value.access());
            }
        }
    }

    private static void check(Execution run, long address, long size, Argument.Access access) {
        if (size == 0) {
            return;
        }
        if (access == Argument.Access.READ) {
            run.checkRead(address, size);
        } else {
            run.checkWrite(address, size);
        }
    }

    private static long register(int argument, long r1, long r2, long r3, long r4, long r5) {
        return switch (argument) {
            case 0 -> r1;
            case 1 -> r2;
            case 2 -> r3;
            case 3 -> r4;
            default -> r5;
        };
    }

    /** For example {@code bpf_map_lookup_elem (checked)}. */
    @Override
    public String toString() {
        HelperId id = definition.id();
        return "bpf_" + id.name().toLowerCase(Locale.ROOT) + " (checked)";
    }
}
