package dev.skep.bench;

import dev.skep.object.Location;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The running kernel's BTF (about 130,000 types): from its bytes to a type found by name. */
@State(Scope.Thread)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
public class KernelTypesBenchmark {
    private static final Location WHERE = Location.in("/sys/kernel/btf/vmlinux");

    private byte[] bytes = {};

    /** Reads the file, which is not measured. */
    @Setup
    public void read() throws IOException {
        bytes = Files.readAllBytes(Path.of(WHERE.source()));
    }

    /** In a JVM that has done nothing else yet. */
    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @Warmup(iterations = 0)
    @Measurement(iterations = 1)
    @Fork(10)
    public OptionalInt openAndFindCold() {
        return openAndFind();
    }

    /** Once the JVM is warm. */
    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @Warmup(iterations = 5, time = 1)
    @Measurement(iterations = 5, time = 1)
    public OptionalInt openAndFindWarm() {
        return openAndFind();
    }

    private OptionalInt openAndFind() {
        return Btf.open(bytes, WHERE).find("task_struct", BtfType.Composite.class);
    }
}
