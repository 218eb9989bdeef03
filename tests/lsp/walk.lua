-- Neovim walks through a copy of bookinfo: open, break, see, hover, fix, rename, undo, delete, switch branch.
-- Called as: nvim --headless --clean -c 'luafile walk.lua', with MTLSCTL naming the program.

local PATIENCE = 60000

local function fail(why)
  io.stderr:write('neovim: ' .. why .. '\n')
  vim.cmd('cquit 1')
end

local function must(condition, why)
  if not condition then
    fail(why)
  end
end

local client = vim.lsp.start_client({
  cmd = { vim.env.MTLSCTL, 'lsp', '--at', '2026-11-30T12:00:00Z' },
  root_dir = vim.fn.getcwd(),
})
must(client, 'the server does not start')

local function open(name)
  vim.cmd('edit ' .. name)
  local buffer = vim.api.nvim_get_current_buf()
  vim.lsp.buf_attach_client(buffer, client)
  return buffer
end

local function rules(buffer)
  local found = {}
  for _, one in ipairs(vim.diagnostic.get(buffer)) do
    local code = one.code or (one.user_data and one.user_data.lsp and one.user_data.lsp.code)
    found[code or 'note'] = one
  end
  return found
end

local function wait_for(what, condition)
  must(vim.wait(PATIENCE, condition, 20), what .. ' does not come about')
end

local function ask(buffer, method, params)
  local answers = vim.lsp.buf_request_sync(buffer, method, params, PATIENCE)
  local answer = answers and answers[client]
  must(answer and not answer.err, method .. ' has no answer')
  return answer.result
end

local function go_to(pattern)
  vim.fn.cursor(1, 1)
  must(vim.fn.search(pattern, 'cW') > 0, pattern .. ' is not in the text')
end

local function text(buffer)
  return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n')
end

local UNDEFINED = 'mapping-context-undefined'

-- Open, and see what is wrong.
local istio = open('istio.yaml')
local reviews = open('reviews.yaml')
wait_for('the finding', function() return rules(reviews)[UNDEFINED] ~= nil end)

-- Break the file, and see that; nothing else is lost.
go_to('kind: Mapping')
vim.cmd('normal! Aaaa: [')
wait_for('the broken document', function() return rules(reviews)['document-unreadable'] ~= nil end)
wait_for('the note', function() return rules(reviews)['note'] ~= nil end)
vim.cmd('undo')
wait_for('the repaired document', function() return rules(reviews)['document-unreadable'] == nil end)

-- Hover.
go_to('istio-upstrean')
local hover = ask(reviews, 'textDocument/hover', vim.lsp.util.make_position_params())
must(hover and hover.contents.value:find('istio%-upstrean'), 'hover does not name the context')

-- Fix.
local params = vim.lsp.util.make_range_params()
params.context = { diagnostics = {}, only = { 'quickfix' } }
local fixed = false
for _, action in ipairs(ask(reviews, 'textDocument/codeAction', params)) do
  if action.title:find('^Write') and not fixed then
    vim.lsp.util.apply_workspace_edit(action.edit, 'utf-16')
    fixed = true
  end
end
must(fixed, 'no fix is offered')
wait_for('the fix', function() return rules(reviews)[UNDEFINED] == nil end)
must(text(reviews):find('tls: istio%-upstream'), 'the fix wrote something else')

-- Rename, in both buffers, and undo it in one: the other one's Mapping is let down.
go_to('istio-upstream')
params = vim.lsp.util.make_position_params()
params.newName = 'mesh'
vim.lsp.util.apply_workspace_edit(ask(reviews, 'textDocument/rename', params), 'utf-16')
must(text(reviews):find('tls: mesh'), 'the Mapping is not renamed')
must(text(istio):find('name: mesh') and text(istio):find('tls: mesh'), 'the TLSContext is not renamed')
wait_for('peace after the rename', function()
  return rules(reviews)[UNDEFINED] == nil and rules(istio)[UNDEFINED] == nil
end)
vim.cmd('buffer ' .. istio)
vim.cmd('undo')
wait_for('the undo', function() return rules(reviews)[UNDEFINED] ~= nil end)
vim.cmd('redo')
wait_for('the redo', function() return rules(reviews)[UNDEFINED] == nil end)
vim.cmd('silent wall')

-- Delete a file that is not open any more.
vim.cmd('buffer ' .. reviews)
vim.cmd('bdelete ' .. istio)
vim.fn.delete('istio.yaml')
wait_for('the deletion', function() return rules(reviews)[UNDEFINED] ~= nil end)

-- Switch to the branch where it is there.
vim.fn.system({ 'git', 'checkout', '--quiet', '--force', 'renamed' })
must(vim.v.shell_error == 0, 'git does not switch')
wait_for('the branch', function() return rules(reviews)[UNDEFINED] == nil end)

vim.lsp.stop_client(client)
must(vim.wait(PATIENCE, function() return vim.lsp.client_is_stopped(client) end, 20), 'the server does not end')
io.stdout:write('walked\n')
vim.cmd('qall!')
