package dev.skep.verifier.kernel;

import static dev.skep.object.program.HelperId.BPRM_OPTS_SET;
import static dev.skep.object.program.HelperId.BTF_FIND_BY_NAME_KIND;
import static dev.skep.object.program.HelperId.IMA_FILE_HASH;
import static dev.skep.object.program.HelperId.IMA_INODE_HASH;
import static dev.skep.object.program.HelperId.KALLSYMS_LOOKUP_NAME;
import static dev.skep.object.program.HelperId.RC_KEYDOWN;
import static dev.skep.object.program.HelperId.RC_POINTER_REL;
import static dev.skep.object.program.HelperId.RC_REPEAT;
import static dev.skep.object.program.HelperId.SYS_BPF;
import static dev.skep.object.program.HelperId.SYS_CLOSE;
import static dev.skep.object.program.ProgramType.LIRC_MODE2;
import static dev.skep.object.program.ProgramType.LSM;
import static dev.skep.object.program.ProgramType.SYSCALL;
import static dev.skep.verifier.kernel.Arguments.ANYTHING;
import static dev.skep.verifier.kernel.Arguments.CTX;
import static dev.skep.verifier.kernel.Arguments.INPUT;
import static dev.skep.verifier.kernel.Arguments.MEMORY;
import static dev.skep.verifier.kernel.Arguments.OUTPUT;
import static dev.skep.verifier.kernel.Arguments.SIZE;
import static dev.skep.verifier.kernel.Arguments.SIZE_OR_ZERO;
import static dev.skep.verifier.kernel.Arguments.object;
import static dev.skep.verifier.kernel.Callers.of;
import static dev.skep.verifier.kernel.HelperTrait.GPL_ONLY;
import static dev.skep.verifier.kernel.HelperTrait.MIGHT_SLEEP;
import static dev.skep.verifier.kernel.HelperTrait.NEEDS_CAP_PERFMON;
import static dev.skep.verifier.kernel.Signature.helper;

import java.util.List;

/** Security modules, system calls and remote controls: kernel/bpf/bpf_lsm.c, kernel/bpf/syscall.c, drivers/media/rc/bpf-lirc.c. */
final class SystemHelpers {
    static final List<HelperRule> RULES = List.of(
            helper(BPRM_OPTS_SET).takes(object("linux_binprm"), ANYTHING).by(of(LSM)),
            helper(IMA_INODE_HASH)
                    .takes(object("inode"), OUTPUT, SIZE)
                    .with(MIGHT_SLEEP)
                    .by(of(LSM)),
            helper(IMA_FILE_HASH)
                    .takes(object("file"), OUTPUT, SIZE)
                    .with(MIGHT_SLEEP)
                    .by(of(LSM)),
            helper(SYS_BPF)
                    .takes(ANYTHING, INPUT, SIZE)
                    .with(MIGHT_SLEEP, NEEDS_CAP_PERFMON)
                    .by(of(SYSCALL)),
            helper(BTF_FIND_BY_NAME_KIND)
                    .takes(INPUT, SIZE, ANYTHING, ANYTHING)
                    .with(MIGHT_SLEEP)
                    .by(of(SYSCALL)),
            helper(SYS_CLOSE).takes(ANYTHING).with(MIGHT_SLEEP).by(of(SYSCALL)),
            helper(KALLSYMS_LOOKUP_NAME)
                    .takes(MEMORY, SIZE_OR_ZERO, ANYTHING, OUTPUT.ofSize(8).aligned())
                    .by(of(SYSCALL)),
            helper(RC_REPEAT).takes(CTX).with(GPL_ONLY).by(of(LIRC_MODE2)),
            helper(RC_KEYDOWN)
                    .takes(CTX, ANYTHING, ANYTHING, ANYTHING)
                    .with(GPL_ONLY)
                    .by(of(LIRC_MODE2)),
            helper(RC_POINTER_REL).takes(CTX, ANYTHING, ANYTHING).with(GPL_ONLY).by(of(LIRC_MODE2)));

    private SystemHelpers() {}
}
