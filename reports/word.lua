-- Markdown -> Word, for Vietnamese official documents (Nghị định 30/2020/NĐ-CP) and plain ones.
-- Adds what pandoc 2.17 lacks: captions that are SEQ fields, references that are REF fields,
-- content controls around the parts that a program may renew, head and foot (word_head.lua),
-- tables with sensible columns (word_table.lua), and landscape pages. Styles and page live in
-- nd30.docx and plain.docx.

local folder = pandoc.path.directory(PANDOC_SCRIPT_FILE)
local function load(name) return dofile(pandoc.path.join { folder, name }) end
local document = load 'document.lua'
local X = load 'word_xml.lua'(document)
local tables = load 'word_table.lua'(document, X)
local head = load 'word_head.lua'(document, X)
local utf8_text = require 'text'
local stringify = pandoc.utils.stringify
local raw, run, field, paragraph, escape = X.raw, X.run, X.field, X.paragraph, X.escape
local number_of = X.numbers()

-- Lengths are in twips, 1/1440 inch; the margins match nd30/word and plain/word/document.xml.
local MARGINS = {
  nd30 = '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1701" w:header="567" w:footer="567" w:gutter="0"/>',
  plain = '<w:pgMar w:top="1304" w:right="1417" w:bottom="1304" w:left="1418" w:header="567" w:footer="567" w:gutter="0"/>',
}
-- Of figures in mm: what leaves room for the caption and a note.
local PAGES = {
  portrait = { size = '<w:pgSz w:w="11906" w:h="16838"/>', width = 9071, figure_height = 215 },
  landscape = { size = '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>', width = 14003, figure_height = 130 },
}
-- pandoc gives its own eight parts rId1 to rId8 and the header or footer of the reference document the next.
local NUMBERED = {
  nd30 = '<w:headerReference w:type="default" r:id="rId9"/>',
  plain = '<w:footerReference w:type="default" r:id="rId9"/>',
}

---- Captions and references ---------------------------------------------------

local BOOKMARK_MOST = 40 -- Word's own limit
local KINDS = { figure = 'fig', table = 'tbl' }

