package dev.skep.cli.prog;

import dev.skep.linux.info.ProgramCode;
import dev.skep.object.instruction.Instruction;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/** Prints how the blocks of a program follow each other, in the language of Graphviz: {@code dot -Tsvg} draws it. */
final class ControlFlowGraph {
    private final ProgramCode code;
    private final PrintWriter out;

    ControlFlowGraph(ProgramCode code, PrintWriter out) {
        this.code = code;
        this.out = out;
    }

    void print() {
        List<Integer> entries =
                code.functions().stream().map(ProgramCode.Function::slot).toList();
        List<CodeBlock> blocks = CodeBlock.of(code.translated(), entries);
        out.println("digraph program {");
        out.println("  node [shape=box, fontname=monospace];");
        for (int i = 0; i < Math.max(1, entries.size()); i++) {
            int from = entries.isEmpty() ? 0 : entries.get(i);
            int to = i + 1 < entries.size() ? entries.get(i + 1) : Integer.MAX_VALUE;
            String name = entries.isEmpty() ? "" : code.functions().get(i).name();
            print(
                    i,
                    name,
                    blocks.stream()
                            .filter(block -> block.start() >= from && block.start() < to)
                            .toList());
        }
        out.println("}");
    }

    private void print(int number, String name, List<CodeBlock> blocks) {
        out.println("  subgraph cluster_" + number + " {");
        out.println("    label=\"" + name + "\";");
        for (CodeBlock block : blocks) {
            StringBuilder label = new StringBuilder();
            for (Map.Entry<Integer, Instruction> each : block.instructions().entrySet()) {
                String text = TranslatedCodeText.text(each.getValue())
                        .replace("\\", "\\\\")
                        .replace("\"", "\\\"");
                label.append(each.getKey()).append(": ").append(text).append("\\l"); // a line, to the left
            }
            out.println("    b" + block.start() + " [label=\"" + label + "\"];");
        }
        out.println("  }");
        for (CodeBlock block : blocks) {
            block.next().forEach(next -> out.println("  b" + block.start() + " -> b" + next + ";"));
        }
    }
}
