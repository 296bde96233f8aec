package dev.skep.linux.bpf;

import dev.skep.object.Location;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfLayout;
import dev.skep.object.btf.BtfType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Structures and enumerations as the running kernel's own BTF has them. */
public final class KernelStructures {
    private static final Path VMLINUX = Path.of("/sys/kernel/btf/vmlinux");

    private final Btf btf;
    private final BtfLayout layout;

    /** Reads the running kernel's BTF. */
    public KernelStructures() {
        try {
            btf = Btf.open(Files.readAllBytes(VMLINUX), Location.in(VMLINUX.toString()));
            layout = new BtfLayout(btf);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the running kernel shows its BTF. */
    public static boolean available() {
        return Files.isReadable(VMLINUX);
    }

    /** The structure's or union's members; {@link #members(BtfType.Composite)}. */
    public Map<String, Field> members(String structure) {
        return members(composite(structure));
    }

    /**
     * Members by name, with offsets from the start; those of anonymous members stand in their place, those of named members of an
     * anonymous type behind the member's name and a dot.
     */
    public Map<String, Field> members(BtfType.Composite composite) {
        Map<String, Field> found = new LinkedHashMap<>();
        collect(found, "", 0, composite);
        return found;
    }

    private void collect(Map<String, Field> found, String prefix, int start, BtfType.Composite composite) {
        for (BtfType.Member member : composite.members()) {
            int offset = start + member.bitOffset() / 8;
            if (btf.type(btf.strip(member.type())) instanceof BtfType.Composite inner) {
                collect(found, member.name().isEmpty() ? prefix : prefix + member.name() + ".", offset, inner);
            } else {
                String name = prefix + member.name();
                // A bit field is read as the word that it is in.
                int size = member.bitfieldSize() != 0 ? 4 : layout.size(member.type());
                found.put(name, new Field(name, offset, size));
            }
        }
    }

    public BtfType.Composite composite(String name) {
        return (BtfType.Composite)
                btf.type(btf.find(name, BtfType.Composite.class).orElseThrow());
    }

    public BtfType type(int id) {
        return btf.type(btf.strip(id));
    }

    /** The names of an enumeration's values. */
    public Map<String, Long> enumeration(String name) {
        Map<String, Long> values = new LinkedHashMap<>();
        BtfType.Enumeration type = (BtfType.Enumeration)
                btf.type(btf.find(name, BtfType.Enumeration.class).orElseThrow());
        type.enumerators().forEach(each -> values.put(each.name(), each.value()));
        return values;
    }
}
