package dev.skep.compiler.java;

import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.FunctionBuilder;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Position;
import dev.skep.compiler.type.CType;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the programs of a class: static methods with an annotation that stands for a section. */
final class Programs {
    private static final String SECTION = "dev/skep/lang/Section";
    private static final String PROGRAMS = "dev/skep/lang/program/";

    private final UnitContext unit;
    private final Set<String> names = new HashSet<>();

    Programs(UnitContext unit) {
        this.unit = unit;
    }

    /**
     * What a program's annotation says.
     *
     * @param annotation its class's name
     * @param section with what it attaches to
     * @param context the class of the program's parameter
     */
    private record Declaration(String annotation, String section, String context, int aborted, boolean typed) {}

    /** The programs of a class, as functions; what is wrong with them becomes findings. */
    List<Function> translate(ClassModel owner) {
        List<Function> functions = new ArrayList<>();
        for (MethodModel method : owner.methods()) {
            List<Declaration> declarations = declarations(method);
            if (!declarations.isEmpty()) {
                translate(declarations, new ClassPool.Method(owner, method)).ifPresent(functions::add);
            }
        }
        return functions;
    }

    /** The names of all programs that were declared, of those that are refused, too. */
    Set<String> names() {
        return names;
    }

    private Optional<Function> translate(List<Declaration> declarations, ClassPool.Method method) {
        Position position = method.position();
        Function[] function = new Function[1];
        unit.findings().guard(position.file(), position.line(), () -> {
            requireOne(declarations, method.model());
            check(declarations.getFirst(), method.model());
            function[0] = translate(declarations.getFirst(), method, position);
        });
        return Optional.ofNullable(function[0]);
    }

    private void requireOne(List<Declaration> declarations, MethodModel method) {
        String name = method.methodName().stringValue();
        if (!names.add(name)) {
            throw new Refusal(
                    name + "()",
                    "another program has this name, and loaders know programs by it",
                    "rename one of them");
        }
        if (declarations.size() > 1) {
            throw new Refusal(
                    name + "()",
                    declarations.stream().map(Declaration::annotation).collect(Collectors.joining(" and "))
                            + " are for programs of different types, and a method is one program",
                    "write a method for each, and let both call what they have in common");
        }
    }

    private List<Declaration> declarations(MethodModel method) {
        return method.findAttribute(Attributes.runtimeVisibleAnnotations()).stream()
                .flatMap(attribute -> attribute.annotations().stream())
                .flatMap(annotation -> declaration(method, annotation).stream())
                .toList();
    }

    /** What libbpf's section names have behind their first part for programs that may sleep, and take packets in fragments. */
    private static String variant(MethodModel method, Annotation annotation) {
        boolean sleeps = ClassPool.annotation(method, PROGRAMS + "Sleepable").isPresent();
        boolean frags = ClassPool.truth(annotation, "frags").orElse(false);
        return (sleeps ? ".s" : "") + (frags ? ".frags" : "");
    }

    private Optional<Declaration> declaration(MethodModel method, Annotation annotation) {
        return unit.classes()
                .find(ClassPool.internalName(annotation.classSymbol()))
                .flatMap(type -> ClassPool.annotation(type, SECTION))
                .map(section -> new Declaration(
                        "@" + ClassPool.simpleName(ClassPool.internalName(annotation.classSymbol())),
                        ClassPool.text(section, "value").orElseThrow()
                                + variant(method, annotation)
                                + ClassPool.text(annotation, "value")
                                        .filter(target -> !target.isEmpty())
                                        .map(target -> "/" + target)
                                        .orElse(""),
                        ClassPool.value(section, "context")
                                .map(v -> ClassPool.internalName(((AnnotationValue.OfClass) v).classSymbol()))
                                .orElseThrow(),
                        ClassPool.number(section, "aborted").orElse(0),
                        ClassPool.value(section, "typed").isPresent()));
    }

    private void check(Declaration declaration, MethodModel method) {
        String name = method.methodName().stringValue() + "()";
        if (!method.flags().has(AccessFlag.STATIC)) {
            throw new Refusal(name, "a program has no object that it belongs to", "make the method static");
        }
        List<ClassDesc> parameters = method.methodTypeSymbol().parameterList();
        boolean fits = parameters.isEmpty()
                || (parameters.size() == 1
                        && parameters.getFirst().isClassOrInterface()
                        && unit.classes().isA(ClassPool.internalName(parameters.getFirst()), declaration.context()));
        if (!fits) {
            throw new Refusal(
                    name,
                    "a program in section " + declaration.section() + " is called with nothing but "
                            + ClassPool.simpleName(declaration.context()),
                    "declare that as its parameter, or none");
        }
        ClassDesc result = method.methodTypeSymbol().returnType();
        if (!List.of(TypeKind.INT, TypeKind.BOOLEAN, TypeKind.VOID).contains(TypeKind.from(result))) {
            throw new Refusal(name, "a program returns a number of 32 bits, not " + result.displayName(), "return int");
        }
    }

    private Function translate(Declaration declaration, ClassPool.Method method, Position position) {
        List<ClassDesc> parameters = method.model().methodTypeSymbol().parameterList();
        List<CType.Parameter> types = parameters.stream()
                .map(p -> unit.layouts().of(ClassPool.internalName(p)).type())
                .map(type -> new CType.Parameter("ctx", new CType.Pointer(new CType.Named(type.name(), false))))
                .toList();
        Function function = new Function(
                method.model().methodName().stringValue().replace('$', '_'),
                Function.Linkage.PROGRAM,
                Optional.of(declaration.section()),
                new CType.Prototype(FunctionSignature.number(Int.I32), types),
                Int.I32,
                position);
        FunctionBuilder builder = builder(function);
        List<Operand> arguments = parameters.stream()
                .<Operand>map(p -> new Operand.Reference(
                        function.entry().addParameter("ctx", Pointer.to(Pointer.Provenance.CONTEXT)),
                        ClassPool.internalName(p)))
                .toList();
        Emitter emitter = new Emitter(
                builder,
                Emitter.returning(Constant.of(declaration.aborted())),
                declaration.typed() ? KernelAccess.READING : KernelAccess.BY_HELPER);
        new MethodTranslation(unit, emitter, method, new Exit.OfProgram(), Optional.empty()).run(arguments);
        emitter.finish(unit.findings());
        return function;
    }

    static FunctionBuilder builder(Function function) {
        function.addBlock("entry");
        FunctionBuilder builder = new FunctionBuilder(function);
        builder.seal(function.entry());
        return builder;
    }
}
