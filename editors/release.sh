#!/usr/bin/env bash
# release.sh OUT [TARGET[=BINARY]…]: what a release consists of, in the folder OUT, with SHA256SUMS. For each Rust target:
#   masthead-VERSION-TARGET.tar.gz   the binary, the licences (also those of what is inside it), the README, the rules and the
#                                    schema, the files for Neovim and Helix
#   masthead-VERSION-TARGET.vsix     the extension for VS Code with the binary inside
# Without a TARGET it is the machine's own. Another one is built where its standard library (`rustup target add TARGET`) and its
# linker are, or comes ready from a machine of its kind: TARGET=BINARY takes that one. What can be known to fail is refused
# before anything is built or removed. MASTHEAD_NO_VSIX=1 leaves the extension out.
# What is built here is laid out by a profile (profile.sh), which takes a seventh off the time of the check that it comes from and
# less off others, and three times as long to build;
# MASTHEAD_NO_PROFILE=1 builds without.
# The same binary gives the same archive: its times are those of the last commit, or SOURCE_DATE_EPOCH. Without a profile the same
# sources give the same binary.
set -euo pipefail
REPO=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
out=$(realpath -m "${1:?usage: release.sh OUT [TARGET[=BINARY]…]}"); shift
fail() { echo "release.sh: $1" >&2; exit 1; }
asked=()
for each in "$@"; do case $each in *=*) asked+=("${each%%=*}=$(realpath -m "${each#*=}")") ;; *) asked+=("$each") ;; esac; done
cd "$REPO"
host=$(rustc -vV | sed -n 's/^host: //p')
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)
epoch=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2> /dev/null || date +%s)}

vsix_target() { # the name that VS Code has for a Rust target
  case $1 in
    x86_64-unknown-linux-gnu) echo linux-x64 ;;
    aarch64-unknown-linux-gnu) echo linux-arm64 ;;
    x86_64-unknown-linux-musl) echo alpine-x64 ;;
    aarch64-unknown-linux-musl) echo alpine-arm64 ;;
    x86_64-apple-darwin) echo darwin-x64 ;;
    aarch64-apple-darwin) echo darwin-arm64 ;;
    x86_64-pc-windows-*) echo win32-x64 ;;
    aarch64-pc-windows-*) echo win32-arm64 ;;
  esac
}

licences() { # licences TARGET: those of every library inside the binary
  cargo metadata --format-version 1 --locked --filter-platform "$1" | python3 -c '
import json, pathlib, sys
data = json.load(sys.stdin)
nodes = {node["id"]: node for node in data["resolve"]["nodes"]}
used, left = set(), [data["resolve"]["root"]]
while left:
    package = left.pop()
    if package in used: continue
    used.add(package)
    left += [dep["pkg"] for dep in nodes[package]["deps"] if any(kind["kind"] is None for kind in dep["dep_kinds"])]
print("Masthead holds these libraries, each under its own licence.")
for package in sorted(data["packages"], key=lambda package: package["name"]):
    if package["id"] not in used or package["source"] is None: continue
    print("\n" + "=" * 80 + "\n" + package["name"], package["version"] + ":", package["license"] or "see below")
    folder = pathlib.Path(package["manifest_path"]).parent
    for file in sorted(folder.iterdir()):
        if file.is_file() and file.name.upper().startswith(("LICENSE", "LICENCE", "COPYING", "NOTICE", "UNLICENSE")):
            print("\n" + file.read_text(errors="replace").strip())
'
}

check() { # check TARGET[=BINARY]: refuses what cannot become part of a release
  local target=${1%%=*} vsix
  rustc --print target-list | grep -qxF -- "$target" || fail "there is no target $target. rustc --print target-list has them all."
  vsix=$(vsix_target "$target")
  if [ "$1" != "$target" ]; then
    [ -f "${1#*=}" ] || fail "there is no file ${1#*=} for $target."
    [ -z "$vsix" ] || editors/fits.sh "$vsix" "${1#*=}" || exit 1
  elif [ ! -d "$(rustc --print sysroot)/lib/rustlib/$target" ]; then
    fail "$target cannot be built here. Add it with rustup target add $target, or give a binary made elsewhere: $target=PATH"
  elif [ "${MASTHEAD_NO_PROFILE:-}" != 1 ] && [ ! -x "$(rustc --print sysroot)/lib/rustlib/$host/bin/llvm-profdata" ]; then
    fail 'a profile needs llvm-profdata. Add it with rustup component add llvm-tools, or set MASTHEAD_NO_PROFILE=1.'
  fi
  [ "${MASTHEAD_NO_VSIX:-}" = 1 ] || [ -z "$vsix" ] || command -v npm > /dev/null ||
    fail 'the extension needs Node 20 with npm. MASTHEAD_NO_VSIX=1 leaves it out.'
}

build() { # build TARGET[=BINARY]: sets `binary`
  local name=masthead target=${1%%=*} flags=${RUSTFLAGS:-}
  case $target in *windows*) name=masthead.exe ;; esac
  if [ "$1" != "$target" ]; then
    binary=${1#*=}
    return
  fi
  if [ "${MASTHEAD_NO_PROFILE:-}" != 1 ]; then
    [ -f "$work/profile" ] || editors/profile.sh "$work/profile" || fail 'the profile cannot be made. MASTHEAD_NO_PROFILE=1 builds without.'
    flags="$flags -Cprofile-use=$work/profile"
  fi
  RUSTFLAGS=$flags cargo build --quiet --release --locked --target "$target" || fail "$target does not build here. Is its linker there?"
  binary=${CARGO_TARGET_DIR:-$REPO/target}/$target/release/$name
}

[ $# -gt 0 ] || asked=("$host")
for each in "${asked[@]}"; do check "$each"; done
mkdir -p "$out"; rm -f "$out"/masthead-*.{tar.gz,vsix} "$out/SHA256SUMS"
made=()
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT

for each in "${asked[@]}"; do
  target=${each%%=*} program=masthead
  case $target in *windows*) program=masthead.exe ;; esac
  build "$each"
  name=masthead-$version-$target folder=$work/masthead-$version-$target
  mkdir -p "$folder"
  install -m 755 "$binary" "$folder/$program"
  # A foreign binary may be nothing to this strip; debug information is left out by the profile already.
  strip "$folder/$program" 2> /dev/null || true
  cp LICENSE-MIT LICENSE-APACHE README.md CHANGELOG.md masthead.schema.json "$folder"
  mkdir "$folder/editors"
  cp -r editors/neovim editors/helix editors/README.md editors/rules.md "$folder/editors"
  rm -f "$folder/editors/neovim/doc/tags"
  licences "$target" > "$folder/LICENSES-OF-LIBRARIES.txt"
  tar --sort=name --owner=0 --group=0 --numeric-owner --mode=u+w,go-w --mtime="@$epoch" -C "$work" -c "$name" | gzip -9n > "$out/$name.tar.gz"
  made+=("$name.tar.gz"); echo "$name.tar.gz"
  vsix=$(vsix_target "$target")
  if [ "${MASTHEAD_NO_VSIX:-}" != 1 ] && [ -n "$vsix" ]; then
    editors/vscode/package.sh "$vsix" "$folder/$program" "$out/$name.vsix" > "$work/vsix.txt" 2>&1 || { cat "$work/vsix.txt" >&2; exit 1; }
    made+=("$name.vsix"); echo "$name.vsix"
  fi
done
(cd "$out" && sha256sum "${made[@]}" > SHA256SUMS)
echo SHA256SUMS
