package dev.skep.engine.interpreter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import org.junit.jupiter.api.Test;

/** HotSpot never compiles a method of 8,000 bytes or more (-XX:-DontCompileHugeMethods aside). */
class LoopSizeTest {
    @Test
    void theLoopIsSmallEnoughToBeCompiled() throws IOException {
        try (InputStream file = Interpreter.class.getResourceAsStream("Interpreter.class")) {
            assertThat(file).isNotNull();
            ClassModel model = ClassFile.of().parse(file.readAllBytes());
            int size = model.methods().stream()
                    .filter(method -> method.methodName().equalsString("run"))
                    .mapToInt(method -> method.findAttribute(Attributes.code())
                            .orElseThrow()
                            .codeLength())
                    .max()
                    .orElseThrow();
            assertThat(size).isBetween(1000, 7999);
        }
    }
}
