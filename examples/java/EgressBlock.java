import dev.skep.lang.context.SkBuff;
import dev.skep.lang.net.Ipv4;
import dev.skep.lang.net.Tcp;
import dev.skep.lang.program.CgroupSkb;

/** Keeps the processes of a control group from web servers that talk plain HTTP: nothing goes out to port 80. */
public final class EgressBlock {
    private static final int DROP = 0;
    private static final int PASS = 1;
    private static final int HTTP = 80;

    static long blocked;

    private EgressBlock() {}

    /** Here a packet begins with its IP header. */
    @CgroupSkb("egress")
    static int egress(SkBuff packet) {
        Ipv4 ip = new Ipv4();
        if (packet.load(0, ip) != 0 || ip.versionAndLength >> 4 != 4 || ip.protocol != Ipv4.TCP) {
            return PASS;
        }
        Tcp tcp = new Tcp();
        if (packet.load(ip.headerLength(), tcp) != 0 || tcp.destination != HTTP) {
            return PASS;
        }
        blocked++;
        return DROP;
    }
}
