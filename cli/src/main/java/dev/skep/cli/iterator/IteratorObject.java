package dev.skep.cli.iterator;

import dev.skep.cli.input.InputFile;
import dev.skep.cli.kernel.ObjectReference;
import dev.skep.cli.kernel.Words;
import dev.skep.cli.program.ProgramFile;
import dev.skep.linux.LinuxHost;
import dev.skep.linux.info.ObjectKind;
import dev.skep.linux.link.Attacher;
import dev.skep.linux.link.BpfLink;
import dev.skep.linux.link.LinuxLink;
import dev.skep.linux.load.LinuxObject;
import dev.skep.object.BpfObject;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.object.attach.IteratorScope;
import dev.skep.object.attach.ProbePoint;
import dev.skep.object.program.ProgramSpec;
import java.io.IOException;
import java.util.List;

/** The iterator of an object file, loaded and ready to be read. */
final class IteratorObject implements AutoCloseable {
    private final LinuxObject object;
    private final BpfLink link;

    private IteratorObject(LinuxObject object, BpfLink link) {
        this.object = object;
        this.link = link;
    }

    /** What an iterator is confined to: {@code map MAP}, {@code pid N}, {@code tid N}, or nothing. */
    static IteratorScope readScope(Words words) {
        if (words.take("map")) {
            return new IteratorScope.MapElements(
                    ObjectReference.read(words, ObjectKind.MAP).id(ObjectKind.MAP));
        }
        if (words.take("pid")) {
            return new IteratorScope.Process((int) words.number("the process"));
        }
        return words.take("tid")
                ? new IteratorScope.Thread((int) words.number("the thread"))
                : new IteratorScope.Everything();
    }

    /**
     * Loads the file and makes a link of its iterator.
     *
     * @throws InputException if it has none, or several
     * @throws dev.skep.object.host.HostException if the kernel refuses
     */
    static IteratorObject load(InputFile file, IteratorScope scope) throws IOException {
        BpfObject read = ProgramFile.read(file);
        ProgramSpec program = iterator(read, file);
        try (LinuxHost host = LinuxHost.open()) {
            LinuxObject object = host.load(read);
            try {
                String kind = program.section().substring(program.section().indexOf('/') + 1);
                LinuxLink link = Attacher.attach(
                        object.program(program.name()).orElseThrow(), new ProbePoint.Iterator(kind, scope));
                return new IteratorObject(object, (BpfLink) link);
            } catch (RuntimeException e) {
                object.close();
                throw e;
            }
        }
    }

    private static ProgramSpec iterator(BpfObject object, InputFile file) {
        List<ProgramSpec> iterators = object.programs().stream()
                .filter(program -> program.section().matches("iter(\\.s)?/.+"))
                .toList();
        if (iterators.size() != 1) {
            throw new InputException(
                    Location.in(file.shownName()),
                    "it has " + (iterators.isEmpty() ? "no iterator" : iterators.size() + " iterators"),
                    "one program with a section such as SEC(\"iter/task\") is needed");
        }
        return iterators.getFirst();
    }

    /** Its link. It belongs to this object. */
    BpfLink link() {
        return link;
    }

    @Override
    public void close() {
        link.close();
        object.close();
    }
}
