-- Markdown -> one HTML page. Numbers captions, checks references, puts the SVG
-- of each figure and the style into the page (text can be selected, tooltips work)
-- and collects the headings for the table of contents that page.html shows.

local document = dofile(pandoc.path.join { pandoc.path.directory(PANDOC_SCRIPT_FILE), 'document.lua' })
local stringify = pandoc.utils.stringify

local CONTENTS = { vi = 'Mục lục', en = 'Contents' }
local CONTENTS_DEPTH = 2

local ENTITIES = { ['&'] = '&amp;', ['<'] = '&lt;', ['>'] = '&gt;', ['"'] = '&quot;', ["'"] = '&#39;' }

local function escape(s)
  return (document.printable(s):gsub('[&<>"\']', ENTITIES))
end

local function raw(html)
  return pandoc.RawBlock('html', html)
end

---- Figures ---------------------------------------------------------------------

-- The root element sized by the page's style instead of its own width and height.
local function scalable(root, label)
  local width = root:match('%swidth%s*=%s*["\']([%d.]+)')
  local height = root:match('%sheight%s*=%s*["\']([%d.]+)')
  local box = ''
  if not root:match('%sviewBox') and width and height then
    box = string.format(' viewBox="0 0 %s %s"', width, height)
  end
  root = root:gsub('%s+width%s*=%s*"[^"]*"', ''):gsub("%s+width%s*=%s*'[^']*'", '')
             :gsub('%s+height%s*=%s*"[^"]*"', ''):gsub("%s+height%s*=%s*'[^']*'", '')
  return (root:gsub('^<svg', function() return '<svg role="img" aria-label="' .. escape(label) .. '"' .. box end))
end

-- The <svg> element of a file, ready to stand in a page: its ids are no other figure's
-- (svg), and it brings no style or script that would reach beyond it.
local function inline_svg(path, label)
  local svg = document.read_file(path):match('<svg.*</svg>')
  if not svg or svg:match('<style') or svg:match('<script') then
    document.fail('figure %s is no SVG that a page can hold', path)
  end
  local root, rest = svg:match('^(<svg[^>]*>)(.*)$')
  return scalable(root, label) .. rest
end

local function caption_inlines(target, inlines)
  local all = pandoc.Inlines { pandoc.Strong(target.text .. '.'), pandoc.Space() }
  all:extend(inlines)
  return all
end

local function figure(para, targets)
  local image = document.figure_image(para)
  if not image then return nil end
  local label = image.attributes.alt or stringify(image.caption)
  return {
    raw('<figure id="' .. escape(image.identifier) .. '">'),
    raw(inline_svg(image.src, label)),
    raw('<figcaption>'),
    pandoc.Plain(caption_inlines(targets[image.identifier], image.caption)),
    raw('</figcaption>\n</figure>'),
  }
end

---- Tables ----------------------------------------------------------------------

-- Columns as wide as their text; a table wider than the window scrolls by itself.
local function table_block(tbl, targets)
  local target = targets[tbl.identifier]
  if target then
    local inlines = pandoc.utils.blocks_to_inlines(tbl.caption.long)
    tbl.caption = { long = { pandoc.Plain(caption_inlines(target, inlines)) } }
  end
  tbl.colspecs = tbl.colspecs:map(function(spec) return { spec[1], nil } end)
  local region = target and ' role="region" aria-label="' .. escape(target.text) .. '"' or ''
  return { raw('<div class="table" tabindex="0"' .. region .. '>'), tbl, raw('</div>') }
end

---- Contents --------------------------------------------------------------------

-- The headings of the first levels as a nested list of links: a list of the second level
-- stands inside the item above it.
local function contents(blocks)
  local html, depth = {}, 0
  local function close_to(level)
    while depth > level do
      html[#html + 1] = '</li></ul>'
      depth = depth - 1
    end
  end
  blocks:walk {
    Header = function(h)
      if h.level > CONTENTS_DEPTH or h.identifier == '' then return nil end
      close_to(h.level)
      if depth == h.level then html[#html + 1] = '</li>' end
      while depth < h.level do
        html[#html + 1] = depth + 1 < h.level and '<ul><li>' or '<ul>'
        depth = depth + 1
      end
      html[#html + 1] = '<li><a href="#' .. escape(h.identifier) .. '">' .. escape(stringify(h.content)) .. '</a>'
    end,
  }
  close_to(0)
  return #html > 0 and table.concat(html, '\n') or nil
end

-- The page's style, which lies beside this filter.
local function style()
  local path = pandoc.path.join { pandoc.path.directory(PANDOC_SCRIPT_FILE), 'page.css' }
  local file = io.open(path, 'rb')
  if not file then document.fail('cannot read %s', path) end
  local css = file:read('a')
  file:close()
  return '<style>\n' .. css .. '</style>'
end

---- The filter --------------------------------------------------------------------

local function Pandoc(doc)
  local s = document.settings(doc.meta)
  document.check_blocks(doc.blocks)
  local numbered, targets = document.number(doc.blocks, s.labels)
  local blocks = numbered:walk {
    Link = function(link)
      local target = document.reference(link, targets)
      if target and #link.content == 0 then link.content = { pandoc.Str(target.text) } end
      return link
    end,
    Para = function(para) return figure(para, targets) end,
    Table = function(tbl) return table_block(tbl, targets) end,
    Div = function(div) return div.classes:includes('block') and div.content or nil end,
  }

  local list = contents(numbered)
  local meta = {
    lang = s.lang,
    title = s.title,
    pagetitle = s.title or s.province or 'hailong',
    banner = s.banner,
    subtitle = s.subtitle,
    origin = document.origin(s.office),
    generated = s.generated,
    contents = list and pandoc.MetaBlocks { raw(list) } or nil,
    contents_title = CONTENTS[s.lang],
    style = pandoc.MetaBlocks { raw(style()) },
  }
  return pandoc.Pandoc(blocks, meta)
end

return { { Pandoc = Pandoc } }
