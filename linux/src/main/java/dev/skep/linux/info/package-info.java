/**
 * What is in the kernel: programs, maps, links and BTF by id, what the kernel says about each of them, and which processes hold them.
 *
 * <p>Everything here only looks; nothing is changed, except that {@link dev.skep.linux.info.RunStatistics} has the kernel count.
 */
package dev.skep.linux.info;
