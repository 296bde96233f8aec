package dev.skep.compiler.java;

import dev.skep.compiler.Compiler;
import dev.skep.compiler.code.CodeGenerationException;
import dev.skep.compiler.code.Target;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Position;
import dev.skep.compiler.unit.CompilationUnit;
import dev.skep.object.BpfObject;
import java.lang.classfile.ClassModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the BPF programs in a Java class.
 *
 * <pre>{@code
 * CompilationUnit unit = JavaFrontEnd.read(ClassSource.of(Firewall.class.getClassLoader()), "dev/example/Firewall");
 * BpfObject object = JavaFrontEnd.compile(unit, Target.DEFAULT);
 * }</pre>
 *
 * <p>Programs have Java's semantics: numbers wrap around, shift distances are masked. Where Java would throw (a division by zero,
 * an index out of range, a failed {@code assert}), the program ends and returns what its annotation names as {@code aborted}.
 * Methods that a program calls are compiled in its place.
 */
public final class JavaFrontEnd {
    private static final String OWN = "dev/skep/lang/";

    private JavaFrontEnd() {}

    /**
     * The programs, maps and globals of a class, for {@link Target#DEFAULT}.
     *
     * @param source where the class and those that it uses come from; {@code dev.skep.lang} is always found
     * @param className with dots or slashes
     * @throws JavaSourceException with everything in it that cannot be compiled
     * @throws IllegalArgumentException if there is no such class, or it is no class file
     */
    public static CompilationUnit read(ClassSource source, String className) {
        return read(source, className, Target.DEFAULT);
    }

    /**
     * The programs, maps and globals of a class.
     *
     * @param source where the class and those that it uses come from; {@code dev.skep.lang} is always found
     * @param className with dots or slashes
     * @param target what it will be compiled for: its kernel decides which kinds of loops there are
     * @throws JavaSourceException with everything in it that cannot be compiled
     * @throws IllegalArgumentException if there is no such class, or it is no class file
     */
    public static CompilationUnit read(ClassSource source, String className, Target target) {
        ClassSource language = ClassSource.of(JavaFrontEnd.class.getClassLoader());
        ClassSource all = source.or(name -> name.startsWith(OWN) ? language.find(name) : Optional.empty());
        ClassPool classes = new ClassPool(all);
        ClassModel model = classes.find(className.replace('.', '/'))
                .orElseThrow(() -> new IllegalArgumentException("there is no class file of " + className));
        return read(model, unit(classes, target));
    }

    private static UnitContext unit(ClassPool classes, Target target) {
        Findings findings = new Findings();
        Globals globals = new Globals();
        StructLayouts layouts = new StructLayouts(classes);
        return new UnitContext(
                classes,
                layouts,
                new KernelTypes(classes, layouts),
                new StaticFields(classes, layouts, globals, findings),
                globals,
                new GlobalFunctions(),
                new Callbacks(),
                new Subprograms(),
                new KernelFunctionCalls(),
                target,
                findings);
    }

    private static CompilationUnit read(ClassModel model, UnitContext unit) {
        unit.fields().declareAll(model);
        Programs programs = new Programs(unit);
        List<Function> functions = new ArrayList<>(programs.translate(model));
        unit.fields().names().checkSlots(programs.names());
        StructOpsClasses structOps = new StructOpsClasses(unit);
        structOps.read(model);
        functions.addAll(structOps.functions());
        functions.addAll(unit.functions().all());
        functions.addAll(unit.callbacks().all());
        functions.addAll(unit.subprograms().all());
        functions.forEach(function -> ReusedPlaces.find(function, unit.findings()));
        unit.findings().assumptions().check(functions, unit.findings());
        unit.findings().throwIfAny();
        return new CompilationUnit(
                ClassPool.simpleName(model.thisClass().asInternalName()),
                functions,
                unit.fields().maps(),
                unit.globals().sections(),
                unit.kernelFunctions().all(),
                structOps.declarations(),
                license(model),
                Map.of());
    }

    /**
     * Compiles what was read, by {@link Compiler#compile}.
     *
     * @throws JavaSourceException with all methods that BPF cannot express, for example because they need too much stack
     */
    public static BpfObject compile(CompilationUnit unit, Target target) {
        try {
            return Compiler.compile(unit, target);
        } catch (CodeGenerationException refused) {
            List<Finding> findings = new ArrayList<>(List.of(finding(refused)));
            for (Throwable other : refused.getSuppressed()) {
                if (other instanceof CodeGenerationException another) {
                    findings.add(finding(another));
                }
            }
            throw new JavaSourceException(findings);
        }
    }

    private static Finding finding(CodeGenerationException refused) {
        Position position = refused.position();
        return new Finding(
                position.file(),
                position.line(),
                refused.function().name() + "()",
                refused.problem(),
                refused.advice());
    }

    private static String license(ClassModel model) {
        return ClassPool.annotation(model, OWN + "License")
                .flatMap(a -> ClassPool.text(a, "value"))
                .orElse("GPL");
    }
}
