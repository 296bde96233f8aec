package dev.skep.trace.cdefinition;

import java.util.Optional;

/** What types that a preamble uses but does not define take: those of the kernel. */
@FunctionalInterface
public interface KnownTypes {
    /** None. */
    KnownTypes NONE = name -> Optional.empty();

    /** The layout of a type, if it is known. @param name with its keyword, if it has one: {@code struct list_head} */
    Optional<CLayout> layout(String name);
}
