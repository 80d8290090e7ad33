-- The command `:Masthead`. Starting the server is left to `vim.lsp.enable('masthead')`.
if vim.g.loaded_masthead then
  return
end
vim.g.loaded_masthead = true

vim.api.nvim_create_user_command('Masthead', function(args)
  require('masthead.commands').run(args.fargs, args.args)
end, {
  nargs = '+',
  desc = 'Masthead: new posts, URLs, tags of a Jekyll site',
  complete = function(lead, line)
    return require('masthead.commands').complete(lead, line)
  end,
})
