package dev.skep.linux.load;

import dev.skep.linux.LinuxHost;
import dev.skep.linux.map.LinuxMap;
import dev.skep.object.BpfObject;
import dev.skep.object.InputException;
import dev.skep.object.assembly.Assembler;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.object.host.HostException;
import dev.skep.object.image.ProgramImage;
import dev.skep.object.image.ProgramImage.FunctionStart;
import dev.skep.object.instruction.Instructions;
import dev.skep.object.map.MapSpec;
import dev.skep.object.program.ProgramSpec;
import dev.skep.object.program.Reference;
import dev.skep.testkit.corpus.RecordedVerdicts.Verdict;
import dev.skep.testkit.corpus.VerifierCase;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Has the running kernel judge the programs of the corpus. */
final class CorpusLoader {
    private static final int BPF_F_STRICT_ALIGNMENT = 1; // linux/bpf.h

    /** {@code BPF_LOG_STATS}, linux/bpf_verifier.h: with the reason of a rejection, but without the way there. */
    private static final int REASON_ONLY = 4;

    private final LinuxHost host;

    CorpusLoader(LinuxHost host) {
        this.host = host;
    }

    /** The program of a case as an object. */
    static BpfObject object(VerifierCase example) {
        BpfObject object = Assembler.object(example.theme(), example.text());
        if (!example.strictAlignment()) {
            return object;
        }
        ProgramSpec spec = object.program("main").orElseThrow();
        return object.withProgram(new ProgramSpec(
                spec.name(),
                spec.section(),
                spec.type(),
                spec.expectedAttachType(),
                spec.attachTarget(),
                spec.autoload(),
                spec.flags() | BPF_F_STRICT_ALIGNMENT,
                spec.function()));
    }

    /** By function: what the program's declaration tag says, {@code accepted} or {@code rejected CAUSE}. */
    static Map<Integer, String> tags(Btf types) {
        Map<Integer, String> tags = new HashMap<>();
        for (int id = 1; id < types.typeCount(); id++) {
            if (types.type(id) instanceof BtfType.DeclarationTag tag
                    && !tag.name().contains(":")) {
                tags.put(tag.target(), tag.name());
            }
        }
        return tags;
    }

    /** What the kernel says of each program, by name. */
    Map<String, Verdict> verdicts(BpfObject object) {
        Map<String, Verdict> verdicts = new LinkedHashMap<>();
        try (LinuxObject loaded = host.open(object).logLevel(REASON_ONLY).loadEach()) {
            for (ProgramOutcome outcome : loaded.outcomes()) {
                verdicts.put(outcome.spec().name(), verdict(isMisshapen(outcome) ? asItIs(object) : outcome));
            }
        } catch (HostException | InputException e) {
            // A map that this kernel does not have is in the way of those programs only that name it; all else of all.
            Optional<Verdict> all = whyNone(object);
            for (ProgramSpec program : object.programs()) {
                verdicts.put(program.name(), all.orElseGet(() -> verdict(object, program)));
            }
        }
        return verdicts;
    }

    /** Why the object cannot be loaded even without its programs and maps. */
    private Optional<Verdict> whyNone(BpfObject object) {
        OpenObject open = host.open(object);
        object.programs().forEach(each -> open.autoload(each.name(), false));
        object.maps().forEach(each -> open.autocreate(each.name(), false));
        try (LinuxObject loaded = open.loadEach()) {
            return Optional.empty();
        } catch (HostException | InputException e) {
            return Optional.of(new Verdict(false, oneLine(e.getMessage())));
        }
    }

    /** What the kernel says of one program, loaded with the maps that it names and nothing else. */
    private Verdict verdict(BpfObject object, ProgramSpec program) {
        OpenObject open = host.open(object).logLevel(REASON_ONLY);
        object.programs().forEach(each -> open.autoload(each.name(), each.name().equals(program.name())));
        Set<String> named = maps(object, program);
        object.maps().stream()
                .map(MapSpec::name)
                .filter(map -> !named.contains(map))
                .forEach(map -> open.autocreate(map, false));
        try (LinuxObject loaded = open.loadEach()) {
            return loaded.outcomes().stream()
                    .filter(each -> each.spec().name().equals(program.name()))
                    .findFirst()
                    .map(CorpusLoader::verdict)
                    .orElseThrow();
        } catch (HostException | InputException e) {
            return new Verdict(false, oneLine(e.getMessage()));
        }
    }

    private static Verdict verdict(ProgramOutcome outcome) {
        return switch (outcome) {
            case ProgramOutcome.Loaded loaded -> Verdict.ACCEPTED;
            case ProgramOutcome.Rejected rejected -> new Verdict(false, reason(rejected.rejection()));
            case ProgramOutcome.Unusable unusable ->
                new Verdict(false, oneLine(unusable.failure().getMessage()));
            case ProgramOutcome.NotWanted notWanted -> throw new IllegalStateException("it was asked for");
        };
    }

    private static String reason(Rejection rejection) {
        String reason = rejection.log().reason();
        return oneLine(reason.isEmpty() ? rejection.errno().name() : reason);
    }

    private static String oneLine(String message) {
        return message.replaceAll("\\s+", " ");
    }

    /** The maps that a program or a function it can reach refers to. */
    private static Set<String> maps(BpfObject object, ProgramSpec program) {
        Set<String> maps = new TreeSet<>();
        Set<Integer> reached = new HashSet<>(Set.of(program.function()));
        Deque<Integer> waiting = new ArrayDeque<>(reached);
        while (!waiting.isEmpty()) {
            for (Reference reference : object.functions().get(waiting.remove()).references()) {
                switch (reference) {
                    case Reference.Map map -> maps.add(map.map());
                    case Reference.MapValue value -> maps.add(value.map());
                    case Reference.ArenaVariable variable -> maps.add(variable.map());
                    case Reference.Call call when reached.add(call.function()) -> waiting.add(call.function());
                    case Reference.FunctionAddress address
                    when reached.add(address.function()) -> waiting.add(address.function());
                    default -> {}
                }
            }
        }
        return maps;
    }

    private static boolean isMisshapen(ProgramOutcome outcome) {
        return outcome instanceof ProgramOutcome.Unusable unusable && unusable.failure() instanceof InputException;
    }

    /** The loader refuses jumps that leave their function by itself; here the kernel shall. */
    private ProgramOutcome asItIs(BpfObject object) {
        Instructions code = object.functions().getFirst().instructions();
        ProgramSpec spec = object.programs().getFirst();
        ProgramImage image =
                new ProgramImage(spec, code, List.of(), List.of(new FunctionStart(0, 0, spec.name())), List.of());
        Map<String, LinuxMap> maps = Map.of();
        try (ObjectTypes types = ObjectTypes.load(object, Optional.empty())) {
            KernelExterns externs = KernelExterns.resolve(object, host.types());
            return new ProgramLoader(object, externs, types, maps, Optional.empty(), REASON_ONLY)
                    .load(new ProgramLoader.Job(image, code, AttachTarget.NONE, 0, Optional.empty()));
        }
    }
}
