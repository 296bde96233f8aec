package dev.skep.linux.bpf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.linux.info.LinkType;
import dev.skep.object.KernelVersion;
import dev.skep.object.btf.BtfType;
import dev.skep.object.map.MapType;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What we say about the structures and enumerations of linux/bpf.h, held to what the running kernel says in its own BTF. */
@EnabledIf(value = "kernelHasBtf", disabledReason = "no /sys/kernel/btf/vmlinux on this machine")
class KernelLayoutTest {
    /** The release whose header the tables were written from. */
    private static final KernelVersion WRITTEN_FOR = new KernelVersion(6, 18);

    private static KernelStructures kernel;

    static boolean kernelHasBtf() {
        return KernelStructures.available();
    }

    @BeforeAll
    static void readBtf() {
        kernel = new KernelStructures();
    }

    private static KernelVersion running() {
        String[] parts = System.getProperty("os.version").split("[.-]");
        return new KernelVersion(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }

    private static Map<String, Field> declared(Class<?> layout) {
        Map<String, Field> fields = new LinkedHashMap<>();
        for (var member : layout.getDeclaredFields()) {
            if (member.getType() == Field.class) {
                try {
                    Field field = (Field) member.get(null);
                    fields.put(field.name(), field);
                } catch (IllegalAccessException e) {
                    throw new AssertionError(e);
                }
            }
        }
        return fields;
    }

    /** An older kernel may lack members at our end, a newer one may have more. */
    private static void compare(Map<String, Field> ours, Map<String, Field> theirs) {
        assertThat(ours).isNotEmpty();
        assertThat(theirs).isNotEmpty();
        Set<String> common = new TreeSet<>(ours.keySet());
        common.retainAll(theirs.keySet());
        assertThat(common).isNotEmpty();
        for (String name : common) {
            assertThat(ours.get(name)).as(name).isEqualTo(theirs.get(name));
        }
        if (running().compareTo(WRITTEN_FOR) >= 0) {
            assertThat(theirs.keySet()).containsAll(ours.keySet());
        }
        if (running().compareTo(WRITTEN_FOR) <= 0) {
            assertThat(ours.keySet()).containsAll(theirs.keySet());
        }
    }

    static Stream<Arguments> infoStructures() {
        return Stream.of(
                Arguments.of("bpf_prog_info", BpfInfoLayout.ProgInfo.class),
                Arguments.of("bpf_map_info", BpfInfoLayout.MapInfo.class),
                Arguments.of("bpf_btf_info", BpfInfoLayout.BtfInfo.class),
                Arguments.of("bpf_link_info", BpfInfoLayout.LinkInfo.class),
                Arguments.of("bpf_func_info", BpfInfoLayout.FuncInfo.class),
                Arguments.of("bpf_line_info", BpfInfoLayout.LineInfo.class));
    }

    @ParameterizedTest
    @MethodSource("infoStructures")
    void structuresOfInformationAreLaidOutAsInTheKernel(String structure, Class<?> layout) {
        compare(declared(layout), kernel.members(structure));
    }

    /** The members of {@code union bpf_attr} by their names; anonymous ones by the name of their first field. */
    static Stream<Arguments> attributeStructures() {
        return Stream.of(
                Arguments.of("map_type", BpfAttrLayout.MapCreate.class),
                Arguments.of("map_fd", BpfAttrLayout.MapElement.class),
                Arguments.of("batch", BpfAttrLayout.MapBatch.class),
                Arguments.of("prog_type", BpfAttrLayout.ProgLoad.class),
                Arguments.of("pathname", BpfAttrLayout.Obj.class),
                Arguments.of("target_fd", BpfAttrLayout.ProgAttach.class),
                Arguments.of("test", BpfAttrLayout.TestRun.class),
                Arguments.of("start_id", BpfAttrLayout.GetId.class),
                Arguments.of("info", BpfAttrLayout.Info.class),
                Arguments.of("query", BpfAttrLayout.ProgQuery.class),
                Arguments.of("raw_tracepoint", BpfAttrLayout.RawTracepointOpen.class),
                Arguments.of("btf", BpfAttrLayout.BtfLoad.class),
                Arguments.of("task_fd_query", BpfAttrLayout.TaskFdQuery.class),
                Arguments.of("link_create", BpfAttrLayout.LinkCreate.class),
                Arguments.of("link_update", BpfAttrLayout.LinkUpdate.class),
                Arguments.of("link_detach", BpfAttrLayout.LinkDetach.class),
                Arguments.of("enable_stats", BpfAttrLayout.EnableStats.class),
                Arguments.of("iter_create", BpfAttrLayout.IterCreate.class),
                Arguments.of("prog_bind_map", BpfAttrLayout.ProgBindMap.class),
                Arguments.of("token_create", BpfAttrLayout.TokenCreate.class),
                Arguments.of("prog_stream_read", BpfAttrLayout.StreamRead.class));
    }

    @ParameterizedTest
    @MethodSource("attributeStructures")
    void structuresOfArgumentsAreLaidOutAsInTheKernel(String name, Class<?> layout) {
        Map<String, Map<String, Field>> members = attributeMembers();
        if (running().compareTo(WRITTEN_FOR) < 0 && !members.containsKey(name)) {
            return; // a command that this kernel does not have yet
        }
        assertThat(members).containsKey(name);
        compare(declared(layout), members.get(name));
    }

    @Test
    void everyStructureOfArgumentsIsLaidOut() {
        if (running().compareTo(WRITTEN_FOR) <= 0) {
            List<String> laidOut =
                    attributeStructures().map(each -> (String) each.get()[0]).toList();
            assertThat(laidOut).containsAll(attributeMembers().keySet());
            assertThat(attributeStructures().map(each -> each.get()[1]))
                    .containsExactlyInAnyOrder((Object[]) BpfAttrLayout.class.getDeclaredClasses());
        }
    }

    private static Map<String, Map<String, Field>> attributeMembers() {
        Map<String, Map<String, Field>> members = new LinkedHashMap<>();
        for (BtfType.Member member : kernel.composite("bpf_attr").members()) {
            Map<String, Field> fields = kernel.members((BtfType.Composite) kernel.type(member.type()));
            String first = fields.keySet().iterator().next();
            members.put(member.name().isEmpty() ? first : member.name(), fields);
        }
        return members;
    }

    static Stream<Arguments> enumerations() {
        return Stream.of(
                Arguments.of("bpf_cmd", names(BpfCommand.values(), each -> "BPF_" + each.name())),
                Arguments.of("bpf_map_type", names(MapType.values(), MapType::uapiName)),
                Arguments.of("bpf_prog_type", names(ProgramType.values(), ProgramType::uapiName)),
                Arguments.of("bpf_attach_type", names(AttachType.values(), AttachType::uapiName)),
                Arguments.of("bpf_link_type", names(LinkType.values(), LinkType::uapiName)));
    }

    private static <E extends Enum<E>> List<String> names(E[] constants, Function<E, String> name) {
        return Arrays.stream(constants).map(name).toList();
    }

    @ParameterizedTest
    @MethodSource("enumerations")
    void enumerationsHaveTheKernelsNumbers(String enumeration, List<String> ours) {
        Map<String, Long> theirs = new LinkedHashMap<>(kernel.enumeration(enumeration));
        theirs.keySet().removeIf(name -> name.startsWith("__MAX"));
        List<String> wrong = new ArrayList<>();
        for (int number = 0; number < ours.size(); number++) {
            Long theirNumber = theirs.get(ours.get(number));
            if (theirNumber != null && theirNumber != number) {
                wrong.add(ours.get(number) + " is " + theirNumber + ", not " + number);
            }
        }
        assertThat(wrong).isEmpty();
        if (running().compareTo(WRITTEN_FOR) <= 0) {
            for (long number : theirs.values()) {
                assertThat(theirs).as(enumeration + " " + number).containsEntry(ours.get((int) number), number);
            }
        }
    }
}
