--- `:checkhealth masthead`.
local site = require('masthead.site')

local M = {}

local function neovim()
  local version = tostring(vim.version())
  if vim.fn.has('nvim-0.11') == 1 then
    vim.health.ok('Neovim ' .. version)
    return true
  end
  vim.health.error('Neovim ' .. version .. ' is too old', 'Masthead needs 0.11 or later, for vim.lsp.enable().')
  return false
end

local function binary()
  local config = vim.lsp.config.masthead
  local command = config and config.cmd
  if type(command) ~= 'table' then
    return vim.health.error('No configuration of the server is found', {
      'Put the folder editors/neovim on the runtimepath, or copy its lsp/masthead.lua into your configuration.',
    })
  end
  local path = vim.fn.exepath(command[1])
  if path == '' then
    return vim.health.error(('The server is not found: `%s` is not on the PATH'):format(command[1]), {
      'Install it: `cargo install --path .` in the folder of Masthead, or put the binary of a release on the PATH.',
      "Or say where it is: vim.lsp.config('masthead', { cmd = { '/path/to/masthead', 'lsp' } })",
    })
  end
  local run, done = pcall(function()
    return vim.system({ path, '--version' }, { text = true }):wait(5000)
  end)
  if run and done.code == 0 then
    vim.health.ok(('The server is %s (%s)'):format(path, vim.trim(done.stdout)))
  else
    vim.health.error(path .. ' does not run', {
      'Is it built for this machine? Try `' .. path .. ' --version` in a shell.',
    })
  end
end

--- The sites of the open buffers and of the working directory.
local function roots()
  local found = {}
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    local name = vim.api.nvim_buf_get_name(buffer)
    local root = vim.bo[buffer].buftype == '' and name ~= '' and site.root(name)
    if root then
      found[root] = true
    end
  end
  local root = site.root(vim.uv.cwd() or '.')
  if root then
    found[root] = true
  end
  return vim.tbl_keys(found)
end

local function sites()
  local found = roots()
  if #found == 0 then
    vim.health.warn('No Jekyll site is open', {
      'A site is a folder with a _config.yml, or one with a _posts folder. Open one of its posts, or start Neovim there.',
    })
  end
  for _, root in ipairs(found) do
    vim.health.ok('Site: ' .. root)
  end
end

local function clients()
  local running = vim.lsp.get_clients({ name = 'masthead' })
  if #running == 0 then
    local advice = 'Open a Markdown file of a site.'
    if not vim.lsp.is_enabled('masthead') then
      advice = "Put vim.lsp.enable('masthead') into your init.lua."
    end
    vim.health.warn('The server is not running', { advice })
  end
  for _, client in ipairs(running) do
    vim.health.ok(('Client %d: %s, %d buffers, positions in %s'):format(
      client.id,
      client.root_dir or 'no root',
      #vim.tbl_keys(client.attached_buffers),
      client.offset_encoding
    ))
  end
  if vim.diagnostic.config().virtual_text == false and not vim.diagnostic.config().virtual_lines then
    vim.health.info('Messages stand beside the text with vim.diagnostic.config({ virtual_text = true })')
  end
end

function M.check()
  vim.health.start('masthead')
  if neovim() then
    binary()
    sites()
    clients()
  end
end

return M
