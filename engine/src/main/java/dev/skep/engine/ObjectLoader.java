package dev.skep.engine;

import dev.skep.engine.map.ArenaMap;
import dev.skep.engine.map.EngineMap;
import dev.skep.engine.map.Maps;
import dev.skep.engine.memory.Sandbox;
import dev.skep.object.BpfObject;
import dev.skep.object.InputException;
import dev.skep.object.KernelVersion;
import dev.skep.object.Location;
import dev.skep.object.core.CoreOutcome;
import dev.skep.object.core.CoreRelocator;
import dev.skep.object.core.CoreTarget;
import dev.skep.object.image.ProgramImage;
import dev.skep.object.image.ProgramImageBuilder;
import dev.skep.object.instruction.Opcode;
import dev.skep.object.map.KconfigValues;
import dev.skep.object.map.MapSizes;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import dev.skep.object.program.FunctionSpec;
import dev.skep.object.program.HelperId;
import dev.skep.object.program.ProgramSpec;
import dev.skep.object.program.ProgramType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Brings one object to life: its maps, then its programs, then what stands in its maps from the start. */
final class ObjectLoader {
    /** Ring buffers hold whole pages of the kernel; 4 KiB everywhere here, so that an object behaves alike on every machine. */
    private static final int PAGE_SIZE = 4096;

    private final BpfObject object;
    private final EngineHost host;
    private final EngineOptions options;
    private final Sandbox sandbox;
    private final Maps maps;
    private final CoreRelocator relocator;
    private final LoadVerification verification;
    private final Map<String, EngineMap> created = new LinkedHashMap<>();
    private final List<EngineMap> owned = new ArrayList<>();
    private final List<EngineProgram> programs = new ArrayList<>();

    ObjectLoader(BpfObject object, EngineHost host) {
        this.object = object;
        this.host = host;
        options = host.options();
        sandbox = host.sandbox();
        maps = host.maps();
        List<CoreTarget> targets =
                List.of(new CoreTarget("kernel", options.kernelTypes().orElse(object.btf())));
        relocator = CoreRelocator.of(object, targets);
        verification = new LoadVerification(object, options);
    }

    /**
     * Nothing stays behind if this throws.
     *
     * @throws InputException if the object cannot run on this engine
     * @throws RejectedProgramException if the verifier rejects a program
     */
    EngineObject load() {
        try {
            for (MapSpec map : object.maps()) {
                create(map);
            }
            object.maps().stream()
                    .filter(map -> map.role() == MapSpec.Role.ARENA_GLOBALS)
                    .forEach(this::fillArena);
            object.programs().stream().filter(ProgramSpec::autoload).forEach(spec -> programs.add(loadProgram(spec)));
            object.maps().forEach(this::fillSlots);
            return new EngineObject(object, programs, List.copyOf(created.values()), owned);
        } catch (RuntimeException e) {
            new EngineObject(object, programs, List.of(), owned).close();
            throw e;
        }
    }

    private void create(MapSpec spec) {
        MapSpec wanted = switch (spec.role()) {
            case KCONFIG -> spec.withContents(KconfigValues.contents(object, spec.valueSize(), this::configured));
            default -> MapSizes.settled(spec, options.cpus(), PAGE_SIZE);
        };
        verification.settle(wanted);
        if (wanted.role() == MapSpec.Role.ARENA_GLOBALS) {
            return;
        }
        if (wanted.pinning() == MapSpec.Pinning.BY_NAME) {
            created.put(spec.name(), host.pinned(wanted, object.btf()));
            return;
        }
        EngineMap map = maps.create(wanted, object.btf());
        owned.add(map);
        created.put(spec.name(), map);
    }

    private Optional<String> configured(String name) {
        return switch (name) {
            case "LINUX_KERNEL_VERSION" -> {
                KernelVersion version = options.kernelVersion();
                yield Optional.of(Integer.toString(version.major() << 16 | version.minor() << 8));
            }
            case "LINUX_HAS_BPF_COOKIE", "LINUX_HAS_SYSCALL_WRAPPER" -> Optional.of("1");
            default -> Optional.ofNullable(options.kernelConfig().get(name));
        };
    }

