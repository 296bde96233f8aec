/** The small interface that both hosts, the embedded engine and the Linux kernel, implement. */
package dev.skep.object.host;
