/** BTF as text: C declarations, and every type as it stands, in the forms that bpftool prints. */
@org.jspecify.annotations.NullMarked
package dev.skep.object.btf.dump;
