package dev.skep.object.host;

import dev.skep.object.BpfObject;
import java.util.List;
import java.util.Optional;

/** The live programs and maps of one object. Closing it closes them. */
public interface LoadedObject extends AutoCloseable {
    /** What was loaded. */
    BpfObject spec();

    /** The loaded programs, in the object's order. */
    List<? extends Program> programs();

    /** The live maps, in the object's order. */
    List<? extends BpfMap> maps();

    /** The loaded program with this name. */
    default Optional<? extends Program> program(String name) {
        return programs().stream().filter(p -> p.spec().name().equals(name)).findFirst();
    }

    /** The live map with this name. */
    default Optional<? extends BpfMap> map(String name) {
        return maps().stream().filter(m -> m.spec().name().equals(name)).findFirst();
    }

    @Override
    void close();
}
