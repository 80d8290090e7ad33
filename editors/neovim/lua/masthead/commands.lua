--- What `:Masthead` can do.
local client = require('masthead.client')

local M = {}

local function say(message)
  vim.notify(message, vim.log.levels.INFO)
end

--- Asks for what is not said yet.
local function ask(prompt, said, done)
  if said ~= '' then
    return done(said)
  end
  vim.ui.input({ prompt = prompt }, function(answer)
    if answer and vim.trim(answer) ~= '' then
      done(answer)
    end
  end)
end

--- Makes the new post. Where the title gives no name that will do, as a Japanese one on a site whose names are ASCII, the
--- author is asked for it.
local function new(title, draft)
  local function make(wish)
    client.execute('masthead.newPost', function(uri)
      return vim.tbl_extend('error', wish, { uri = uri })
    end, function(made)
      client.show(made.uri, made.position)
      -- The file is there, but empty until the buffer is written.
      vim.cmd.write()
    end)
  end
  ask(draft and 'Title of the new draft: ' or 'Title of the new post: ', title, function(answer)
    local wish = { title = answer, draft = draft }
    client.execute('masthead.newPostName', function(uri)
      return vim.tbl_extend('error', wish, { uri = uri })
    end, function(name)
      if name.whole and not name.taken then
        return make(wish)
      end
      local why = name.taken and 'There is a post of that name. ' or ''
      vim.ui.input({ prompt = why .. 'Name in the URL: ', default = name.slug }, function(slug)
        if slug and vim.trim(slug) ~= '' then
          make(vim.tbl_extend('error', wish, { slug = slug }))
        end
      end)
    end)
  end)
end

--- Lists posts: opens the only one, else fills the quickfix list.
---@param posts { uri: string, title: string, date: string?, status: string }[]
local function list(title, posts)
  if #posts == 0 then
    return say('Masthead: no posts')
  end
  if #posts == 1 then
    return client.show(posts[1].uri)
  end
  local items = vim.tbl_map(function(post)
    local day = type(post.date) == 'string' and post.date:sub(1, 10) .. ' ' or ''
    local status = post.status ~= 'published' and ' [' .. post.status .. ']' or ''
    return { filename = vim.uri_to_fname(post.uri), lnum = 1, text = day .. post.title .. status }
  end, posts)
  vim.fn.setqflist({}, ' ', { title = title, items = items })
  vim.cmd('botright copen')
end

--- Offers entries with their counts, and gives the chosen one to `done`.
local function choose(prompt, entries, done)
  if #entries == 0 then
    return say('Masthead: none')
  end
  vim.ui.select(entries, {
    prompt = prompt,
    format_item = function(entry)
      return ('%s (%d)'):format(entry.name, entry.count)
    end,
  }, function(entry)
    if entry then
      done(entry)
    end
  end)
end

--- The posts of a tag or a category: of the one that is named, else of the one that is chosen.
local function with_term(key, kind, said)
  client.execute('masthead.overview', function(uri)
    return uri
  end, function(sites)
    local site = sites[1]
    local function show(entry)
      client.execute('masthead.postsWith', function()
        return { site = site.uri, [kind] = entry.name }
      end, function(posts)
        list(('Masthead: %s %s'):format(kind, entry.name), posts)
      end)
    end
    if said ~= '' then
      return show({ name = said })
    end
    choose(kind == 'tag' and 'Tag' or 'Category', site[key], show)
  end)
end

