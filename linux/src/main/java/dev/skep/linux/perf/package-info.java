/** Performance events: perf_event_open(2) and the ioctls of its descriptors. */
package dev.skep.linux.perf;
