#!/usr/bin/env bash
# profile.sh FILE: a profile of masthead at its work, for a build that is laid out for it: RUSTFLAGS=-Cprofile-use=FILE.
# The work is that of the benchmark: a generated site of a thousand posts, driven as an editor drives it and checked as a whole.
# The profile fits the sources and the compiler that it was made with.
set -euo pipefail
file=$(realpath -m "${1:?usage: profile.sh FILE}")
cd "$(dirname "${BASH_SOURCE[0]}")/.."
host=$(rustc -vV | sed -n 's/^host: //p')
merge=$(rustc --print sysroot)/lib/rustlib/$host/bin/llvm-profdata
[ -x "$merge" ] || { echo 'profile.sh: llvm-profdata is missing. Add it with rustup component add llvm-tools' >&2; exit 1; }
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT

# With a target named, what runs while it is built takes no part in it.
RUSTFLAGS="${RUSTFLAGS:-} -Cprofile-generate=$work" cargo build --quiet --release --locked --target "$host" --target-dir target/profile
cargo bench --quiet --locked --bench editor --profile dev -- --posts 1000 --runs 3 --server "target/profile/$host/release/masthead" > "$work/times.txt"
mkdir -p "$(dirname "$file")"
"$merge" merge -o "$file" "$work"/*.profraw
