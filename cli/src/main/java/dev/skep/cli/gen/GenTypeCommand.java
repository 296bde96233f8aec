package dev.skep.cli.gen;

import dev.skep.cli.ExitCode;
import dev.skep.cli.input.InputFile;
import dev.skep.cli.output.OutputFile;
import dev.skep.cli.types.KernelTypes;
import dev.skep.object.InputException;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skep gen type}. */
@Command(
        name = "type",
        description = {
            "Writes a Java class for a structure of the kernel, for programs in Java to read it.",
            "Without --fields it has all fields that Java can declare; comments name the others."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = {
            "  skep gen type task_struct --fields pid,comm,real_parent.tgid --class Task",
            "  skep gen type sk_buff --btf vmlinux-6.1 --package com.example --out SkBuff.java"
        })
public final class GenTypeCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "STRUCT", description = "The structure's name: task_struct.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String struct;

    @Option(
            names = "--fields",
            paramLabel = "NAMES",
            description =
                    "Only these fields, with commas between; real_parent.tgid leads to a field of another structure.")
    private @Nullable String fields;

    @Option(
            names = "--follow",
            paramLabel = "N",
            defaultValue = "0",
            description = "Without --fields: also declare the structures that fields lead to, N far.")
    private int depth;

    @Option(
            names = "--btf",
            paramLabel = "FILE",
            description = "Take the types from this file, BTF or an object with BTF; without, from the running kernel.")
    private @Nullable String types;

    @Option(names = "--package", paramLabel = "NAME", defaultValue = "", description = "The class's package.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String packageName;

    @Option(
            names = "--class",
            paramLabel = "NAME",
            defaultValue = "",
            description = "The class's name; without it, one like the structure's.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String className;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            defaultValue = "-",
            description = "Where to write it; standard output without.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String out;

    @Override
    public Integer call() throws IOException {
        if (depth < 0) {
            throw new ParameterException(spec.commandLine(), "--follow " + depth + ": a number from 0 on");
        }
        if (fields != null && depth > 0) {
            throw new ParameterException(
                    spec.commandLine(), "--follow with --fields: name the fields to follow with dots instead");
        }
        Btf btf = KernelTypes.read(new InputFile(types == null ? KernelTypes.RUNNING_KERNEL.toString() : types));
        int root = root(btf);
        KernelDeclaration declaration = fields == null
                ? KernelDeclaration.of(btf, root, depth)
                : KernelDeclaration.of(btf, root, FieldChoice.parse(fields));
        String source = declaration.source(packageName, className);
        OutputFile.write(out, source, spec.commandLine().getOut());
        return ExitCode.OK;
    }

    /** The structure: of several with its name the first that has members. */
    private int root(Btf btf) {
        return btf.idsNamed(struct).stream()
                .filter(id -> btf.type(id) instanceof BtfType.Composite found
                        && !found.union()
                        && !found.members().isEmpty())
                .findFirst()
                .orElseThrow(() -> new InputException(
                        btf.where(),
                        "there is no structure '" + struct + "' with members",
                        "skep btf dump shows all types that there are"));
    }
}
