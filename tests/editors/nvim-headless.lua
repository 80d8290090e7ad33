-- nvim-headless.lua SITE: Neovim's own LSP client without a screen, with the shipped lsp/masthead.lua.
local site, fails = arg[1], 0
local function check(what, good, detail)
  io.stdout:write(('%s %s %s\n'):format(good and 'ok  ' or 'FAIL', what, detail and tostring(detail) or ''))
  fails = fails + (good and 0 or 1)
end
local function within(f) return vim.wait(10000, f, 10) end

vim.opt.rtp:prepend(vim.env.REPO .. '/editors/neovim')
vim.lsp.enable('masthead')
vim.cmd.edit(site .. '/_posts/2026-01-20-open.md')
local buf = vim.api.nvim_get_current_buf()
local function client() return vim.lsp.get_clients({ bufnr = buf, name = 'masthead' })[1] end
local function line(n) return vim.api.nvim_buf_get_lines(buf, n - 1, n, false)[1] end

check('attached', within(function() return client() and client().initialized end))
local c = client()
if not c then os.exit(1) end
check('the root is the site', c.config.root_dir == site, c.config.root_dir)
check('positions are bytes', c.offset_encoding == 'utf-8', c.offset_encoding)

local function diagnostics() return vim.diagnostic.get(buf) end
check('both mistakes are found', within(function() return #diagnostics() == 2 end), #diagnostics())
local spans = {}
for _, d in ipairs(diagnostics()) do
  spans[d.code] = line(d.lnum + 1):sub(d.col + 1, d.end_col)
end
check('the range after Japanese and an emoji', spans['text-after-quote'] ~= nil and not spans['text-after-quote']:find('😀'), vim.inspect(spans))
check('the range of a full-width colon', spans['full-width-colon'] == '：', spans['full-width-colon'])

local function ask(method, row, col) -- row from 1, col in bytes from 0
  if row then vim.api.nvim_win_set_cursor(0, { row, col }) end
  local params = row and vim.lsp.util.make_position_params(0, c.offset_encoding) or { textDocument = vim.lsp.util.make_text_document_params(buf) }
  return ((vim.lsp.buf_request_sync(buf, method, params, 10000) or {})[c.id] or {}).result
end

local function fix(code)
  local d
  for _, each in ipairs(diagnostics()) do if each.code == code then d = each end end
  if not d then return check('a fix for ' .. code, false, 'not found') end
  vim.api.nvim_win_set_cursor(0, { d.lnum + 1, d.col })
  vim.lsp.buf.code_action({ apply = true, context = { only = { 'quickfix' }, diagnostics = { d.user_data and d.user_data.lsp } } })
  check('fixed: ' .. code, within(function()
    for _, each in ipairs(diagnostics()) do if each.code == code then return false end end
    return true
  end), line(d.lnum + 1))
end
fix('full-width-colon')
check('the date has its colon', line(4) == 'date: 2026-01-20 09:00:00 +0900', line(4))
fix('text-after-quote')
check('nothing is left', within(function() return #diagnostics() == 0 end), vim.inspect(diagnostics()))

-- Type into the tag list, and accept the first item as the client does.
local tags = line(6)
vim.api.nvim_buf_set_text(buf, 5, #tags - 1, 5, #tags - 1, { ', "' })
local list = ask('textDocument/completion', 6, #line(6) - 1)
local labels = {}
for _, item in ipairs(list and list.items or {}) do labels[#labels + 1] = item.label end
check('the tags of the site are offered, the most used first', labels[1] == 'AI', table.concat(labels, ' '))
check('a tag that is there is not', not vim.tbl_contains(labels, '東京'))
local item = list and list.items[1]
local defaults = list and list.itemDefaults or {}
local edit = item and (item.textEdit or { range = defaults.editRange, newText = item.textEditText })
check('every item has a textEdit, of its own or of the list', edit and edit.range and edit.newText ~= nil)
if edit and edit.range then
  vim.lsp.util.apply_text_edits({ edit }, buf, c.offset_encoding)
  check('accepted, the line is whole', line(6) == 'tags: ["東京", "AI"]', line(6))
end
check('and the block loads', within(function() return #diagnostics() == 0 end))

local hover = ask('textDocument/hover', 6, 8)
local text = hover and hover.contents.value or ''
check('hover tells of the posts', text:find('post') ~= nil and text:find('最初の投稿') ~= nil, text:gsub('\n', ' / '))
local symbols = ask('textDocument/documentSymbol')
check('symbols', symbols and #symbols == 2 and symbols[2].name == '見出し', symbols and symbols[1].name)
local folds = ask('textDocument/foldingRange')
check('the front matter folds', folds and folds[1] and folds[1].startLine == 0 and folds[1].endLine == 7, folds and vim.inspect(folds[1]))

-- A new file, written by another program: Neovim watches nothing, so it counts at the next save.
local new = io.open(site .. '/_posts/2026-01-25-new.md', 'w')
new:write('---\ntitle: 新しい投稿\ntags: [新しいタグ]\n---\n')
new:close()
vim.cmd.write()
local offered = within(function()
  local col = #line(6) - 1
  vim.api.nvim_buf_set_text(buf, 5, col, 5, col, { ', ' })
  local answer = ask('textDocument/completion', 6, col + 2)
  vim.api.nvim_buf_set_text(buf, 5, col, 5, col + 2, { '' })
  for _, each in ipairs(answer and answer.items or {}) do if each.label == '新しいタグ' then return true end end
end)
check('the tag of a new file is offered', offered)

local pid = vim.fn.system({ 'pgrep', '-P', tostring(vim.fn.getpid()), 'masthead' })
c:stop()
check('it stops', within(function() return c:is_stopped() end))
check('and its process is gone', within(function() return vim.fn.system({ 'pgrep', '-P', tostring(vim.fn.getpid()), 'masthead' }) == '' end), pid)
vim.cmd(fails == 0 and 'qa!' or 'cq!')
