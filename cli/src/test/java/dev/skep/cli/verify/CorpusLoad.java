package dev.skep.cli.verify;

import dev.skep.linux.LinuxHost;
import dev.skep.linux.load.LinuxObject;
import dev.skep.object.assembly.Assembler;
import dev.skep.object.host.HostException;
import dev.skep.testkit.corpus.VerifierCase;
import dev.skep.testkit.corpus.VerifierCorpus;
import java.util.Set;

/**
 * A process with the capabilities that are named: loads the cases of the corpus that are for such a loader. Each answer is a line: the case's
 * name, a tab, and {@code accepted} or {@code rejected}.
 */
final class CorpusLoad {
    private CorpusLoad() {}

    /** @param args the capabilities this process has */
    public static void main(String[] args) {
        Set<String> capabilities = Set.of(args);
        try (LinuxHost host = LinuxHost.open()) {
            for (VerifierCase example : VerifierCorpus.restrictedCases()) {
                if (example.capabilities().equals(capabilities)) {
                    System.out.println(example.name() + "\t" + (isAccepted(host, example) ? "accepted" : "rejected"));
                }
            }
        }
    }

    /** A map that cannot be made rejects the program that needs it. */
    private static boolean isAccepted(LinuxHost host, VerifierCase example) {
        try (LinuxObject loaded =
                host.open(Assembler.object(example.theme(), example.text())).load()) {
            return !loaded.programs().isEmpty();
        } catch (HostException refused) {
            return false;
        }
    }
}
