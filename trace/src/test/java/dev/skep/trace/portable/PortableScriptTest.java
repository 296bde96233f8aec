package dev.skep.trace.portable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.compiler.code.Target;
import dev.skep.object.InputException;
import dev.skep.object.KernelVersion;
import dev.skep.object.file.ObjectWriter;
import dev.skep.trace.check.CheckOptions;
import dev.skep.trace.code.TraceCompiler;
import dev.skep.trace.plan.TracePlan;
import dev.skep.trace.source.Diagnostics;
import dev.skep.trace.source.SourceText;
import dev.skep.trace.syntax.Parser;
import dev.skep.trace.system.Binaries;
import dev.skep.trace.system.FakeSystem;
import dev.skep.trace.system.Tracepoints;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compiled scripts as files. */
class PortableScriptTest {
    private static final String EVERYTHING = """
            config = { max_strlen = 64; missing_probes = "warn" }
            struct point { int x; int y; }
            enum kind { SMALL, LARGE }
            BEGIN { printf("%d %s\\n", 1, "text"); print((1, "two", (x=3, y=4))); time("%H"); print(strftime("%H", nsecs)); }
            tracepoint:sched:sched_switch { @c[args.prev_comm, pid] = count(); @h = hist(nsecs); @l = lhist(cpu, 0, 10, 2);
                @a = avg(3); @s[kstack(3)] = stats(5); @m["x"] = max(6); print(@c, 5); clear(@h); join((uint64)0); }
            kprobe:vfs_read { $p = (struct point *)arg0; print(*$p); @k = (enum kind)1; print(buf(arg1, 8)); print(@c["x", 1]); }
            uprobe:/bin/app:run+4, uretprobe:/bin/app:run { @u[ustack] = count(); print(usym(5)); cat("/etc/%d", 3); }
            interval:ms:5, profile:hz:99, software:faults:100 { errorf("no %d", 3); exit(); }
            """;

    private static PortableScript compiled(String text) {
        FakeSystem system = new FakeSystem()
                .withTracepoint(
                        "sched",
                        "sched_switch",
                        new Tracepoints.Field("char", "prev_comm", 16, 8, 16, true, Tracepoints.Location.HERE))
                .withBinary("/bin/app", new Binaries.Symbol("run", "run", 0x1000, 32))
                .withFunctions("vmlinux", "vfs_read");
        Diagnostics diagnostics = new Diagnostics();
        Optional<PortableScript> script = TraceCompiler.compilePortable(
                Parser.parse(new SourceText("test.bt", text), diagnostics),
                system,
                CheckOptions.DEFAULTS,
                Target.of(new KernelVersion(5, 17)),
                diagnostics);
        assertThat(diagnostics.hasErrors()).as(diagnostics.render()).isFalse();
        return script.orElseThrow();
    }

    /** As text: two source texts are equal only if they are the same. */
    private static String described(TracePlan plan) {
        return (plan.probes() + "\n" + plan.maps() + "\n" + plan.actions() + "\n" + plan.settings() + "\n"
                        + plan.events() + plan.gate() + plan.start() + plan.losses() + plan.exit() + plan.failures()
                        + plan.failed())
                .replaceAll("SourceText@[0-9a-f]+", "SourceText");
    }

    @Test
    void whatIsWrittenIsRead() {
        PortableScript script = compiled(EVERYTHING);
        byte[] file = script.write();
        assertThat(PortableScript.isElf(file)).isTrue();
        PortableScript again = PortableScript.read(file, "app.o");
        assertThat(described(again.plan())).isEqualTo(described(script.plan()));
        assertThat(again.plan().types()).isEqualTo(script.plan().types());
        assertThat(again.formats()).isEqualTo(script.formats()).hasSize(1);
        assertThat(again.plan().object().programs())
                .hasSameSizeAs(script.plan().object().programs());
        assertThat(again.write()).isEqualTo(file);
    }

    @Test
    void otherObjectsAreNoScripts() {
        byte[] file = ObjectWriter.write(compiled("BEGIN { @ = 1; }").plan().object());
        assertThatThrownBy(() -> PortableScript.read(file, "other.o"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("other.o")
                .hasMessageContaining("no section .skep.trace");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BEGIN { print(kaddr(\"x\")); }", "BEGIN { print(ncpus); }"})
    void whatIsOfThisMachineAloneCannotBeCarriedElsewhere(String text) {
        Diagnostics diagnostics = new Diagnostics();
        assertThat(TraceCompiler.compilePortable(
                        Parser.parse(new SourceText("test.bt", text), diagnostics),
                        new FakeSystem().withAddress("x", 0x1000),
                        CheckOptions.DEFAULTS,
                        Target.of(new KernelVersion(5, 17)),
                        diagnostics))
                .isEmpty();
        assertThat(diagnostics.hasErrors()).isTrue();
    }

    /** Whatever is in the file: it is read, or refused by name. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void damagedFilesAreRefusedPolitely(long seed) {
        Random random = new Random(seed);
        byte[] file = compiled(EVERYTHING).write();
        int start = indexOf(file, "SKEPTRCE");
        int refused = 0;
        for (int round = 0; round < 1_500; round++) {
            byte[] damaged = file.clone();
            int changes = 1 + random.nextInt(4);
            for (int i = 0; i < changes; i++) {
                damaged[start + random.nextInt(4_000)] =
                        (byte) (random.nextBoolean() ? random.nextInt(4) : random.nextInt());
            }
            if (random.nextInt(10) == 0) {
                damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length));
            }
            try {
                PortableScript.read(damaged, "damaged.o");
            } catch (InputException e) {
                assertThat(e).hasMessageContaining("damaged.o");
                refused++;
            }
        }
        assertThat(refused).as("seed %d", seed).isGreaterThan(400);
    }

    private static int indexOf(byte[] file, String text) {
        return new String(file, StandardCharsets.ISO_8859_1).indexOf(text);
    }
}
