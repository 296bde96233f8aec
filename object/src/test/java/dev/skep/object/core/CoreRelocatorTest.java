package dev.skep.object.core;

import static dev.skep.object.btf.CoreRelocationKind.ENUMERATOR_VALUE;
import static dev.skep.object.btf.CoreRelocationKind.FIELD_BYTE_OFFSET;
import static dev.skep.object.btf.CoreRelocationKind.FIELD_EXISTS;
import static dev.skep.object.btf.CoreRelocationKind.TYPE_EXISTS;
import static dev.skep.object.btf.CoreRelocationKind.TYPE_ID_LOCAL;
import static dev.skep.object.btf.CoreRelocationKind.TYPE_ID_TARGET;
import static dev.skep.object.btf.CoreRelocationKind.TYPE_SIZE;
import static dev.skep.object.core.TypeList.member;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.object.BpfObject;
import dev.skep.object.InputException;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfExt.CoreRelocation;
import dev.skep.object.btf.BtfType;
import dev.skep.object.btf.CoreRelocationKind;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Instructions;
import dev.skep.object.instruction.Opcode;
import dev.skep.object.program.FunctionSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the comparison with libbpf does not show: outcomes, their words, and input that no compiler writes. */
class CoreRelocatorTest {
    private static final int LOAD_W = Opcode.BPF_LDX | Opcode.BPF_MEM | Opcode.BPF_W;
    private static final Instruction POISON = Instruction.of(Opcode.CALL, 0, 0, 0, 195896080);

    private static Instruction load(int offset) {
        return Instruction.of(LOAD_W, 0, 1, offset, 0);
    }

    private static Instruction move(int value) {
        return Instruction.of(Opcode.BPF_ALU64 | Opcode.BPF_MOV | Opcode.BPF_K, 0, 0, 0, value);
    }

    /** A function of one instruction with one relocation, on line 7 of the source. */
    private static FunctionSpec function(Instruction instruction, int type, String access, CoreRelocationKind kind) {
        CoreRelocation relocation = new CoreRelocation("tc", 0, type, access, kind);
        return new FunctionSpec(
                "f",
                "tc",
                0,
                FunctionSpec.Linkage.GLOBAL,
                0,
                Instructions.of(instruction),
                List.of(),
                List.of(new FunctionSpec.Line(0, "task.c", 7, 3, "return p->pid;")),
                List.of(new FunctionSpec.CoreSite(0, relocation)));
    }

    /** {@code struct task { int pid; }} at id 2. */
    private static Btf program() {
        TypeList types = new TypeList();
        int integer = types.integer();
        types.struct("task", 4, member("pid", integer, 0));
        types.enumeration("state", new BtfType.Enumerator("RUNNING", 0), new BtfType.Enumerator("STOPPED", 1));
        return types.btf();
    }

    private static Btf target(String structName, String... fields) {
        TypeList types = new TypeList();
        int integer = types.integer();
        BtfType.Member[] members = new BtfType.Member[fields.length];
        for (int i = 0; i < fields.length; i++) {
            members[i] = member(fields[i], integer, 4 * i);
        }
        types.struct(structName, 4 * fields.length, members);
        types.enumeration(
                "state", new BtfType.Enumerator("TASK_RUNNING", 0), new BtfType.Enumerator("TASK_STOPPED", 4));
        return types.btf();
    }

    private static CoreRelocator relocator(Btf target) {
        return new CoreRelocator(program(), List.of(new CoreTarget("vmlinux", target)));
    }

    private static CoreOutcome outcome(Btf target, FunctionSpec function) {
        return relocator(target).outcomes(function).getFirst();
    }

