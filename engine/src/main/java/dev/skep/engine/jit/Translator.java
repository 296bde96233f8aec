package dev.skep.engine.jit;

import dev.skep.engine.interpreter.CallTargets;
import dev.skep.engine.interpreter.Translation;
import dev.skep.engine.map.Maps;
import dev.skep.object.image.ProgramImage;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Translates programs: the way in to the JIT. */
public final class Translator {
    /** Functions that share code get copies of it; programs that would become so many times larger are left to the interpreter. */
    private static final int MOST_COPIES = 8;
    /** Parts are not planned smaller than this: a single block is never that large. */
    private static final int SMALLEST = 500;

    private final Maps maps;
    private CodeSize sizes;
    private final Flow flow;
    private final Functions functions;
    private final CompiledProgram program;

    private Translator(Flow flow, Functions functions, Maps maps, CodeSize sizes, int slots) {
        this.maps = maps;
        this.flow = flow;
        this.functions = functions;
        this.sizes = sizes;
        program = new CompiledProgram(slots);
    }

    /**
     * Translates a program.
     *
     * @param image has passed {@link dev.skep.engine.interpreter.ProgramCheck}; every reference is filled in
     * @param targets what calls of helpers go to
     * @param maps of the engine: calls on maps that are known are bound to them
     * @param checked has every access to memory judged first
     * @return empty for a program whose functions jump into each other so much that there would be too many copies
     */
    public static Optional<Translation> translate(ProgramImage image, CallTargets targets, Maps maps, boolean checked) {
        return translate(image, targets, maps, new CodeSize(CodeSize.PLANNED, checked), classFile -> {});
    }

    /** The same with methods of another size. @param classFiles gets each generated class */
    static Optional<Translation> translate(
            ProgramImage image, CallTargets targets, Maps maps, CodeSize sizes, Consumer<byte[]> classFiles) {
        Flow flow = new Flow(image, new Lowering(targets));
        if (!sizes.checked()) {
            flow.blocks.forEach(block -> RedundantLoads.replace(flow.operations, block));
        }
        int slots = image.instructions().slotCount();
        return Functions.of(flow, (long) MOST_COPIES * flow.operations.length).map(functions -> {
            Translator translator = new Translator(flow, functions, maps, sizes, slots);
            translator.translate(classFiles);
            return translator.program;
        });
    }

    private void translate(Consumer<byte[]> classFiles) {
        BitSet split = new BitSet();
        for (int function = 0; function < functions.count(); function++) {
            split.set(function, sizes.of(flow, functions.blocks(function)) > sizes.planned());
        }
        while (true) {
            Plan plan = new Plan(flow, functions, split, sizes);
            ClassWriter writer = new ClassWriter(flow, functions, plan, maps, sizes.checked(), program);
            List<byte[]> classes = new ArrayList<>();
            List<ClassConstants> constants = new ArrayList<>();
            for (int number = 0; number < plan.classes().size(); number++) {
                constants.add(new ClassConstants());
                classes.add(writer.write(number, constants.getLast()));
            }
            int before = split.cardinality();
            boolean huge = splitHuge(classes, split);
            boolean smaller = huge && split.cardinality() == before && sizes.planned() > SMALLEST;
            if (smaller) {
                sizes = new CodeSize(sizes.planned() / 2, sizes.checked());
            }
            if (!huge || (split.cardinality() == before && !smaller)) {
                classes.forEach(classFiles);
                define(plan, classes, constants);
                return;
            }
        }
    }

    /** Notes functions whose methods became too large after all. @return true if there are any, or parts that are */
    private static boolean splitHuge(List<byte[]> classes, BitSet split) {
        boolean found = false;
        for (int number = 0; number < classes.size(); number++) {
            for (MethodModel method : ClassFile.of().parse(classes.get(number)).methods()) {
                int length = method.findAttribute(Attributes.code())
                        .map(CodeAttribute::codeLength)
                        .orElse(0);
                String name = method.methodName().stringValue();
                if (length >= CodeSize.HUGE_METHOD) {
                    found = true;
                    if (name.startsWith("function")) {
                        split.set(Integer.parseInt(name.substring("function".length())));
                    }
                }
            }
        }
        return found;
    }

    private void define(Plan plan, List<byte[]> classes, List<ClassConstants> constants) {
        List<GeneratedCode> instances = new ArrayList<>();
        for (int number = 0; number < classes.size(); number++) {
            instances.add(instantiate(classes.get(number), constants.get(number)));
        }
        GeneratedCode[] ofFunctions = new GeneratedCode[functions.count()];
        int[] starts = new int[functions.count()];
        for (int function = 0; function < starts.length; function++) {
            boolean isSplit = plan.classOf(function) < 0;
            starts[function] = isSplit ? plan.start(function) : SplitState.ENDED;
            ofFunctions[function] = instances.get(isSplit ? 0 : plan.classOf(function));
        }
        GeneratedCode[] ofParts = new GeneratedCode[plan.partCount()];
        for (int number = 0; number < instances.size(); number++) {
            for (Plan.Method method : plan.classes().get(number)) {
                if (!method.isWhole()) {
                    ofParts[method.part()] = instances.get(number);
                }
            }
        }
        program.define(flow, functions, ofFunctions, starts, ofParts);
    }

    private static GeneratedCode instantiate(byte[] bytes, ClassConstants constants) {
        try {
            MethodHandles.Lookup lookup =
                    MethodHandles.lookup().defineHiddenClassWithClassData(bytes, constants.objects(), true);
            return (GeneratedCode) lookup.lookupClass().getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("a generated class cannot be used", e);
        }
    }
}
