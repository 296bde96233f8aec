package dev.skep.linux.usdt;

import dev.skep.linux.info.ProgramInfo;
import dev.skep.linux.map.LinuxMap;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.object.Location;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.map.MapType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The map in which a program that was compiled with libbpf's usdt.bpf.h looks up where its probe's arguments are:
 * {@code __bpf_usdt_specs}. Programs of one object share it; which entries are taken is known within this process.
 */
public final class UsdtSpecMap implements AutoCloseable {
    // The kernel keeps 15 characters of names.
    private static final String SPECS = "__bpf_usdt_spec";
    private static final String ADDRESSES = "__bpf_usdt_ip_t";

    /** Entries in use, by map id. Guarded by itself. */
    private static final Map<Integer, BitSet> TAKEN = new HashMap<>();

    private final int mapId;
    private final LinuxMap specs;
    private final Optional<LinuxMap> addresses;
    private final UsdtSpecLayout layout;

    private UsdtSpecMap(int mapId, LinuxMap specs, Optional<LinuxMap> addresses, UsdtSpecLayout layout) {
        this.mapId = mapId;
        this.specs = specs;
        this.addresses = addresses;
        this.layout = layout;
    }

    /**
     * The map of a program; empty if it has none, because it does not ask for arguments.
     *
     * @throws HostException EINVAL if the map's values are none that are known here
     */
    public static Optional<UsdtSpecMap> of(LinuxProgram program) {
        Optional<LinuxMap> found = find(program, SPECS, MapType.ARRAY);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        LinuxMap specs = found.get();
        try {
            int size = specs.spec().valueSize();
            UsdtSpecLayout layout = UsdtSpecLayout.ofSize(size)
                    .orElseThrow(() -> new HostException(
                            Errno.EINVAL,
                            "map __bpf_usdt_specs of " + program + " has values of " + size
                                    + " bytes; those of libbpf's usdt.bpf.h have 208, or since 1.7 304"));
            int id = specs.info().id();
            return Optional.of(new UsdtSpecMap(id, specs, find(program, ADDRESSES, MapType.HASH), layout));
        } catch (RuntimeException e) {
            specs.close();
            throw e;
        }
    }

    /** A map of the program's, by the object it was loaded from, or else by id, which takes CAP_SYS_ADMIN. */
    private static Optional<LinuxMap> find(LinuxProgram program, String name, MapType type) {
        for (LinuxMap map : program.maps()) {
            if (map.spec().type() == type && map.spec().name().startsWith(name)) {
                return Optional.of(new LinuxMap(map.spec(), map.descriptor().duplicate()));
            }
        }
        return program.maps().isEmpty() ? findById(program, name, type) : Optional.empty();
    }

    private static Optional<LinuxMap> findById(LinuxProgram program, String name, MapType type) {
        for (int id : ProgramInfo.of(program.descriptor()).mapIds()) {
            LinuxMap map = LinuxMap.ofId(id);
            if (map.spec().type() == type && map.spec().name().equals(name)) {
                return Optional.of(map);
            }
            map.close();
        }
        return Optional.empty();
    }

    /**
     * Puts in where a probe's arguments are.
     *
     * @return the number of the entry, which the program is attached with as its cookie
     * @throws HostException ENOSPC if the map is full
     */
    public int add(List<UsdtArgument> arguments, long cookie, Location where) {
        byte[] spec = layout.encode(arguments, cookie, where);
        int entry = take();
        try {
            specs.update(bytes(Integer.BYTES).putInt(entry).array(), spec);
            return entry;
        } catch (HostException e) {
            remove(entry);
            throw e;
        }
    }

    private int take() {
        synchronized (TAKEN) {
            BitSet taken = TAKEN.computeIfAbsent(mapId, _ -> new BitSet());
            int entry = taken.nextClearBit(0);
            if (entry >= specs.spec().maxEntries()) {
                throw new HostException(
                        Errno.ENOSPC,
                        "all " + entry
                                + " entries of __bpf_usdt_specs are taken; define BPF_USDT_MAX_SPEC_CNT to have more");
            }
            taken.set(entry);
            return entry;
        }
    }

    /**
     * Has the program find an entry by the instruction it is at, on kernels before 5.15, where there are no cookies.
     */
    public void addAddress(long address, int entry) {
        addresses
                .orElseThrow(() -> new HostException(
                        Errno.ENOENT,
                        "the program has no map __bpf_usdt_ip_to_spec_id, which kernels before 5.15 need"))
                .update(
                        bytes(Long.BYTES).putLong(address).array(),
                        bytes(Integer.BYTES).putInt(entry).array());
    }

    /** Forgets an instruction. */
    public void removeAddress(long address) {
        addresses.ifPresent(map -> map.delete(bytes(Long.BYTES).putLong(address).array()));
    }

    /** Frees an entry. */
    public void remove(int entry) {
        synchronized (TAKEN) {
            TAKEN.computeIfPresent(mapId, (_, taken) -> {
                taken.clear(entry);
                return taken.isEmpty() ? null : taken;
            });
        }
    }

    private static ByteBuffer bytes(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() {
        addresses.ifPresent(LinuxMap::close);
        specs.close();
    }
}
