package dev.skep.cli.prog;

import dev.skep.cli.kernel.ObjectReference;
import dev.skep.cli.kernel.Words;
import dev.skep.cli.link.AttachWord;
import dev.skep.linux.info.ObjectKind;
import dev.skep.linux.map.LinuxMap;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.object.attach.NetworkPoint;
import dev.skep.object.program.AttachType;
import java.util.List;
import java.util.Optional;

/** {@code PROG TYPE [MAP]}: a program, and the hook of a map of sockets or of this network namespace. It owns what it opened. */
record ProgramHook(LinuxProgram program, NetworkPoint point, Optional<LinuxMap> map) implements AutoCloseable {
    private static final List<AttachType> TYPES = List.of(
            AttachType.SK_MSG_VERDICT,
            AttachType.SK_SKB_VERDICT,
            AttachType.SK_SKB_STREAM_VERDICT,
            AttachType.SK_SKB_STREAM_PARSER,
            AttachType.FLOW_DISSECTOR);

    /** Reads all words. */
    static ProgramHook read(Words words) {
        ObjectReference program = ObjectReference.read(words, ObjectKind.PROGRAM);
        AttachType type = AttachWord.read(words, TYPES);
        if (type == AttachType.FLOW_DISSECTOR) {
            words.end();
            return new ProgramHook(program.program(), NetworkPoint.NetworkNamespace.OWN, Optional.empty());
        }
        ObjectReference map = ObjectReference.read(words, ObjectKind.MAP);
        words.end();
        LinuxProgram opened = program.program();
        try {
            LinuxMap sockets = map.map();
            return new ProgramHook(
                    opened, new NetworkPoint.SocketMap(sockets, Optional.of(type)), Optional.of(sockets));
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    @Override
    public void close() {
        map.ifPresent(LinuxMap::close);
        program.close();
    }
}
