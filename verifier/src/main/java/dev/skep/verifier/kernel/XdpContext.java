package dev.skep.verifier.kernel;

/** {@code struct xdp_md} of linux/bpf.h, as xdp_is_valid_access of net/core/filter.c lets programs use it. */
final class XdpContext {
    static final ContextLayout LAYOUT = new ContextLayout() {
        @Override
        public String structure() {
            return "xdp_md";
        }

        @Override
        public int size() {
            return 24;
        }

        @Override
        public ContextAccess access(int offset, int size, boolean write, ProgramKind program) {
            if (write || size != 4 || offset < 0 || offset + size > 24 || offset % size != 0) {
                return new ContextAccess.Denied("fields of xdp_md are read as 4 bytes");
            }
            return switch (offset) {
                case 0 -> new ContextAccess.PacketData();
                case 4 -> new ContextAccess.PacketEnd();
                case 8 -> new ContextAccess.PacketMeta();
                default -> new ContextAccess.Number();
            };
        }
    };

    private XdpContext() {}
}
