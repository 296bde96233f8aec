package dev.skep.linux.load;

import dev.skep.linux.link.Attacher;
import dev.skep.linux.link.LiveAttachment;
import dev.skep.linux.link.StructOpsLink;
import dev.skep.linux.map.LinuxMap;
import dev.skep.linux.map.MapMemory;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.system.Closing;
import dev.skep.object.BpfObject;
import dev.skep.object.attach.AttachPoint;
import dev.skep.object.attach.AutoAttach;
import dev.skep.object.host.HostException;
import dev.skep.object.host.LoadedObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The programs and maps of one object in the kernel. Closing it lets go of them, not of links: those are their own owners. */
public final class LinuxObject implements LoadedObject {
    private final BpfObject spec;
    private final List<ProgramOutcome> outcomes;
    private final List<LinuxProgram> programs;
    private final List<LinuxMap> maps;
    private final List<AutoCloseable> owned;
    private final Map<String, byte[]> structOps = new HashMap<>();

    /** @param owned what closes with the object */
    LinuxObject(BpfObject spec, List<ProgramOutcome> outcomes, List<LinuxMap> maps, List<AutoCloseable> owned) {
        this.spec = spec;
        this.outcomes = List.copyOf(outcomes);
        this.programs = outcomes.stream()
                .filter(ProgramOutcome.Loaded.class::isInstance)
                .map(outcome -> ((ProgramOutcome.Loaded) outcome).program())
                .toList();
        this.maps = List.copyOf(maps);
        this.owned = List.copyOf(owned);
    }

    @Override
    public BpfObject spec() {
        return spec;
    }

    /** What became of each program, in the object's order. */
    public List<ProgramOutcome> outcomes() {
        return outcomes;
    }

    @Override
    public List<LinuxProgram> programs() {
        return programs;
    }

    @Override
    public List<LinuxMap> maps() {
        return maps;
    }

    @Override
    public Optional<LinuxProgram> program(String name) {
        return programs.stream().filter(p -> p.spec().name().equals(name)).findFirst();
    }

    @Override
    public Optional<LinuxMap> map(String name) {
        return maps.stream().filter(m -> m.spec().name().equals(name)).findFirst();
    }

    /** The pages of an arena, where they have been mapped since the object was loaded. */
    public Optional<MapMemory> arena() {
        return owned.stream()
                .filter(MapMemory.class::isInstance)
                .map(MapMemory.class::cast)
                .findFirst();
    }

    void structOps(String map, byte[] value) {
        structOps.put(map, value);
    }

    /**
     * The bytes of a {@code struct_ops} variable as this kernel wants them, descriptors of its programs in place of function pointers:
     * what is stored in its map to register it.
     */
    public Optional<byte[]> structOpsValue(String map) {
        return Optional.ofNullable(structOps.get(map)).map(byte[]::clone);
    }

    /**
     * Registers a {@code struct_ops} variable with the kernel.
     *
     * @param variable its name
     * @throws IllegalArgumentException if the object has no such variable
     * @throws HostException if the kernel refuses
     */
    public StructOpsLink register(String variable) {
        byte[] value = structOpsValue(variable)
                .orElseThrow(() -> new IllegalArgumentException("there is no struct_ops variable " + variable));
        return StructOpsLink.attach(map(variable).orElseThrow(), value);
    }

    /** Registers every {@code struct_ops} variable; all or none. @return the registrations, the caller's from here on */
    public List<StructOpsLink> registerAll() {
        List<StructOpsLink> links = new ArrayList<>();
        try {
            for (LinuxMap map : maps) {
                if (structOps.containsKey(map.spec().name())) {
                    links.add(register(map.spec().name()));
                }
            }
            return List.copyOf(links);
        } catch (RuntimeException e) {
            Closing.after(e, links);
            throw e;
        }
    }

    /**
     * Attaches every loaded program whose section says where, and registers every {@code struct_ops} variable.
     *
     * @return the links, in the order of programs, then of variables; the caller's from here on
     * @throws HostException if one cannot be attached; those attached before are detached again
     */
    public List<LiveAttachment> attachAll() {
        List<LiveAttachment> links = new ArrayList<>();
        try {
            for (LinuxProgram program : programs) {
                Optional<AttachPoint> point = AutoAttach.of(program.spec());
                point.ifPresent(place -> links.add(Attacher.attach(program, place)));
            }
            links.addAll(registerAll());
            return List.copyOf(links);
        } catch (RuntimeException e) {
            Closing.after(e, links);
            throw e;
        }
    }

    @Override
    public void close() {
        Closing.all(owned);
    }
}
