#!/usr/bin/env bash
# helix-terms.sh DIR SITE: a tag over the whole site in the real Helix: references, highlights, symbols, rename, merge; and a
# whole list typed and accepted, in brackets and in lines.
. "$(dirname "$0")/tui.sh"
mkdir -p "$HOME/.config/helix"; cp "$REPO/editors/helix/languages.toml" "$HOME/.config/helix/"
printf '[editor]\nend-of-line-diagnostics = "hint"\n' > "$HOME/.config/helix/config.toml"
printf -- '---\ntitle: 題\ntags: [ｱｲ, 東京]\n---\n' > "$site/_posts/2026-01-21-x.md"
printf -- '---\ntitle: 題\ntags:\n  - ｱｲ # 注\n---\n' > "$site/_posts/2026-01-22-y.md"
for day in 23 24 25; do printf -- '---\ntitle: 題\ntags: [アイ, "GitHub Pages"]\n---\n' > "$site/_posts/2026-01-$day-z.md"; done
printf -- '---\ntitle: 題\n---\n' | tee "$site/_posts/2026-01-26-a.md" > "$site/_posts/2026-01-27-b.md"
cd "$site"; open "'$D/helix/hx' -v --log '$D/log/helix-terms.txt' _posts/2026-01-05-first.md"
see 'a post is open' '最初の投稿'
keys gg /tags Enter; keys /AI Enter
keys g r; see 'references (gr)' '2026-01-12-second'; shot helix-references; keys Escape
keys Space h; see 'highlights (space h)' '1 sel'; keys Escape
keys Space S; see 'symbols of the site (space S)' 'kind name path'; type_in '二番目'; see 'a post by its title' '二番目の投稿'; keys Escape; keys Escape
keys gg /tags Enter; keys /AI Enter
keys Space r; see 'rename (space r)' 'rename-to'; keys C-u; type_in '人工知能'; keys Enter
see 'it is renamed here' 'tags: \["人工知能"'; keys ':wa' Enter
post=$site/_posts/2026-01-05-first.md; saved 'and saved' 'tags: ["人工知能", "生成AI", "東京"]'
post=$site/_posts/2026-01-12-second.md; saved 'and in a closed file' 'tags: ["人工知能", "技術動向"]'
keys ':o _posts/2026-01-21-x.md' Enter; see 'a near-duplicate is told' 'differs only in'
keys gg /ｱｲ Enter; keys Space r; see 'rename asks for the name' 'rename-to'; keys C-u; type_in 'アイ'; keys Enter
see 'a tag is merged with another' 'tags: \[アイ, 東京\]'; keys ':wa' Enter
post=$site/_posts/2026-01-22-y.md; saved 'in all posts, and comments stay' '  - アイ # 注'
keys ':o _posts/2026-01-26-a.md' Enter; keys gg j A; keys Enter; type_in 'tags: '; see 'tags are offered behind a colon and its blank' 'GitHub Pages'
keys Tab; keys Enter; see 'a list has begun' '^ *[●0-9 ]*tags: \[アイ\]'; type_in ', '; see 'its next tag is offered' 'GitHub Pages'
type_in 'git'; see 'and found' 'GitHub Pages'; keys Tab; keys Enter; keys Escape; keys ':w' Enter
post=$site/_posts/2026-01-26-a.md; saved 'the list is whole' 'tags: [アイ, GitHub Pages]'
keys ':o _posts/2026-01-27-b.md' Enter; keys gg j A; keys Enter; type_in 'tags:'; keys Enter; type_in '  - '
see 'a tag without a blank is offered behind a dash and its blank' '生成AI'; type_in 'git'; see 'and one with a blank' 'GitHub Pages'; keys Tab; keys Enter
keys Enter; type_in '- '; see 'and the next' '生成AI'; keys Tab; keys Enter; keys Escape; keys ':w' Enter
post=$site/_posts/2026-01-27-b.md; saved 'an item is whole' '  - GitHub Pages'; saved 'and the next one' '  - アイ'
keys ':qa!' Enter; see 'left' 'EXIT'
gone 'the server went with the editor'
[ $fails = 0 ]
