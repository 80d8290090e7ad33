#!/usr/bin/env bash
# release.sh: makes the archive of a release with the release binary, and looks at it as one who has fetched it. Closes
# with 'N passed, N failed'.
set -uo pipefail
REPO=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
passed=0 failed=0
check() { # check NAME COMMAND…
  local name=$1; shift
  if "$@" > "$work/out.txt" 2>&1; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAIL $name"; tail -5 "$work/out.txt"; fi
}
make() { MASTHEAD_BINARY=${MASTHEAD_BINARY:-$REPO/target/release/masthead} MASTHEAD_NO_VSIX=1 "$REPO/editors/release.sh" "$work/$1"; }
listed() { tar -tzf "$archive" | sed -n 's|^[^/]*/||p' | grep -v '/$' | grep -v '^$' | LC_ALL=C sort; }
expected() {
  printf '%s\n' masthead README.md CHANGELOG.md LICENSE-MIT LICENSE-APACHE LICENSES-OF-LIBRARIES.txt masthead.schema.json editors/README.md editors/rules.md
  (cd "$REPO" && git ls-files editors/neovim editors/helix)
}
spoilt() { echo >> "$archive"; ! sha256sum -c SHA256SUMS; }

check 'it is made' make one
archive=$(ls "$work"/one/masthead-*.tar.gz)
cd "$work/one" || exit 1
check 'its sums are right' sha256sum -c SHA256SUMS
check 'it holds what it should, and nothing else' diff <(expected | LC_ALL=C sort) <(listed)
tar -xzf "$archive" && cd "$(basename "$archive" .tar.gz)" || exit 1
check 'the binary runs' ./masthead --version
check 'and checks a site' ./masthead check "$REPO/tests/sites/good"
check 'the licences of its libraries are there' grep -q '^tokio .*: MIT' LICENSES-OF-LIBRARIES.txt
check 'no path of the machine that made it' bash -c "! grep -rIl -e '$REPO' -e '$HOME/' ."
make two > /dev/null
check 'made twice it is the same' cmp "$archive" "$work/two/$(basename "$archive")"
cd "$work/one" && check 'a spoilt one is seen' spoilt
echo "$passed passed, $failed failed"
[ $failed = 0 ]
