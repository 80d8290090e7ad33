#!/usr/bin/env bash
# helix-tui.sh DIR SITE: the real Helix in a terminal, with the shipped languages.toml. The site has no .git, and Helix
# is started outside of it: it sends no root.
. "$(dirname "$0")/tui.sh"
post=$site/_posts/2026-01-20-open.md
mkdir -p "$HOME/.config/helix"; cp "$REPO/editors/helix/languages.toml" "$HOME/.config/helix/"
printf '[editor]\nend-of-line-diagnostics = "hint"\n' > "$HOME/.config/helix/config.toml"
"$D/helix/hx" --health markdown | sed 's/\x1b\[[0-9;]*m//g' | grep -q '✓ masthead' && ok 'hx --health finds it' || bad 'hx --health'
cd "$D/try"; open "'$D/helix/hx' -v --log '$D/log/helix.txt' '$post'"
see 'messages at line ends' 'full-width colon'; shot helix-diagnostics
keys gg /date Enter; keys Space a; see 'a fix is offered (space a)' 'ASCII colon'; keys Enter
see 'the colon is mended' 'date: 2026-01-20'
keys gg /title Enter; keys gl; keys Space a; see 'a fix for the quotes' 'backslashes'; keys Enter
see 'the quotes are mended' 'title: "投資😀と\\"技術'
keys gg /tags Enter; keys gl i; type_in ', "'; see 'completion opens by itself' '技術動向'; shot helix-completion
keys Tab; keys Enter; keys Escape
keys gg /AI Enter; keys Space k; see 'hover (space k)' '最初の投稿'; shot helix-hover; keys Escape
keys Space s; see 'symbols (space s)' '見出し'; shot helix-symbols; keys Escape
keys ':wq' Enter; see 'saved and left' 'EXIT 0'
saved 'the tag is whole' 'tags: ["東京", "AI"]'
saved 'the colon is saved' 'date: 2026-01-20 09:00:00 +0900'
gone 'the server went with the editor'
[ $fails = 0 ]
