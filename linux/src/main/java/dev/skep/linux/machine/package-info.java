/** What the files of /proc and /sys say about this machine, its kernel and this process. */
package dev.skep.linux.machine;
