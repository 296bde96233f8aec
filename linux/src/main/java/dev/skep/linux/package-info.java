/** The kernel host: {@link dev.skep.linux.LinuxHost} loads objects into the running Linux kernel and attaches their programs. */
package dev.skep.linux;
