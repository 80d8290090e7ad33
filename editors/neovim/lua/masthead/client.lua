--- The server of the site that the author is in, and requests to it.
local site = require('masthead.site')

local M = {}

local function fail(message)
  vim.notify('masthead: ' .. message, vim.log.levels.ERROR)
end

--- The running server of a site, else a new one.
---@param root string
---@return vim.lsp.Client?
local function client_of(root)
  for _, client in ipairs(vim.lsp.get_clients({ name = 'masthead' })) do
    if client.root_dir == root and not client:is_stopped() then
      return client
    end
  end
  local config = vim.tbl_extend('force', vim.deepcopy(vim.lsp.config.masthead), { root_dir = root })
  local id = vim.lsp.start(config, { attach = false })
  return id and vim.lsp.get_client_by_id(id) or nil
end

--- Has the server do a command, and gives its result to `done`. What it refuses is shown.
---@param command string
---@param argument fun(uri: string): any makes the argument from the URI of the place that the author is in
---@param done fun(result: any)
function M.execute(command, argument, done)
  local path, root = site.here(vim.api.nvim_get_current_buf())
  if not root then
    return fail('There is no Jekyll site here: no folder above has a _config.yml or a _posts folder.')
  end
  local client = client_of(root)
  if not client then
    return fail('The server does not start. :checkhealth masthead says why.')
  end
  local params = { command = command, arguments = { argument(vim.uri_from_fname(path)) } }
  local function send()
    client:request('workspace/executeCommand', params, function(error, result)
      if error then
        return fail(error.message)
      end
      done(result ~= vim.NIL and result or nil)
    end)
  end
  if client.initialized then
    return send()
  end
  -- A server that has just been started.
  local waited = 0
  local timer = assert(vim.uv.new_timer())
  timer:start(20, 20, vim.schedule_wrap(function()
    waited = waited + 20
    if timer:is_closing() then
      return
    end
    if client.initialized then
      timer:close()
      send()
    elseif waited >= 10000 or client:is_stopped() then
      timer:close()
      fail('The server does not start. :checkhealth masthead says why.')
    end
  end))
end

--- Shows a document in the current window.
---@param uri string
---@param position lsp.Position? in characters that are single bytes before it
function M.show(uri, position)
  vim.cmd.edit(vim.fn.fnameescape(vim.uri_to_fname(uri)))
  if position then
    vim.api.nvim_win_set_cursor(0, { position.line + 1, position.character })
  end
end

return M
