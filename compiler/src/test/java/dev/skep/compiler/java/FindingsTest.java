package dev.skep.compiler.java;

import static dev.skep.compiler.java.JavaText.findings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.compiler.code.Target;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What cannot be compiled is said with its line, why, and what to do; the class's text is next to what is found. */
class FindingsTest {
    @Test
    void allMethodsThatNeedTooMuchStackAreNamedWithWhatTakesIt() {
        assertThat(findings("""
                static final class Large extends Struct { @Length(600) byte[] bytes; }
                @Xdp static int one(XdpContext context) {
                    Large large = new Large();
                    large.bytes[context.length() & 7] = 3;
                    return large.bytes[0];
                }
                @Xdp static int other(XdpContext context) {
                    int[] numbers = new int[60];
                    long[] more = new long[50];
                    numbers[context.length() & 7] = 3;
                    more[context.length() & 7] = numbers[0];
                    return (int) more[1] + numbers[1];
                }"""))
                .containsExactly(
                        "Test.java:3: one(): needs 600 bytes of stack, and BPF has 512: Test.Large (600 bytes, Test.java:3); keep"
                                + " large data in a map (a per-CPU array with one entry does)",
                        "Test.java:9: other(): needs 640 bytes of stack, and BPF has 512: array (400 bytes, Test.java:9), array"
                                + " (240 bytes, Test.java:8); keep large data in a map (a per-CPU array with one entry does)");
    }

    @Test
    void moreVariablesThanTheStackHoldsAreRefused() {
        String variables = IntStream.range(0, 100)
                .mapToObj(i -> "int v" + i + " = length * " + (i + 3) + ";")
                .collect(Collectors.joining(" "));
        String sum = IntStream.range(0, 100).mapToObj(i -> "v" + i).collect(Collectors.joining(" ^ "));
        assertThat(findings("""
                @Xdp static int many(XdpContext context) {
                    int length = context.length();
                    %s
                    Bpf.ktimeGetNs();
                    return %s;
                }""".formatted(variables, sum)))
                .hasSize(1)
                .first()
                .asString()
                .matches("Test.java:2: many\\(\\): needs \\d+ bytes of stack, and BPF has 512: values that are needed"
                        + " later, when all registers are taken \\(\\d+ bytes\\); use values sooner .*");
    }

    @Test
    void mapsAndConfigurableFieldsOfOneNameAreRefused() {
        assertThat(findings("""
                static final class One {
                    static final HashMap<Integer, Long> flows = new HashMap<>(4);
                    @Configurable static int limit = 1;
                }
                static final class Other {
                    static final HashMap<Long, Integer> flows = new HashMap<>(8);
                    @Configurable static int limit = 2;
                }
                @Xdp static int both(XdpContext context) {
                    One.flows.put(1, 2L);
                    Other.flows.put(3L, 4);
                    return One.limit + Other.limit;
                }"""))
                .containsExactly(
                        "Test.java:6: Test.Other.flows: Test.One has a field of this name, too, and maps and configurable fields"
                                + " are known by their names alone when they are loaded; rename one of them",
                        "Test.java:7: Test.Other.limit: Test.One has a field of this name, too, and maps and configurable fields"
                                + " are known by their names alone when they are loaded; rename one of them");
    }

    @Test
    void staticFieldsThatHoldObjectsAreRefusedWhereTheyAreSet() {
        assertThat(findings("""
                static XdpContext kept;
                @Xdp static int keep(XdpContext context) {
                    kept = context;
                    return 1;
                }"""))
                .containsExactly(
                        "Test.java:3: Test.kept: programs can use static fields that are integers, and static final fields set to"
                                + " a new map, a new struct, an array of numbers or a constant of an enum; declare it as one of"
                                + " these");
    }

