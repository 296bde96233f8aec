package dev.skep.verifier.value;

import dev.skep.object.btf.Btf;

/**
 * A type of the kernel's, or for allocated objects of the program's own.
 *
 * @param btf where {@code id} counts; told apart by identity
 * @param id a struct or union
 */
public record KernelType(Btf btf, int id) {
    /** The type's name. */
    public String name() {
        return btf.name(id);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KernelType type && sameTypes(type) && type.id == id;
    }

    @SuppressWarnings("ReferenceEquality") // comparing two kernels' types by content would take seconds
    private boolean sameTypes(KernelType other) {
        return other.btf == btf;
    }

    @Override
    public int hashCode() {
        return id;
    }

    @Override
    public String toString() {
        return name();
    }
}
