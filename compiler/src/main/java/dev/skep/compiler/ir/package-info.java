/**
 * The intermediate representation: functions of basic blocks in SSA form, with block parameters in the place of phi
 * instructions. Front ends build it with a {@link dev.skep.compiler.ir.FunctionBuilder}; it knows no source language.
 */
package dev.skep.compiler.ir;
