package dev.skep.cli.trace;

import dev.skep.testkit.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A program whose functions begin with instructions that Linux mistakes for others, or refuses, and that says what they did. */
final class VectorFunctions {
    private static final String SOURCE = """
            #include <stdio.h>
            /* Each function gets its argument in %edi and in %xmm1, and returns it. */
            __asm__(".text\\n"
                    ".globl vector_jump, vector_output, vector_plain, vector_other\\n"
                    ".type vector_jump,@function\\n.type vector_output,@function\\n"
                    ".type vector_plain,@function\\n.type vector_other,@function\\n"
                    "vector_jump: vpor %xmm1,%xmm1,%xmm0\\nvmovd %xmm0,%eax\\nret\\n.size vector_jump,.-vector_jump\\n"
                    "vector_output: vmovdqa %xmm1,%xmm0\\nvmovd %xmm0,%eax\\nret\\n.size vector_output,.-vector_output\\n"
                    "vector_plain: movl %edi,%eax\\nret\\n.size vector_plain,.-vector_plain\\n"
                    "vector_other: vunpcklps %xmm1,%xmm1,%xmm0\\nvmovd %xmm0,%eax\\nret\\n.size vector_other,.-vector_other\\n");
            #define CALL(function, value) ({ int result; __asm__ volatile("movl %1,%%edi\\n\\tmovd %%edi,%%xmm1\\n\\t" \\
                    "pxor %%xmm0,%%xmm0\\n\\tcall " #function : "=&a"(result) : "i"(value) : "edi", "xmm0", "xmm1", "memory"); result; })
            int main(void) {
                int a = CALL(vector_jump, 1), b = CALL(vector_output, 2), c = CALL(vector_plain, 3);
                (void) CALL(vector_other, 4);
                printf("%d %d %d\\n", a, b, c);
                return 0;
            }
            """;

    private VectorFunctions() {}

    /** The program, compiled. @param folder where to */
    static Path compile(Path folder) throws IOException {
        Path source = Files.writeString(folder.resolve("vectors.c"), SOURCE);
        Path program = folder.resolve("vectors");
        Tools.run(
                        List.of("gcc", "-O1", "-mno-red-zone", "-o", program.toString(), source.toString()),
                        Duration.ofSeconds(60))
                .expectSuccess();
        return program;
    }
}
