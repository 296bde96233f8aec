package dev.skep.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.compiler.java.ClassSource;
import dev.skep.compiler.java.StructLayouts;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ClassRewriterTest {
    private static final String CLASS = "dev/skep/Mixture";

    private static ClassModel original(ClassSource source) {
        return ClassFile.of().parse(source.find(CLASS).orElseThrow());
    }

    private static ClassModel rewritten(ClassSource source) {
        ClassLoader loader = ClassRewriterTest.class.getClassLoader();
        ClassRewriter rewriter =
                new ClassRewriter(loader, StructLayouts.of(source), new GlobalPlaces(source, List.of()));
        return ClassFile.of().parse(rewriter.rewrite(source.find(CLASS).orElseThrow()));
    }

    private static Map<String, List<Integer>> lines(ClassModel model) {
        Map<String, List<Integer>> lines = new TreeMap<>();
        model.methods()
                .forEach(method -> lines.put(
                        method.methodName().stringValue(),
                        code(model, method.methodName().stringValue())
                                .findAttribute(Attributes.lineNumberTable())
                                .stream()
                                .flatMap(table -> table.lineNumbers().stream())
                                .map(line -> line.lineNumber())
                                .toList()));
        return lines;
    }

    private static CodeModel code(ClassModel model, String method) {
        return model.methods().stream()
                .filter(m -> m.methodName().equalsString(method))
                .findFirst()
                .flatMap(m -> m.code())
                .orElseThrow();
    }

    private static List<String> variables(ClassModel model, String method) {
        return code(model, method).findAttribute(Attributes.localVariableTable()).stream()
                .flatMap(table -> table.localVariables().stream())
                .map(variable -> variable.name().stringValue() + ":" + variable.slot())
                .sorted()
                .toList();
    }

    @Test
    void linesStay() {
        ClassSource source = ClassSource.of(ClassRewriterTest.class.getClassLoader());
        assertThat(lines(rewritten(source))).isEqualTo(lines(original(source)));
    }

    @Test
    void localVariablesStay() {
        ClassSource source = ClassSource.of(ClassRewriterTest.class.getClassLoader());
        assertThat(variables(rewritten(source), "arrays")).isEqualTo(variables(original(source), "arrays"));
    }
}
