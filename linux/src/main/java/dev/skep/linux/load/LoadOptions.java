package dev.skep.linux.load;

import dev.skep.linux.map.LinuxMap;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.object.btf.Btf;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How an object is to be loaded, as far as its own data does not say: gathered by {@link OpenObject}. */
final class LoadOptions {
    int logLevel;
    Path pinFolder = Path.of("/sys/fs/bpf");
    Optional<Btf> kernelTypes = Optional.empty();
    Optional<Path> tokenFrom = Optional.empty();
    Optional<String> offloadedTo = Optional.empty();
    final Map<String, String> boundTo = new HashMap<>();
    final Map<String, Boolean> autoload = new HashMap<>();
    final Map<String, Path> pins = new HashMap<>();
    final Set<String> notCreated = new HashSet<>();
    final Map<String, LinuxMap> reused = new HashMap<>();
    final Map<String, LinuxProgram> replaced = new HashMap<>();
    final Map<String, String> attachTargets = new HashMap<>();
    final Map<String, String> configuration = new HashMap<>();
}
