#!/usr/bin/env bash
# release.sh: makes a release with the release binary, and looks at it as one who has fetched it. Closes with
# 'N passed, N failed'. The tools that package the extension stay in MASTHEAD_BUILD, if that is set.
set -uo pipefail
REPO=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
passed=0 failed=0
check() { # check NAME COMMAND…
  local name=$1; shift
  if "$@" > "$work/out.txt" 2>&1; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAIL $name"; tail -5 "$work/out.txt"; fi
}
host=$(rustc -vV | sed -n 's/^host: //p') binary=${MASTHEAD_BINARY:-$REPO/target/release/masthead}
make() { local out=$1; shift; "$REPO/editors/release.sh" "$work/$out" "$@"; }
refused() { # refused SENTENCE TARGET: it says so, and what was made before is still there
  local said; said=$(make one "$2" 2>&1) && return 1
  echo "$said"; grep -qF -- "$1" <<< "$said" && [ -f "$archive" ]
}
unpacked() { python3 -m zipfile -e "$work"/one/masthead-*.vsix "$work/vsix"; }
listed() { tar -tzf "$archive" | sed -n 's|^[^/]*/||p' | grep -v '/$' | grep -v '^$' | LC_ALL=C sort; }
expected() {
  printf '%s\n' masthead README.md CHANGELOG.md LICENSE-MIT LICENSE-APACHE LICENSES-OF-LIBRARIES.txt masthead.schema.json editors/README.md editors/rules.md
  (cd "$REPO" && git ls-files editors/neovim editors/helix)
}
spoilt() { echo >> "$archive"; ! sha256sum -c SHA256SUMS; }

check 'it is made' make one "$host=$binary"
archive=$(ls "$work"/one/masthead-*.tar.gz)
cd "$work/one" || exit 1
check 'its sums are right' sha256sum -c SHA256SUMS
check 'it holds what it should, and nothing else' diff <(expected | LC_ALL=C sort) <(listed)
tar -xzf "$archive" && cd "$(basename "$archive" .tar.gz)" || exit 1
check 'the binary runs' ./masthead --version
check 'and checks a site' ./masthead check "$REPO/tests/sites/good"
check 'the licences of its libraries are there' grep -q '^tokio .*: MIT' LICENSES-OF-LIBRARIES.txt
check 'no path of the machine that made it' bash -c "! grep -rIl -e '$REPO' -e '$HOME/' ."
MASTHEAD_NO_VSIX=1 make two "$host=$binary" > /dev/null
check 'made twice it is the same' cmp "$archive" "$work/two/$(basename "$archive")"
check 'the extension is unpacked' unpacked
check 'its server is that of the archive' cmp masthead "$work/vsix/extension/server/masthead"
check 'no path of the machine in it either' bash -c "! grep -rIl -e '$REPO' -e '$HOME/' '$work/vsix'"
check 'an unknown target is refused' refused 'there is no target x86_64-plan10' x86_64-plan10
check 'one without its library here, with the ways to get it' refused 'rustup target add aarch64-pc-windows-msvc' aarch64-pc-windows-msvc
check 'a binary of another machine' refused 'does not run on darwin-arm64' "aarch64-apple-darwin=$binary"
check 'a binary that is not there' refused 'there is no file /nowhere' "$host=/nowhere"
cd "$work/one" && check 'a spoilt one is seen' spoilt
echo "$passed passed, $failed failed"
[ $failed = 0 ]
