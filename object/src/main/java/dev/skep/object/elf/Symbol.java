package dev.skep.object.elf;

/**
 * A symbol ({@code Elf64_Sym}).
 *
 * @param index its number in the symbol table; 0 is the null symbol
 * @param name "" for section symbols
 * @param value offset in its section
 * @param size bytes, 0 if not known
 * @param binding {@code STB_*} @param type {@code STT_*} @param visibility {@code STV_*}
 * @param section the index of the section it is defined in, or {@code SHN_UNDEF}, {@code SHN_ABS}, {@code SHN_COMMON}
 */
public record Symbol(
        int index, String name, long value, long size, int binding, int type, int visibility, int section) {

    /** Global or weak: seen by other files. */
    public boolean isGlobal() {
        return binding == Elf64.STB_GLOBAL || binding == Elf64.STB_WEAK;
    }

    /** Weak: may be overridden by a strong definition or, if undefined, may be missing. */
    public boolean isWeak() {
        return binding == Elf64.STB_WEAK;
    }

    /** Global in the file, but not to be seen from outside: {@code __hidden}. */
    public boolean isHidden() {
        return visibility == Elf64.STV_HIDDEN || visibility == Elf64.STV_INTERNAL;
    }

    /** Expected to be defined elsewhere (libbpf's {@code sym_is_extern}). */
    public boolean isExtern() {
        return section == Elf64.SHN_UNDEF && isGlobal() && type == Elf64.STT_NOTYPE;
    }

    /** Lies in a real section. */
    public boolean isDefined() {
        return section != Elf64.SHN_UNDEF && section < Elf64.SHN_LORESERVE;
    }
}
