#!/usr/bin/env bash
# package.sh TARGET BINARY OUT.vsix: the extension for one platform, with the release binary of that platform inside.
# TARGET is linux-x64, linux-arm64, alpine-x64, alpine-arm64, darwin-x64, darwin-arm64, win32-x64 or win32-arm64.
# Needs Node 20 or later with npm. MASTHEAD_REPOSITORY is where the README's pictures and links will lie on the web.
# Made in MASTHEAD_BUILD, where the build tools are kept for the next time; else in a folder that is removed again.
set -euo pipefail
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
target=${1:?usage: package.sh TARGET BINARY OUT.vsix} binary=$(realpath "${2:?no BINARY}") out=$(realpath -m "${3:?no OUT.vsix}")
command -v npm > /dev/null || { echo "package.sh: Node 20 or later with npm is needed" >&2; exit 1; }

"$HERE/../fits.sh" "$target" "$binary"

build=${MASTHEAD_BUILD:-}
[ -n "$build" ] || { build=$(mktemp -d); trap 'rm -rf "$build"' EXIT; }
mkdir -p "$build"; cd "$build"
rm -rf src dist server images walkthrough l10n
cp -r "$HERE"/{src,images,walkthrough,l10n,package.nls.json,package.nls.ja.json,README.md,CHANGELOG.md,tsconfig.json,.vscodeignore,package-lock.json} .
cp "$HERE/../rules.md" .
cat "$HERE"/../../LICENSE-MIT <(echo) "$HERE"/../../LICENSE-APACHE > LICENSE.txt
name=masthead; case $target in win32-*) name=masthead.exe ;; esac
install -D -m 755 "$binary" "server/$name"
# The rules that the settings can name are those of the schema.
node "$HERE/manifest.mjs" "$HERE/package.json" "$HERE/../../masthead.schema.json" > package.json

tools=$(sha256sum package-lock.json)
if [ "$(cat node_modules/.tools 2> /dev/null)" != "$tools" ]; then
  npm_config_ignore_scripts=true npm ci --no-audit --no-fund
  echo "$tools" > node_modules/.tools
fi
web=(--allow-missing-repository --no-rewrite-relative-links)
[ -z "${MASTHEAD_REPOSITORY:-}" ] || web=(--baseContentUrl "$MASTHEAD_REPOSITORY" --baseImagesUrl "$MASTHEAD_REPOSITORY")
node_modules/.bin/vsce package --target "$target" "${web[@]}" --out "$out"
