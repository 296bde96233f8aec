/** Types as C lays them out: what maps, globals, structs and functions are declared with; they become the object's BTF. */
package dev.skep.compiler.type;
