package dev.skep.linux.load;

/**
 * The function pointer that a {@code struct_ops} program implements.
 *
 * @param structId of the structure, in the kernel's types; 0 for none @param descriptor of its module's types, 0 for the kernel's own
 * @param index of the member
 */
record StructOpsMember(int structId, int descriptor, int index) {
    static final StructOpsMember NONE = new StructOpsMember(0, 0, 0);

    boolean isPresent() {
        return structId != 0;
    }
}
