#!/usr/bin/env bash
# fits.sh TARGET BINARY: whether a binary runs on one of VS Code's platforms. An installer would take it for any.
set -euo pipefail
target=${1:?usage: fits.sh TARGET BINARY} binary=${2:?no BINARY}
fail() { echo "fits.sh: $1" >&2; exit 1; }
case $target in
  linux-x64 | alpine-x64) is='ELF 64-bit LSB .*x86-64' ;;
  linux-arm64 | alpine-arm64) is='ELF 64-bit LSB .*aarch64' ;;
  darwin-x64) is='Mach-O 64-bit .*x86_64' ;;
  darwin-arm64) is='Mach-O 64-bit .*arm64' ;;
  win32-x64) is='PE32\+ executable .*x86-64' ;;
  win32-arm64) is='PE32\+ executable .*Aarch64' ;;
  *) fail "there is no target $target" ;;
esac
kind=$(file -bL "$binary")
grep -qE "$is" <<< "$kind" || fail "$binary does not run on $target: $kind"
# Alpine has no glibc: a binary for it brings its libc along, or is linked to musl.
case $target in
  alpine-*) ! grep -q 'ld-linux' <<< "$kind" || fail "$binary does not run on $target: it is linked to glibc" ;;
esac
