/** Static linking: several BPF objects made one, as {@code bpftool gen object} does. */
package dev.skep.object.link;
