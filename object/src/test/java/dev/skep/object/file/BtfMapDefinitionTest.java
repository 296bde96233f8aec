package dev.skep.object.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.object.btf.BtfBuilder;
import dev.skep.object.btf.BtfType;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapSpec.Pinning;
import dev.skep.object.map.MapType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BtfMapDefinitionTest {
    private final BtfBuilder types = new BtfBuilder();
    private final List<BtfType.Member> members = new ArrayList<>();
    private final int u32 = types.add(new BtfType.Int("u32", 4, false, false, false, 0, 32));
    private final int u64 = types.add(new BtfType.Int("u64", 8, false, false, false, 0, 64));

    private void member(String name, int type) {
        members.add(new BtfType.Member(name, type, members.size() * 64, 0));
    }

    private void number(String name, int value) {
        member(name, types.add(new BtfType.Pointer(types.add(new BtfType.Array(u32, u32, value)))));
    }

    private void type(String name, int id) {
        member(name, types.add(new BtfType.Pointer(id)));
    }

    private void values(int element) {
        int pointer = types.add(new BtfType.Pointer(element));
        member("values", types.add(new BtfType.Array(pointer, u32, 0)));
    }

    private MapSpec parse() {
        BtfType.Composite definition = new BtfType.Composite("", false, members.size() * 8, members);
        return BtfMapDefinition.parse(
                types.build(), definition, "m", Location.in("prog.o").section(".maps"));
    }

    private void refused(String problem) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(this::parse)
                .withMessageStartingWith("prog.o: section .maps: map 'm")
                .withMessageContaining(problem);
    }

    @Test
    void everyMemberIsUnderstood() {
        number("type", MapType.HASH.number());
        type("key", u32);
        type("value", u64);
        number("max_entries", 1000);
        number("map_flags", 5);
        number("map_extra", 3);
        number("numa_node", 1);
        number("pinning", 1);
        MapSpec map = parse();
        assertThat(map.type()).isEqualTo(MapType.HASH);
        assertThat(map.keySize()).isEqualTo(4);
        assertThat(map.valueSize()).isEqualTo(8);
        assertThat(map.keyType()).isEqualTo(u32);
        assertThat(map.valueType()).isEqualTo(u64);
        assertThat(map.maxEntries()).isEqualTo(1000);
        assertThat(map.flags()).isEqualTo(5);
        assertThat(map.mapExtra()).isEqualTo(3);
        assertThat(map.numaNode()).isEqualTo(1);
        assertThat(map.pinning()).isEqualTo(Pinning.BY_NAME);
    }

    @Test
    void sizesNeedNoTypes() {
        number("type", MapType.QUEUE.number());
        number("value_size", 24);
        assertThat(parse().valueSize()).isEqualTo(24);
        assertThat(parse().valueType()).isZero();
        assertThat(parse().numaNode()).isEqualTo(-1);
    }

    @Test
    void largeNumbersAreEnumerators() {
        number("type", MapType.ARENA.number());
        member(
                "map_extra",
                types.add(new BtfType.Enumeration(
                        "", 8, true, false, List.of(new BtfType.Enumerator("unique", 1L << 44)))));
        assertThat(parse().mapExtra()).isEqualTo(1L << 44);
    }

    @Test
    void innerMapsAreDeclaredByValues() {
        BtfType.Composite inner = new BtfType.Composite(
                "inner",
                false,
                8,
                List.of(new BtfType.Member(
                        "type",
                        types.add(new BtfType.Pointer(types.add(new BtfType.Array(u32, u32, MapType.ARRAY.number())))),
                        0,
                        0)));
        number("type", MapType.ARRAY_OF_MAPS.number());
        values(types.add(inner));
        MapSpec map = parse();
        assertThat(map.valueSize()).isEqualTo(4);
        assertThat(map.inner()).map(MapSpec::name).contains("m.inner");
        assertThat(map.inner()).map(MapSpec::type).contains(MapType.ARRAY);
    }

    @Test
    void aTypeIsNeeded() {
        number("max_entries", 1);
        refused("has no type; say __uint(type, BPF_MAP_TYPE_...)");
    }

    @Test
    void anUnknownTypeIsRefused() {
        number("type", 999);
        refused("has the unknown type 999");
    }

    @Test
    void anUnknownMemberIsRefused() {
        number("type", 1);
        number("max_entry", 1);
        refused("has the unknown member 'max_entry'");
    }

    @Test
    void aNumberMustBeAnArrayBehindAPointer() {
        type("type", u32);
        refused("says 'type' with something that is no number; use __uint(type, N)");
    }

    @Test
    void aTypeMustStandBehindAPointer() {
        number("type", 1);
        member("key", u32);
        refused("says its key with something that is no type; use __type(key, ...)");
    }

    @Test
    void twoSizesMustAgree() {
        number("type", 1);
        number("key_size", 8);
        type("key", u32);
        refused("has two sizes for its key: 8 and 4");
    }

    @Test
    void aTypeWithoutASizeIsRefused() {
        number("type", 1);
        type("value", types.add(new BtfType.Forward("session", false)));
        refused("has a value whose size is not known");
    }

    @Test
    void valuesMustComeLast() {
        number("type", MapType.PROG_ARRAY.number());
        values(types.add(new BtfType.FunctionPrototype(u32, List.of(), false)));
        number("max_entries", 1);
        refused("has members after 'values'");
    }

    @Test
    void onlyMapsOfMapsAndProgramArraysHaveValues() {
        number("type", MapType.HASH.number());
        values(types.add(new BtfType.FunctionPrototype(u32, List.of(), false)));
        refused("only maps of maps and program arrays have");
    }

    @Test
    void aProgramArrayHoldsFunctions() {
        number("type", MapType.PROG_ARRAY.number());
        values(u64);
        refused("has 'values' of the wrong type; use __array(values, int (void *))");
    }

    @Test
    void pinningIsKnownByTwoNumbers() {
        number("type", 1);
        number("pinning", 2);
        refused("has the unknown pinning 2");
    }
}
