package dev.skep.linux.program;

import dev.skep.object.Bytes;
import java.time.Duration;

/**
 * What test runs ended in.
 *
 * @param returnValue of the last run: the lower 32 bits of r0, or what the kernel makes of them
 * @param data the packet as the last run left it; empty for live frames and programs without packets
 * @param context as the last run left it; empty for programs whose kind has none to return
 * @param averageTime of a run; zero where the kernel does not measure
 */
public record TestRunResult(int returnValue, Bytes data, Bytes context, Duration averageTime) {}