    @Test
    void aMovedFieldGetsTheTargetsOffset() {
        FunctionSpec function = function(load(0), 2, "0:0", FIELD_BYTE_OFFSET);
        CoreRelocator relocator = relocator(target("task", "state", "flags", "pid"));
        assertThat(relocator.relocate(function)).isEqualTo(Instructions.of(load(8)));
        assertThat(relocator.outcomes(function).getFirst())
                .isInstanceOfSatisfying(CoreOutcome.Resolved.class, resolved -> {
                    assertThat(resolved.oldValue()).isZero();
                    assertThat(resolved.newValue()).isEqualTo(8);
                    assertThat(resolved.subject()).isEqualTo("<byte_off> [2] struct task.pid (0:0 @ offset 0)");
                    assertThat(resolved.targets()).containsExactly("[2] struct task.pid (0:2 @ offset 8) of vmlinux");
                });
    }

    @Test
    void aMissingFieldPoisonsAndTheOutcomeNamesWhatTheTargetHas() {
        FunctionSpec function = function(load(0), 2, "0:0", FIELD_BYTE_OFFSET);
        Btf target = target("task", "state", "tgid", "ppid");
        assertThat(relocator(target).relocate(function)).isEqualTo(Instructions.of(POISON));
        CoreOutcome outcome = outcome(target, function);
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        CoreOutcome.Poisoned.class,
                        poisoned -> assertThat(poisoned.reason()).isEqualTo(CoreOutcome.Reason.NOT_FOUND));
        assertThat(outcome.message())
                .contains("function f: section tc, instruction 0 (task.c:7:3)")
                .contains("struct task.pid")
                .contains("has no member pid; it has ppid, state, tgid");
    }

    @Test
    void aMissingTypeIsExplainedByTypesOfSimilarName() {
        FunctionSpec function = function(load(0), 2, "0:0", FIELD_BYTE_OFFSET);
        assertThat(outcome(target("task_t", "pid"), function).message())
                .contains("vmlinux has no struct task; did you mean task_t?");
    }

    @Test
    void aTypeOfAnotherKindIsNamed() {
        TypeList types = new TypeList();
        types.add(new BtfType.Typedef("task", types.integer()));
        assertThat(outcome(types.btf(), function(load(0), 2, "0:0", FIELD_BYTE_OFFSET))
                        .message())
                .contains("vmlinux has no struct task; it has typedef task");
    }

    @Test
    void withoutAnyTargetNothingIsFoundAndTheOutcomeSaysWhy() {
        CoreRelocator relocator = new CoreRelocator(program(), List.of());
        FunctionSpec function = function(load(0), 2, "0:0", FIELD_BYTE_OFFSET);
        assertThat(relocator.relocate(function)).isEqualTo(Instructions.of(POISON));
        assertThat(relocator.outcomes(function).getFirst().message()).contains("no kernel's BTF was given");
    }

    @Test
    void aPoisonedLddwBecomesTwoInvalidCalls() {
        FunctionSpec function = function(Instruction.lddw(0, 0, 0), 3, "0", ENUMERATOR_VALUE);
        assertThat(relocator(target("task", "pid")).relocate(function)).isEqualTo(Instructions.of(POISON, POISON));
        assertThat(outcome(target("task", "pid"), function).message())
                .contains("enum state::RUNNING = 0")
                .contains("has no enumerator RUNNING; it has TASK_RUNNING, TASK_STOPPED");
    }

    @Test
    void whetherSomethingExistsIsAnsweredWithZeroAndAnExplanation() {
        FunctionSpec function = function(move(1), 2, "0:0", FIELD_EXISTS);
        Btf target = target("task", "tgid");
        assertThat(relocator(target).relocate(function)).isEqualTo(Instructions.of(move(0)));
        assertThat(outcome(target, function))
                .isInstanceOfSatisfying(
                        CoreOutcome.Absent.class,
                        absent -> assertThat(absent.explanation()).contains("has no member pid"));
    }

    @Test
    void aMemberOfAnotherTypeIsNotTheMemberMeant() {
        TypeList types = new TypeList();
        int integer = types.integer();
        int pointer = types.pointer(integer);
        types.struct("task", 8, member("pid", pointer, 0));
        CoreOutcome outcome = outcome(types.btf(), function(load(0), 2, "0:0", FIELD_BYTE_OFFSET));
        assertThat(outcome.message()).contains("has the member pid as a pointer, the program as signed 4-byte int");
    }

    @Test
    void aSignedFieldOfAnotherSizePoisonsLoads() {
        TypeList types = new TypeList();
        int wide = types.add(new BtfType.Int("long", 8, true, false, false, 0, 64));
        types.struct("task", 8, member("pid", wide, 0));
        CoreOutcome outcome = outcome(types.btf(), function(load(0), 2, "0:0", FIELD_BYTE_OFFSET));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        CoreOutcome.Poisoned.class,
                        poisoned -> assertThat(poisoned.reason()).isEqualTo(CoreOutcome.Reason.UNSAFE_SIZE));
        assertThat(outcome.message()).contains("signed 4-byte int in the program and signed 8-byte long in vmlinux");
    }

    @Test
    void disagreeingCandidatesAreAnErrorThatNamesThem() {
        TypeList types = new TypeList();
        int integer = types.integer();
        types.struct("task", 4, member("pid", integer, 0));
        types.struct("task___2", 8, member("state", integer, 0), member("pid", integer, 4));
        FunctionSpec function = function(load(0), 2, "0:0", FIELD_BYTE_OFFSET);
        CoreRelocator relocator = relocator(types.btf());
        assertThatThrownBy(() -> relocator.relocate(function))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(
                        "ambiguous: [2] struct task of vmlinux and [3] struct task___2 of vmlinux both fit")
                .hasMessageContaining("bit offset 0 != 32")
                .hasMessageContaining("task.c:7:3");
        assertThat(relocator.outcomes(function).getFirst())
                .isInstanceOfSatisfying(
                        CoreOutcome.Ambiguous.class,
                        ambiguous -> assertThat(ambiguous.candidates()).hasSize(2));
    }

    @Test
    void modulesAreAskedOnlyForWhatTheKernelLacks() {
        Btf kernel = target("other", "a");
        TypeList more = new TypeList();
        more.struct("task", 8, member("state", 1, 0), member("pid", 1, 4));
        Btf module = Btf.ofSplit(kernel, List.of(more.btf().type(1)));
        FunctionSpec function = function(load(0), 2, "0:0", FIELD_BYTE_OFFSET);
        CoreTarget moduleTarget = new CoreTarget("driver", module);
        assertThat(new CoreRelocator(program(), List.of(new CoreTarget("vmlinux", kernel), moduleTarget))
                        .relocate(function))
                .isEqualTo(Instructions.of(load(4)));
        CoreTarget complete = new CoreTarget("vmlinux", target("task", "pid"));
        assertThat(new CoreRelocator(program(), List.of(complete, moduleTarget)).relocate(function))
                .isEqualTo(Instructions.of(load(0)));
    }

    @Test
    void modulesAreLookedForAtMostOnceAndNotWhileTheKernelHasAll() {
        List<CoreTarget> kernel = List.of(new CoreTarget("vmlinux", target("task", "pid")));
        List<String> asked = new ArrayList<>();
        CandidateSearch search = new CandidateSearch(kernel, () -> {
            asked.add("modules");
            return List.of();
        });
        assertThat(search.find(kernel.getFirst().btf().type(2))).isNotEmpty();
        assertThat(asked).isEmpty();
        assertThat(search.find(new BtfType.Composite("elsewhere", false, 4, List.of())))
                .isEmpty();
        assertThat(search.find(new BtfType.Composite("nowhere", false, 4, List.of())))
                .isEmpty();
        assertThat(asked).hasSize(1);
    }

    @Test
    void typeQuestionsOfAnAbsentTypeAreAnsweredWithZero() {
        Btf target = target("other", "a");
        for (CoreRelocationKind kind : List.of(TYPE_EXISTS, TYPE_SIZE, TYPE_ID_TARGET)) {
            int compiled = kind == TYPE_SIZE ? 4 : 1;
            assertThat(relocator(target).relocate(function(move(compiled), 2, "0", kind)))
                    .as("%s", kind)
                    .isEqualTo(Instructions.of(move(0)));
        }
        assertThat(relocator(target).relocate(function(move(99), 2, "0", TYPE_ID_LOCAL)))
                .isEqualTo(Instructions.of(move(2)));
    }

    @Test
    void codeThatDisagreesWithItsTypesIsRefused() {
        Btf target = target("task", "pid");
        assertThatThrownBy(() -> relocator(target).relocate(function(load(4), 2, "0:0", FIELD_BYTE_OFFSET)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("with the value 4 where the types say 0");
        assertThatThrownBy(() -> relocator(target)
                        .relocate(function(Instruction.of(Opcode.EXIT, 0, 0, 0, 0), 2, "0:0", FIELD_BYTE_OFFSET)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("a jump");
    }

    @Test
    void accessStringsThatDoNotFitAreRefused() {
        for (String access :
                List.of("", ":", "0:", "0::0", "x", "-1:0", "0:1", "0:0:0", "99999999999", "0:".repeat(65) + "0")) {
            FunctionSpec function = function(load(0), 2, access, FIELD_BYTE_OFFSET);
            assertThatThrownBy(() -> relocator(target("task", "pid")).relocate(function))
                    .as("access \"%s\"", access)
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("access");
            assertThat(outcome(target("task", "pid"), function)).isInstanceOf(CoreOutcome.Invalid.class);
        }
    }

    @Test
    void anUnknownTypeAndAMissingInstructionAreRefused() {
        Btf target = target("task", "pid");
        assertThatThrownBy(() -> relocator(target).relocate(function(load(0), 77, "0:0", FIELD_BYTE_OFFSET)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("has no type 77");
        FunctionSpec empty = function(load(0), 2, "0:0", FIELD_BYTE_OFFSET);
        FunctionSpec displaced = new FunctionSpec(
                "f",
                "tc",
                0,
                FunctionSpec.Linkage.GLOBAL,
                0,
                Instructions.EMPTY,
                List.of(),
                List.of(),
                empty.coreRelocations());
        assertThatThrownBy(() -> relocator(target).relocate(displaced))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no instruction at slot 0");
    }

    @Test
    void thirtyTwoBitTargetsHaveShortPointers() {
        TypeList local = new TypeList();
        int pointerHere = local.pointer(0);
        local.struct("list", 8, member("next", pointerHere, 0));
        TypeList types = new TypeList();
        types.unsigned("unsigned long", 4);
        int pointer = types.pointer(0);
        types.struct("list", 8, member("count", 1, 0), member("next", pointer, 4));
        int load8 = Opcode.BPF_LDX | Opcode.BPF_MEM | Opcode.BPF_DW;
        FunctionSpec function = function(Instruction.of(load8, 0, 1, 0, 0), 2, "0:0", FIELD_BYTE_OFFSET);
        Instructions relocated =
                new CoreRelocator(local.btf(), List.of(new CoreTarget("vmlinux", types.btf()))).relocate(function);
        assertThat(relocated).isEqualTo(Instructions.of(load(4)));
    }

    @Test
    void whatOneFunctionRulesOutStaysRuledOutForTheOthersOfItsObject() {
        TypeList local = new TypeList();
        int integer = local.integer();
        local.struct("bus", 8, member("speed", integer, 0), member("voltage", integer, 4));
        TypeList types = new TypeList();
        integer = types.integer();
        types.struct("bus", 4, member("speed", integer, 0));
        types.struct("bus___2", 8, member("voltage", integer, 0), member("speed", integer, 4));
        List<CoreTarget> targets = List.of(new CoreTarget("vmlinux", types.btf()));
        FunctionSpec decides = function(load(4), 2, "0:1", FIELD_BYTE_OFFSET);
        FunctionSpec depends = function(load(0), 2, "0:0", FIELD_BYTE_OFFSET);
        BpfObject object = new BpfObject(
                "bus", List.of(), List.of(decides, depends), List.of(), List.of(), List.of(), local.btf(), "", 0);

        assertThat(CoreRelocator.of(object, targets).relocate(depends)).isEqualTo(Instructions.of(load(4)));
        assertThatThrownBy(() -> new CoreRelocator(local.btf(), targets).relocate(depends))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("ambiguous");
    }
}
