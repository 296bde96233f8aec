package dev.skep.compiler.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skep.compiler.code.Target;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.java.samples.Callbacks;
import dev.skep.compiler.java.samples.RefusedCallbacks;
import dev.skep.compiler.unit.CompilationUnit;
import dev.skep.engine.EngineHost;
import dev.skep.object.BpfObject;
import dev.skep.object.KernelVersion;
import dev.skep.object.host.LoadedObject;
import dev.skep.object.host.Program;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallbacksTest {
    private static final Target BEFORE_LOOP = Target.of(new KernelVersion(5, 16));

    private static CompilationUnit read(Target target) {
        return JavaFrontEnd.read(ClassSource.of(Callbacks.class.getClassLoader()), Callbacks.class.getName(), target);
    }

    private static List<String> callbacks(Target target) {
        return read(target).functions().stream()
                .filter(function -> function.linkage() == Function.Linkage.CALLBACK)
                .map(Function::name)
                .toList();
    }

    private static long run(BpfObject object, String program) {
        try (EngineHost engine = EngineHost.open();
                LoadedObject loaded = engine.load(object)) {
            return loaded.program(program)
                    .orElseThrow()
                    .run(Program.Input.packet(new byte[64]))
                    .returnValue();
        }
    }

    @Test
    void aLoopWithManyRoundsIsCalledByTheKernelIfItCan() {
        assertThat(callbacks(Target.NEWEST))
                .containsExactlyInAnyOrder("callback_many_0", "callback_tooMany_0", "callback_increment");
        assertThat(callbacks(BEFORE_LOOP)).containsExactly("callback_increment");
    }

    @Test
    void aLoopDoesTheSameHoweverItIsCompiled() {
        BpfObject called = Compiling.compile(read(Target.NEWEST), Target.NEWEST);
        assertThat(run(called, "few")).isEqualTo(63 * 64 / 2);
        assertThat(run(called, "many")).isEqualTo(64 * 65 / 2);
        assertThat(run(called, "tooMany")).isZero();
    }

    @Test
    void whatCannotBeCalledBackIsNamed() {
        JavaSourceException refused = catchThrowableOfType(
                JavaSourceException.class,
                () -> JavaFrontEnd.read(
                        ClassSource.of(RefusedCallbacks.class.getClassLoader()),
                        RefusedCallbacks.class.getName(),
                        Target.NEWEST));
        assertThat(refused.findings())
                .extracting(Finding::toString)
                .containsExactly(
                        "RefusedCallbacks.java:27: times: what is called has to be known where the program is compiled;"
                                + " write a lambda expression or a method reference",
                        "RefusedCallbacks.java:33: forEach(): the kernel does not go through maps of the type LPM_TRIE;"
                                + " use a hash map or an array, or remember keys of your own",
                        "RefusedCallbacks.java:43: a recursive call of again(): BPF programs have 512 bytes of stack;"
                                + " write a loop",
                        "RefusedCallbacks.java:58: a lambda expression that captures a variable: it runs later, when the"
                                + " method that has the variable is over; put what it needs into the map's value, or a"
                                + " static field",
                        "RefusedCallbacks.java:59: initialize(): the kernel has no timers in maps of the type"
                                + " LRU_PERCPU_HASH; use a HashMap, LruHashMap or ArrayMap");
    }
}
