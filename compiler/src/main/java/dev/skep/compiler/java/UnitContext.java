package dev.skep.compiler.java;

import dev.skep.compiler.code.Target;

/** What the translation of all methods of a unit has in common. */
record UnitContext(
        ClassPool classes,
        StructLayouts layouts,
        KernelTypes kernel,
        StaticFields fields,
        Globals globals,
        GlobalFunctions functions,
        Callbacks callbacks,
        Subprograms subprograms,
        KernelFunctionCalls kernelFunctions,
        Target target,
        Findings findings) {
    /** The same with another place for findings: for something that is tried. */
    UnitContext with(Findings others) {
        return new UnitContext(
                classes,
                layouts,
                kernel,
                fields,
                globals,
                functions,
                callbacks,
                subprograms,
                kernelFunctions,
                target,
                others);
    }
}
