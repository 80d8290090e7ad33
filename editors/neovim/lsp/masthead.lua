---@brief
---
--- Masthead: a language server for blog posts, Markdown with YAML front matter as Jekyll reads them.
---
--- Put this folder (`editors/neovim`) on the runtimepath, or copy this file to `lsp/masthead.lua` in your
--- configuration, and enable it:
---
--- ```lua
--- vim.lsp.enable('masthead')
--- ```

--- Of all YAML and TOML files it sees only a site's `_config.yml` and `masthead.toml`.

-- This file stands alone, so that it can be copied.
local CONFIGS = { '_config.yml', '_config.yaml' }
local SETTINGS = 'masthead.toml'

---@param name string the full name of a file
---@return string? root the folder of the site that it lies in
local function site_of(name)
  local root = vim.fs.root(name, CONFIGS)
  if root then
    return root
  end
  local posts = vim.fs.find({ '_posts', '_drafts' }, { path = name, upward = true, type = 'directory' })[1]
  return posts and vim.fs.dirname(posts)
end

---@type vim.lsp.Config
return {
  cmd = { 'masthead', 'lsp' },
  filetypes = { 'markdown', 'html', 'yaml', 'toml' },
  -- Only inside a site: a README elsewhere starts nothing.
  root_dir = function(buffer, on_dir)
    local name = vim.api.nvim_buf_get_name(buffer)
    local base, filetype = vim.fs.basename(name), vim.bo[buffer].filetype
    if filetype == 'yaml' and not vim.tbl_contains(CONFIGS, base) or filetype == 'toml' and base ~= SETTINGS then
      return
    end
    local root = site_of(name)
    if root then
      on_dir(root)
    end
  end,
  on_attach = function(client, buffer)
    local there, completion = pcall(require, 'masthead.completion')
    if there then
      completion.attach(client, buffer)
    end
  end,
}
