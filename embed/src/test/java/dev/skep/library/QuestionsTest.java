package dev.skep.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.LoadedClass;
import dev.skep.LoadedProgram;
import dev.skep.junit.BpfTest;
import dev.skep.junit.RunsOn;
import dev.skep.library.Questions.Answers;
import dev.skep.object.Location;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.object.map.MapType;
import dev.skep.testkit.NeedsBpf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class QuestionsTest {
    private static final String KERNEL_TYPES = "/sys/kernel/btf/vmlinux";

    @BpfTest(value = Questions.class, on = RunsOn.KERNEL)
    @NeedsBpf
    void theKernelIsAskedWhereTheProgramIsLoaded(LoadedClass questions) throws IOException {
        questions.program("ask").runWithContext(new byte[16]);
        Answers answers = questions.map("answers", Integer.class, Answers.class).require(0);
        assertThat(answers.field).as("task_struct.comm").isTrue();
        assertThat(answers.noField).as("task_struct.no_such_field").isFalse();
        assertThat(answers.type).as("task_struct").isTrue();
        assertThat(answers.noType).as("no_such_struct").isFalse();
        assertThat(answers.value).as("BPF_MAP_TYPE_RINGBUF").isTrue();
        assertThat(answers.noValue).as("BPF_MAP_TYPE_NONSENSE").isFalse();
        assertThat(answers.number).isEqualTo(MapType.RINGBUF.number());
        assertThat(answers.size).isEqualTo(sizeOfFileTable());
        assertThat(answers.openFiles).isBetween(8, 1 << 20);
        assertThat(answers.files).as("an address of the kernel").isNegative();
    }

    private static int sizeOfFileTable() throws IOException {
        Btf types = Btf.read(Files.readAllBytes(Path.of(KERNEL_TYPES)), Location.in(KERNEL_TYPES));
        int id = types.find("fdtable", BtfType.Composite.class).orElseThrow();
        return ((BtfType.Composite) types.type(id)).size();
    }

    @BpfTest(value = Questions.class, on = RunsOn.JVM)
    void onTheJvmItIsSaidThatThereAreNoStructuresOfTheKernel(LoadedClass questions) {
        LoadedProgram ask = questions.program("ask");
        byte[] context = new byte[16];
        assertThatThrownBy(() -> ask.runWithContext(context))
                .hasStackTraceContaining(
                        "Kernel.has is about structures of the kernel, which the JVM cannot read: run the"
                                + " program in the kernel");
    }
}
