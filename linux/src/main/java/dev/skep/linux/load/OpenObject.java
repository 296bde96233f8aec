package dev.skep.linux.load;

import dev.skep.linux.map.LinuxMap;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.object.BpfObject;
import dev.skep.object.Bytes;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.object.host.HostException;
import dev.skep.object.map.MapSpec;
import dev.skep.object.program.ProgramSpec;
import dev.skep.object.program.SectionTable;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * An object on its way into the kernel: what the file says can still be changed. Nothing is in the kernel yet, and nothing needs to be
 * closed.
 *
 * <pre>{@code
 * LinuxObject firewall = host.open(ObjectReader.read(file))
 *         .maxEntries("flows", 100_000)
 *         .global("verbose", new byte[] {1})
 *         .autoload("debug_only", false)
 *         .load();
 * }</pre>
 *
 * <p>Methods that name a program, map or variable throw {@link NoSuchElementException} if the object has none of that name. For one
 * thread.
 */
public final class OpenObject {
    private final KernelTypes kernel;
    private final LoadOptions options = new LoadOptions();
    private BpfObject object;

    /** @param kernel stays the caller's */
    public OpenObject(BpfObject object, KernelTypes kernel) {
        this.object = object;
        this.kernel = kernel;
    }

    /** The object as changed so far. */
    public BpfObject spec() {
        return object;
    }

    /** Gives a map room for another number of entries. */
    public OpenObject maxEntries(String map, int entries) {
        object = object.withMap(map(map).withMaxEntries(entries));
        return this;
    }

    /**
     * Sets the first value of a global variable. Constants ({@code const volatile}) can be set nowhere else: the verifier relies on
     * them.
     *
     * @param value as many bytes as the variable has, as the kernel stores them
     * @throws IllegalArgumentException if it has another size
     */
    public OpenObject global(String variable, byte[] value) {
        for (MapSpec map : object.maps()) {
            if (map.dataSection() != 0 && object.btf().type(map.dataSection()) instanceof BtfType.DataSection section) {
                for (BtfType.SectionVariable place : section.variables()) {
                    if (object.btf().name(place.type()).equals(variable)) {
                        return store(map, place, variable, value);
                    }
                }
            }
        }
        throw new NoSuchElementException(object.name() + " has no global variable " + variable);
    }

    private OpenObject store(MapSpec map, BtfType.SectionVariable place, String variable, byte[] value) {
        if (value.length != place.size()) {
            throw new IllegalArgumentException(variable + " has " + place.size() + " bytes, not " + value.length);
        }
        byte[] contents = Arrays.copyOf(map.contents().toArray(), map.valueSize());
        System.arraycopy(value, 0, contents, place.offset(), value.length);
        object = object.withMap(map.withContents(Bytes.of(contents)));
        return this;
    }

    /** Whether a program is loaded. The default is what its section's name says. */
    public OpenObject autoload(String program, boolean wanted) {
        options.autoload.put(program(program).name(), wanted);
        return this;
    }

    /** Whether a map is created. Code that uses one that is not is refused unless the verifier finds it dead. */
    public OpenObject autocreate(String map, boolean wanted) {
        if (wanted) {
            options.notCreated.remove(map(map).name());
        } else {
            options.notCreated.add(map(map).name());
        }
        return this;
    }

    /** Uses a map that is there already. It stays the caller's. */
    public OpenObject reuse(String map, LinuxMap existing) {
        options.reused.put(map(map).name(), existing);
        return this;
    }

    /** Pins a map at a path, or uses the one that is pinned there. */
    public OpenObject pin(String map, Path path) {
        options.pins.put(map(map).name(), path);
        return this;
    }

    /** Where maps that the source pins by name are: {@code /sys/fs/bpf} if nothing else is said. */
    public OpenObject pinFolder(Path folder) {
        options.pinFolder = folder;
        return this;
    }

