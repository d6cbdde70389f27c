-- Markdown -> Word, for Vietnamese official documents (Nghị định 30/2020/NĐ-CP).
-- Adds what pandoc 2.17 lacks: captions that are SEQ fields, references that are
-- REF fields, the state letterhead and the signature block, tables with sensible
-- columns, and landscape pages. Styles and page live in nd30.docx.

local document = dofile(pandoc.path.join { pandoc.path.directory(PANDOC_SCRIPT_FILE), 'document.lua' })
local utf8_text = require 'text'
local stringify = pandoc.utils.stringify

-- Lengths are in twips, 1/1440 inch; the margins match nd30/word/document.xml.
local MM = 1440 / 25.4
local MARGINS = '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1701" w:header="567" w:footer="567" w:gutter="0"/>'
local PAGES = {
  portrait = { size = '<w:pgSz w:w="11906" w:h="16838"/>', width = 9071, figure_height = 220 },
  landscape = { size = '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>', width = 14003, figure_height = 140 },
}
-- pandoc gives its own eight parts rId1 to rId8 and the header of nd30.docx the next.
local HEADER = '<w:headerReference w:type="default" r:id="rId9"/>'

local DOTS = '……'
local KEEP_TOGETHER_ROWS = 12
local BOOKMARK_BASE = 100000 -- clear of the bookmark numbers pandoc gives to headings

---- XML ----------------------------------------------------------------------

local ENTITIES = { ['&'] = '&amp;', ['<'] = '&lt;', ['>'] = '&gt;', ['"'] = '&quot;', ["'"] = '&apos;' }

local function escape(s)
  return (document.printable(s):gsub('[&<>"\']', ENTITIES))
end

local function raw(xml)
  return pandoc.RawBlock('openxml', xml)
end

-- Character properties, in the order the schema asks for.
local function run_properties(p)
  local xml = (p.bold and '<w:b/><w:bCs/>' or '')
      .. (p.italic and '<w:i/><w:iCs/>' or '')
      .. (p.strike and '<w:strike/>' or '')
      .. (p.size and string.format('<w:sz w:val="%d"/><w:szCs w:val="%d"/>', p.size * 2, p.size * 2) or '')
      .. (p.position and '<w:vertAlign w:val="' .. p.position .. '"/>' or '')
  return xml ~= '' and '<w:rPr>' .. xml .. '</w:rPr>' or ''
end

local function run(s, properties)
  if s == '' then return '' end
  return '<w:r>' .. run_properties(properties or {}) .. '<w:t xml:space="preserve">' .. escape(s) .. '</w:t></w:r>'
end

local function paragraph(style, content, properties)
  return '<w:p><w:pPr><w:pStyle w:val="' .. style .. '"/>' .. (properties or '') .. '</w:pPr>' .. content .. '</w:p>'
end

-- A field with the result it shows until Word computes it anew.
local function field(instruction, result, properties)
  local look = run_properties(properties or {})
  local function part(xml) return '<w:r>' .. look .. xml .. '</w:r>' end
  return part '<w:fldChar w:fldCharType="begin"/>'
      .. part('<w:instrText xml:space="preserve"> ' .. escape(instruction) .. ' </w:instrText>')
      .. part '<w:fldChar w:fldCharType="separate"/>'
      .. run(result, properties)
      .. part '<w:fldChar w:fldCharType="end"/>'
end

---- Inline text of captions and table cells -----------------------------------

local LOOKS = {
  Strong = { bold = true }, Emph = { italic = true }, Strikeout = { strike = true },
  Superscript = { position = 'superscript' }, Subscript = { position = 'subscript' },
  Span = {}, Link = {}, SmallCaps = {}, Underline = {},
}

local function with(properties, more)
  local all = {}
  for k, v in pairs(properties) do all[k] = v end
  for k, v in pairs(more) do all[k] = v end
  return all
end

