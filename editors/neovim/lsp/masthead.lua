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

---@type vim.lsp.Config
return {
  cmd = { 'masthead', 'lsp' },
  filetypes = { 'markdown', 'html' },
  -- Only inside a site: a README elsewhere starts nothing. This file stands alone, so that it can be copied.
  root_dir = function(buffer, on_dir)
    local name = vim.api.nvim_buf_get_name(buffer)
    local root = vim.fs.root(name, { '_config.yml', '_config.yaml' })
    if not root then
      local posts = vim.fs.find({ '_posts', '_drafts' }, { path = name, upward = true, type = 'directory' })[1]
      root = posts and vim.fs.dirname(posts)
    end
    if root then
      on_dir(root)
    end
  end,
}
