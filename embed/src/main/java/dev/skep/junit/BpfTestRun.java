package dev.skep.junit;

import dev.skep.ClassHost;
import dev.skep.CompiledClass;
import dev.skep.LoadedClass;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;

/** One run of a {@link BpfTest}. JUnit closes what it made when the run ends. */
record BpfTestRun(Class<?> programs, RunsOn place) implements TestTemplateInvocationContext, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(BpfTestRun.class);
    private static final Set<Class<?>> PARAMETERS = Set.of(LoadedClass.class, CompiledClass.class, ClassHost.class);

    @Override
    public String getDisplayName(int invocation) {
        return "[" + place + "]";
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
        return List.of(this);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return PARAMETERS.contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ClassHost host = context.getStore(NAMESPACE)
                .getOrComputeIfAbsent(ClassHost.class, type -> place.open(), ClassHost.class);
        Class<?> wanted = parameter.getParameter().getType();
        if (wanted == ClassHost.class) {
            return host;
        }
        CompiledClass compiled = host.compile(programs);
        return wanted == CompiledClass.class ? compiled : keep(context, load(compiled));
    }

    private static LoadedClass load(CompiledClass compiled) {
        try {
            return compiled.load();
        } catch (HostException refused) {
            if (refused.errno() == Errno.EPERM) {
                return Assumptions.abort(String.valueOf(refused.getMessage()));
            }
            throw refused;
        }
    }

    /** Has it closed after the test; what was made last is closed first. */
    private static <T extends AutoCloseable> T keep(ExtensionContext context, T resource) {
        context.getStore(NAMESPACE).put(resource, resource);
        return resource;
    }
}
