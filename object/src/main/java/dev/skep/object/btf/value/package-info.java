/** Values with BTF types: from bytes to something to show, and back. */
@org.jspecify.annotations.NullMarked
package dev.skep.object.btf.value;
