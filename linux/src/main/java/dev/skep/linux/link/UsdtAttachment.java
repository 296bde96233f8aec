package dev.skep.linux.link;

import dev.skep.linux.feature.Feature;
import dev.skep.linux.feature.KernelFeatures;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.symbol.BinaryFinder;
import dev.skep.linux.symbol.ElfBinary;
import dev.skep.linux.symbol.ProcessMaps;
import dev.skep.linux.usdt.UsdtArgument;
import dev.skep.linux.usdt.UsdtSite;
import dev.skep.linux.usdt.UsdtSpecMap;
import dev.skep.object.Location;
import dev.skep.object.attach.FunctionSelection;
import dev.skep.object.attach.ProbeMode;
import dev.skep.object.attach.ProbeMoment;
import dev.skep.object.attach.ProbePoint;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.program.AttachType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A probe that a program or library defines for others to watch (Linux 4.20; its arguments without knowing the process
 * 5.15). Programs compiled with libbpf's usdt.bpf.h find in their maps where the arguments are. One link for all places
 * of the probe where the program was loaded for it (Linux 6.6), else one for each.
 *
 * <pre>{@code
 * LinuxLink link = host.attach(program, new ProbePoint.Usdt("libjvm.so", "hotspot", "gc__begin"));
 * }</pre>
 */
final class UsdtAttachment {
    private final LinuxProgram program;
    private final ProbePoint.Usdt point;
    private final Path binary;
    private final boolean isFixed;
    private final List<UsdtSite> sites;

    private UsdtAttachment(LinuxProgram program, ProbePoint.Usdt point) {
        this.program = program;
        this.point = point;
        this.binary = BinaryFinder.find(point.binary(), point.pid());
        try (ElfBinary file = ElfBinary.open(binary)) {
            this.isFixed = file.isFixed();
            this.sites = UsdtSite.find(file, point.provider(), point.name());
        }
    }

    static LinuxLink attach(LinuxProgram program, ProbePoint.Usdt point) {
        UsdtAttachment attachment = new UsdtAttachment(program, point);
        Optional<UsdtSpecMap> specs = UsdtSpecMap.of(program);
        return specs.isPresent()
                ? attachment.withArguments(specs.get())
                : attachment.attach(
                        attachment.sites.stream().map(_ -> point.cookie()).toList());
    }

    /** @param specs owned from here on */
    private LinuxLink withArguments(UsdtSpecMap specs) {
        UsdtLink.Entries entries = new UsdtLink.Entries(specs);
        try {
            List<Integer> numbers = numbers(entries);
            boolean byCookie = KernelFeatures.has(Feature.BPF_COOKIE);
            if (!byCookie) {
                for (int i = 0; i < sites.size(); i++) {
                    for (long address : addressesOf(sites.get(i))) {
                        entries.addAddress(address, numbers.get(i));
                    }
                }
            }
            LinuxLink link = attach(numbers.stream()
                    .map(number -> byCookie ? (long) number : 0L)
                    .toList());
            return new UsdtLink(program, point, link, entries);
        } catch (RuntimeException e) {
            entries.giveUp(e);
            throw e;
        }
    }

    /** The entry of each site; those with the same arguments share one. */
    private List<Integer> numbers(UsdtLink.Entries entries) {
        Map<List<UsdtArgument>, Integer> known = new HashMap<>();
        return sites.stream()
                .map(site -> known.computeIfAbsent(
                        site.arguments(),
                        arguments -> entries.add(arguments, point.cookie(), Location.in(point.describe()))))
                .toList();
    }

    /**
     * The addresses that a site has where it is mapped, for kernels that do not tell programs which probe they are at.
     */
    private List<Long> addressesOf(UsdtSite site) {
        if (isFixed) {
            return List.of(site.address());
        }
        int pid = point.pid()
                .orElseThrow(() -> new HostException(
                        Errno.EOPNOTSUPP,
                        "cannot attach " + program + " to " + point.describe()
                                + " in all processes: that needs Linux 5.15; say which process"));
        return ProcessMaps.of(pid).stream()
                .filter(mapping ->
                        mapping.executable() && ProcessMaps.file(pid, mapping).equals(binary))
                .filter(mapping ->
                        Long.compareUnsigned(site.fileOffset() - mapping.fileOffset(), mapping.end() - mapping.start())
                                < 0)
                .map(mapping -> mapping.start() + site.fileOffset() - mapping.fileOffset())
                .toList();
    }

    /** @param cookies one for each site */
    private LinuxLink attach(List<Long> cookies) {
        boolean atOnce = program.spec()
                .expectedAttachType()
                .filter(type -> type == AttachType.TRACE_UPROBE_MULTI)
                .isPresent();
        return atOnce ? attachAtOnce(cookies) : attachOneByOne(cookies);
    }

    private LinuxLink attachAtOnce(List<Long> cookies) {
        List<Long> offsets = sites.stream().map(UsdtSite::fileOffset).toList();
        ProbePoint.UprobeMulti places = new ProbePoint.UprobeMulti(
                binary.toString(),
                new FunctionSelection.At(offsets),
                ProbeMoment.ENTRY,
                point.pid(),
                sites.stream().map(UsdtSite::semaphoreOffset).toList(),
                cookies);
        return UprobeMultiAttachment.attach(program, point, places, binary, offsets);
    }

    private LinuxLink attachOneByOne(List<Long> cookies) {
        List<ProbePoint.Uprobe> places = new ArrayList<>();
        for (int i = 0; i < sites.size(); i++) {
            UsdtSite site = sites.get(i);
            places.add(new ProbePoint.Uprobe(
                    binary.toString(),
                    "",
                    site.fileOffset(),
                    point.pid(),
                    false,
                    site.semaphoreOffset(),
                    cookies.get(i),
                    ProbeMode.ANY));
        }
        return LinkGroup.attach(
                program,
                point,
                places,
                place -> UprobeAttachment.attach(program, point, place, binary, place.offset()));
    }
}
