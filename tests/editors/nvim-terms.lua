-- nvim-terms.lua SITE: Neovim's own client in the files of a site's settings, and with a tag over the whole site.
local site, fails = arg[1], 0
local function check(what, good, detail)
  io.stdout:write(('\n%s %s %s\n'):format(good and 'ok  ' or 'FAIL', what, detail and tostring(detail):gsub('\n', ' / ') or ''))
  fails = fails + (good and 0 or 1)
end
local function within(f) return vim.wait(10000, f, 10) end
local function write(file, text)
  vim.fn.mkdir(vim.fs.dirname(site .. '/' .. file), 'p')
  vim.fn.writefile(vim.split(text, '\n'), site .. '/' .. file)
end
local function read(file) return table.concat(vim.fn.readfile(site .. '/' .. file), '\n') end
local function clients() return vim.lsp.get_clients({ bufnr = 0, name = 'masthead' }) end
local function messages() return table.concat(vim.tbl_map(function(d) return d.message end, vim.diagnostic.get(0)), ' / ') end

vim.opt.rtp:prepend(vim.env.REPO .. '/editors/neovim')
vim.opt.swapfile = false
vim.cmd('filetype on')
vim.lsp.enable('masthead')
write('_data/authors.yml', 'a: b\n')
write('_posts/2026-01-21-x.md', '---\ntitle: 題\ntags: [ｱｲ, 東京]\n---\n')
write('_posts/2026-01-22-y.md', '---\ntitle: 題\ntags:\n  - ｱｲ # 注\n---\n')
for day = 23, 25 do write('_posts/2026-01-' .. day .. '-z.md', '---\ntitle: 題\ntags: [アイ]\n---\n') end

-- The site's settings, as they are typed.
vim.cmd.edit(site .. '/_config.yml')
check('attached to _config.yml', within(function() return #clients() == 1 and clients()[1].initialized end))
vim.api.nvim_buf_set_lines(0, -1, -1, false, { 'permalink: /:yaer/:title/' })
check('a mistake there is told while it is typed', within(function() return messages():find('yaer') end), messages())
vim.cmd('edit!')
vim.cmd.edit(site .. '/masthead.toml')
vim.api.nvim_buf_set_lines(0, 0, -1, false, { '[rules]', 'no-front-mater = "off"' })
check('and one in masthead.toml', within(function() return messages():find('no%-front%-matter') end), messages())
vim.cmd('bwipeout!')
vim.cmd.edit(site .. '/_data/authors.yml')
check('other YAML files are left alone', not vim.wait(500, function() return #clients() > 0 end, 10))

-- A tag.
vim.cmd.edit(site .. '/_posts/2026-01-05-first.md')
local function at(row, text)
  local line = vim.api.nvim_buf_get_lines(0, row - 1, row, false)[1]
  vim.api.nvim_win_set_cursor(0, { row, assert(line:find(text, 1, true)) - 1 })
end
local function ask(method, more)
  local c = clients()[1]
  local params = vim.tbl_extend('force', vim.lsp.util.make_position_params(0, c.offset_encoding), more or {})
  return ((vim.lsp.buf_request_sync(0, method, params, 10000) or {})[c.id] or {}).result
end
check('attached', within(function() return #clients() == 1 end))
at(6, 'AI')
vim.lsp.buf.references()
check('references are listed', within(function() return #vim.fn.getqflist() == 2 end), #vim.fn.getqflist())
vim.cmd('cclose')
check('its highlights', #(ask('textDocument/documentHighlight') or {}) == 1)
local symbols = ask('workspace/symbol', { query = '番目' })
check('a post is found by a part of its title', symbols and vim.iter(symbols):any(function(it) return it.name:find('二番目の投稿') end))
vim.lsp.inlay_hint.enable(true)
check('the URL is shown beside the text', within(function()
  return vim.iter(vim.lsp.inlay_hint.get({ bufnr = 0 })):any(function(hint) return vim.inspect(hint.inlay_hint.label):find('/2026/01/05/first') end)
end))
at(6, 'AI')
local both = { '_posts/2026-01-05-first.md', '_posts/2026-01-12-second.md' }
local before = vim.tbl_map(read, both)
vim.lsp.buf.rename('人工知能')
check('a tag is renamed here', within(function() return vim.fn.getline(6) == 'tags: ["人工知能", "生成AI", "東京"]' end), vim.fn.getline(6))
vim.cmd.wall()
check('and in a closed file', within(function() return read('_posts/2026-01-12-second.md'):find('tags: ["人工知能", "技術動向"]', 1, true) end), read('_posts/2026-01-12-second.md'))
for _, file in ipairs(both) do
  vim.cmd.buffer(vim.fn.bufnr(site .. '/' .. file))
  vim.cmd('silent undo')
  vim.cmd('silent write')
end
check('undo in each buffer gives every byte back', vim.deep_equal(vim.tbl_map(read, both), before), vim.inspect(vim.tbl_map(read, both)))

vim.cmd.edit(site .. '/_posts/2026-01-21-x.md')
check('a near-duplicate is told', within(function() return messages():find('differs only in') end), messages())
at(3, 'ｱｲ')
local offered = {}
vim.ui.select = function(items, options, done)
  offered = vim.tbl_map(options.format_item or tostring, items)
  for i, each in ipairs(offered) do if each:find('whole site') then return done(items[i], i) end end
end
vim.lsp.buf.code_action()
check('and mended', within(function() return vim.fn.getline(3) == 'tags: [アイ, 東京]' end), table.concat(offered, ' / '))
vim.cmd.wall()
check('in the whole site', within(function() return read('_posts/2026-01-22-y.md') == '---\ntitle: 題\ntags:\n  - アイ # 注\n---\n' end), read('_posts/2026-01-22-y.md'))
vim.cmd(fails == 0 and 'qa!' or 'cq!')