--- Gives a tag or a category of the site to `done`: the one that is named, else the one that is chosen.
local function a_term(said, done)
  client.execute('masthead.overview', function(uri)
    return uri
  end, function(sites)
    local site, all = sites[1], {}
    for key, kind in pairs({ tags = 'tag', categories = 'category' }) do
      for _, term in ipairs(site[key]) do
        all[#all + 1] = { kind = kind, key = term.name, name = kind .. ' ' .. term.name, count = term.count }
      end
    end
    table.sort(all, function(a, b)
      if a.kind ~= b.kind then
        return a.kind == 'tag'
      end
      return a.count > b.count or (a.count == b.count and a.key < b.key)
    end)
    if said == '' then
      return choose('Tag or category', all, function(term)
        done(site, term, all)
      end)
    end
    local named = vim.iter(all):find(function(term)
      return term.key == said
    end)
    if not named then
      return say(('Masthead: no post has the tag or category %s'):format(said))
    end
    done(site, named, all)
  end)
end

--- Has the server change a term in the whole site.
local function change_term(command, site, term, more)
  client.execute(command, function()
    return vim.tbl_extend('error', { uri = site.uri, [term.kind] = term.key }, more)
  end, function(done)
    local files = ('%d file%s'):format(done.files, done.files == 1 and '' or 's')
    say(('Masthead: %s changed; `:wall` writes them'):format(files))
  end)
end

--- Asks whether to do what a later undo takes back in each file alone.
local function confirm(question, yes, done)
  vim.ui.select({ yes, 'Cancel' }, { prompt = question }, function(answer)
    if answer == yes then
      done()
    end
  end)
end

local function retag(said)
  a_term(said, function(site, term, all)
    vim.ui.input({ prompt = ('New name for the %s: '):format(term.kind), default = term.key }, function(answer)
      local name = answer and vim.trim(answer) or ''
      if name == '' or name == term.key then
        return
      end
      local function go()
        change_term('masthead.renameTerm', site, term, { name = name })
      end
      local other = vim.iter(all):find(function(each)
        return each.kind == term.kind and each.key == name
      end)
      if not other then
        return go()
      end
      confirm(('Merge %s (%d) into %s (%d)?'):format(term.key, term.count, name, other.count), 'Merge', go)
    end)
  end)
end

local function remove(said)
  a_term(said, function(site, term)
    confirm(('Remove the %s from all posts (%d)?'):format(term.name, term.count), 'Remove', function()
      change_term('masthead.removeTerm', site, term, {})
    end)
  end)
end

local STATUSES = { 'drafts', 'future', 'unpublished', 'broken' }

local function posts(said)
  client.execute('masthead.overview', function(uri)
    return uri
  end, function(sites)
    local site = sites[1]
    local function show(entry)
      list('Masthead: ' .. entry.name, site[entry.name])
    end
    if vim.tbl_contains(STATUSES, said) then
      return show({ name = said })
    end
    choose('Posts', vim.tbl_map(function(name)
      return { name = name, count = site.counts[name] }
    end, STATUSES), show)
  end)
end

local function url()
  client.execute('masthead.postUrl', function(uri)
    return uri
  end, function(post)
    if not post then
      return say('Masthead: this file is no post of a site')
    end
    local address = post.absolute ~= vim.NIL and post.absolute or post.url
    if type(address) ~= 'string' then
      return say(('Masthead: no URL: %s'):format(post.reason ~= vim.NIL and post.reason or post.status))
    end
    vim.fn.setreg(vim.fn.has('clipboard') == 1 and '+' or '"', address)
    local why = post.reason ~= vim.NIL and post.reason or post.status
    say(('%s (%s; copied)'):format(address, why))
  end)
end

local function promote()
  client.execute('masthead.promoteDraft', function(uri)
    return uri
  end, function(made)
    client.show(made.uri)
  end)
end

local function rename(said)
  local own = vim.fs.basename(vim.api.nvim_buf_get_name(0))
  ask(('New name for %s: '):format(own), said, function(answer)
    client.execute('masthead.renameFile', function(uri)
      return { uri = uri, name = answer }
    end, function(made)
      client.show(made.uri)
      say('Masthead: renamed; `:wall` writes the posts that link to it')
    end)
  end)
end

local function restart()
  local stopped = vim.lsp.get_clients({ name = 'masthead' })
  local buffers = {}
  for _, each in ipairs(stopped) do
    vim.list_extend(buffers, vim.tbl_keys(each.attached_buffers))
    each:stop()
  end
  local function gone()
    return vim.iter(stopped):all(function(each)
      return each:is_stopped()
    end)
  end
  if not vim.wait(3000, gone, 20) then
    for _, each in ipairs(stopped) do
      each:stop(true)
    end
    vim.wait(1000, gone, 20)
  end
  vim.lsp.enable('masthead')
  say(('Masthead: restarted for %d buffer%s'):format(#buffers, #buffers == 1 and '' or 's'))
end

local function log()
  vim.cmd.tabnew(vim.fn.fnameescape(vim.lsp.log.get_filename()))
  vim.cmd('normal! G')
end

---@type table<string, { run: fun(rest: string), words: string[]? }>
local COMMANDS = {
  new = { run = function(rest) new(rest, false) end },
  draft = { run = function(rest) new(rest, true) end },
  url = { run = url },
  promote = { run = promote },
  rename = { run = rename },
  tags = { run = function(rest) with_term('tags', 'tag', rest) end },
  categories = { run = function(rest) with_term('categories', 'category', rest) end },
  retag = { run = retag },
  remove = { run = remove },
  posts = { run = posts, words = STATUSES },
  restart = { run = restart },
  log = { run = log },
}

--- Runs `:Masthead`.
---@param words string[]
---@param line string all that follows the command
function M.run(words, line)
  local command = COMMANDS[words[1]]
  if not command then
    local names = vim.tbl_keys(COMMANDS)
    table.sort(names)
    return vim.notify(
      ('masthead: there is no `:Masthead %s`, only %s'):format(words[1], table.concat(names, ', ')),
      vim.log.levels.ERROR
    )
  end
  command.run(vim.trim(vim.trim(line):sub(#words[1] + 1)))
end

--- Completes `:Masthead`.
---@param lead string
---@param line string
---@return string[]
function M.complete(lead, line)
  local words = vim.split(vim.trim(line:gsub('^.-Masthead!?', '')), '%s+', { trimempty = true })
  local first = #words == 0 or (#words == 1 and lead ~= '')
  local offers = first and vim.tbl_keys(COMMANDS) or (COMMANDS[words[1]] or {}).words or {}
  offers = vim.tbl_filter(function(offer)
    return vim.startswith(offer, lead)
  end, offers)
  table.sort(offers)
  return offers
end

return M
