package dev.skep.verifier.transfer;

import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.value.Scalar;

/** Format strings that are known when the program is verified ({@code check_bpf_snprintf_call}). */
final class FormatStrings {
    private static final int ARGUMENT = 8;

    private FormatStrings() {}

    /** {@code bpf_snprintf(str, str_size, fmt, data, data_len)}: as many arguments as the data holds. */
    static void checkCall(ProgramState state) {
        boolean whole = state.register(5) instanceof Scalar size
                && size.range().isConstant()
                && size.range().constant() % ARGUMENT == 0;
        if (!whole) {
            throw Refusal.ofRegister(Cause.HELPER_ARGUMENT, 5, "Invalid data_len: not a multiple of 8");
        }
    }
}
