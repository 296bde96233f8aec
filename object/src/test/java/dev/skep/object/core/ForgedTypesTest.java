package dev.skep.object.core;

import dev.skep.object.InputException;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfExt.CoreRelocation;
import dev.skep.object.btf.BtfType;
import dev.skep.object.btf.CoreRelocationKind;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Instructions;
import dev.skep.object.program.FunctionSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Types that no compiler writes: they refer to each other in circles, share names, and nest without end. */
class ForgedTypesTest {
    private static final List<String> NAMES = List.of("", "a", "b", "a___x", "long");

    @Property(tries = 400)
    void endInAnErrorOrAnAnswer(@ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int size) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Btf local = types(random, size);
        CoreRelocator relocator = new CoreRelocator(local, List.of(new CoreTarget("target", types(random, size))));
        for (CoreRelocationKind kind : CoreRelocationKind.values()) {
            FunctionSpec function = function(random, random.nextInt(size + 2), kind);
            try {
                relocator.outcomes(function);
                relocator.relocate(function);
            } catch (InputException expected) {
                continue;
            }
        }
    }

    /** Each level of an anonymous union offers two ways to the next one: 2^60 paths, none of which has the member. */
    @Example
    void exponentialNestingIsCutOff() {
        TypeList local = new TypeList();
        local.struct("a", 4, TypeList.member("wanted", local.integer(), 0));
        List<BtfType> nested = new ArrayList<>();
        nested.add(new BtfType.Composite("", true, 4, List.of()));
        for (int i = 1; i < 60; i++) {
            BtfType.Member next = new BtfType.Member("", i, 0, 0);
            nested.add(new BtfType.Composite(i == 59 ? "a" : "", i != 59, 4, List.of(next, next)));
        }
        CoreRelocator relocator = new CoreRelocator(local.btf(), List.of(new CoreTarget("target", Btf.of(nested))));
        FunctionSpec function = function(2, "0:0", CoreRelocationKind.FIELD_EXISTS, Instruction.of(0xb7, 0, 0, 0, 1));
        org.assertj.core.api.Assertions.assertThat(
                        relocator.outcomes(function).getFirst().message())
                .contains("takes more than");
    }

    private static Btf types(RandomGenerator random, int size) {
        List<BtfType> types = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            types.add(type(random, size));
        }
        return Btf.of(types);
    }

    private static BtfType type(RandomGenerator random, int size) {
        String name = NAMES.get(random.nextInt(NAMES.size()));
        int other = random.nextInt(size + 1);
        return switch (random.nextInt(9)) {
            case 0 -> new BtfType.Int("a", 4, random.nextBoolean(), false, false, 0, 32);
            case 1 -> new BtfType.Pointer(other);
            case 2 -> new BtfType.Array(other, other, random.nextInt(3));
            case 3 -> new BtfType.Typedef("a", other);
            case 4 -> new BtfType.Forward("a", random.nextBoolean());
            case 5 ->
                new BtfType.Enumeration(
                        name, 4, random.nextBoolean(), random.nextBoolean(), List.of(new BtfType.Enumerator("a", 3)));
            case 6 ->
                new BtfType.FunctionPrototype(
                        other, List.of(new BtfType.Parameter("", random.nextInt(size + 1))), false);
            default ->
                new BtfType.Composite(
                        name,
                        random.nextBoolean(),
                        8,
                        List.of(member(random, size), member(random, size), member(random, size)));
        };
    }

    private static BtfType.Member member(RandomGenerator random, int size) {
        return new BtfType.Member(
                NAMES.get(random.nextInt(3)),
                random.nextInt(size + 1),
                random.nextInt(64),
                random.nextInt(4) == 0 ? random.nextInt(1, 40) : 0);
    }

    private static FunctionSpec function(RandomGenerator random, int type, CoreRelocationKind kind) {
        StringBuilder access = new StringBuilder("0");
        for (int i = random.nextInt(4); i > 0; i--) {
            access.append(':').append(random.nextInt(3));
        }
        Instruction instruction = List.of(
                        Instruction.of(0x61, 0, 1, 0, 0),
                        Instruction.of(0xb7, 0, 0, 0, 1),
                        Instruction.lddw(0, 0, 1),
                        Instruction.of(0x95, 0, 0, 0, 0))
                .get(random.nextInt(4));
        return function(type, access.toString(), kind, instruction);
    }

    private static FunctionSpec function(int type, String access, CoreRelocationKind kind, Instruction instruction) {
        return new FunctionSpec(
                "f",
                "tc",
                0,
                FunctionSpec.Linkage.GLOBAL,
                0,
                Instructions.of(instruction),
                List.of(),
                List.of(),
                List.of(new FunctionSpec.CoreSite(0, new CoreRelocation("tc", 0, type, access, kind))));
    }
}
