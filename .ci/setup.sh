# Sourced by ./run and ./check: installs what is missing and builds. Everything that is not a result goes to standard error.
# shellcheck shell=bash

say() { printf '%s\n' "$*" >&2; }
die() { say "$0: $*"; exit 1; }

# packages_of KIND…: names from .ci/packages
packages_of() {
	local name kind
	while read -r name kind _; do
		[[ $name == \#* || -z $name ]] && continue
		[[ " $* " == *" $kind "* ]] && printf '%s\n' "$name"
	done < .ci/packages
	return 0
}

installed() { [[ $(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null) == installed ]]; }

# install_missing KIND…: with apt-get, as root or with sudo, and says what
install_missing() {
	local name missing=() root=()
	for name in $(packages_of "$@"); do
		installed "$name" || missing+=("$name")
	done
	[[ ${#missing[@]} -eq 0 ]] && return 0
	if [[ $(id -u) -ne 0 ]]; then
		command -v sudo > /dev/null || die "these packages are missing, and neither root nor sudo is there: ${missing[*]}"
		root=(sudo)
	fi
	say "installing with apt-get: ${missing[*]}"
	quietly apt-update "${root[@]}" apt-get update -q
	quietly apt-install "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}"
}

# quietly NAME COMMAND…: output goes to build/NAME.log, and to the screen only when the command fails
quietly() {
	local log=build/$1.log
	shift
	mkdir -p build
	env -u LANGUAGE LC_ALL=C "$@" > "$log" 2>&1 < /dev/null && return 0
	tail -n 40 "$log" >&2
	die "failed: $* (all of it in $log)"
}

# build_in FOLDER [configure's arguments]: configures where that was not done yet, and makes what is out of date. Without arguments a folder that was
# configured in another way will do; with them it is configured anew, and all of it made anew.
build_in() {
	local folder=$1
	shift
	mkdir -p "$folder"
	if [[ ! -x configure || configure.ac -nt configure || ! -f Makefile.in || Makefile.am -nt Makefile.in ]]; then
		say "making configure"
		quietly autoreconf autoreconf -fi
	fi
	if [[ ! -f $folder/Makefile || ( $# -gt 0 && $(cat "$folder/configured-with" 2> /dev/null) != "$*" ) ]]; then
		say "configuring in $folder"
		[[ ! -f $folder/Makefile ]] || quietly clean make -C "$folder" clean
		quietly configure env -C "$folder" "$PWD/configure" --prefix="${PREFIX:-/usr/local}" "$@"
		printf '%s\n' "$*" > "$folder/configured-with"
	fi
	say "building in $folder"
	quietly make make -C "$folder" -j"$(nproc)"
}
