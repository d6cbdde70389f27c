-- What word.lua and html.lua share: the metadata of a report, the numbers of
-- its figures and tables, and the check of every reference to them.

local M = {}

local stringify = pandoc.utils.stringify

local LABELS = {
  vi = { figure = 'Hình', table = 'Bảng' },
  en = { figure = 'Figure', table = 'Table' },
}

local FILTER_FAILED = 83 -- pandoc's own exit status for a filter that failed

-- Stops pandoc, before it writes anything, with one line that says what is wrong.
-- error() would print the line with its Vietnamese letters as numbers.
function M.fail(...)
  io.stderr:write('report: ', string.format(...), '\n')
  os.exit(FILTER_FAILED)
end

-- Text without what XML and HTML forbid: control characters, U+FFFE and U+FFFF.
function M.printable(s)
  return (s:gsub('[%z\1-\8\11\12\14-\31]', ''):gsub('\239\191[\190\191]', ''))
end

-- Metadata as plain text; a missing or empty entry is nil.
local function text(value)
  if value == nil then return nil end
  local s = M.printable(stringify(value))
  return s:match('%S') and s or nil
end

local function lines(value)
  if pandoc.utils.type(value) ~= 'List' then
    return text(value) and { text(value) } or {}
  end
  local list = {}
  for _, item in ipairs(value) do list[#list + 1] = text(item) end
  return list
end

-- What office.csv gives, see src/survey/office.h; the date in words.
local function office(meta)
  local given = type(meta.office) == 'table' and meta.office or {}
  local o = {}
  for _, key in ipairs { 'parent_agency', 'agency', 'number', 'symbol', 'place', 'date', 'position', 'signer' } do
    o[key] = text(given[key])
  end
  for _, key in ipairs { 'addressee', 'recipient', 'authority' } do o[key] = lines(given[key]) end
  return o
end

-- Who reports, under which number, where and when, in one line; nil when nothing is known.
function M.origin(o)
  local parts = {}
  local number = o.number and o.symbol and o.number .. '/' .. o.symbol or o.number
  local place = o.place and o.date and o.place .. ', ' .. o.date or o.place or o.date
  for _, part in ipairs { o.parent_agency or '', o.agency or '', number or '', place or '' } do
    if part ~= '' then parts[#parts + 1] = part end
  end
  return #parts > 0 and table.concat(parts, ' · ') or nil
end

-- The settings of a report, from its YAML block.
function M.settings(meta)
  local lang = (text(meta.lang) or 'vi'):match('^en') and 'en' or 'vi'
  local template = text(meta.template) or 'nd30'
  if template ~= 'nd30' and template ~= 'plain' then
    M.fail('template must be nd30 or plain, not "%s"', template)
  end
  local s = { lang = lang, template = template, state_letterhead = template == 'nd30' and lang == 'vi' }
  for _, key in ipairs { 'title', 'subtitle', 'banner', 'province', 'year', 'subject', 'creator', 'generated' } do
    s[key] = text(meta[key])
  end
  s.office = office(meta)
  s.labels = {
    figure = text(meta.label_figure) or LABELS[lang].figure,
    table = text(meta.label_table) or LABELS[lang].table,
  }
  return s
end

-- The image of a paragraph that is a figure: an image with a caption, alone.
function M.figure_image(para)
  local image = para.content[1]
  if #para.content == 1 and image.t == 'Image' and #image.caption > 0 then return image end
end

-- pandoc 2.17 leaves "{#tbl:name}" at the end of a table's caption as text.
local function take_table_id(tbl)
  local last = tbl.caption.long[#tbl.caption.long]
  if not last or not last.content then return end
  local words = last.content
  local id = #words > 0 and words[#words].t == 'Str' and words[#words].text:match('^{#(%S+)}$')
  if not id then return end
  words:remove()
  if #words > 0 and words[#words].t == 'Space' then words:remove() end
  last.content = words
  tbl.caption.long[#tbl.caption.long] = last
  tbl.identifier = id
end

-- Numbers figures and captioned tables in the order of the text. Returns the
-- blocks, each figure and table with an identifier, and a map from identifier
-- to { kind, label, number, text }, where text is "Hình 1".
function M.number(blocks, labels)
  local targets, count = {}, { figure = 0, table = 0 }

  local function add(kind, id)
    count[kind] = count[kind] + 1
    if id == '' then id = kind .. ':' .. count[kind] end
    if targets[id] then M.fail('two figures or tables are called #%s', id) end
    targets[id] = {
      kind = kind, label = labels[kind], number = count[kind],
      text = labels[kind] .. ' ' .. count[kind],
    }
    return id
  end

  local all = stringify(pandoc.Div(blocks))
  if M.printable(all) ~= all then
    blocks = blocks:walk { Str = function(str) return pandoc.Str(M.printable(str.text)) end }
  end
  local numbered = blocks:walk {
    Span = function(span) -- what pandoc leaves, for Word, of an image it cannot read
      if span.classes:includes('image') then M.fail('cannot read figure "%s"', stringify(span.content)) end
    end,
    Para = function(para)
      local image = M.figure_image(para)
      if not image then return nil end
      image.identifier = add('figure', image.identifier)
      return pandoc.Para { image }
    end,
    Table = function(tbl)
      if #tbl.caption.long == 0 then return nil end
      take_table_id(tbl)
      tbl.identifier = add('table', tbl.identifier)
      return tbl
    end,
  }
  return numbered, targets
end

local NAME_MOST = 39 -- Word takes tags of 64 characters: "hailong:NAME:" and 16 more

-- Refuses blocks (Divs of class "block", which a program may renew later) that cannot be told
-- apart or taken out whole: without a sound name, twice the same, one inside another, with a
-- heading, or not closed (pandoc leaves the colons as text).
function M.check_blocks(blocks)
  local seen = { title = true } -- that of the report
  local function check(list, inside)
    for _, block in ipairs(list) do
      local first = (block.t == 'Para' or block.t == 'Plain') and block.content[1]
      if first and first.t == 'Str' and first.text:match('^:::+$') then
        M.fail('"%s" opens or closes nothing', stringify(block):sub(1, 60))
      elseif block.t == 'Header' and inside then
        M.fail('block "%s" holds the heading "%s"', inside, stringify(block))
      elseif block.t == 'Div' then
        local name = block.identifier
        local is_block = block.classes:includes('block')
        if is_block then
          if inside then M.fail('block "%s" stands inside block "%s"', name, inside) end
          if not name:match('^[%w_:-]+$') or #name > NAME_MOST then
            M.fail('"%s" is no name of a block: up to %d letters, digits, "-", "_", ":"', name, NAME_MOST)
          end
          if seen[name:lower()] then M.fail('two blocks are called "%s"', name) end
          seen[name:lower()] = true
        end
        check(block.content, is_block and name or inside)
      end
    end
  end
  check(blocks, nil)
end

-- The target of a link to a figure or table, nil for any other link. The link
-- must name an existing target, by its number when it names a number at all.
function M.reference(link, targets)
  local id = link.target:match('^#(.+)$')
  if not id or not (targets[id] or id:match('^fig:') or id:match('^tbl:')) then return nil end
  local target = targets[id]
  local says = stringify(link.content)
  if not target then M.fail('"%s" refers to #%s, which does not exist', says, id) end
  if says:match('%d$') and says ~= target.text then
    M.fail('"%s" refers to #%s, which is "%s"', says, id, target.text)
  end
  return target
end

-- The first bytes of a figure's file.
function M.read_start(path, n)
  local file = io.open(path, 'rb')
  local bytes = file and file:read(n)
  if file then file:close() end
  if not bytes then M.fail('cannot read figure %s', path) end
  return bytes
end

-- The bytes of a figure's file, found where pandoc would look for it.
function M.read_file(path)
  if path:match('://') then M.fail('figure %s is not a local file', path) end
  local ok, _, bytes = pcall(pandoc.mediabag.fetch, path)
  if not ok or not bytes then M.fail('cannot read figure %s', path) end
  return bytes
end

return M