    /** What a tracing program is for, in place of what its section says: {@code do_unlinkat}, {@code module:function}. */
    public OpenObject attachTarget(String program, String target) {
        options.attachTargets.put(program(program).name(), target);
        return this;
    }

    /** The program of which a function is replaced ({@code freplace}) or traced. It stays the caller's. */
    public OpenObject targetProgram(String program, LinuxProgram target) {
        options.replaced.put(program(program).name(), target);
        return this;
    }

    /**
     * Takes a program as if its section had another name, for objects whose sections say nothing or something else.
     *
     * @param section one of libbpf's names: {@code xdp}, {@code cgroup_skb/egress}, {@code tp/sched/sched_switch}
     * @throws InputException if it is none of them
     */
    public OpenObject section(String program, String section) {
        ProgramSpec named = program(program);
        if (SectionTable.lookup(section).isEmpty()) {
            throw new InputException(
                    Location.in(object.name()),
                    "no programs are in sections named '" + section + "', as " + program + " is to be",
                    "use one of libbpf's names, such as xdp or cgroup_skb/egress");
        }
        object = object.withProgram(ProgramSpec.inSection(named.name(), section, named.function()));
        return this;
    }

    /**
     * Loads programs (XDP, SCHED_CLS) and maps (hash, array) into the network card of an interface, which few cards can; attached
     * they are with {@code Xdp.Mode.OFFLOAD}. Perf event arrays stay in the kernel.
     */
    public OpenObject offload(String networkInterface) {
        options.offloadedTo = Optional.of(networkInterface);
        return this;
    }

    /**
     * Loads an XDP program for the frames of one interface alone, so that it may ask the driver about them (when a frame came, its
     * hash; Linux 6.3).
     */
    public OpenObject bind(String program, String networkInterface) {
        options.boundTo.put(program(program).name(), networkInterface);
        return this;
    }

    /** What CO-RE goes by in place of the running kernel's types, for kernels that have none. */
    public OpenObject kernelTypes(Btf types) {
        options.kernelTypes = Optional.of(types);
        return this;
    }

    /** Gives a {@code __kconfig} extern a value, as a configuration file writes it, before the kernel's own is looked at. */
    public OpenObject configuration(String name, String value) {
        options.configuration.put(name, value);
        return this;
    }

    /** Loads by the rights that a bpf file system delegates (6.9). @param bpffs where it is mounted */
    public OpenObject token(Path bpffs) {
        options.tokenFrom = Optional.of(bpffs);
        return this;
    }

    /** The verifier's log also of programs it takes: 1, or 2 for each path, plus 4 for statistics (bpf_verifier.h). */
    public OpenObject logLevel(int level) {
        options.logLevel = level;
        return this;
    }

    /**
     * Loads it: all or nothing.
     *
     * @throws LoadException if the kernel refuses a program
     * @throws HostException if it refuses something else
     * @throws InputException if the object makes no sense on any machine like this one
     */
    public LinuxObject load() {
        return new ObjectLoader(object, kernel, options).load(true);
    }

    /**
     * Loads what can be loaded: a program that is refused does not keep others out. What became of each is in
     * {@link LinuxObject#outcomes()}.
     *
     * @throws HostException if the object's maps or types are refused
     */
    public LinuxObject loadEach() {
        return new ObjectLoader(object, kernel, options).load(false);
    }

    private MapSpec map(String name) {
        return object.map(name)
                .orElseThrow(() -> missing(
                        "map", name, object.maps().stream().map(MapSpec::name).toList()));
    }

    private ProgramSpec program(String name) {
        return object.program(name)
                .orElseThrow(() -> missing(
                        "program",
                        name,
                        object.programs().stream().map(ProgramSpec::name).toList()));
    }

    private NoSuchElementException missing(String what, String name, List<String> present) {
        return new NoSuchElementException(
                object.name() + " has no " + what + " " + name + "; it has " + String.join(", ", present));
    }
}
