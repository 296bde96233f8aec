package dev.skep.linux.netlink;

import java.util.OptionalInt;

/**
 * A filter at an interface, as the kernel lists it.
 *
 * @param kind {@code bpf}, {@code u32}, {@code flower}, ...
 * @param priority lower runs first @param protocol {@code ETH_P_*} it is for, in the machine's byte order
 * @param handle its number within the priority
 * @param program the kernel's id of the program; empty for other kinds
 */
public record Filter(String kind, int priority, int protocol, int handle, OptionalInt program) {}
