/**
 * Chooses tests on the host ({@link dev.skep.vm.SelectTests}) and runs them in a virtual machine
 * ({@link dev.skep.vm.GuestRun}). The machine is {@code vm/run}'s.
 */
@NullMarked
package dev.skep.vm;

import org.jspecify.annotations.NullMarked;
