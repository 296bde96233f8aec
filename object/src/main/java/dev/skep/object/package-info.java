/** What a BPF program is. */
package dev.skep.object;