    @Test
    void slotsThatNameNothingAreRefused() {
        assertThat(findings("""
                @Slots({"", "nope", "next"})
                static final ProgramArray programs = new ProgramArray(4);
                @Slots({"inner", "outer"})
                static final ArrayOfMaps<HashMap<Integer, Long>> maps = new ArrayOfMaps<>(2, new HashMap<>(4));
                static final HashMap<Integer, Long> inner = new HashMap<>(4);
                @Xdp static int next(XdpContext context) {
                    programs.call(context, 1);
                    return 0;
                }"""))
                .containsExactly(
                        "Test.java:2: @Slots(\"nope\") of programs: the class has no program of this name; name the method of a"
                                + " program",
                        "Test.java:4: @Slots(\"outer\") of maps: no map of this name is declared in the class or used by its"
                                + " programs; name the field of a map");
    }

    @Test
    void aMethodThatCallsItselfByWayOfLambdaExpressionsIsRefused() {
        assertThat(findings("""
                static void repeat(java.util.function.IntConsumer action) {
                    repeat(i -> action.accept(i + 1));
                }
                @Xdp static int endless(XdpContext context) {
                    repeat(i -> context.length());
                    return 0;
                }"""))
                .containsExactly(
                        "Test.java:2: a recursive call of repeat(): BPF programs have 512 bytes of stack; write"
                                + " a loop");
    }

    @Test
    void callsInPlaceThatGrowBeyondMeasureAreRefused() {
        String doubling = IntStream.range(0, 20)
                .mapToObj(i -> "static int f" + i + "(State s, int x) { return f" + (i + 1) + "(s, x) + f" + (i + 1)
                        + "(s, x + 1); }")
                .collect(Collectors.joining("\n"));
        assertThat(findings("""
                static final class State extends Struct { int sum; }
                @Xdp static int grow(XdpContext context) { return f0(new State(), context.length()); }
                static int f20(State s, int x) { s.sum += x; return s.sum; }
                """ + doubling))
                .isNotEmpty()
                .first()
                .asString()
                .startsWith("Test.java:")
                .contains("compiled in the place of their calls have made the program larger than 128 KiB of bytecode");
    }

    @Test
    void packetsAtVaryingIndexesAreOutOfReachOfCallbacks() {
        assertThat(findings("""
                static final class Header extends Struct { int sum; @Length(16) byte[] bytes; }
                @Xdp static int sum(XdpContext context) {
                    Header header = context.packet(0, Header.class);
                    if (header == null) {
                        return 0;
                    }
                    Header total = new Header();
                    Loop.times(header.sum, round -> {
                        for (int i = 0; i < 16; i++) {
                            total.sum += header.bytes[i];
                        }
                        total.sum += header.bytes[round & 15];
                    });
                    return total.sum;
                }""", Target.NEWEST))
                .containsExactly(
                        "Test.java:12: an element of a packet's array at an index that varies: the verifier wants"
                                + " it compared with the packet's end, and the context, which knows it, is out of reach of a"
                                + " lambda expression that the kernel calls; use a for loop, or copy the array into a struct of"
                                + " your own before");
    }

    @Test
    void aMethodIsOneProgram() {
        assertThat(findings("""
                @Xdp @Tc static int both() {
                    return 0;
                }
                @Xdp static int same() {
                    return 0;
                }
                @Xdp static int same(XdpContext context) {
                    return context.length();
                }"""))
                .containsExactly(
                        "Test.java:2: both(): @Xdp and @Tc are for programs of different types, and a method is one program; write"
                                + " a method for each, and let both call what they have in common",
                        "Test.java:8: same(): another program has this name, and loaders know programs by it; rename one of them");
    }

    @Test
    void lengthsOfWhatIsNoArrayAndConfigurableArraysAreRefused() {
        assertThat(findings("""
                static final class Pair extends Struct { @Length(4) int number; }
                @Configurable static int[] table;
                @Xdp static int use(XdpContext context) {
                    Pair pair = new Pair();
                    return pair.number + table[0];
                }"""))
                .containsExactly(
                        "Test.java:4: Test.Pair.number: @Length says how many elements an array has, and this is none; declare an"
                                + " array",
                        "Test.java:5: Test.table: programs can use static fields that are integers, and static final fields set to"
                                + " a new map, a new struct, an array of numbers or a constant of an enum; declare it as one of"
                                + " these");
    }
}
