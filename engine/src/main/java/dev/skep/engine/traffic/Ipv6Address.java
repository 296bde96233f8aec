package dev.skep.engine.traffic;

/** An IPv6 address as two 64-bit halves. */
record Ipv6Address(long high, long low) {}
