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
        Target target,
        Findings findings) {}
