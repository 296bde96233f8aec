package dev.skep.compiler.ir;

import dev.skep.compiler.type.CType;

/**
 * Which part of a kernel type is meant, to be found again where the program is loaded (CO-RE).
 *
 * @param root the type the path starts from, as the program declares it
 * @param access indexes as clang writes them: {@code "0:2:1"} is the second member of the third of the type; for whole types
 *     {@code "0"}, for enumerators their index
 */
public record FieldPath(CType root, String access) {}
