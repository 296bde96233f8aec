# Sourced by vm/run: starts QEMU on a kernel and brings out what the guest says (first serial line) and what its tests
# found (second serial line: an archive).

# No KVM: it is not there on every machine, and a guest must behave alike on all.
qemu=(qemu-system-x86_64 -accel tcg,thread=multi -cpu max -smp 2 -m "${SKEP_VM_MEMORY:-2G}"
    -nodefaults -no-user-config -display none -no-reboot)

# An oops ends the guest, and with it the run: nothing that a test finds after one counts. (-no-reboot: QEMU ends, too.)
command_line='console=ttyS0 quiet panic=-1 oops=panic lsm=lockdown,capability,landlock,bpf'

# boot KERNEL SECONDS WORDS QEMU-OPTION...: runs a guest to its end, or for so long (0: for ever).
boot() {
    local kernel=$1 seconds=$2 words=$3 folder=$cache/kernel/$1
    shift 3
    # Archives one after the other are one file system to the kernel.
    cat "$system" "$folder/modules.cpio" "$work/tests.cpio" >"$work/initrd.$kernel"
    timeout --foreground --kill-after=5 "$seconds" "${qemu[@]}" -pidfile "$work/$kernel.pid" \
        -kernel "$folder/vmlinuz" -initrd "$work/initrd.$kernel" -append "$command_line $words" "$@"
}

# boot_shell KERNEL: a person's shell in the guest.
boot_shell() {
    boot "$1" 0 skep.shell -serial mon:stdio
}

# run_guest KERNEL: runs the tests, leaves their reports in $reports/KERNEL. Fails if one failed or none ran. A guest that panics
# while it boots, before the first line of ours, gets a second try: QEMU's emulation with several threads now and then
# trips over the kernel's patching of its own code (seen once in some twenty boots). After that line every panic counts.
run_guest() {
    local report=$reports/$1 status
    try_guest "$1"
    status=$?
    if ((status)) && grep -q 'Kernel panic' "$report/console.log" && ! grep -q 'security modules:' "$report/console.log"; then
        echo "$1: it panicked while booting; trying once more" >&2
        try_guest "$1"
        status=$?
    fi
    return "$status"
}

try_guest() {
    local kernel=$1 report=$reports/$1 limit=${SKEP_VM_TIMEOUT:-1200} ended status
    SECONDS=0
    boot "$kernel" "$limit" "" -serial stdio -serial "file:$work/report.$kernel" </dev/null 2>&1 |
        sed -u 's/\r//g' | tee "$report/console.log" | sed -u "s/^/$kernel | /"
    ended=${PIPESTATUS[0]}

    if tar -xzf "$work/report.$kernel" -C "$report" 2>/dev/null && [[ -e $report/status ]]; then
        status=$(<"$report/status")
        rm "$report/status"
        echo "$kernel: $(awk -f .ci/totals.awk "$report"/TEST-*.xml) ($(<"$cache/kernel/$kernel/release"), $SECONDS s)"
        return "$status"
    elif ((ended == 124)); then
        echo "$kernel: not done after $limit s (SKEP_VM_TIMEOUT)" >&2
    elif grep -q 'Kernel panic' "$report/console.log"; then
        echo "$kernel: $(grep -m1 -o 'Kernel panic.*' "$report/console.log")" >&2
    else
        echo "$kernel: the guest ended without a report (QEMU's exit code: $ended)" >&2
    fi
    return 1
}

# stop_guests: those that still run.
stop_guests() {
    local file
    for file in "$work"/*.pid; do
        [[ ! -e $file ]] || kill "$(<"$file")" 2>/dev/null
    done
}