local function runs(inlines, properties)
  local xml, pending = {}, ''
  local function flush()
    xml[#xml + 1] = run(pending, properties)
    pending = ''
  end
  for _, inline in ipairs(inlines) do
    if inline.t == 'Str' or inline.t == 'Code' then
      pending = pending .. inline.text
    elseif inline.t == 'Space' or inline.t == 'SoftBreak' then
      pending = pending .. ' '
    elseif inline.t == 'Quoted' then
      pending = pending .. stringify(inline)
    else
      flush()
      if inline.t == 'LineBreak' then
        xml[#xml + 1] = '<w:r><w:br/></w:r>'
      elseif inline.t == 'RawInline' and inline.format == 'openxml' then
        xml[#xml + 1] = inline.text
      elseif LOOKS[inline.t] then
        xml[#xml + 1] = runs(inline.content, with(properties, LOOKS[inline.t]))
      else
        document.fail('a caption or table cell cannot hold %s', inline.t)
      end
    end
  end
  flush()
  return table.concat(xml)
end

---- Captions and references ---------------------------------------------------

-- Begins with a letter: pandoc renames other link targets.
local function bookmark_name(target)
  return 'ref_' .. target.kind .. '_' .. target.number
end

-- "Hình 1. Text", where "Hình 1" is what references repeat.
local function caption(target, inlines, properties)
  local bold = { bold = true }
  local id = BOOKMARK_BASE + target.number * 2 + (target.kind == 'table' and 1 or 0)
  return paragraph('Caption',
    string.format('<w:bookmarkStart w:id="%d" w:name="%s"/>', id, bookmark_name(target))
    .. run(target.label .. ' ', bold)
    .. field('SEQ ' .. target.label:gsub('%s', '_') .. ' \\* ARABIC', tostring(target.number), bold)
    .. string.format('<w:bookmarkEnd w:id="%d"/>', id)
    .. run('. ', bold) .. runs(inlines, {}), properties)
end

-- MERGEFORMAT keeps the result upright when Word copies the bold caption.
local function reference(link, targets)
  local target = document.reference(link, targets)
  if not target then return nil end
  local says = stringify(link.content)
  if says == '' or says == target.text then
    local ref = 'REF ' .. bookmark_name(target) .. ' \\h \\* MERGEFORMAT'
    return pandoc.RawInline('openxml', field(ref, target.text))
  end
  link.target = '#' .. bookmark_name(target)
  return link
end

---- Figures ---------------------------------------------------------------------

-- Height over width of a PNG, from its header.
local function png_ratio(path)
  local bytes = document.read_file(path)
  if bytes:sub(1, 8) ~= '\137PNG\r\n\26\n' or #bytes < 24 then
    document.fail('%s is not a PNG image', path)
  end
  local width, height = string.unpack('>I4I4', bytes, 17)
  return height / width
end

-- Word shows the PNG beside the SVG, no taller than the page, with the alternative text.
local function figure(image, targets, page)
  local path = image.src:gsub('%.svg$', '.png')
  local width = tonumber((image.attributes.width or '160mm'):match('^([%d.]+)mm$'))
  if not width then document.fail('width of #%s must be given in mm', image.identifier) end
  width = math.min(width, page.figure_height / png_ratio(path))

  local picture = pandoc.Image(
    { pandoc.Str(image.attributes.alt or stringify(image.caption)) }, path, '',
    { width = string.format('%.2fmm', width) })
  return {
    pandoc.Div({ pandoc.Para { picture } }, { ['custom-style'] = 'Figure' }),
    raw(caption(targets[image.identifier], image.caption, '<w:spacing w:before="60" w:after="200"/>')),
  }
end

---- Tables ----------------------------------------------------------------------

local TABLE_SIZES = { 12, 11, 10 }
local CELL_PADDING = 2 * 85 + 30
local WIDE_TEXT = 6 -- em
local SHORT_TEXT = 7.5 -- em: a text no wider never wraps
local FAIR_TEXT = 12 -- em: what a column of long text asks for before the letters get smaller
local ALIGNMENTS = { AlignRight = 'right', AlignCenter = 'center' }

-- Width of a character of Times New Roman in em, near enough to share out columns.
local function character_width(c)
  if c:match('^[%d]$') then return 0.5 end
  if c:match('^[ .,:;\'|!()/ijltfrI-]$') then return 0.31 end
  if c:match('^[mwMW%%]$') then return 0.85 end
  if utf8_text.lower(c) ~= c then return 0.7 end
  return 0.5
end

local function text_width(s)
  local width = 0
  for _, code in utf8.codes(s) do width = width + character_width(utf8.char(code)) end
  return width
end

local function longest_word(s)
  local width = 0
  for word in s:gmatch('%S+') do width = math.max(width, text_width(word)) end
  return width
end

-- The least width at which a heading, in bold, takes no more than two lines.
local function two_lines(head)
  local least = text_width(head)
  for at in head:gmatch('() ') do
    least = math.min(least, math.max(text_width(head:sub(1, at - 1)), text_width(head:sub(at + 1))))
  end
  return least * 1.08
end

-- For each column, in em: the least width, the width it should have before the
-- text gets smaller, and the width at which nothing but the heading wraps.
-- Numbers and short texts never wrap, headings take two lines.
local function column_needs(tbl)
  local needs = {}
  for i, align in ipairs(tbl.aligns) do
    local head = #tbl.headers > 0 and stringify(tbl.headers[i]) or ''
    local least, fair, natural = longest_word(head) * 1.08, two_lines(head), two_lines(head)
    for _, row in ipairs(tbl.rows) do
      local cell = stringify(row[i])
      local width = text_width(cell)
      natural = math.max(natural, width)
      least = math.max(least, ALIGNMENTS[align] and width or longest_word(cell))
      fair = math.max(fair, (ALIGNMENTS[align] or width <= SHORT_TEXT) and width
        or math.min(FAIR_TEXT, math.max(SHORT_TEXT, 0.6 * width)))
    end
    fair = math.max(fair, least)
    natural = math.max(natural, fair)
    needs[i] = { least = least, fair = fair, natural = natural, stretch = natural > WIDE_TEXT and not ALIGNMENTS[align] and 3 or 1 }
  end
  return needs
end

local function sum(list, value)
  local total = 0
  for _, item in ipairs(list) do total = total + value(item) end
  return total
end

-- Shares out the width of the page: columns as wide as their text when there is
-- room, with most of the rest to text columns; else each gives way in proportion.
local function share_width(needs, em, total, lower)
  local function least(n) return n[lower] * em + CELL_PADDING end
  local function natural(n) return n.natural * em + CELL_PADDING end
  local spare, slack = total - sum(needs, natural), sum(needs, natural) - sum(needs, least)
  local weight = sum(needs, function(n) return natural(n) * n.stretch end)

  local widths, used = {}, 0
  for i, n in ipairs(needs) do
    local width = natural(n) + spare * natural(n) * n.stretch / weight
    if spare < 0 then
      width = least(n) + (slack > 0 and (total - sum(needs, least)) * (natural(n) - least(n)) / slack or 0)
    end
    if sum(needs, least) > total then width = least(n) * total / sum(needs, least) end
    widths[i] = math.floor(width)
    used = used + widths[i]
  end
  widths[1] = widths[1] + total - used
  return widths
end

-- The largest text size, in points, in which every column has a fair width, or
-- at least every word fits its column; and the widths.
local function layout(tbl, total)
  local needs = column_needs(tbl)
  for _, lower in ipairs { 'fair', 'least' } do
    for _, size in ipairs(TABLE_SIZES) do
      local least = sum(needs, function(n) return n[lower] * size * 20 + CELL_PADDING end)
      if least <= total or (lower == 'least' and size == TABLE_SIZES[#TABLE_SIZES]) then
        return size, share_width(needs, size * 20, total, lower)
      end
    end
  end
end

local function cell_xml(blocks, width, style, align, options)
  local properties = (options.keep and '<w:keepNext/>' or '')
      .. (align and '<w:jc w:val="' .. align .. '"/>' or '')
  local content = {}
  for _, block in ipairs(blocks) do
    if block.t ~= 'Plain' and block.t ~= 'Para' then document.fail('a table cell cannot hold %s', block.t) end
    content[#content + 1] = paragraph(style, runs(block.content, { bold = options.head }), properties)
  end
  if #content == 0 then content[1] = paragraph(style, '', properties) end
  return '<w:tc><w:tcPr><w:tcW w:w="' .. width .. '" w:type="dxa"/>'
      .. (options.head and '<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/>' or '')
      .. '<w:vAlign w:val="center"/></w:tcPr>' .. table.concat(content) .. '</w:tc>'
end

-- A row that only names the rows below it.
local function is_group_head(row)
  for i = 2, #row do
    if stringify(pandoc.Div(row[i])) ~= '' then return false end
  end
  return #row > 1
end

local function table_xml(tbl, target, page)
  local simple = pandoc.utils.to_simple_table(tbl)
  local size, widths = layout(simple, page.width)
  local style = 'TableText' .. size
  local long_caption = tbl.caption.long

  local function row_xml(cells, options)
    local xml = {}
    for i, blocks in ipairs(cells) do
      local align = options.head and 'center' or ALIGNMENTS[simple.aligns[i]]
      xml[i] = cell_xml(blocks, widths[i], style, align, options)
    end
    return '<w:tr><w:trPr><w:cantSplit/>' .. (options.head and '<w:tblHeader/>' or '') .. '</w:trPr>'
        .. table.concat(xml) .. '</w:tr>'
  end

  local xml = {}
  if target then
    xml[1] = caption(target, pandoc.utils.blocks_to_inlines(long_caption),
      '<w:keepNext/><w:spacing w:before="180" w:after="80"/>')
  end
  xml[#xml + 1] = '<w:tbl><w:tblPr><w:tblStyle w:val="Table"/><w:tblW w:w="' .. page.width .. '" w:type="dxa"/>'
      .. '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
      .. '<w:tblCaption w:val="' .. escape(stringify(long_caption)) .. '"/></w:tblPr><w:tblGrid>'
  for _, width in ipairs(widths) do xml[#xml + 1] = '<w:gridCol w:w="' .. width .. '"/>' end
  xml[#xml + 1] = '</w:tblGrid>'
  if #simple.headers > 0 then xml[#xml + 1] = row_xml(simple.headers, { head = true, keep = true }) end
  for i, row in ipairs(simple.rows) do
    -- a longer table may break, but not within two rows of its ends
    local last = #simple.rows
    local keep = i < last and (last <= KEEP_TOGETHER_ROWS or i <= 2 or i >= last - 2 or is_group_head(row))
    xml[#xml + 1] = row_xml(row, { keep = keep })
  end
  xml[#xml + 1] = '</w:tbl>'
  return table.concat(xml)
end

---- Sections --------------------------------------------------------------------

-- The properties of a section. It starts where the one before ended
-- ("continuous") or on a new page ("nextPage").
local function section(orientation, start, first)
  return '<w:sectPr>' .. HEADER .. '<w:type w:val="' .. start .. '"/>' .. PAGES[orientation].size .. MARGINS
      .. (first and '<w:titlePg/>' or '') .. '</w:sectPr>'
end

local function section_end(orientation, start)
  return raw(paragraph('SectionEnd', '', section(orientation, start)))
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

-- Reads the blocks one by one into Word's terms; opens and closes landscape sections.
-- Headings of class "annex" start a page; the signature stands before the first of them.
local function convert_body(blocks, settings, targets, signature)
  local out = pandoc.Blocks {}
  local orientation, start, previous = 'portrait', 'continuous', nil

  -- At least the last paragraph stands on the page of the signature.
  local function sign()
    local last = out[#out]
    if last and last.t == 'Para' then
      out[#out] = styled('Lead In', { last })
    elseif last and last.t == 'Div' and last.attributes['custom-style'] == 'Note' then
      last.attributes['custom-style'] = 'Note Lead In'
      out[#out] = last
    end
    out:insert(signature)
    signature = nil
  end

  local function turn(to)
    if to == orientation then return end
    out:insert(section_end(orientation, start))
    orientation, start = to, 'nextPage'
  end

  local function convert(block, after)
    local image = block.t == 'Para' and document.figure_image(block)
    local is_note = block.t == 'Div' and block.classes:includes('note')
    local before = previous
    previous = image and 'figure' or block.t == 'Table' and 'table' or nil

    if before == 'table' and not is_note then out:insert(raw(paragraph('Spacer', ''))) end
    if image then
      out:extend(figure(image, targets, PAGES[orientation]))
    elseif block.t == 'Table' then
      out:insert(raw(table_xml(block, targets[block.identifier], PAGES[orientation])))
    elseif block.t == 'BulletList' then
      out:extend(bullet_list(block, 1))
    elseif block.t == 'Header' and block.level == 1 and settings.state_letterhead then
      if block.classes:includes('annex') then
        if signature then sign() end
        out:insert(raw(paragraph('SectionEnd', '', '<w:pageBreakBefore/>')))
      end
      block.content = upper(block.content)
      out:insert(block)
    elseif is_note then
      out:insert(styled(before == 'figure' and 'Figure Note' or 'Note', block.content))
    elseif block.t == 'Para' and after and after.t == 'BulletList' then
      out:insert(styled('Lead In', { block })) -- never alone at the end of a page
    elseif block.t == 'Div' then
      for i, inner in ipairs(block.content) do convert(inner, block.content[i + 1]) end
    else
      out:insert(block)
    end
  end

  for i, block in ipairs(blocks) do
    turn(block.t == 'Div' and block.classes:includes('landscape') and 'landscape' or 'portrait')
    convert(block, blocks[i + 1])
  end
  turn('portrait')
  if signature then sign() end
  -- The section after this one comes from nd30.docx and does not start a page.
  if start == 'nextPage' then out:insert(section_end('portrait', start)) end
  return out
end

---- Head and foot of the document -------------------------------------------------

local function borderless_table(widths, rows)
  local xml = { '<w:tbl><w:tblPr><w:tblStyle w:val="Borderless"/><w:tblW w:w="' .. PAGES.portrait.width
      .. '" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>' }
  for _, width in ipairs(widths) do xml[#xml + 1] = '<w:gridCol w:w="' .. width .. '"/>' end
  xml[#xml + 1] = '</w:tblGrid>'
  for _, row in ipairs(rows) do
    xml[#xml + 1] = '<w:tr><w:trPr><w:cantSplit/></w:trPr>'
    for i, content in ipairs(row) do
      xml[#xml + 1] = '<w:tc><w:tcPr><w:tcW w:w="' .. widths[i] .. '" w:type="dxa"/></w:tcPr>' .. content .. '</w:tc>'
    end
    xml[#xml + 1] = '</w:tr>'
  end
  xml[#xml + 1] = '</w:tbl>'
  return table.concat(xml)
end

-- A drawn line, as long as what two equal indents (in mm) leave of its cell.
local function rule(indent)
  local twips = math.floor(indent * MM)
  return paragraph('LetterheadRule', '', string.format('<w:ind w:left="%d" w:right="%d"/>', twips, twips))
end

-- The motto in 14 pt bold is 60,5 mm wide: its line leaves (98 - 60,5) / 2 on each side.
local function letterhead(s)
  local left, right = math.floor(62 * MM + 0.5), PAGES.portrait.width - math.floor(62 * MM + 0.5)
  local apart = '<w:spacing w:before="60"/>'
  local function line(t, p, properties) return paragraph('LetterheadText', run(t, p), properties) end
  return borderless_table({ left, right }, {
    {
      line(utf8_text.upper(s.agency_parent or DOTS), {})
          .. line(utf8_text.upper(s.agency or DOTS), { bold = true }) .. rule(20),
      line('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', { bold = true })
          .. line('Độc lập - Tự do - Hạnh phúc', { bold = true, size = 14 }) .. rule(18.75),
    },
    {
      line('Số: ' .. (s.document_number or DOTS .. '/BC-' .. DOTS), {}, apart),
      line(s.place_date or DOTS .. ', ngày …… tháng …… năm ……', { italic = true, size = 14 }, apart),
    },
  })
end

-- pandoc prints the title first, in a paragraph of style Title, and takes the
-- document's title property from its text. So the head goes inside the title:
-- raw XML closes pandoc's paragraph, writes what stands above, and opens the
-- paragraph that the title's own text then fills and pandoc closes.
local function title_with_head(s)
  local head = '<w:p><w:pPr><w:pStyle w:val="ReportTitle"/></w:pPr>'
  if s.state_letterhead then
    head = letterhead(s)
        .. paragraph('DocumentType', run(utf8_text.upper(s.document_type or 'BÁO CÁO')))
        .. '<w:p><w:pPr><w:pStyle w:val="DocumentSubject"/></w:pPr>'
  end
  local inlines = pandoc.Inlines { pandoc.RawInline('openxml', '</w:p>' .. head) }
  inlines:insert(s.title and pandoc.Str(s.title) or pandoc.RawInline('openxml', run(DOTS)))
  return pandoc.MetaInlines(inlines)
end

-- What follows the title, up to the end of the first section: only that section
-- has a first page without a number.
local function under_title(s)
  local subtitle = (s.banner and paragraph('Subtitle', run(s.banner, { bold = true })) or '')
    .. (s.subtitle and paragraph('Subtitle', run(s.subtitle)) or '')
  local last = paragraph('SectionEnd', '', section('portrait', 'nextPage', true))
  if s.state_letterhead then return raw(subtitle .. rule(55) .. last) end
  local origin = {}
  for _, key in ipairs { 'agency', 'document_number', 'place_date' } do origin[#origin + 1] = s[key] end
  return raw(subtitle
    .. (#origin > 0 and paragraph('Subtitle', run(table.concat(origin, ' · '), { italic = true })) or '')
    .. last)
end

local function signature(s)
  local left = { paragraph('RecipientsTitle', run('Nơi nhận:'), '<w:spacing w:before="240"/>') }
  local recipients = #s.recipients > 0 and s.recipients or { DOTS, DOTS }
  for i, name in ipairs(recipients) do
    local bare = name:gsub('^%-%s*', ''):gsub('%s*[;.]$', '')
    left[#left + 1] = paragraph('Recipients', run('- ' .. bare .. (i < #recipients and ';' or '.')))
  end

  local right = {}
  for i, title in ipairs(#s.signer_title > 0 and s.signer_title or { DOTS }) do
    right[i] = paragraph('SignatureBlock', run(utf8_text.upper(title)), i == 1 and '<w:spacing w:before="240"/>' or '')
  end
  right[#right + 1] = paragraph('SignatureBlock', run(s.signer_name or DOTS), '<w:spacing w:before="1300"/>')

  local half = math.floor(PAGES.portrait.width / 2)
  return raw(borderless_table({ half, PAGES.portrait.width - half }, { { table.concat(left), table.concat(right) } })
    .. paragraph('SectionEnd', ''))
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

local function Pandoc(doc)
  local s = document.settings(doc.meta)
  local numbered, targets = document.number(doc.blocks, s.labels)
  numbered = numbered:walk { Link = function(link) return reference(link, targets) end }

  local blocks = pandoc.Blocks { under_title(s) }
  blocks:extend(convert_body(numbered, s, targets, s.state_letterhead and signature(s) or nil))
  check_all_converted(blocks)
  if not s.state_letterhead and s.generated then
    blocks:insert(styled('Note', { pandoc.Para { pandoc.Str(s.generated) } }))
  end

  -- Only these become properties of the file; pandoc would keep every other key as well.
  local meta = {
    title = title_with_head(s),
    lang = s.lang == 'vi' and 'vi-VN' or 'en-GB',
    description = s.generated,
  }
  return pandoc.Pandoc(blocks, meta)
end

return { { Pandoc = Pandoc } }
