#!/usr/bin/env bash
# nvim-tui.sh DIR SITE: the real Neovim in a terminal, with keys and screen, as its README sets it up.
. "$(dirname "$0")/tui.sh"
post=$site/_posts/2026-01-20-open.md
printf -- '---\ntitle: 題\ntags: ["GitHub Pages"]\nexcerpt: 短\n---\n' > "$site/_posts/2026-01-13-g.md"
cat > "$D/try/init.lua" <<L
vim.opt.runtimepath:append('$REPO/editors/neovim')
vim.opt.swapfile = false
vim.lsp.enable('masthead')
vim.diagnostic.config({ virtual_text = true })
require('masthead.completion').enable()
L
cd "$site"; open "'$D/nvim/bin/nvim' --clean -u '$D/try/init.lua' _posts/2026-01-20-open.md"
see 'messages beside the text' 'full-width colon'
shot nvim-diagnostics
keys 4G gra; see 'a fix is offered (gra)' 'ASCII colon'; keys 1 Enter; see 'the colon is mended' '^ *date: 2026-01-20'
keys 3G gra; see 'a fix for the quotes' 'backslashes'; keys 1 Enter
see 'the quotes are mended' 'title: "投資😀と\\"技術'
keys 6G '$' i; type_in ', "'; see 'the popup opens by itself' '技術動向'; shot nvim-completion
keys C-n; keys C-y; see 'the tag comes in' '"東京", "AI"'; type_in ', git'; see 'the menu opens within a word' 'GitHub Pages'
keys C-n; keys C-y; see 'a tag with a blank comes in whole' 'AI", "GitHub Pages"\]'; keys Escape
keys o; type_in 'exc'; see 'a key while it is typed' 'excerpt_separator'; keys C-n; keys C-y; type_in 'x'; see 'with its colon and its blank' '^ *excerpt: x'; keys Escape d d
keys o; type_in 'excxyz'; keys Left Left Left; keys C-x C-o; see 'the menu in the middle of a word' 'excerpt_separator'; keys C-n; keys C-y; type_in '長'; see 'takes the rest of the word along' '^ *excerpt: 長 *$'; keys Escape d d
keys o; type_in 'category: '; see 'a value' '日記'; keys Escape d d
keys G o; type_in 'Prose - and (so on) with '; sleep 0.5; screen capture-pane -p -t t | grep -qE 'Keyword|Property|Folder' && bad 'a menu in prose' || ok 'no menu opens in prose'; keys Escape u
keys 6G 0 f A K; see 'hover (K)' '最初の投稿'; shot nvim-hover; keys Escape
keys ':w' Enter ':Masthead new' Enter; see 'a title is asked for' 'Title of the new post'; type_in '春の話'; keys Enter
see 'and a name in ASCII, as the others have it' 'Name in the URL: *$'; type_in 'spring'; keys Enter
see 'a new post' 'title: "春の話"'; shot nvim-new
keys gg /tags Enter '$' i; type_in 'a'; see 'its menu opens by itself too' '生成AI'; see 'and writes nothing by itself' '^ *tags: \[a\]'
keys C-n; keys C-y; see 'the first tag has the quotes that those of the site have' '^ *tags: \["AI"\]'; keys Escape
keys ':Masthead url' Enter; see 'its URL' '/spring.html.*copied'; keys Enter
keys ':checkhealth masthead' Enter; see 'health' 'positions in utf-8'; shot nvim-health; keys ':bwipeout' Enter ':buffer 2026-01-20' Enter
keys ':wqa!' Enter; see 'saved and left' 'EXIT 0'
saved 'the tags are whole' 'tags: ["東京", "AI", "GitHub Pages"]'
saved 'the colon is saved' 'date: 2026-01-20 09:00:00 +0900'
gone 'the server went with the editor'
[ $fails = 0 ]
