package dev.skep;

import dev.skep.linux.link.StructOpsLink;
import dev.skep.linux.load.LinuxObject;
import dev.skep.object.attach.AttachPoint;
import dev.skep.object.attach.AutoAttach;
import dev.skep.object.host.BpfMap;
import dev.skep.object.host.Codec;
import dev.skep.object.host.Host;
import dev.skep.object.host.HostException;
import dev.skep.object.host.Link;
import dev.skep.object.host.LoadedObject;
import dev.skep.object.host.TypedMap;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;

/** The live programs and maps of a class. Closing it detaches what it attached, and closes them. */
public final class LoadedClass implements AutoCloseable {
    private final Host host;
    private final int cpus;
    private final Class<?> type;
    private final LoadedObject object;
    private final RecordStreams streams = new RecordStreams();
    private final List<Link> links = new ArrayList<>();
    private final List<StructOpsLink> registrations = new ArrayList<>();

    LoadedClass(Host host, int cpus, Class<?> type, LoadedObject object) {
        this.host = host;
        this.cpus = cpus;
        this.type = type;
        this.object = object;
    }

    /** What the host made of it. */
    public LoadedObject object() {
        return object;
    }

    /** The program that a method is. @throws NoSuchElementException if the class has no such program */
    public LoadedProgram program(String method) {
        return object.program(method)
                .map(LoadedProgram::new)
                .orElseThrow(() -> new NoSuchElementException(type.getName() + " has no program " + method + ", but "
                        + object.programs().stream()
                                .map(program -> program.spec().name())
                                .collect(Collectors.joining(", "))));
    }

    /** The map in a static field, as bytes. @throws NoSuchElementException if the class has no such map */
    public BpfMap map(String field) {
        return object.map(field)
                .orElseThrow(() -> new NoSuchElementException(type.getName() + " has no map " + field + ", but "
                        + object.maps().stream().map(map -> map.spec().name()).collect(Collectors.joining(", "))));
    }

    /** The map in a static field. @throws IllegalArgumentException if the codecs' sizes are not the map's */
    public <K, V> TypedMap<K, V> map(String field, Codec<K> keys, Codec<V> values) {
        return TypedMap.of(map(field), keys, values);
    }

    /**
     * The map in a static field. What it returns are copies.
     *
     * @param key a struct's class, or {@code Integer} and the like; {@code Integer} for maps by numbers
     * @param value likewise
     * @throws IllegalArgumentException if their sizes are not the map's
     */
    public <K, V> TypedMap<K, V> map(String field, Class<K> key, Class<V> value) {
        return map(field, Structs.codec(key), Structs.codec(value));
    }

    /** A map each of whose values is one for each processor, by its number. */
    public <K, V> TypedMap<K, List<V>> perCpuMap(String field, Class<K> key, Class<V> value) {
        return map(field, Structs.codec(key), Codec.perCpu(Structs.codec(value), cpus));
    }

    /**
     * The records in a ring buffer that nobody has taken yet, which this does.
     *
     * @param field the static field that is the ring buffer
     */
    public <T> List<T> records(String field, Class<T> record) {
        return streams.take(map(field), Structs.codec(record));
    }

    /**
     * Attaches a program; until this is closed or the link is.
     *
     * @throws HostException if the host refuses; an engine has no places to attach to
     */
    public Link attach(String method, AttachPoint point) {
        Link link = host.attach(program(method).program(), point);
        links.add(link);
        return link;
    }

    /**
     * Attaches all programs whose annotation says where to, and registers the structures of functions of the kernel that the class
     * implements ({@code @StructOps}); until this is closed.
     *
     * @throws HostException if the host refuses one; those before it stay attached
     */
    public void attachAll() {
        object.programs()
                .forEach(program -> AutoAttach.of(program.spec())
                        .ifPresent(point -> attach(program.spec().name(), point)));
        if (object instanceof LinuxObject linux) {
            registrations.addAll(linux.registerAll());
        }
    }

    @Override
    public void close() {
        links.forEach(Link::close);
        registrations.forEach(StructOpsLink::close);
        streams.close();
        object.close();
    }
}
