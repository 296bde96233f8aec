package dev.skep.compiler.java;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.compiler.code.Target;
import dev.skep.object.BpfObject;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Methods as long as a class file can have them are compiled with little stack, in a time that grows as they do. */
@Timeout(60)
class LargeMethodsTest {
    private static final long LITTLE_STACK = 256 << 10;

    @Test
    void thousandsOfBranchesBehindEachOther() throws Exception {
        int size =
                size("int r = 0;" + repeated(3_000, i -> "if (length == " + i + ") r += " + 3 * i + ";") + "return r;");
        assertThat(size).isBetween(6_000, 7_000);
    }

    @Test
    void thousandsOfWaysOut() throws Exception {
        int size = size(repeated(3_000, i -> "if (length == " + i + ") return " + i % 77 + ";") + "return -1;");
        assertThat(size).isBetween(3_000, 4_000);
    }

    @Test
    void thousandsOfCases() throws Exception {
        int size = size("switch (length) {" + repeated(3_000, i -> "case " + i * 5 + ": return " + i % 101 + ";")
                + "default: return -1; }");
        assertThat(size).isBetween(3_000, 7_000);
    }

    private static String repeated(int count, IntFunction<String> line) {
        return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining("\n"));
    }

    /** The number of instructions of a program with this body. */
    private static int size(String body) throws InterruptedException, ExecutionException {
        JavaText text = JavaText.of(
                "@Xdp static int large(XdpContext context) { int length = context.length();\n" + body + "}");
        FutureTask<BpfObject> compiling = new FutureTask<>(() -> text.compile(Target.NEWEST));
        new Thread(null, compiling, "little stack", LITTLE_STACK).start();
        return compiling.get().functions().getFirst().instructions().size();
    }
}
