package dev.skep.cli.load;

import dev.skep.linux.link.Attacher;
import dev.skep.linux.link.LiveAttachment;
import dev.skep.linux.load.LinuxObject;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What one {@code --attach} asks for: {@code auto}, or {@code [PROGRAM=]PLACE}. */
record Attachment(String text, Optional<String> program, Optional<Target> target) {
    /** Reads one. @throws InputException if the place makes no sense */
    static Attachment read(String text) {
        if (text.equals("auto")) {
            return new Attachment(text, Optional.empty(), Optional.empty());
        }
        int equals = text.indexOf('=');
        boolean named = equals > 0 && text.substring(0, equals).matches("\\w+");
        return new Attachment(
                text,
                named ? Optional.of(text.substring(0, equals)) : Optional.empty(),
                Optional.of(Target.read(named ? text.substring(equals + 1) : text)));
    }

    /**
     * Attaches what is meant of an object.
     *
     * @return what is attached, the caller's from here on
     * @throws InputException if it is not clear which program is meant
     * @throws dev.skep.object.host.HostException if the kernel refuses
     */
    List<LiveAttachment> attach(LinuxObject object) {
        return target.isPresent()
                ? List.of(Attacher.attach(
                        meant(object, target.get()), target.get().point(object)))
                : attachBySection(object);
    }

    private List<LiveAttachment> attachBySection(LinuxObject object) {
        List<LiveAttachment> attached = object.attachAll();
        if (attached.isEmpty()) {
            throw wrong(
                    object,
                    "no program's section says where to attach",
                    "name a place: --attach " + TargetKind.XDP.form());
        }
        return attached;
    }

    private LinuxProgram meant(LinuxObject object, Target place) {
        if (program.isPresent()) {
            return object.program(program.get())
                    .orElseThrow(() -> wrong(
                            object,
                            "there is no loaded program '" + program.get() + "'",
                            "there are: " + names(object.programs())));
        }
        List<LinuxProgram> fitting = object.programs().stream()
                .filter(each -> place.kind().takes(each.spec().type()))
                .toList();
        if (fitting.size() != 1) {
            throw wrong(
                    object,
                    (fitting.isEmpty() ? "no program" : fitting.size() + " programs") + " can be attached so: "
                            + names(fitting.isEmpty() ? object.programs() : fitting),
                    fitting.isEmpty()
                            ? ""
                            : "choose one: --attach "
                                    + fitting.getFirst().spec().name() + "=" + text);
        }
        return fitting.getFirst();
    }

    private static String names(List<LinuxProgram> programs) {
        return programs.stream()
                .map(each -> each.spec().name() + " (" + each.spec().type() + ")")
                .collect(Collectors.joining(", "));
    }

    private InputException wrong(LinuxObject object, String problem, String advice) {
        return new InputException(Location.in(object.spec().name() + ", --attach " + text), problem, advice);
    }
}
