package dev.skep.object.elf;

/**
 * The numbers of the ELF64 format that BPF objects use, named as in elf(5) and {@code linux/elf.h}; relocation types as in
 * LLVM's {@code ELFRelocs/BPF.def} and the kernel's Documentation/bpf/llvm_reloc.rst.
 */
public final class Elf64 {
    private Elf64() {}

    /** Sizes of the structures, in bytes: {@code Elf64_Ehdr}, {@code Elf64_Shdr}, {@code Elf64_Sym} ... */
    public static final int HEADER_SIZE = 64;

    public static final int SECTION_HEADER_SIZE = 64;
    public static final int SYMBOL_SIZE = 24;
    public static final int REL_SIZE = 16;
    public static final int RELA_SIZE = 24;

    // e_ident, e_type, e_machine.
    public static final int ELFCLASS32 = 1;
    public static final int ELFCLASS64 = 2;
    public static final int ELFDATA2LSB = 1;
    public static final int ELFDATA2MSB = 2;
    public static final int ET_REL = 1;
    public static final int EM_NONE = 0;
    public static final int EM_BPF = 247;

    // sh_type.
    public static final int SHT_NULL = 0;
    public static final int SHT_PROGBITS = 1;
    public static final int SHT_SYMTAB = 2;
    public static final int SHT_STRTAB = 3;
    public static final int SHT_RELA = 4;
    public static final int SHT_NOBITS = 8;
    public static final int SHT_REL = 9;
    /** {@code SHT_SYMTAB_SHNDX}: section indices that do not fit a symbol. */
    public static final int SHT_SYMTAB_SHNDX = 18;

    // sh_flags.
    public static final long SHF_WRITE = 0x1;
    public static final long SHF_ALLOC = 0x2;
    public static final long SHF_EXECINSTR = 0x4;
    public static final long SHF_MERGE = 0x10;
    public static final long SHF_STRINGS = 0x20;
    public static final long SHF_COMPRESSED = 0x800;

    // st_shndx.
    public static final int SHN_UNDEF = 0;
    public static final int SHN_LORESERVE = 0xff00;
    public static final int SHN_ABS = 0xfff1;
    public static final int SHN_COMMON = 0xfff2;
    public static final int SHN_XINDEX = 0xffff;

    // The high half of st_info.
    public static final int STB_LOCAL = 0;
    public static final int STB_GLOBAL = 1;
    public static final int STB_WEAK = 2;

    // The low half of st_info.
    public static final int STT_NOTYPE = 0;
    public static final int STT_OBJECT = 1;
    public static final int STT_FUNC = 2;
    public static final int STT_SECTION = 3;
    public static final int STT_FILE = 4;

    // st_other.
    public static final int STV_DEFAULT = 0;
    public static final int STV_INTERNAL = 1;
    public static final int STV_HIDDEN = 2;
    public static final int STV_PROTECTED = 3;

    // Relocation types. Loaders go by the instruction, not by these numbers, which LLVM renumbered in version 13.
    public static final int R_BPF_NONE = 0;
    /** An {@code lddw}. */
    public static final int R_BPF_64_64 = 1;
    /** 8 bytes of data. */
    public static final int R_BPF_64_ABS64 = 2;
    /** 4 bytes of data. */
    public static final int R_BPF_64_ABS32 = 3;
    /** 4 bytes of {@code .BTF.ext}: no symbol value is to be added by a dynamic linker. */
    public static final int R_BPF_64_NODYLD32 = 4;
    /** A {@code call}. */
    public static final int R_BPF_64_32 = 10;
}
