# Sourced by vm/run: the layer of the guest's file system that belongs to one kernel: its modules and its configuration.

# build_modules KERNEL: leaves $cache/kernel/KERNEL/modules.cpio, built again if the list of modules has changed.
build_modules() {
    local folder=$cache/kernel/$1 release layer=$work/modules.$1 list
    release=$(<"$folder/release")
    [[ $folder/modules.cpio -nt vm/guest/modules && $folder/modules.cpio -nt $folder/release ]] && return
    # The package leaves this to its installation.
    [[ -e $folder/lib/modules/$release/modules.dep ]] || depmod -b "$folder" "$release" || exit 3
    mkdir -p "$layer/lib/modules/$release" "$layer/boot"
    cp "$folder/config" "$layer/boot/config-$release"
    cp "$folder/lib/modules/$release"/modules.{builtin*,order} "$layer/lib/modules/$release/"
    list=$(wanted_modules "$folder/lib/modules/$release/modules.dep")
    copy_modules "$folder/lib/modules/$release" "$layer/lib/modules/$release" "$list"
    depmod -b "$layer" "$release" || exit 3
    pack "$layer" "$folder/modules.cpio"
}

# wanted_modules MODULES.DEP: the files of the modules in vm/guest/modules, and of those that they depend on. A kernel
# that lacks one has it built in, or not at all: what is there is for the tests to find out.
wanted_modules() {
    awk '
        NR == FNR { if (!/^#/) for (i = 1; i <= NF; i++) wanted[$i] = 1; next }
        {
            name = $1
            sub(/.*\//, "", name); sub(/\.ko.*/, "", name); gsub(/-/, "_", name)
            if (name in wanted) for (i = 1; i <= NF; i++) { sub(/:$/, "", $i); print $i }
        }
    ' vm/guest/modules "$1" | sort -u
}

# copy_modules FROM TO FILES: decompressed, since the guest's loader reads nothing else.
copy_modules() {
    local from=$1 to=$2 file
    for file in $3; do
        mkdir -p "$to/${file%/*}"
        case $file in
            *.xz) xz -dc "$from/$file" >"$to/${file%.xz}" ;;
            *.zst) zstd -qdc "$from/$file" >"$to/${file%.zst}" ;;
            *) cp "$from/$file" "$to/$file" ;;
        esac || exit 3
    done
}

# pack FOLDER FILE: FOLDER as an archive that a kernel unpacks at boot. It must not be seen half written.
pack() {
    (cd "$1" && find . | LC_ALL=C sort | cpio -o -H newc -R 0:0 --quiet) >"$2.$$" && mv "$2.$$" "$2" || exit 3
}
