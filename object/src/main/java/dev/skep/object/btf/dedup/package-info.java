/** Makes one of BTF types that mean the same, as a linker must after putting several objects together. */
@org.jspecify.annotations.NullMarked
package dev.skep.object.btf.dedup;
