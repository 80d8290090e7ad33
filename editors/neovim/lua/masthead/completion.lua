--- Completion in Neovim's own popup menu, without a plugin for it.
local M = {}

--- So far down a front matter is looked for.
local MAX_LINES = 1000

--- How many bytes behind the cursor an item replaces, by its text.
---@type table<string, integer>
local behind = {}

--- How many bytes of a range stand behind the cursor: none where the author is past it.
---@param client vim.lsp.Client
---@param range lsp.Range
---@return integer
local function behind_cursor(client, range)
  local row, column = unpack(vim.api.nvim_win_get_cursor(0))
  if range['end'].line ~= row - 1 then
    return 0
  end
  local line = vim.api.nvim_get_current_line()
  local to = vim.str_byteindex(line, client.offset_encoding, range['end'].character, false)
  return math.max(to - column, 0)
end

--- Takes away what an accepted item replaces behind the cursor: the rest of the word that it was asked for in. Neovim 0.11
--- replaces what stands before the cursor, and no more.
local function drop_rest()
  local word = vim.v.event.reason == 'accept' and vim.v.completed_item.word
  local count = word and behind[word] or 0
  if not word then
    return
  end
  behind = {}
  local row, column = unpack(vim.api.nvim_win_get_cursor(0))
  local line = vim.api.nvim_get_current_line()
  if count > 0 and line:sub(1, column):sub(-#word) == word then
    vim.api.nvim_buf_set_text(0, row - 1, column, row - 1, math.min(column + count, #line), {})
  end
end

--- The text of an item, whole. Neovim 0.11 itself takes what stands before its first blank, so that of `GitHub Pages` half
--- would come in.
---@param client vim.lsp.Client
---@param item lsp.CompletionItem
---@return table
local function whole(client, item)
  local text = item.textEdit and item.textEdit.newText
  if not text then
    return {}
  end
  -- Where the cursor goes into the text, what is behind it belongs there.
  local rest = text:find('%$0.') and 0 or behind_cursor(client, item.textEdit.range)
  if item.insertTextFormat == vim.lsp.protocol.InsertTextFormat.Snippet then
    -- Its place of the cursor, and what is escaped.
    text = text:gsub('([^\\])%$0', '%1'):gsub('\\([\\$}])', '%1')
  end
  behind[text] = rest
  return { word = text }
end

---@param buffer integer
---@return boolean
local function in_front_matter(buffer)
  local row = vim.api.nvim_win_get_cursor(0)[1]
  if row < 2 or row > MAX_LINES then
    return false
  end
  local lines = vim.api.nvim_buf_get_lines(buffer, 0, row, false)
  if not lines[1]:find('^%-%-%-%s*$') then
    return false
  end
  for at = 2, row do
    if lines[at]:find('^%-%-%-%s*$') or lines[at]:find('^%.%.%.%s*$') then
      return false
    end
  end
  return true
end

--- Goes behind a closing quote that stands there already, since a plugin has set it with the opening one.
local function step_over_quote()
  local word = vim.v.event.reason == 'accept' and vim.v.completed_item.word or ''
  local quote = word:match('^ ?(["\'])')
  local row, column = unpack(vim.api.nvim_win_get_cursor(0))
  local next = vim.api.nvim_get_current_line():sub(column + 1, column + 1)
  if quote and next == quote and word:sub(-1) ~= quote then
    vim.api.nvim_win_set_cursor(0, { row, column + 1 })
  end
end

--- Has the items of a server inserted whole, however the menu is opened.
---@param client vim.lsp.Client
---@param buffer integer
---@param by_itself boolean? whether the menu opens where a value or an item of a list begins
function M.attach(client, buffer, by_itself)
  vim.lsp.completion.enable(true, client.id, buffer, {
    autotrigger = by_itself,
    convert = function(item)
      return whole(client, item)
    end,
  })
  vim.api.nvim_create_autocmd('CompleteDone', {
    group = vim.api.nvim_create_augroup('masthead_accepted_' .. buffer, { clear = true }),
    buffer = buffer,
    callback = function()
      drop_rest()
      step_over_quote()
    end,
  })
end

--- Opens the menu while the author types in front matter: after what begins a value, which Neovim does itself, and within
--- words, which it does not. In prose nothing opens but in links.
---@param client vim.lsp.Client
---@param buffer integer
local function open_while_typing(client, buffer)
  M.attach(client, buffer, true)
  -- By its default the menu writes its first entry into the text as soon as it opens. What is asked is the author's own setting:
  -- the buffer that this one is opened from has ours.
  local options = vim.split(vim.go.completeopt, ',')
  if not (vim.tbl_contains(options, 'noselect') or vim.tbl_contains(options, 'noinsert')) then
    vim.bo[buffer].completeopt = 'menuone,noselect,popup'
  end
  vim.api.nvim_create_autocmd('InsertCharPre', {
    group = vim.api.nvim_create_augroup('masthead_completion_' .. buffer, { clear = true }),
    buffer = buffer,
    callback = function()
      local is_word = vim.fn.charclass(vim.v.char) >= 2
      if not is_word or vim.fn.pumvisible() == 1 or not in_front_matter(buffer) then
        return
      end
      -- Once the character stands there.
      vim.schedule(function()
        if vim.api.nvim_get_current_buf() == buffer and vim.fn.pumvisible() == 0 then
          vim.lsp.completion.get()
        end
      end)
    end,
  })
end

--- Opens the menu by itself in the front matter of all posts, also of those that are open already.
function M.enable()
  vim.api.nvim_create_autocmd('LspAttach', {
    group = vim.api.nvim_create_augroup('masthead_completion', { clear = true }),
    callback = function(event)
      local client = vim.lsp.get_client_by_id(event.data.client_id)
      if client and client.name == 'masthead' then
        open_while_typing(client, event.buf)
      end
    end,
  })
  for _, client in ipairs(vim.lsp.get_clients({ name = 'masthead' })) do
    for buffer in pairs(client.attached_buffers) do
      open_while_typing(client, buffer)
    end
  end
end

return M
