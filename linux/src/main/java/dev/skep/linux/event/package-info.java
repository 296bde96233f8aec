/**
 * Records between programs and user space: ring buffers and perf buffers to read from, user ring buffers to write to, and waiting for
 * several of them at once. Reading costs no allocation for each record unless it is asked to copy.
 */
package dev.skep.linux.event;
