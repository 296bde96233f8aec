package dev.skep.verifier.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfBuilder;
import dev.skep.object.btf.BtfType;
import dev.skep.verifier.transfer.StructureWalk.Found;
import java.util.List;
import org.junit.jupiter.api.Test;

class StructureWalkTest {
    private final BtfBuilder types = new BtfBuilder();
    private final int number = types.add(new BtfType.Int("int", 4, true, false, false, 0, 32));
    private final int wide = types.add(new BtfType.Int("long", 8, true, false, false, 0, 64));
    private final int inner = composite("inner", false, 8, member("a", number, 0), member("b", number, 4));
    private final int innerPointer = types.add(new BtfType.Pointer(inner));
    private final int numberPointer = types.add(new BtfType.Pointer(number));

    private int composite(String name, boolean union, int size, BtfType.Member... members) {
        return types.add(new BtfType.Composite(name, union, size, List.of(members)));
    }

    private static BtfType.Member member(String name, int type, int offset) {
        return new BtfType.Member(name, type, offset * 8, 0);
    }

    private Found access(int type, int offset, int size) {
        return new StructureWalk(types.build(), true).access(type, offset, size);
    }

    private static Found nothing(String message) {
        return new Found.Nothing(message);
    }

    @Test
    void membersAreNumbersOrPointers() {
        int outer = composite(
                "outer", false, 24, member("n", wide, 0), member("p", innerPointer, 8), member("q", numberPointer, 16));
        assertThat(access(outer, 0, 8)).isEqualTo(new Found.Number());
        assertThat(access(outer, 4, 4)).as("part of a number").isEqualTo(new Found.Number());
        assertThat(access(outer, 8, 8)).isEqualTo(new Found.ObjectPointer(inner, "", "p"));
        assertThat(access(outer, 16, 8)).isEqualTo(new Found.OtherPointer());
    }

    @Test
    void pointersAreReadWhole() {
        int outer = composite("outer", false, 8, member("p", innerPointer, 0));
        assertThat(access(outer, 0, 4))
                .isEqualTo(nothing("cannot access ptr member p with moff 0 in struct outer with off 0 size 4"));
        assertThat(access(outer, 4, 4))
                .isEqualTo(nothing("cannot access ptr member p with moff 0 in struct outer with off 4 size 4"));
    }

    @Test
    void accessesStayInsideTheStructAndItsMembers() {
        int outer = composite("outer", false, 16, member("n", number, 0), member("w", wide, 8));
        assertThat(access(outer, 12, 8)).isEqualTo(nothing("access beyond struct outer at off 12 size 8"));
        assertThat(access(outer, 0, 8))
                .isEqualTo(nothing("access beyond the end of member n (mend:4) in struct outer with off 0 size 8"));
        assertThat(access(outer, 4, 4)).isEqualTo(nothing("struct outer doesn't have field at offset 4"));
    }

    @Test
    void arraysOfStructsAreWalkedElementByElement() {
        int array = types.add(new BtfType.Array(inner, number, 3));
        int outer = composite("outer", false, 32, member("n", wide, 0), member("all", array, 8));
        StructureWalk walk = new StructureWalk(types.build(), true);
        assertThat(walk.step(outer, 24, 4)).isEqualTo(new Found.Nested(inner));
        assertThat(walk.step(outer, 28, 4)).isEqualTo(new Found.Number());
    }

    @Test
    void numbersInAnArrayAreReadAcrossElements() {
        int array = types.add(new BtfType.Array(number, number, 4));
        int outer = composite("outer", false, 16, member("cb", array, 0));
        assertThat(access(outer, 4, 8)).isEqualTo(new Found.Number());
    }

    @Test
    void whatFollowsAStructThatEndsInAnArrayWithoutLengthIsItsElements() {
        int array = types.add(new BtfType.Array(inner, number, 0));
        int outer = composite("outer", false, 8, member("n", wide, 0), member("rest", array, 8));
        Btf btf = types.build();
        assertThat(new StructureWalk(btf, true).access(outer, 8 + 5 * 8, 4)).isEqualTo(new Found.Number());
        assertThat(new StructureWalk(btf, false).access(outer, 48, 4))
                .as("objects of the program's own have their size")
                .isEqualTo(nothing("access beyond struct outer at off 48 size 4"));
    }

    @Test
    void bitfieldsAreReadWhole() {
        int outer = composite("outer", false, 8, member("n", number, 0), new BtfType.Member("bits", number, 32, 12));
        assertThat(access(outer, 4, 2)).isEqualTo(new Found.Number());
        assertThat(access(outer, 4, 1)).isEqualTo(nothing("struct outer doesn't have field at offset 4"));
    }

    @Test
    void unionsOfSeveralMembersAreRemembered() {
        int several = composite("several", true, 8, member("p", innerPointer, 0), member("n", wide, 0));
        int one = composite("one", true, 8, member("p", innerPointer, 0));
        int outer = composite("outer", false, 16, member("s", several, 0), member("o", one, 8));
        StructureWalk throughSeveral = new StructureWalk(types.build(), true);
        assertThat(throughSeveral.access(outer, 0, 8)).isEqualTo(new Found.ObjectPointer(inner, "", "p"));
        assertThat(throughSeveral.wentThroughUnion()).isTrue();
        StructureWalk throughOne = new StructureWalk(types.build(), true);
        assertThat(throughOne.access(outer, 8, 8)).isEqualTo(new Found.ObjectPointer(inner, "", "p"));
        assertThat(throughOne.wentThroughUnion()).isFalse();
    }

    @Test
    void aPointersTagIsTheOneNextToTheAsterisk() {
        int tagged = types.add(new BtfType.Pointer(types.add(new BtfType.TypeTag("rcu", inner, false))));
        int outer = composite("outer", false, 8, member("p", tagged, 0));
        assertThat(access(outer, 0, 8)).isEqualTo(new Found.ObjectPointer(inner, "rcu", "p"));
    }
}
