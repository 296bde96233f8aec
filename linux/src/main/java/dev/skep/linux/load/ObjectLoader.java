package dev.skep.linux.load;

import dev.skep.linux.bpf.BpfToken;
import dev.skep.linux.feature.Feature;
import dev.skep.linux.feature.KernelFeatures;
import dev.skep.linux.feature.MemoryLockLimit;
import dev.skep.linux.map.LinuxMap;
import dev.skep.linux.system.Closing;
import dev.skep.object.BpfObject;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.object.core.CoreRelocator;
import dev.skep.object.core.CoreTarget;
import dev.skep.object.host.HostException;
import dev.skep.object.image.ProgramImage;
import dev.skep.object.image.ProgramImageBuilder;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramSpec;
import dev.skep.object.program.ProgramType;
import dev.skep.object.program.SectionDefinition.Trait;
import dev.skep.object.program.SectionTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Brings one object into the kernel: types, maps, programs, and what stands in maps from the start. */
final class ObjectLoader {
    private final BpfObject object;
    private final KernelTypes kernel;
    private final LoadOptions options;
    private final List<AutoCloseable> owned = new ArrayList<>();
    private final Map<String, LoadDevice> devices = new HashMap<>();

    ObjectLoader(BpfObject object, KernelTypes kernel, LoadOptions options) {
        this.object = object;
        this.kernel = kernel;
        this.options = options;
    }

    /** @param strict whether one refused program is a failure; else nothing of the object stays behind only if maps are refused */
    LinuxObject load(boolean strict) {
        try (Leases leases = new Leases()) {
            options.reused.values().forEach(map -> leases.hold(map.descriptor()));
            options.replaced.values().forEach(program -> leases.hold(program.descriptor()));
            Optional<BpfToken> token = options.tokenFrom.map(path -> owning(BpfToken.of(path)));
            return token.isPresent() // else what has been said outside goes on holding
                    ? KernelFeatures.asking(token, () -> loadOwning(strict, token))
                    : loadOwning(strict, token);
        } catch (RuntimeException e) {
            Closing.after(e, owned);
            throw e;
        }
    }

    private LinuxObject loadOwning(boolean strict, Optional<BpfToken> token) {
        MemoryLockLimit.liftIfCharged();
        Optional<LoadDevice> card = options.offloadedTo.map(name -> device(name, true));
        KernelExterns externs = KernelExterns.resolve(object, kernel);
        try (ObjectTypes types = ObjectTypes.load(object, token)) {
            ObjectMaps maps =
                    new ObjectMaps(object, kernel, options, new MapCreator(object.name(), types, token, card));
            try {
                Map<String, LinuxMap> created = maps.create(owned);
                ProgramLoader loader = new ProgramLoader(object, externs, types, created, token, options.logLevel);
                List<ProgramOutcome> outcomes =
                        programs(maps, new KernelReferences(object, created, externs), loader, strict);
                LinuxObject loaded = new LinuxObject(object, outcomes, List.copyOf(created.values()), owned);
                maps.fillSlots(loaded, strict);
                return loaded;
            } catch (RuntimeException e) {
                maps.unpin(e);
                throw e;
            }
        }
    }

    private List<ProgramOutcome> programs(
            ObjectMaps maps, KernelReferences references, ProgramLoader loader, boolean strict) {
        CoreRelocator relocator = relocator();
        List<ProgramOutcome> outcomes = new ArrayList<>();
        for (ProgramSpec spec : object.programs()) {
            ProgramOutcome outcome = load(effective(spec), relocator, references, maps, loader);
            if (outcome instanceof ProgramOutcome.Loaded loaded) {
                owned.add(loaded.program());
            }
            if (strict) {
                check(outcome);
            }
            outcomes.add(outcome);
        }
        return outcomes;
    }

    private <T extends AutoCloseable> T owning(T thing) {
        owned.add(thing);
        return thing;
    }

