#!/usr/bin/env bash
# helix-commands.sh DIR SITE: a new post and a draft's publication in the real Helix, with the shipped languages.toml in the
# site's own .helix, beside a second Markdown server.
. "$(dirname "$0")/tui.sh"
mkdir -p "$HOME/.config/helix" "$site/.helix" "$site/_drafts"; rm -f "$HOME/.config/helix/languages.toml"
printf '[editor]\nend-of-line-diagnostics = "hint"\n' > "$HOME/.config/helix/config.toml"
{ sed 's/marksman/second/' "$REPO/editors/helix/languages.toml"
  printf '[language-server.second]\ncommand = "%s"\n' "$(dirname "$0")/stub-server.py"; } > "$site/.helix/languages.toml"
printf -- '---\nlayout: post\ntitle: "案😀"\ntags: []\n---\n\n本文 word\n' > "$site/_drafts/案.md"
today=$(TZ=Asia/Tokyo date +%F)
cd "$site"; post=$site/_posts/$today-東京の春.md
open "'$D/helix/hx' -v --log '$D/log/helix-commands.txt' _posts/2026-01-20-open.md"
see 'both servers run' 'full-width colon'
keys gg /東京 Enter; keys Space k; see 'hover on a tag is Masthead'"'"'s' '最初の投稿'; keys Escape
keys gg /ここで Enter; keys Space k; keys Space k; see 'the cursor is in the body' '12:[0-9]'
screen capture-pane -p -t t | grep -q 'Jekyll' && bad 'hover there is none of ours' || ok 'hover there is none of ours'; keys Escape
keys Space s; see 'symbols are Masthead'"'"'s' '見出し'
screen capture-pane -p -t t | grep -q 'second-server-symbol' && bad 'and only those' || ok 'and only those'; keys Escape
keys gg /tags Enter; keys gl i; keys ,; keys Space; type_in '"'; see 'tags are completed' '技術動向'; keys Escape; keys u; keys u
keys gg /ここで Enter; keys i; type_in '['; type_in '['; type_in s; see 'the body is completed by the other one' 'second-server-word'
screen capture-pane -p -t t | grep -q '技術動向' && bad 'and by it alone' || ok 'and by it alone'; keys Escape; keys u; keys u
keys ":o _posts/$today-東京の春.md" Enter; see 'an empty post' '東京の春'
keys Space a; see 'front matter is offered' 'Write the front matter'; keys Enter
see 'it is there' '^ *[0-9]* *title: "東京の春"'; shot helix-new
keys ':w' Enter
saved 'and saved' 'title: "東京の春"'
keys ':o _drafts/案.md' Enter; see 'a draft' '案😀'; keys gg
keys Space a; see 'publishing is offered' 'Publish this draft'; keys Enter
see 'the date is there' '^ *[0-9]* *date: 20'; shot helix-promoted
keys ':w' Enter; keys ':qa!' Enter; see 'left' 'EXIT'
post=$site/_posts/$today-案.md
[ -f "$post" ] && ok 'the file has moved' || bad 'no file in _posts'
[ ! -e "$site/_drafts/案.md" ] && ok 'and is no draft any more' || bad 'the draft is still there'
saved 'its text is whole' 'title: "案😀"'
gone 'the server went with the editor'
[ $fails = 0 ]
