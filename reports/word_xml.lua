-- WordprocessingML in small pieces: text, fields, paragraphs, tables without lines.

return function(document)
  local M = {}
  local stringify = pandoc.utils.stringify

  local ENTITIES = { ['&'] = '&amp;', ['<'] = '&lt;', ['>'] = '&gt;', ['"'] = '&quot;', ["'"] = '&apos;' }

  function M.escape(s)
    return (document.printable(s):gsub('[&<>"\']', ENTITIES))
  end

  function M.raw(xml)
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

  function M.run(s, properties)
    if s == '' then return '' end
    return '<w:r>' .. run_properties(properties or {}) .. '<w:t xml:space="preserve">' .. M.escape(s) .. '</w:t></w:r>'
  end

  function M.paragraph(style, content, properties)
    return '<w:p><w:pPr><w:pStyle w:val="' .. style .. '"/>' .. (properties or '') .. '</w:pPr>' .. content .. '</w:p>'
  end

  -- A field with the result it shows until Word computes it anew.
  function M.field(instruction, result, properties)
    local look = run_properties(properties or {})
    local function part(xml) return '<w:r>' .. look .. xml .. '</w:r>' end
    return part '<w:fldChar w:fldCharType="begin"/>'
        .. part('<w:instrText xml:space="preserve"> ' .. M.escape(instruction) .. ' </w:instrText>')
        .. part '<w:fldChar w:fldCharType="separate"/>'
        .. M.run(result, properties)
        .. part '<w:fldChar w:fldCharType="end"/>'
  end

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

  -- The inline text of captions and table cells.
  function M.runs(inlines, properties)
    local xml, pending = {}, ''
    local function flush()
      xml[#xml + 1] = M.run(pending, properties)
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
          xml[#xml + 1] = M.runs(inline.content, with(properties, LOOKS[inline.t]))
        else
          document.fail('a caption or table cell cannot hold %s', inline.t)
        end
      end
    end
    flush()
    return table.concat(xml)
  end

  -- `rows` of cells, each the XML of its paragraphs; `widths` in twips.
  function M.borderless_table(widths, rows)
    local total = 0
    for _, width in ipairs(widths) do total = total + width end
    local xml = { '<w:tbl><w:tblPr><w:tblStyle w:val="Borderless"/><w:tblW w:w="' .. total
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

  -- A number for a bookmark or control, made from its name: the same in every document, so that
  -- what is copied from one to another does not clash. Clear of the small ones pandoc gives.
  local FIRST, COUNT = 0x10000000, 0x60000000
  function M.numbers()
    local taken = {}
    return function(name)
      local hash = 2166136261
      for i = 1, #name do hash = ((hash ~ name:byte(i)) * 16777619) & 0xFFFFFFFF end
      local number = FIRST + hash % COUNT
      while taken[number] do number = number + 1 end
      taken[number] = true
      return number
    end
  end

  return M
end
