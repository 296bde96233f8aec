package dev.skep.cli.machine;

import dev.skep.linux.feature.Feature;
import dev.skep.linux.feature.KernelFeatures;
import dev.skep.linux.feature.KernelOption;
import dev.skep.linux.feature.KernelParameter;
import dev.skep.linux.feature.Support;
import dev.skep.linux.machine.KernelConfiguration;
import dev.skep.linux.machine.KernelRelease;
import dev.skep.linux.machine.MachineFiles;
import dev.skep.object.map.MapType;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.HelperId;
import dev.skep.object.program.ProgramType;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What the running kernel has, of what was asked for.
 *
 * @param configurationFile where the options were read; empty if this machine does not tell them
 * @param helpers only types of programs whose helpers can be found out
 */
record FeatureReport(
        KernelRelease kernel,
        List<Parameter> parameters,
        Optional<String> configurationFile,
        List<Option> options,
        List<Finding<Feature>> features,
        List<Finding<ProgramType>> programTypes,
        List<Finding<MapType>> mapTypes,
        List<Finding<AttachType>> attachTypes,
        List<Helpers> helpers) {
    /** Asking for these makes the kernel write a warning to its log. */
    private static final Set<HelperId> WARNED_ABOUT =
            EnumSet.of(HelperId.TRACE_PRINTK, HelperId.TRACE_VPRINTK, HelperId.PROBE_WRITE_USER);

    /** What there is to report. */
    enum Section {
        PARAMETERS,
        CONFIGURATION,
        FEATURES,
        PROGRAMS,
        MAPS,
        ATTACHMENTS,
        HELPERS
    }

    /** A setting of the running kernel. @param value empty if this kernel lacks it, or this process may not read it */
    record Parameter(KernelParameter parameter, Optional<Long> value) {
        String name() {
            return parameter.file().substring("/proc/sys/".length()).replace('/', '.');
        }

        String meaning() {
            return value.map(parameter::meaning).orElse("cannot be read");
        }
    }

    /** An option of the kernel's configuration. @param value empty if it is not set */
    record Option(KernelOption option, Optional<String> value) {}

    /** Something the kernel has or not. @param name as people and C programs write it */
    record Finding<T>(String name, T subject, Support support) {}

    /** What programs of a type may call. */
    record Helpers(ProgramType type, List<Finding<HelperId>> findings) {
        long available() {
            return findings.stream()
                    .filter(finding -> finding.support().isAvailable())
                    .count();
        }

        /** Why nothing can be found out about any of them; empty if something can. */
        Optional<String> ignorance() {
            return findings.stream().allMatch(finding -> finding.support() instanceof Support.Unknown)
                    ? findings.stream()
                            .findFirst()
                            .map(finding -> "unknown: " + finding.support().explanation())
                    : Optional.empty();
        }
    }

    /**
     * Asks the kernel.
     *
     * @param sections what to ask for @param wanted of which names
     * @param thorough also ask for what makes the kernel write a warning to its log
     */
    static FeatureReport of(Set<Section> sections, Predicate<String> wanted, boolean thorough) {
        Optional<KernelConfiguration> configuration = KernelConfiguration.running();
        return new FeatureReport(
                KernelRelease.running(),
                sections.contains(Section.PARAMETERS) ? parameters(wanted) : List.of(),
                configuration.map(KernelConfiguration::file),
                configuration
                        .filter(_ -> sections.contains(Section.CONFIGURATION))
                        .map(kernel -> options(kernel, wanted))
                        .orElse(List.of()),
                found(sections, Section.FEATURES, Feature.values(), Feature::name, KernelFeatures::support, wanted),
                found(
                        sections,
                        Section.PROGRAMS,
                        ProgramType.values(),
                        ProgramType::uapiName,
                        KernelFeatures::support,
                        wanted),
                found(sections, Section.MAPS, MapType.values(), MapType::uapiName, KernelFeatures::support, wanted),
                found(
                        sections,
                        Section.ATTACHMENTS,
                        AttachType.values(),
                        AttachType::uapiName,
                        KernelFeatures::support,
                        wanted),
                sections.contains(Section.HELPERS) ? helpers(wanted, thorough) : List.of());
    }

    private static List<Parameter> parameters(Predicate<String> wanted) {
        return Arrays.stream(KernelParameter.values())
                .map(parameter -> new Parameter(parameter, parameter.value(MachineFiles.OF_THIS_MACHINE)))
                .filter(parameter -> wanted.test(parameter.name()))
                .toList();
    }

    private static List<Option> options(KernelConfiguration kernel, Predicate<String> wanted) {
        return Arrays.stream(KernelOption.values())
                .filter(option -> wanted.test(option.option()))
                .map(option -> new Option(option, kernel.value(option.option())))
                .toList();
    }

    private static <T extends Enum<T>> List<Finding<T>> found(
            Set<Section> sections,
            Section section,
            T[] subjects,
            Function<T, String> name,
            Function<T, Support> ask,
            Predicate<String> wanted) {
        if (!sections.contains(section)) {
            return List.of();
        }
        return Arrays.stream(subjects)
                .filter(subject -> !subject.name().equals("UNSPEC") && wanted.test(name.apply(subject)))
                .map(subject -> new Finding<>(name.apply(subject), subject, ask.apply(subject)))
                .toList();
    }

    private static List<Helpers> helpers(Predicate<String> wanted, boolean thorough) {
        List<HelperId> helpers = Arrays.stream(HelperId.values())
                .filter(helper -> helper != HelperId.UNSPEC && (thorough || !WARNED_ABOUT.contains(helper)))
                .filter(helper -> wanted.test(helper.functionName()))
                .toList();
        return Arrays.stream(ProgramType.values())
                .filter(type -> !helpers.isEmpty() && KernelFeatures.showsHelpers(type))
                .map(type -> new Helpers(
                        type,
                        helpers.stream()
                                .map(helper -> new Finding<>(
                                        helper.functionName(), helper, KernelFeatures.support(type, helper)))
                                .toList()))
                .toList();
    }
}
