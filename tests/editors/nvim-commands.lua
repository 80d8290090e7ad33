-- nvim-commands.lua SITE: the plugin in editors/neovim as its README says, with nothing else set up: commands, health, help.
local site, fails = arg[1], 0
local function check(what, good, detail)
  -- Neovim's own messages end without a line break.
  io.stdout:write(('\n%s %s %s\n'):format(good and 'ok  ' or 'FAIL', what, detail and tostring(detail):gsub('\n', ' / ') or ''))
  fails = fails + (good and 0 or 1)
end
local function within(f) return vim.wait(10000, f, 10) end
local function lines() return vim.api.nvim_buf_get_lines(0, 0, -1, false) end
local function name() return vim.api.nvim_buf_get_name(0) end
local function saved() return not vim.bo.modified and vim.fn.filereadable(name()) == 1 end

vim.opt.rtp:append(vim.env.REPO .. '/editors/neovim')
vim.opt.swapfile = false
vim.cmd.runtime('plugin/masthead.lua')
local said, asked, offered = {}, {}, {}
vim.notify = function(message) said[#said + 1] = message end
vim.ui.input = function(options, done)
  asked[#asked + 1] = options.prompt
  done(options.prompt:find('URL') and options.default .. ' Trip' or '東京の「春」: 😀')
end
vim.ui.select = function(items, options, done) offered = vim.tbl_map(options.format_item, items); done(items[1]) end
local function last() return said[#said] or '' end

vim.cmd('Masthead new')
check('outside a site a command says so', last():find('There is no Jekyll site here'), last())

vim.cmd('checkhealth masthead')
local function health() return table.concat(lines(), '\n') end
check('health: the server and its version', health():find('masthead 0%.%d') and health():find('OK The server is'), health())
check('health: no site, with advice', health():find('No Jekyll site is open'))
check('health: not enabled, with advice', health():find("Put vim.lsp.enable%('masthead'%)"))
vim.cmd('bwipeout')

-- From an empty buffer, in the site's folder: the server is started for it.
vim.lsp.enable('masthead')
vim.cmd.cd(site)
vim.cmd('Masthead new')
check('a new post is written and open', within(function() return name():find('東京の%-春%.md$') and saved() end), name())
check('the title was asked for', asked[1] == 'Title of the new post: ', asked[1])
local path = name():sub(#site + 2)
check('it lies in _posts under today', path:find('^_posts/%d%d%d%d%-%d%d%-%d%d%-') ~= nil, path)
check('the title is in the site\'s quotes', vim.tbl_contains(lines(), 'title: "東京の「春」: 😀"'), table.concat(lines(), '|'))
check('and the cursor below the block', vim.fn.line('.') == #lines() and vim.fn.search('^---$', 'bnW') == #lines() - 2, vim.fn.line('.'))
check('the server is attached, and the only one', within(function() return #vim.lsp.get_clients({ bufnr = 0, name = 'masthead' }) == 1 end) and #vim.lsp.get_clients() == 1)

vim.cmd('Masthead new 東京の「春」: 😀')
check('a second one of that name is asked for another', within(function() return name():find('東京の%-春%-trip%.md$') and saved() end), name())
check('and told why', asked[#asked] == 'There is a post of that name. Name in the URL: ', asked[#asked])
vim.cmd('Masthead url')
check('the URL is shown', within(function() return last():find('/%%E6%%9D%%B1%%E4%%BA%%AC') end), last())
check('and copied', vim.fn.getreg('"'):find('^[h/]') ~= nil or vim.fn.getreg('+'):find('^[h/]') ~= nil, vim.fn.getreg('"'))

-- On a site whose names are all ASCII.
local ascii = vim.fs.dirname(site) .. '/ascii'
for day = 1, 4 do
  vim.fn.mkdir(ascii .. '/_posts', 'p')
  vim.fn.writefile({ '---', 'title: 題', '---' }, ('%s/_posts/2026-01-0%d-post.md'):format(ascii, day))
end
vim.cmd.cd(ascii)
vim.cmd.enew()
vim.cmd('Masthead new Rustの春')
check('a Japanese title is asked for a name in ASCII', within(function() return name():find('%-rust%-trip%.md$') and saved() end), name())
check('with its own words to begin with', asked[#asked] == 'Name in the URL: ', asked[#asked])
vim.cmd.cd(site)
vim.cmd.edit(path)

vim.cmd('Masthead draft 下書き')
check('a draft', within(function() return name():find('_drafts/下書き%.md$') and saved() end), name())
check('has no date', not table.concat(lines(), '\n'):find('date:'))
vim.api.nvim_buf_set_lines(0, -1, -1, false, { '本文😀' })
vim.cmd('Masthead promote')
check('promoted, it lies in _posts', within(function() return name():find('_posts/%d+%-%d+%-%d+%-下書き%.md$') end), name())
check('with a date, and the text that was not saved', within(saved) and table.concat(vim.fn.readfile(name()), '\n'):find('date: %d.*本文😀') ~= nil)
check('the draft is gone', vim.fn.filereadable(site .. '/_drafts/下書き.md') == 0)
vim.cmd('Masthead promote')
check('a post is no draft', within(function() return last():find('Only a draft') end), last())

vim.cmd('Masthead rename 清書')
check('renamed, it keeps its date', within(function() return name():find('_posts/%d+%-%d+%-%d+%-清書%.md$') and last():find('renamed') end), name())
vim.cmd('Masthead rename 清書')
check('the same name is refused', within(function() return last():find('has this name already') end), last())

vim.cmd('Masthead tags')
check('the tags are offered with their counts', within(function() return offered[1] == 'AI (2)' end), table.concat(offered, ' '))
check('and the posts listed', within(function() return #vim.fn.getqflist() == 2 end))
check('with their titles', vim.iter(vim.fn.getqflist()):any(function(item) return item.text:find('最初の投稿') end))
vim.cmd('cclose')
-- A tag over the whole site: renamed, merged where it is answered so, removed.
local function on_disk(file) vim.cmd('silent wall'); return table.concat(vim.fn.readfile(site .. '/_posts/' .. file), '\n') end
local function changed(count) return within(function() return last():find(('%d file'):format(count)) end) end
local select, input, questions = vim.ui.select, vim.ui.input, {}
local name_given, answer_given = '人工知能', 1
vim.ui.input = function(options, done) asked[#asked + 1] = options.prompt; done(name_given) end
vim.ui.select = function(items, options, done) questions[#questions + 1] = options.prompt; done(items[answer_given]) end
vim.cmd('Masthead retag AI')
check('a tag gets another name', changed(2) and on_disk('2026-01-05-first.md'):find('"人工知能", "生成AI"', 1, true) ~= nil, last())
check('in closed files too', on_disk('2026-01-12-second.md'):find('tags: ["人工知能", "技術動向"]', 1, true) ~= nil)
check('and nobody is asked', #questions == 0, questions[1])
name_given, answer_given, said = '生成AI', 2, {}
vim.cmd('Masthead retag 人工知能')
check('a merge is asked for', within(function() return questions[1] == 'Merge 人工知能 (2) into 生成AI (1)?' end), questions[1])
vim.wait(200)
check('and not done where the answer is no', on_disk('2026-01-12-second.md'):find('人工知能', 1, true) ~= nil and #said == 0, last())
answer_given = 1
vim.cmd('Masthead retag 人工知能')
check('else it is', changed(2) and on_disk('2026-01-05-first.md'):find('tags: ["生成AI"', 1, true) ~= nil, last())
check('in both posts', on_disk('2026-01-12-second.md'):find('tags: ["生成AI", "技術動向"]', 1, true) ~= nil, on_disk('2026-01-12-second.md'))
said = {}
vim.cmd('Masthead remove 技術動向')
check('a tag is removed', changed(1) and on_disk('2026-01-12-second.md'):find('tags: ["生成AI"]', 1, true) ~= nil, last())
check('after a question', questions[#questions] == 'Remove the tag 技術動向 from all posts (1)?', questions[#questions])
vim.cmd('Masthead remove 無い')
check('one that no post has is told', within(function() return last():find('no post has the tag or category 無い') end), last())
vim.ui.select, vim.ui.input = select, input
vim.cmd('Masthead posts drafts')
check('no drafts are left', within(function() return last() == 'Masthead: no posts' end), last())

vim.cmd.edit('_posts/2026-01-05-first.md')
local before = vim.lsp.get_clients({ name = 'masthead' })[1].id
vim.cmd('Masthead restart')
check('restarted', within(function() local now = vim.lsp.get_clients({ bufnr = 0, name = 'masthead' })[1]; return now and now.id ~= before and now.initialized end))
vim.cmd('checkhealth masthead')
check('health: the site and the client', health():find('Site: ' .. site, 1, true) and health():find('positions in utf%-8') ~= nil, health())
vim.cmd('bwipeout')

check('commands are completed', table.concat(vim.fn.getcompletion('Masthead p', 'cmdline'), ' ') == 'posts promote')
check('their words too', table.concat(vim.fn.getcompletion('Masthead posts ', 'cmdline'), ' ') == 'broken drafts future unpublished')
vim.cmd('Masthead nope')
check('an unknown one is named', last():find('no `:Masthead nope`') ~= nil, last())
vim.cmd('Masthead log')
check('the log opens', name():find('lsp%.log$') ~= nil, name())

vim.fn.mkdir(site .. '/help/doc', 'p')
vim.uv.fs_copyfile(vim.env.REPO .. '/editors/neovim/doc/masthead.txt', site .. '/help/doc/masthead.txt')
vim.opt.rtp:append(site .. '/help')
check('help tags are made', pcall(vim.cmd.helptags, site .. '/help/doc'))
for _, tag in ipairs({ 'masthead', 'masthead-setup', ':Masthead-new', ':Masthead-promote', ':Masthead-tags' }) do
  check('help for ' .. tag, pcall(vim.cmd.help, tag) and vim.bo.filetype == 'help')
end
-- Every command has its help, and nothing else has.
local text = table.concat(vim.fn.readfile(vim.env.REPO .. '/editors/neovim/doc/masthead.txt'), '\n')
local missing = vim.tbl_filter(function(each) return not text:find('*:Masthead-' .. each .. '*', 1, true) end, vim.fn.getcompletion('Masthead ', 'cmdline'))
check('every command has help', #missing == 0, table.concat(missing, ' '))
vim.cmd(fails == 0 and 'qa!' or 'cq!')
