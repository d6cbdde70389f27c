-- Tables for Word: columns shared out by their text, numbers below each other by their decimal
-- marks, rows that stay together. Lengths are in twips, 1/1440 inch.

return function(document, X)
  local M = {}
  local utf8_text = require 'text'
  local stringify = pandoc.utils.stringify

  local KEEP_TOGETHER_ROWS = 12
  local TABLE_SIZES = { 12, 11, 10 }
  local CELL_PADDING = 2 * 85 + 30
  local WIDE_TEXT = 6 -- em
  local SHORT_TEXT = 7.5 -- em: a text no wider never wraps
  local FAIR_TEXT = 12 -- em: what a column of long text asks for before the letters get smaller
  local ALIGNMENTS = { AlignRight = 'right', AlignCenter = 'center' }

  local WIDTHS = {} -- of characters met before

  -- Width of a character of Times New Roman in em, near enough to share out columns.
  local function estimate(c)
    if c:match('^[%d]$') then return 0.5 end
    if c:match('^[ .,:;\'|!()/ijltfrI-]$') then return 0.31 end
    if c:match('^[mwMW%%]$') then return 0.85 end
    if utf8_text.lower(c) ~= c then return 0.7 end
    return 0.5
  end

  local function character_width(c)
    local width = WIDTHS[c] or estimate(c)
    WIDTHS[c] = width
    return width
  end

  local function text_width(s)
    local width = 0
    for c in s:gmatch(utf8.charpattern) do width = width + character_width(c) end
    return width
  end

  -- Widths, in em, of what follows the decimal mark of a number, as the font has them.
  local SIGN_WIDTHS = {
    [' '] = 0.25, [','] = 0.25, ['.'] = 0.25, ['('] = 0.333, [')'] = 0.333, ['-'] = 0.333, ['/'] = 0.278,
    [';'] = 0.278, ['%'] = 0.833, ['+'] = 0.564, ['−'] = 0.564, ['–'] = 0.5, ['*'] = 0.5, ['x'] = 0.5,
  }

  local function tail_width(s)
    local width = 0
    for c in s:gmatch(utf8.charpattern) do width = width + (SIGN_WIDTHS[c] or character_width(c)) end
    return width
  end

  local MARKS = { vi = { thousands = '.', decimal = ',' }, en = { thousands = ',', decimal = '.' } }

  -- What stands behind the whole part of the number that a cell begins with: ",40 (43,1–45,7)",
  -- "/61"; nothing behind a lone sign such as "–", which takes the place of the units; nil of a text.
  local function behind_units(s, lang)
    local mark = MARKS[lang]
    local sign = s:match('^[+-]') or s:match('^−') or ''
    local at = #sign + 1
    if not s:match('^%d', at) then return utf8.len(s) == 1 and '' or nil end
    while s:match('^%d', at) or s:match('^%' .. mark.thousands .. '%d%d%d', at) do at = at + 1 end
    return s:sub(at)
  end

  local SPREAD_MOST = 1.4

  -- Does a cell hold a number, alone or before a sign, and no text that begins with one, such as
  -- "1.1. Quality"?
  local function is_number(s, lang)
    local behind = behind_units(s, lang)
    if not behind then return false end
    local rest = behind:gsub('^%' .. MARKS[lang].decimal .. '%d+', '')
    return rest == '' or rest:match('^[/%%*]') ~= nil or rest:match('^ ?[(▲▼○–]') ~= nil
  end

  local SPREAD_MOST = 1.4

  -- How far each number of a column must stand from the edge it is set against for the decimal
  -- marks, or the ends of whole numbers, to stand below each other, in em; and the width the column
  -- then needs. nil where they do so already, where it would take far more room than the cells
  -- themselves. The last says whether it is a column of numbers: one set to the left is, unless it
  -- holds other words.
  local function decimal_column(cells, align, lang)
    local before, behind, most, widest = {}, {}, { before = 0, behind = 0 }, 0
    for i, s in ipairs(cells) do
      if align ~= 'AlignRight' and s ~= '' and not is_number(s, lang) then return nil, nil, false end
      local tail = behind_units(s, lang)
      widest = math.max(widest, text_width(s))
      if tail and s ~= '' then
        before[i], behind[i] = tail_width(s:sub(1, #s - #tail)), tail_width(tail)
        most.before, most.behind = math.max(most.before, before[i]), math.max(most.behind, behind[i])
      end
    end
    local edge, room = behind, most.behind
    if align ~= 'AlignRight' then edge, room = before, most.before end
    local indents, moved = {}, false
    for i, width in pairs(edge) do
      indents[i] = room - width
      moved = moved or indents[i] > 0.01
    end
    local needs = math.max(most.before + most.behind, widest)
    if not moved or needs > SPREAD_MOST * widest then return nil, nil, true end
    return indents, needs, true
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
  local function column_needs(tbl, lang)
    local needs = {}
    for i, align in ipairs(tbl.aligns) do
      local head = #tbl.headers > 0 and stringify(tbl.headers[i]) or ''
      local least, fair, natural = longest_word(head) * 1.08, two_lines(head), two_lines(head)
      local cells, indents, aligned, whole = {}, nil, nil, true
      for k, row in ipairs(tbl.rows) do cells[k] = stringify(row[i]) end
      if align ~= 'AlignCenter' then indents, aligned, whole = decimal_column(cells, align, lang) end
      for _, cell in ipairs(cells) do
        local width = math.max(text_width(cell), aligned or 0)
        natural = math.max(natural, width)
        least = math.max(least, whole and width or longest_word(cell))
        fair = math.max(fair, (whole or width <= SHORT_TEXT) and width
          or math.min(FAIR_TEXT, math.max(SHORT_TEXT, 0.6 * width)))
      end
      fair = math.max(fair, least)
      natural = math.max(natural, fair)
      needs[i] = {
        least = least, fair = fair, natural = natural, indents = indents,
        stretch = natural > WIDE_TEXT and not whole and 3 or 1,
      }
    end
    return needs
  end

  local function sum(list, value)
    local total = 0
    for _, item in ipairs(list) do total = total + value(item) end
    return total
  end

  -- What a column needs when the text may get as tight as `part` allows: 1 = fair, 0 = least.
  local function need(n, part)
    return n.least + part * (n.fair - n.least)
  end

  -- Shares out the width of the page: columns as wide as their text when there is
  -- room, with most of the rest to text columns; else each gives way in proportion.
  local function share_width(needs, em, total, part)
    local function least(n) return need(n, part) * em + CELL_PADDING end
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

  local TIGHTER = { 1, 0.6, 0 }

  -- The largest text size, in points, in which every column has a fair width, or
  -- a somewhat tighter one, or at least every word fits its column; the widths; and whether they do fit.
  local function layout(needs, total)
    for _, part in ipairs(TIGHTER) do
      for _, size in ipairs(TABLE_SIZES) do
        local least = sum(needs, function(n) return need(n, part) * size * 20 + CELL_PADDING end)
        local last = part == TIGHTER[#TIGHTER] and size == TABLE_SIZES[#TABLE_SIZES]
        if least <= total or last then
          return size, share_width(needs, size * 20, total, part), least <= total
        end
      end
    end
  end

  local function cell_xml(blocks, width, style, align, options)
    local properties = (options.keep and '<w:keepNext/>' or '')
        .. (options.indent and '<w:ind w:' .. (align == 'right' and 'right' or 'left') .. '="' .. options.indent .. '"/>' or '')
        .. (align and '<w:jc w:val="' .. align .. '"/>' or '')
    local content = {}
    for _, block in ipairs(blocks) do
      if block.t ~= 'Plain' and block.t ~= 'Para' then document.fail('a table cell cannot hold %s', block.t) end
      content[#content + 1] = X.paragraph(style, X.runs(block.content, { bold = options.head }), properties)
    end
    if #content == 0 then content[1] = X.paragraph(style, '', properties) end
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

  local prepared = {}

  -- A table's cells and what its columns need; worked out once where the table has a name.
  local function prepare(tbl, lang)
    local known = prepared[tbl.identifier]
    if known then return known.simple, known.needs end
    local simple = pandoc.utils.to_simple_table(tbl)
    local own = { aligns = simple.aligns, headers = simple.headers, rows = simple.rows }
    local needs = column_needs(own, lang)
    if tbl.identifier ~= '' then prepared[tbl.identifier] = { simple = own, needs = needs } end
    return own, needs
  end

  -- Does a table fit a page so wide, in the smallest text, without breaking words?
  function M.fits(tbl, width, lang)
    local _, needs = prepare(tbl, lang)
    local _, _, fits = layout(needs, width)
    return fits
  end

  -- The XML of a table. `caption` is that of its caption's paragraph, or nil; `lead` keeps the last
  -- row with what follows.
  function M.xml(tbl, options)
    local simple, needs = prepare(tbl, options.lang)
    local size, widths = layout(needs, options.width)
    local style = 'TableText' .. size

    local function row_xml(cells, row)
      local xml = {}
      for i, blocks in ipairs(cells) do
        local indent = row.at and needs[i].indents and needs[i].indents[row.at]
        row.indent = indent and indent > 0.01 and math.floor(indent * size * 20 + 0.5) or nil
        xml[i] = cell_xml(blocks, widths[i], style, row.head and 'center' or ALIGNMENTS[simple.aligns[i]], row)
      end
      return '<w:tr><w:trPr><w:cantSplit/>' .. (row.head and '<w:tblHeader/>' or '') .. '</w:trPr>'
          .. table.concat(xml) .. '</w:tr>'
    end

    local xml = { options.caption or '' }
    xml[2] = '<w:tbl><w:tblPr><w:tblStyle w:val="Table"/><w:tblW w:w="' .. options.width .. '" w:type="dxa"/>'
        .. '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        .. '<w:tblCaption w:val="' .. X.escape(stringify(tbl.caption.long)) .. '"/></w:tblPr><w:tblGrid>'
    for _, width in ipairs(widths) do xml[#xml + 1] = '<w:gridCol w:w="' .. width .. '"/>' end
    xml[#xml + 1] = '</w:tblGrid>'
    if #simple.headers > 0 then xml[#xml + 1] = row_xml(simple.headers, { head = true, keep = true }) end
    for i, row in ipairs(simple.rows) do
      -- a longer table may break, but not within two rows of its ends
      local last = #simple.rows
      local keep = i < last and (last <= KEEP_TOGETHER_ROWS or i <= 2 or i >= last - 2 or is_group_head(row))
      xml[#xml + 1] = row_xml(row, { keep = keep or i == last and options.lead, at = i })
    end
    xml[#xml + 1] = '</w:tbl>'
    return table.concat(xml)
  end

  return M
end
