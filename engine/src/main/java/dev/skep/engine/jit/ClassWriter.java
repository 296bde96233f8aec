package dev.skep.engine.jit;

import dev.skep.engine.interpreter.LogicalCpu;
import dev.skep.engine.map.Maps;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** Writes one generated class: its methods, and the two ways into them that {@link GeneratedCode} has. */
final class ClassWriter {
    private static final ClassDesc BASE = ClassDesc.of(GeneratedCode.class.getName());
    private static final ClassDesc NAME = ClassDesc.of(ClassWriter.class.getPackageName(), "Program");
    private static final ClassDesc CPU = ClassDesc.of(LogicalCpu.class.getName());
    private static final MethodTypeDesc CALL = MethodTypeDesc.ofDescriptor("(I" + CPU.descriptorString() + "JJJJJJ)J");
    private static final MethodTypeDesc STEP = MethodTypeDesc.ofDescriptor("(II" + CPU.descriptorString() + "[J)I");
    private static final MethodTypeDesc PART = MethodTypeDesc.ofDescriptor("(" + CPU.descriptorString() + "[JI)I");
    private static final int STATIC = ClassFile.ACC_STATIC;
    private static final int FINAL = ClassFile.ACC_FINAL;

    private final Flow flow;
    private final Functions functions;
    private final Plan plan;
    private final Maps maps;
    private final boolean checked;
    private final CompiledProgram program;

    ClassWriter(Flow flow, Functions functions, Plan plan, Maps maps, boolean checked, CompiledProgram program) {
        this.flow = flow;
        this.functions = functions;
        this.plan = plan;
        this.maps = maps;
        this.checked = checked;
        this.program = program;
    }

    /** The class file of a class of the plan. @param constants takes the objects it uses */
    byte[] write(int number, ClassConstants constants) {
        List<Plan.Method> methods = plan.classes().get(number);
        return ClassFile.of().build(NAME, type -> {
            type.withFlags(FINAL).withSuperclass(BASE);
            writeConstructor(type);
            methods.forEach(method -> writeMethod(type, method, number, constants));
            List<Plan.Method> whole =
                    methods.stream().filter(Plan.Method::isWhole).toList();
            List<Plan.Method> parts =
                    methods.stream().filter(method -> !method.isWhole()).toList();
            type.withMethodBody("call", CALL, 0, code -> writeCall(code, whole));
            type.withMethodBody("step", STEP, 0, code -> writeStep(code, parts));
        });
    }

    private static void writeConstructor(ClassBuilder type) {
        type.withMethodBody(
                ConstantDescs.INIT_NAME,
                ConstantDescs.MTD_void,
                0,
                code -> code.aload(0)
                        .invokespecial(BASE, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                        .return_());
    }

    private static String name(Plan.Method method) {
        return method.isWhole() ? "function" + method.function() : "part" + method.part();
    }

    private void writeMethod(ClassBuilder type, Plan.Method method, int number, ClassConstants constants) {
        Region region = new Region(flow, method.blocks(), method.entries(), method.isWhole());
        RegionEmitter.Setting setting = new RegionEmitter.Setting(
                constants,
                program,
                maps,
                checked,
                slot -> target(slot, number),
                block -> plan.split(method.function()).place(block));
        boolean metered = !method.isWhole() || functions.isMetered(method.function());
        type.withMethodBody(
                name(method),
                method.isWhole() ? Functions.TYPE : PART,
                STATIC,
                code -> new RegionEmitter(region, setting, metered, code).emit());
    }

    private Functions.Target target(int slot, int number) {
        int function = flow.functionAt(slot);
        boolean split = plan.classOf(function) < 0;
        return new Functions.Target(
                function,
                split || functions.isMetered(function),
                functions.cost(function),
                plan.classOf(function) == number,
                NAME,
                "function" + function);
    }

    private static void writeCall(CodeBuilder code, List<Plan.Method> methods) {
        writeSwitch(code, methods, Plan.Method::function, method -> {
            code.aload(2);
            for (int argument = 3; argument <= 8; argument++) {
                code.lload(code.parameterSlot(argument - 1));
            }
            code.invokestatic(NAME, name(method), Functions.TYPE).lreturn();
        });
    }

    private static void writeStep(CodeBuilder code, List<Plan.Method> methods) {
        writeSwitch(
                code,
                methods,
                Plan.Method::part,
                method -> code.aload(3)
                        .aload(4)
                        .iload(2)
                        .invokestatic(NAME, name(method), PART)
                        .ireturn());
    }

    private interface MethodCall {
        void write(Plan.Method method);
    }

    private static void writeSwitch(
            CodeBuilder code, List<Plan.Method> methods, ToIntFunction<Plan.Method> key, MethodCall call) {
        Label none = code.newLabel();
        List<SwitchCase> cases = new ArrayList<>();
        methods.forEach(method -> cases.add(SwitchCase.of(key.applyAsInt(method), code.newLabel())));
        code.iload(1).lookupswitch(none, cases);
        for (int i = 0; i < methods.size(); i++) {
            code.labelBinding(cases.get(i).target());
            call.write(methods.get(i));
        }
        code.labelBinding(none);
        ClassDesc error = ClassDesc.of(AssertionError.class.getName());
        code.new_(error)
                .dup()
                .invokespecial(error, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                .athrow();
    }
}
