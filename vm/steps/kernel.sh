# Sourced by vm/run: fetches a kernel's package and takes it apart. It is never installed.
#
# Packages come by apt, from the Debian archive that this machine's apt uses, but with a package list of our own beside
# the machine's: so any suite can be asked, nothing on the machine changes and nobody needs to be root.

keyring=/usr/share/keyrings/debian-archive-keyring.gpg

# fetch_kernel NAME: leaves $cache/kernel/NAME with vmlinuz, config, release (what uname -r will say) and lib.
fetch_kernel() {
    local name=$1 folder=$cache/kernel/$1 package suites new
    [[ -e $folder/release && $update == 0 ]] && return
    read -r _ package suites < <(grep "^${name//./\\.}  " vm/kernels)
    new=$(mktemp -d "$cache/new.XXXXXX") || exit 3
    # Whatever was interrupted here before.
    find "$cache" -maxdepth 1 -name 'new.*' ! -path "$new" -exec rm -rf {} +
    if ! download_kernel "$new" "$package" "$suites"; then
        rm -rf "$new"
        [[ -e $folder/release ]] || fail 3 "cannot fetch kernel $name, as said above"
        echo "vm/run: keeping kernel $name as it is: $(<"$folder/release")" >&2
        return
    fi
    unpack_kernel "$new" || { rm -rf "$new" && fail 3 "cannot unpack kernel $name, as said above"; }
    mkdir -p "$cache/kernel"
    rm -rf "$folder"
    mv "$new" "$folder"
    echo "Kernel $name is $(<"$folder/release")" >&2
}

# download_kernel FOLDER PACKAGE SUITES: puts the packages (.deb) there.
download_kernel() {
    local folder=$1 package=$2 suites=$3 suite version packages main security
    find_archive || return 1
    mkdir -p "$folder/apt/lists/partial" "$folder/apt/cache/archives/partial"
    for suite in $suites; do
        case $suite in
            *-security) echo "deb [signed-by=$keyring] $security $suite main" ;;
            *) echo "deb [signed-by=$keyring] $main $suite main" ;;
        esac
    done >"$folder/apt/sources.list"
    local options=(
        -o "Dir::Etc::SourceList=$folder/apt/sources.list" -o Dir::Etc::SourceParts=/dev/null
        -o Dir::Etc::Preferences=/dev/null -o Dir::Etc::PreferencesParts=/dev/null
        -o "Dir::State::Lists=$folder/apt/lists" -o "Dir::Cache=$folder/apt/cache"
        -o "APT::Sandbox::User=" -o Acquire::Languages=none -o Acquire::Retries=3 -o APT::Architecture=amd64
    )
    apt-get "${options[@]}" -qq update || return 1
    version=$(apt-cache "${options[@]}" madison "$package" | awk '{ print $3 }' | sort -V | tail -1)
    [[ $version ]] || {
        echo "vm/run: the archive has no $package in $suites" >&2
        return 1
    }
    packages=$(kernel_packages "$package" "$version")
    # shellcheck disable=SC2086 # several packages
    (cd "$folder" && apt-get "${options[@]}" -qq download $packages) || return 1
    rm -rf "$folder/apt"
}

# kernel_packages PACKAGE VERSION: those that make up the kernel, each as apt-get download takes it. The package that we
# start from is empty: it depends on the one with the kernel, and from Linux 7 on that one on others for its parts.
kernel_packages() {
    local image
    image=$(exact_dependencies "$1=$2" | grep '^linux-image-[0-9]')
    echo "$image"
    exact_dependencies "$image" | grep -E '^linux-(base|binary|modules)-[0-9]'
}

# exact_dependencies PACKAGE=VERSION: those on packages of one version only, each as PACKAGE=VERSION.
exact_dependencies() {
    apt-cache "${options[@]}" show "$1" | sed -n 's/^Depends: //p' | tr ',' '\n' |
        sed -n 's/^ *\([^ ]*\) (= \([^)]*\)).*/\1=\2/p' | sort -u
}

# Sets main and security to the addresses of the Debian archive and of its security updates.
find_archive() {
    local sites
    sites=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 2>/dev/null | sort -u)
    main=${SKEP_VM_MIRROR:-$(grep '/debian/\?$' <<<"$sites" | head -1)}
    main=${main%/}
    security=$(grep '/debian-security/\?$' <<<"$sites" | head -1)
    [[ ${SKEP_VM_MIRROR-} || ! $security ]] && security=$main-security
    [[ $main ]] || {
        echo "vm/run: this machine's apt knows no Debian archive: set SKEP_VM_MIRROR to one" >&2
        return 1
    }
    [[ -e $keyring ]] || {
        echo "vm/run: no $keyring to check the packages with: install debian-archive-keyring" >&2
        return 1
    }
}

# unpack_kernel FOLDER: takes apart the packages there.
unpack_kernel() {
    local folder=$1 file
    for file in "$folder"/*.deb; do
        dpkg-deb -x "$file" "$folder/package" || return 1
    done
    # Debian 13 and later have modules in usr, earlier ones not; from Linux 7 on, the kernel itself is with them.
    mv "$folder"/package/usr/lib "$folder/lib" 2>/dev/null || mv "$folder"/package/lib "$folder/lib" || return 1
    mv "$folder"/package/boot/vmlinuz-* "$folder/vmlinuz" 2>/dev/null ||
        mv "$folder"/lib/modules/*/vmlinuz "$folder/vmlinuz" || return 1
    mv "$folder"/package/boot/config-* "$folder/config" 2>/dev/null ||
        mv "$folder"/lib/modules/*/config "$folder/config" || return 1
    rm -rf "$folder/package" "$folder"/*.deb
    basename "$folder"/lib/modules/* >"$folder/release"
}