    /** The arena's globals lie at its start, as libbpf puts them. */
    private void fillArena(MapSpec globals) {
        for (EngineMap map : created.values()) {
            if (map instanceof ArenaMap arena) {
                byte[] contents = globals.contents().toArray();
                long pages = (Math.max(1, globals.valueSize()) + ArenaMap.PAGE_SIZE - 1L) / ArenaMap.PAGE_SIZE;
                if (arena.allocatePages(arena.base(), pages) == 0) {
                    throw new InputException(
                            Location.in(object.name()).section(globals.name()),
                            "the arena " + arena.spec().name() + " is too small for " + globals.valueSize()
                                    + " bytes of globals",
                            "give it a larger max_entries");
                }
                sandbox.write(contents, 0, arena.base(), contents.length);
            }
        }
    }

    private EngineProgram loadProgram(ProgramSpec spec) {
        ProgramImage image = ProgramImageBuilder.build(object, spec, relocator::relocate);
        return host.load(image, (linked, text) -> {
            EngineHost.Filled filled = fill(linked, text); // first: what the engine lacks is no matter of safety
            verification.check(spec);
            return filled;
        });
    }

    private EngineHost.Filled fill(ProgramImage image, long text) {
        ReferenceFiller filler = new ReferenceFiller(object, created, image, text);
        ProgramImage filled = filler.fill();
        Map<Integer, String> traps = new HashMap<>(filler.absentFunctions());
        if (callsUnknownHelper(image)) {
            image.functions().forEach(start -> notePoison(start, traps));
        }
        return new EngineHost.Filled(filled, traps);
    }

    /** A relocation that found nothing has left a call of a helper that does not exist. */
    private static boolean callsUnknownHelper(ProgramImage image) {
        return image.instructions().asList().stream()
                .anyMatch(i -> i.opcode() == Opcode.CALL
                        && i.srcReg() == 0
                        && HelperId.of(i.imm()).isEmpty());
    }

    private void notePoison(ProgramImage.FunctionStart start, Map<Integer, String> traps) {
        FunctionSpec function = object.functions().get(start.function());
        for (CoreOutcome outcome : relocator.outcomes(function)) {
            if (outcome instanceof CoreOutcome.Poisoned poisoned) {
                int slot = start.slot() + poisoned.site().slot();
                String problem = "CO-RE relocation of " + poisoned.subject() + ": " + poisoned.explanation();
                traps.put(slot, problem);
                traps.put(slot + 1, problem);
            }
        }
    }

    private void fillSlots(MapSpec spec) {
        for (MapSpec.InitialSlot slot : spec.values()) {
            byte[] key = number(slot.index());
            EngineMap map = created.get(spec.name());
            if (map != null) {
                map.update(key, number(idOf(spec, slot)));
            }
        }
    }

    private int idOf(MapSpec spec, MapSpec.InitialSlot slot) {
        if (spec.type() != MapType.PROG_ARRAY) {
            EngineMap inner = created.get(slot.target());
            if (inner != null) {
                return inner.id();
            }
        }
        return programs.stream()
                .filter(program -> program.spec().name().equals(slot.target()))
                .findFirst()
                .map(EngineProgram::id)
                .orElseThrow(() -> new InputException(
                        Location.in(object.name()),
                        "slot " + slot.index() + " of map " + spec.name() + " should hold " + slot.target()
                                + ", which is not loaded",
                        whyNotLoaded(slot.target())));
    }

    private String whyNotLoaded(String name) {
        return object.program(name)
                .map(program -> program.type() == ProgramType.UNSPEC
                        ? "its section's name, " + program.section() + ", says no program type"
                        : "a program whose section name starts with ? is not loaded")
                .orElse("the object has no such program");
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }
}
