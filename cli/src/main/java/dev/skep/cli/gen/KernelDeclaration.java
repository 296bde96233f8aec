package dev.skep.cli.gen;

import dev.skep.object.InputException;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The Java class for a structure of the kernel, and within it those for structures that its fields lead to. */
final class KernelDeclaration {
    private static final Map<String, String> IMPORTS = Map.of(
            "Address", "dev.skep.lang.kernel.Address",
            "Inside", "dev.skep.lang.kernel.Inside",
            "Length", "dev.skep.lang.Length",
            "Unsigned", "dev.skep.lang.Unsigned");

    private final Btf btf;
    private final KernelFields fields;
    private final int root;
    /** Names of fields by structure, all of which are declared; the root first. */
    private final Map<Integer, Set<String>> chosen = new LinkedHashMap<>();

    private final Map<Integer, String> classNames = new LinkedHashMap<>();
    private final Set<String> imports =
            new TreeSet<>(Set.of("dev.skep.lang.KernelName", "dev.skep.lang.kernel.KernelStruct"));
    private final JavaNames names = new JavaNames(
            Set.of("Address", "Inside", "KernelName", "KernelStruct", "Length", "Unsigned", "Object", "String"));

    private KernelDeclaration(Btf btf, int root) {
        this.btf = btf;
        this.fields = new KernelFields(btf);
        this.root = root;
    }

    /** A class with chosen fields. @throws InputException if a field is not there, or cannot be declared */
    static KernelDeclaration of(Btf btf, int root, FieldChoice choice) {
        KernelDeclaration declaration = new KernelDeclaration(btf, root);
        declaration.choose(root, choice);
        return declaration;
    }

    /** A class with all fields that can be. @param depth how many structures far fields are followed */
    static KernelDeclaration of(Btf btf, int root, int depth) {
        KernelDeclaration declaration = new KernelDeclaration(btf, root);
        declaration.chooseAll(root, depth);
        return declaration;
    }

    private void choose(int struct, FieldChoice choice) {
        Set<String> known = chosen.computeIfAbsent(struct, s -> new LinkedHashSet<>());
        choice.fields().forEach((name, further) -> {
            BtfType.Member member = fields.find(struct, name)
                    .orElseThrow(() -> new InputException(
                            btf.where(),
                            "struct " + btf.name(struct) + " has no field '" + name + "'",
                            "skep btf dump shows the fields that it has"));
            known.add(name);
            switch (fields.form(member)) {
                case KernelFields.Form.Impossible(String why) ->
                    throw refusal(struct, name, why, "leave it out, or read it with Bpf.probeReadKernel");
                case KernelFields.Form.Structure(int other, boolean inside) -> {
                    if (inside && further.isEmpty()) {
                        throw refusal(struct, name, "is a structure", "name fields of it: " + name + ".FIELD");
                    }
                    if (!further.isEmpty()) {
                        choose(other, further);
                    }
                }
                case KernelFields.Form.Declared declared -> {
                    if (!further.isEmpty()) {
                        throw refusal(struct, name, "is no structure", "leave out what follows the dot");
                    }
                }
            }
        });
    }

    private InputException refusal(int struct, String name, String why, String instead) {
        return new InputException(btf.where(), btf.name(struct) + "." + name + " " + why, instead);
    }

    private void chooseAll(int struct, int depth) {
        Set<String> known = chosen.computeIfAbsent(struct, s -> new LinkedHashSet<>());
        for (BtfType.Member member : fields.of(struct)) {
            known.add(member.name());
            if (depth > 0
                    && fields.form(member) instanceof KernelFields.Form.Structure(int other, boolean inside)
                    && !chosen.containsKey(other)) {
                chooseAll(other, depth - 1);
            }
        }
    }

    /** The source file. @param className of the class for the root; {@code ""} for one like the structure's name */
    String source(String packageName, String className) {
        classNames.put(root, names.unique(className.isEmpty() ? JavaNames.type(btf.name(root)) : className));
        chosen.keySet()
                .forEach(struct -> classNames.computeIfAbsent(struct, s -> names.unique(JavaNames.type(btf.name(s)))));
        StringBuilder body = new StringBuilder(fieldsOf(root));
        for (int struct : chosen.keySet()) {
            if (struct != root) {
                body.append('\n').append(classOf(struct, "public abstract static", fieldsOf(struct)));
            }
        }
        String all = classOf(root, "public abstract", body.toString());
        return (packageName.isEmpty() ? "" : "package " + packageName + ";\n\n")
                + imports.stream().map(name -> "import " + name + ";\n").collect(Collectors.joining())
                + "\n" + all;
    }

    private String classOf(int struct, String modifiers, String body) {
        String name = btf.name(struct);
        return """
                /** {@code struct %s} of the kernel, as far as it is read. Written by skep gen type. */
                @KernelName("%s")
                @SuppressWarnings("NullAway.Init")
                %s class %s extends KernelStruct {
                %s}
                """.formatted(
                        name, name, modifiers, className(struct), body.indent(4).replaceAll("(?m)^ +$", ""));
    }

    private String className(int struct) {
        return Objects.requireNonNull(classNames.get(struct));
    }

    private boolean isChosen(int struct, BtfType.Member member) {
        return chosen.getOrDefault(struct, Set.of()).contains(member.name());
    }

    private String fieldsOf(int struct) {
        StringBuilder source = new StringBuilder();
        List<String> left = new ArrayList<>();
        for (BtfType.Member member : fields.of(struct)) {
            if (isChosen(struct, member)) {
                switch (fields.form(member)) {
                    case KernelFields.Form.Declared(List<String> annotations, String type) ->
                        source.append(field(annotations, type, member));
                    case KernelFields.Form.Structure(int other, boolean inside) -> {
                        if (chosen.containsKey(other)) {
                            source.append(field(inside ? List.of("Inside") : List.of(), className(other), member));
                        } else if (inside) {
                            left.add(member.name() + " is a structure");
                        } else {
                            source.append(field(List.of("Address"), "long", member));
                        }
                    }
                    case KernelFields.Form.Impossible(String why) -> left.add(member.name() + " " + why);
                }
            }
        }
        return source
                + left.stream().map(reason -> "// Left out: " + reason + ".\n").collect(Collectors.joining());
    }

    private String field(List<String> annotations, String type, BtfType.Member member) {
        StringBuilder source = new StringBuilder();
        for (String annotation : annotations) {
            imports.add(Objects.requireNonNull(IMPORTS.get(annotation.replaceFirst("\\(.*", ""))));
            source.append('@').append(annotation).append(' ');
        }
        return source.append("public ")
                .append(type)
                .append(' ')
                .append(member.name())
                .append(";\n")
                .toString();
    }
}
