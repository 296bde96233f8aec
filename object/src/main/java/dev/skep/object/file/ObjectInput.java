package dev.skep.object.file;

import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfExt;
import dev.skep.object.elf.Elf64;
import dev.skep.object.elf.ElfFile;
import dev.skep.object.elf.Section;
import java.util.Optional;

/**
 * The parts of a file that the readers of this package share.
 *
 * @param btf {@link Btf#EMPTY} if the file has none
 */
record ObjectInput(ElfFile elf, Btf btf, BtfExt btfExt) {
    /** BPF instructions, and so everything that is counted in slots, are 8 bytes long. */
    static final int SLOT = 8;

    static ObjectInput of(ElfFile elf) {
        Location where = elf.where();
        Optional<Section> types = section(elf, SectionName.BTF);
        Btf btf = types.map(s -> Btf.read(s.content().toArray(), where.section(SectionName.BTF)))
                .orElse(Btf.EMPTY);
        BtfExt ext = types.isEmpty()
                ? BtfExt.EMPTY
                : section(elf, SectionName.BTF_EXT)
                        .map(s -> BtfExt.read(s.content().toArray(), btf, where.section(SectionName.BTF_EXT)))
                        .orElse(BtfExt.EMPTY);
        return new ObjectInput(elf, btf, ext);
    }

    private static Optional<Section> section(ElfFile elf, String name) {
        return elf.section(name).filter(s -> s.type() == Elf64.SHT_PROGBITS && s.size() > 0);
    }

    ObjectInput withBtf(Btf newBtf) {
        return new ObjectInput(elf, newBtf, btfExt);
    }

    Location where() {
        return elf.where();
    }

    InputException wrong(String section, String problem, String advice) {
        return new InputException(where().section(section), problem, advice);
    }
}
