package dev.skep.compiler.java;

import java.util.List;
import java.util.stream.Collectors;

/** A class has parts that cannot be compiled to BPF. It carries all of them. */
public final class JavaSourceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Finding> findings;

    JavaSourceException(List<Finding> findings) {
        super(findings.stream().sorted().distinct().map(Finding::toString).collect(Collectors.joining("\n")));
        this.findings = findings.stream().sorted().distinct().toList();
    }

    /** By file and line, at least one. */
    public List<Finding> findings() {
        return findings;
    }
}