    private void check(ProgramOutcome outcome) {
        switch (outcome) {
            case ProgramOutcome.Rejected rejected -> throw new LoadException(object.name(), rejected.rejection());
            case ProgramOutcome.Unusable unusable -> throw unusable.failure();
            case ProgramOutcome.Loaded loaded -> {}
            case ProgramOutcome.NotWanted notWanted -> {}
        }
    }

    private CoreRelocator relocator() {
        boolean relocates =
                object.functions().stream().anyMatch(f -> !f.coreRelocations().isEmpty());
        if (!relocates) {
            return CoreRelocator.of(object, List.of());
        }
        return options.kernelTypes
                .map(types -> CoreRelocator.of(object, List.of(new CoreTarget("kernel", types))))
                .orElseGet(() -> CoreRelocator.of(object, List.of(kernel.coreTarget()), kernel::moduleTargets));
    }

    /** What the program is on this machine: targets named by the caller, and USDT probes by the better link where there is one. */
    private ProgramSpec effective(ProgramSpec spec) {
        Optional<AttachType> attach = spec.expectedAttachType();
        boolean usdt = SectionTable.lookup(spec.section())
                .map(match -> match.definition().traits().contains(Trait.USDT))
                .orElse(false);
        if (usdt && KernelFeatures.has(Feature.UPROBE_MULTI_LINK)) {
            attach = Optional.of(AttachType.TRACE_UPROBE_MULTI);
        }
        Optional<String> target =
                Optional.ofNullable(options.attachTargets.get(spec.name())).or(spec::attachTarget);
        return new ProgramSpec(
                spec.name(),
                spec.section(),
                spec.type(),
                attach,
                target,
                spec.autoload(),
                spec.flags(),
                spec.function());
    }

    private ProgramOutcome load(
            ProgramSpec spec,
            CoreRelocator relocator,
            KernelReferences references,
            ObjectMaps maps,
            ProgramLoader loader) {
        if (!isWanted(spec, maps)) {
            return new ProgramOutcome.NotWanted(spec);
        }
        try {
            if (spec.type() == ProgramType.UNSPEC) {
                throw new InputException(
                        Location.in(object.name()).section(spec.section()),
                        "the section's name says no program type for " + spec.name(),
                        "use one of libbpf's names, such as SEC(\"xdp\")");
            }
            ProgramImage image = ProgramImageBuilder.build(object, spec, relocator::relocate);
            StructOpsMember member = maps.structOpsMember(spec);
            AttachTarget target = member.isPresent()
                    ? new AttachTarget(member.structId(), member.descriptor())
                    : AttachTarget.of(object, spec, kernel, Optional.ofNullable(options.replaced.get(spec.name())));
            int expected = member.isPresent() ? member.index() : expectedAttachType(spec);
            return loader.load(new ProgramLoader.Job(image, references.fill(image), target, expected, device(spec)));
        } catch (InputException | HostException e) {
            return new ProgramOutcome.Unusable(spec, e);
        }
    }

    private Optional<LoadDevice> device(ProgramSpec spec) {
        return options.offloadedTo
                .map(name -> device(name, true))
                .or(() -> Optional.ofNullable(options.boundTo.get(spec.name())).map(name -> device(name, false)));
    }

    /** Asked for once by each name, so that all programs and maps are for the same one. */
    private LoadDevice device(String name, boolean offloaded) {
        return devices.computeIfAbsent(name, each -> LoadDevice.named(each, offloaded));
    }

    /** A {@code struct_ops} program is wanted if a variable that is created uses it. */
    private boolean isWanted(ProgramSpec spec, ObjectMaps maps) {
        Boolean asked = options.autoload.get(spec.name());
        if (asked != null) {
            return asked;
        }
        return maps.structOpsWants(spec).orElse(spec.autoload());
    }

    private static int expectedAttachType(ProgramSpec spec) {
        boolean optional = SectionTable.lookup(spec.section())
                .map(match -> match.definition().traits().contains(Trait.ATTACH_TYPE_OPTIONAL))
                .orElse(false);
        if (optional && !KernelFeatures.has(Feature.EXP_ATTACH_TYPE)) {
            return 0;
        }
        return spec.expectedAttachType().map(AttachType::number).orElse(0);
    }
}