-- Names the bookmark of every figure and table by its id, "tbl:peers" as "ref_tbl_peers". Word
-- takes letters, digits and "_" and sees no difference between capitals and small letters.
local function name_bookmarks(targets)
  local ids, taken = {}, {}
  for id in pairs(targets) do ids[#ids + 1] = id end
  table.sort(ids)
  for _, id in ipairs(ids) do
    local kind = KINDS[targets[id].kind]
    local bare = id:gsub('^' .. kind .. ':', ''):gsub('[^%w]', '_')
    local whole = 'ref_' .. kind .. '_' .. bare
    local name, count = whole:sub(1, BOOKMARK_MOST), 1
    while taken[name:lower()] do
      count = count + 1
      name = whole:sub(1, BOOKMARK_MOST - #tostring(count) - 1) .. '_' .. count
    end
    taken[name:lower()] = true
    targets[id].bookmark = name
  end
end

-- "Hình 1. Text", where "Hình 1" is what references repeat.
local function caption(target, inlines, properties)
  local bold = { bold = true }
  local id = number_of(target.bookmark)
  return paragraph('Caption',
    string.format('<w:bookmarkStart w:id="%d" w:name="%s"/>', id, target.bookmark)
    .. run(target.label .. ' ', bold)
    .. field('SEQ ' .. target.label:gsub('%s', '_') .. ' \\* ARABIC', tostring(target.number), bold)
    .. string.format('<w:bookmarkEnd w:id="%d"/>', id)
    .. run('. ', bold) .. X.runs(inlines, {}), properties)
end

-- MERGEFORMAT keeps the result upright when Word copies the bold caption.
local function reference(link, targets)
  local target = document.reference(link, targets)
  if not target then return nil end
  local says = stringify(link.content)
  if says == '' or says == target.text then
    local ref = 'REF ' .. target.bookmark .. ' \\h \\* MERGEFORMAT'
    return pandoc.RawInline('openxml', field(ref, target.text))
  end
  link.target = '#' .. target.bookmark
  return link
end

---- Figures ---------------------------------------------------------------------

-- Height over width of a PNG, from its header.
local function png_ratio(path)
  local bytes = document.read_start(path, 24)
  if bytes:sub(1, 8) ~= '\137PNG\r\n\26\n' or #bytes < 24 then
    document.fail('%s is not a PNG image', path)
  end
  local width, height = string.unpack('>I4I4', bytes, 17)
  return height / width
end

-- Word shows the PNG beside the SVG, no taller than the page, with the alternative text.
local function figure(image, targets, page, noted)
  local path = image.src:gsub('%.svg$', '.png')
  local width = tonumber((image.attributes.width or '160mm'):match('^([%d.]+)mm$'))
  if not width then document.fail('width of #%s must be given in mm', image.identifier) end
  width = math.min(width, page.figure_height / png_ratio(path))

  local alt = image.attributes.alt or stringify(image.caption)
  if not alt:match('%S') then document.fail('figure #%s has no alternative text', image.identifier) end
  local picture = pandoc.Image({ pandoc.Str(alt) }, path, '', { width = string.format('%.2fmm', width) })
  return {
    pandoc.Div({ pandoc.Para { picture } }, { ['custom-style'] = 'Figure' }),
    raw(caption(targets[image.identifier], image.caption,
      (noted and '<w:keepNext/>' or '') .. '<w:spacing w:before="60" w:after="' .. (noted and 60 or 200) .. '"/>')),
  }
end

---- Sections --------------------------------------------------------------------

-- The properties of a section. It starts where the one before ended
-- ("continuous") or on a new page ("nextPage").
local function section(template, orientation, start, first)
  return '<w:sectPr>' .. NUMBERED[template] .. '<w:type w:val="' .. start .. '"/>' .. PAGES[orientation].size
      .. MARGINS[template] .. (first and '<w:titlePg/>' or '') .. '</w:sectPr>'
end

local function section_end(template, orientation, start)
  return raw(paragraph('SectionEnd', '', section(template, orientation, start)))
end

---- Content controls ------------------------------------------------------------

local ALIAS_MOST = 64 -- letters, Word's own limit
local ALIAS = {
  vi = { generated = 'Nội dung tự động', title = 'Tên báo cáo (tự động)' },
  en = { generated = 'Generated content', title = 'Title of the report (generated)' },
}

-- What opens and closes the control around the block of that name. People see the alias when they
-- click into it; programs find the tag. It is a part of the document (docPartObj) because
-- LibreOffice loses the fields in the first paragraph of any other control.
local function control(name, alias)
  local short = utf8.len(alias) and utf8.len(alias) > ALIAS_MOST and alias:sub(1, utf8.offset(alias, ALIAS_MOST) - 1) .. '…'
      or alias
  return {
    open = '<w:sdt><w:sdtPr><w:alias w:val="' .. escape(short) .. '"/><w:tag w:val="hailong:' .. name .. '"/><w:id w:val="'
        .. number_of('control:' .. name) .. '"/><w:docPartObj><w:docPartGallery w:val="hailong"/><w:docPartUnique/></w:docPartObj>'
        .. '</w:sdtPr><w:sdtContent>',
    close = '</w:sdtContent></w:sdt>',
  }
end

---- Blocks ----------------------------------------------------------------------

local function styled(style, blocks)
  return pandoc.Div(blocks, { ['custom-style'] = style })
end

-- "- " items set like paragraphs, "+ " items below them.
local function bullet_list(list, level)
  local out = pandoc.Blocks {}
  for _, item in ipairs(list.content) do
    for i, block in ipairs(item) do
      if block.t == 'BulletList' then
        out:extend(bullet_list(block, 2))
      elseif i == 1 and (block.t == 'Plain' or block.t == 'Para') then
        local style = level == 1 and 'List Bullet' or 'List Bullet 2'
        if level == 1 and stringify(block):match('https?://') then style = 'List Bullet Link' end
        out:insert(styled(style, { pandoc.Para(block.content) }))
      else
        out:insert(block)
      end
    end
  end
  return out
end

local function upper(inlines)
  return inlines:walk { Str = function(s) return pandoc.Str(utf8_text.upper(s.text)) end }
end

local function is_note(block)
  return block and block.t == 'Div' and block.classes:includes('note')
end

-- The first block that is no Div around others.
local function first_of(block)
  while block and block.t == 'Div' and not is_note(block) do block = block.content[1] end
  return block
end

-- Does a block ask for a landscape page, by its class or by a table that fits no other? All of it
-- then stands there: a section cannot end inside a control.
local function is_wide(block, lang)
  if block.t == 'Table' then return not tables.fits(block, PAGES.portrait.width, lang) end
  if block.t ~= 'Div' then return false end
  if block.classes:includes('landscape') then return true end
  for _, inner in ipairs(block.content) do
    if is_wide(inner, lang) then return true end
  end
  return false
end

-- The page of every block. A heading stands with what it heads, a note with its table or figure.
local function orientations(blocks, lang)
  local list = {}
  for i, block in ipairs(blocks) do
    list[i] = (is_wide(block, lang) or i > 1 and is_note(block) and list[i - 1] == 'landscape') and 'landscape' or 'portrait'
  end
  for i = #blocks - 1, 1, -1 do
    if blocks[i].t == 'Header' then list[i] = list[i + 1] end
  end
  return list
end

-- Reads the blocks one by one into Word's terms; opens and closes landscape sections and controls.
-- In a letterhead document headings of class "annex" start a page, and `foot` stands before the first.
local function convert_body(blocks, settings, targets, foot)
  local out = pandoc.Blocks {}
  local page = orientations(blocks, settings.lang)
  local orientation, start, previous = 'portrait', 'continuous', nil
  local part, heading = '', nil -- the last heading of level 1; it and the last below it
  local fresh = false -- at the top of a page of a section that just began

  local function turn(to)
    if to == orientation then return end
    out:insert(section_end(settings.template, orientation, start))
    orientation, start, fresh = to, 'nextPage', true
  end

  local function sign()
    if foot then out:extend(foot) end
    foot = nil
  end

  local convert

  local function convert_div(div)
    local around = div.classes:includes('block')
        and control(div.identifier, div.attributes.alias or heading or ALIAS[settings.lang].generated)
    if around then out:insert(raw(around.open)) end
    for i, inner in ipairs(div.content) do convert(inner, div.content[i + 1]) end
    if around then out:insert(raw(around.close)) end
  end

  local function convert_heading(block)
    heading = stringify(block)
    if block.level == 1 then part = heading else heading = part .. ' › ' .. heading end
    if block.level == 1 and settings.state_letterhead then
      if block.classes:includes('annex') and not fresh then
        out:insert(raw(paragraph('SectionEnd', '', '<w:pageBreakBefore/>')))
      end
      block.content = upper(block.content)
    end
    out:insert(block)
  end

  function convert(block, after)
    local image = block.t == 'Para' and document.figure_image(block)
    local before = previous
    if block.t == 'Div' and not is_note(block) then return convert_div(block) end
    previous = image and 'figure' or block.t == 'Table' and 'table' or nil

    if before == 'table' and not is_note(block) then out:insert(raw(paragraph('Spacer', ''))) end
    if image then
      out:extend(figure(image, targets, PAGES[orientation], is_note(after)))
    elseif block.t == 'Table' then
      local target = targets[block.identifier]
      out:insert(raw(tables.xml(block, {
        width = PAGES[orientation].width, lang = settings.lang, lead = is_note(after),
        caption = target and caption(target, pandoc.utils.blocks_to_inlines(block.caption.long),
          '<w:keepNext/><w:spacing w:before="180" w:after="80"/>'),
      })))
    elseif block.t == 'BulletList' then
      out:extend(bullet_list(block, 1))
    elseif block.t == 'Header' then
      convert_heading(block)
    elseif is_note(block) then
      out:insert(styled(before == 'figure' and 'Figure Note' or 'Note', block.content))
    elseif block.t == 'Para' and after and (first_of(after) or after).t == 'BulletList' then
      out:insert(styled('Lead In', { block })) -- never alone at the end of a page
    else
      out:insert(block)
    end
    fresh = false
  end

  for i, block in ipairs(blocks) do
    if block.t == 'Header' and block.level == 1 and block.classes:includes('annex') then
      if foot then turn('portrait') end
      sign()
    end
    turn(page[i])
    convert(block, blocks[i + 1])
  end
  turn('portrait')
  sign()
  -- The section after this one comes from the reference document and does not start a page.
  if start == 'nextPage' then out:insert(section_end(settings.template, 'portrait', start)) end
  return out
end

---- The filter --------------------------------------------------------------------

-- A figure or table left inside a list or a quotation would lose its caption.
local function check_all_converted(blocks)
  blocks:walk {
    Table = function(t) document.fail('table #%s stands inside a list or quotation', t.identifier) end,
    Para = function(p)
      local image = document.figure_image(p)
      if image and image.identifier ~= '' then
        document.fail('figure #%s stands inside a list or quotation', image.identifier)
      end
    end,
  }
end

-- Only these become properties of the file; pandoc would keep every other key as well.
local function properties(s)
  local function property(value) return value and pandoc.MetaInlines { pandoc.Str(value) } or nil end
  local keywords = {}
  for _, word in ipairs { s.province or '', s.year or '' } do
    if word ~= '' then keywords[#keywords + 1] = property(word) end
  end
  return {
    title = head.title(s, control('title', ALIAS[s.lang].title)),
    author = s.creator and pandoc.MetaList { property((s.creator:gsub('%-%-+', '-'))) } or nil,
    subject = property(s.subject),
    keywords = pandoc.MetaList(keywords),
    lang = s.lang == 'vi' and 'vi-VN' or 'en-GB',
    description = property(s.generated),
  }
end

local function Pandoc(doc)
  local s = document.settings(doc.meta)
  document.check_blocks(doc.blocks)
  local numbered, targets = document.number(doc.blocks, s.labels)
  name_bookmarks(targets)
  numbered = numbered:walk { Link = function(link) return reference(link, targets) end }

  -- of nd30 only the first section has a first page without a number
  local first_page = s.template == 'nd30' and paragraph('SectionEnd', '', section('nd30', 'portrait', 'nextPage', true)) or ''
  local blocks = pandoc.Blocks { head.under_title(s, first_page) }
  blocks:extend(convert_body(numbered, s, targets,
    s.state_letterhead and { head.closing(s), head.signature(s) } or nil))
  check_all_converted(blocks)
  if not s.state_letterhead and s.generated then
    blocks:insert(styled('Note', { pandoc.Para { pandoc.Str(s.generated) } }))
  end
  return pandoc.Pandoc(blocks, properties(s))
end

return { { Pandoc = Pandoc } }
