package dev.skep.cli.attached;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.skep.cli.kernel.ProgramNames;
import dev.skep.cli.link.AttachWord;
import dev.skep.cli.output.JsonWriter;
import dev.skep.cli.output.Style;
import dev.skep.cli.output.Table;
import dev.skep.linux.link.AttachedPrograms;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.program.AttachType;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The programs of one control group's hooks. @param group its directory */
record GroupPrograms(Path group, List<Attached> programs) {
    /** A program at a hook. @param flags {@code multi}, {@code override} or ""; empty for effective ones, each with its own group's */
    record Attached(AttachType hook, int program, Optional<String> flags) {}

    // linux/bpf.h
    private static final int BPF_F_ALLOW_OVERRIDE = 1;
    private static final int BPF_F_ALLOW_MULTI = 2;

    /** The hooks of control groups. */
    static final List<AttachType> HOOKS = Arrays.stream(AttachType.values())
            .filter(type -> type.name().startsWith("CGROUP_") || type == AttachType.LSM_CGROUP)
            .toList();

    /**
     * Asks the kernel.
     *
     * @param effective whether to list also those of the groups above, which run for its processes too
     * @throws HostException if it is no control group
     */
    static GroupPrograms of(Path group, boolean effective) {
        List<Attached> programs = new ArrayList<>();
        for (AttachType hook : HOOKS) {
            try {
                AttachedPrograms row = effective
                        ? AttachedPrograms.effectiveAtCgroup(group, hook)
                        : AttachedPrograms.atCgroup(group, hook);
                Optional<String> flags = effective ? Optional.empty() : Optional.of(flags(row.flags()));
                row.programs().forEach(id -> programs.add(new Attached(hook, id, flags)));
            } catch (HostException e) {
                if (e.errno() != Errno.EINVAL) { // a hook that this kernel does not know
                    throw e;
                }
            }
        }
        return new GroupPrograms(group, programs);
    }

    private static String flags(int flags) {
        return (flags & BPF_F_ALLOW_MULTI) != 0 ? "multi" : (flags & BPF_F_ALLOW_OVERRIDE) != 0 ? "override" : "";
    }

    static void print(List<GroupPrograms> groups, PrintWriter out) {
        Table table = new Table("GROUP", "HOOK", "PROGRAM", "FLAGS");
        for (GroupPrograms each : groups) {
            for (Attached attached : each.programs) {
                table.row(
                        each.group,
                        AttachWord.of(attached.hook),
                        attached.program + " " + ProgramNames.of(attached.program),
                        attached.flags.filter(flags -> !flags.isEmpty()).orElse("-"));
            }
        }
        table.print(out, "", Style.detected());
    }

    static void printJson(List<GroupPrograms> groups, PrintWriter out) throws IOException {
        JsonWriter.print(out, json -> {
            json.writeArrayFieldStart("cgroups");
            for (GroupPrograms each : groups) {
                json.writeStartObject();
                json.writeStringField("cgroup", each.group.toString());
                json.writeArrayFieldStart("programs");
                for (Attached attached : each.programs) {
                    write(json, attached);
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static void write(JsonGenerator json, Attached attached) throws IOException {
        json.writeStartObject();
        json.writeNumberField("id", attached.program);
        json.writeStringField("attach_type", AttachWord.of(attached.hook));
        if (attached.flags.isPresent()) {
            json.writeStringField("attach_flags", attached.flags.get());
        }
        json.writeStringField("name", ProgramNames.of(attached.program));
        json.writeEndObject();
    }
}
