package dev.skep.cli.link;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.skep.linux.info.LinkPlace;
import dev.skep.linux.info.PerfPlace;
import java.io.IOException;
import java.util.List;

/** Writes what a link attaches to as members of its JSON object, with bpftool's names. */
final class PlaceJson {
    private final InterfaceNames interfaces;
    private final JsonGenerator json;

    PlaceJson(InterfaceNames interfaces, JsonGenerator json) {
        this.interfaces = interfaces;
        this.json = json;
    }

    void write(LinkPlace place) throws IOException {
        switch (place) {
            case LinkPlace.RawTracepoint p -> {
                json.writeStringField("tp_name", p.name());
                json.writeNumberField("cookie", p.cookie());
            }
            case LinkPlace.Tracing p -> {
                json.writeStringField("attach_type", AttachWord.of(p.attachType()));
                json.writeNumberField("target_obj_id", p.targetId());
                json.writeNumberField("target_btf_id", p.function());
                json.writeNumberField("cookie", p.cookie());
            }
            case LinkPlace.Cgroup p -> {
                json.writeNumberField("cgroup_id", p.cgroupId());
                json.writeStringField("attach_type", AttachWord.of(p.attachType()));
            }
            case LinkPlace.Iterator p -> {
                json.writeStringField("target_name", p.target());
                scope(p.scope());
            }
            case LinkPlace.NetworkNamespace p -> {
                json.writeNumberField("netns_ino", Integer.toUnsignedLong(p.inode()));
                json.writeStringField("attach_type", AttachWord.of(p.attachType()));
            }
            case LinkPlace.Xdp p -> device(p.interfaceIndex());
            case LinkPlace.StructOps p -> json.writeNumberField("map_id", p.mapId());
            case LinkPlace.Netfilter p -> netfilter(p);
            case LinkPlace.KprobeMulti p -> {
                json.writeBooleanField("retprobe", (p.flags() & 1) != 0);
                json.writeNumberField("func_cnt", p.addresses().size());
                json.writeNumberField("missed", p.missed());
                hexadecimals("addrs", p.addresses());
            }
            case LinkPlace.UprobeMulti p -> uprobes(p);
            case LinkPlace.PerfEvent p -> perf(p.event());
            case LinkPlace.Tcx p -> {
                device(p.interfaceIndex());
                json.writeStringField("attach_type", AttachWord.of(p.attachType()));
            }
            case LinkPlace.Netkit p -> {
                device(p.interfaceIndex());
                json.writeStringField("attach_type", AttachWord.of(p.attachType()));
            }
            case LinkPlace.Sockmap p -> {
                json.writeNumberField("map_id", p.mapId());
                json.writeStringField("attach_type", AttachWord.of(p.attachType()));
            }
            case LinkPlace.Unknown _ -> {
                // Nothing is known of it.
            }
        }
    }

    private void device(int index) throws IOException {
        if (interfaces.find(index).isPresent()) {
            json.writeStringField("devname", interfaces.find(index).get());
        }
        json.writeNumberField("ifindex", index);
    }

    private void scope(LinkPlace.IteratorScope scope) throws IOException {
        switch (scope) {
            case LinkPlace.IteratorScope.Everything _ -> {
                // It is not confined to anything.
            }
            case LinkPlace.IteratorScope.OfMap s -> json.writeNumberField("map_id", s.mapId());
            case LinkPlace.IteratorScope.OfCgroup s -> {
                json.writeNumberField("cgroup_id", s.cgroupId());
                json.writeNumberField("order", s.order());
            }
            case LinkPlace.IteratorScope.OfTask s -> {
                json.writeNumberField("tid", s.thread());
                json.writeNumberField("pid", s.process());
            }
        }
    }

    private void netfilter(LinkPlace.Netfilter place) throws IOException {
        json.writeNumberField("pf", place.family());
        json.writeNumberField("hook", place.hook());
        json.writeNumberField("prio", place.priority());
        json.writeNumberField("flags", place.flags());
    }

    private void uprobes(LinkPlace.UprobeMulti place) throws IOException {
        json.writeBooleanField("retprobe", (place.flags() & 1) != 0);
        json.writeStringField("path", place.path());
        json.writeNumberField("func_cnt", place.offsets().size());
        json.writeNumberField("pid", place.pid());
        hexadecimals("offsets", place.offsets());
    }

    private void hexadecimals(String name, List<Long> numbers) throws IOException {
        json.writeArrayFieldStart(name);
        for (long number : numbers) {
            json.writeString("0x" + Long.toHexString(number));
        }
        json.writeEndArray();
    }

    private void perf(PerfPlace place) throws IOException {
        switch (place) {
            case PerfPlace.Uprobe p -> {
                json.writeBooleanField("retprobe", p.onReturn());
                json.writeStringField("file", p.file());
                json.writeNumberField("offset", Integer.toUnsignedLong(p.offset()));
            }
            case PerfPlace.Kprobe p -> {
                json.writeBooleanField("retprobe", p.onReturn());
                json.writeStringField("func", p.function());
                json.writeNumberField("offset", Integer.toUnsignedLong(p.offset()));
                json.writeNumberField("missed", p.missed());
            }
            case PerfPlace.Tracepoint p -> json.writeStringField("tracepoint", p.name());
            case PerfPlace.Event p -> {
                json.writeNumberField("event_type", p.type());
                json.writeNumberField("event_config", p.config());
            }
            case PerfPlace.Unknown _ -> {
                // The kernel does not tell which.
            }
        }
    }
}
