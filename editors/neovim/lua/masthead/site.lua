--- Where a Jekyll site is.
local M = {}

--- The site's folder for a path: the nearest one above it with a configuration, else the one that holds its `_posts`.
---@param path string a file or a folder
---@return string?
function M.root(path)
  local root = vim.fs.root(path, { '_config.yml', '_config.yaml' })
  if root then
    return root
  end
  local posts = vim.fs.find({ '_posts', '_drafts' }, { path = path, upward = true, type = 'directory' })[1]
  return posts and vim.fs.dirname(posts) or nil
end

--- A path in the site that the author is in: the buffer's file, else the working directory.
---@param buffer integer
---@return string path, string? root
function M.here(buffer)
  local name = vim.api.nvim_buf_get_name(buffer)
  if name ~= '' and vim.bo[buffer].buftype == '' then
    local root = M.root(name)
    if root then
      return name, root
    end
  end
  local cwd = vim.uv.cwd() or '.'
  return cwd, M.root(cwd)
end

return M
