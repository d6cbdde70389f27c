-- What stands at the head and the foot of a Word report: of nd30 in Vietnamese the letterhead,
-- title block, closing words and signatures of Nghị định 30/2020/NĐ-CP; else a title.
-- What office.csv does not give is dotted. Lengths are in twips, 1/1440 inch.

return function(document, X)
  local M = {}
  local utf8_text = require 'text'
  local run, paragraph = X.run, X.paragraph

  local MM = 1440 / 25.4
  local WIDTH = 9071 -- of the text of a portrait page
  local DOTS = '……'

  -- A drawn line, as long as what two equal indents (in mm) leave of its cell.
  local function rule(indent)
    local twips = math.floor(indent * MM)
    return paragraph('LetterheadRule', '', string.format('<w:ind w:left="%d" w:right="%d"/>', twips, twips))
  end

  local PLACE_LETTERS = 44 -- in 14 pt italic, what fits the width of its cell

  -- The motto in 14 pt bold is 60,5 mm wide: its line leaves (98 - 60,5) / 2 on each side.
  local function letterhead(o)
    local left = math.floor(62 * MM + 0.5)
    local apart = '<w:spacing w:before="60"/>'
    local function line(t, p, properties) return paragraph('LetterheadText', run(t, p), properties) end
    local place = (o.place or DOTS) .. ', ' .. (o.date or 'ngày …… tháng …… năm ……')
    return X.borderless_table({ left, WIDTH - left }, {
      {
        line(utf8_text.upper(o.parent_agency or DOTS), {})
            .. line(utf8_text.upper(o.agency or DOTS), { bold = true }) .. rule(20),
        line('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', { bold = true })
            .. line('Độc lập - Tự do - Hạnh phúc', { bold = true, size = 14 }) .. rule(18.75),
      },
      {
        line('Số: ' .. (o.number or DOTS) .. '/' .. (o.symbol or 'BC-' .. DOTS), {}, apart),
        line(place, { italic = true, size = utf8.len(place) > PLACE_LETTERS and 13 or 14 }, apart),
      },
    })
  end

  -- One addressee stands in the line of the words, several below them.
  local function addressees(o)
    local xml = {}
    if #o.addressee == 1 then
      xml[1] = paragraph('Addressee', run('Kính gửi: ' .. o.addressee[1]))
    elseif #o.addressee > 1 then
      xml[1] = paragraph('Addressee', run('Kính gửi:'))
      for i, name in ipairs(o.addressee) do
        xml[i + 1] = paragraph('AddresseeList', run('- ' .. name .. (i < #o.addressee and ';' or '.')))
      end
    end
    return table.concat(xml)
  end

  -- pandoc prints the title first, in a paragraph of style Title, and takes the
  -- document's title property from its text. So the head goes inside the title:
  -- raw XML closes pandoc's paragraph, writes what stands above, and opens the
  -- paragraph that the title's own text then fills and pandoc closes.
  -- `control` opens and closes the control around the title.
  -- The author becomes the property `creator`, but pandoc prints it as well: it
  -- goes into a comment that M.under_title ends.
  function M.title(s, control)
    local head = control.open .. '<w:p><w:pPr><w:pStyle w:val="ReportTitle"/></w:pPr>'
    if s.state_letterhead then
      head = letterhead(s.office) .. paragraph('DocumentType', run('BÁO CÁO'))
          .. control.open .. '<w:p><w:pPr><w:pStyle w:val="DocumentSubject"/></w:pPr>'
    end
    local inlines = pandoc.Inlines { pandoc.RawInline('openxml', '</w:p>' .. head) }
    inlines:insert(s.title and pandoc.Str(s.title) or pandoc.RawInline('openxml', run(DOTS)))
    local tail = (s.banner and paragraph('Subtitle', run(s.banner, { bold = true })) or '')
        .. (s.subtitle and paragraph('Subtitle', run(s.subtitle)) or '')
    inlines:insert(pandoc.RawInline('openxml', '</w:p>' .. tail .. control.close .. '<!-- '))
    return pandoc.MetaInlines(inlines)
  end

  -- What follows the title. `first_page` ends the first section, where only that has another head.
  function M.under_title(s, first_page)
    local o = s.office
    if s.state_letterhead then return X.raw(' -->' .. rule(55) .. addressees(o) .. first_page) end
    local origin = document.origin(o)
    return X.raw(' -->'
      .. (origin and paragraph('Subtitle', run(origin, { italic = true })) or '') .. first_page)
  end

  -- "Trên đây là báo cáo kết quả …./.": the words an official text ends with.
  function M.closing(s)
    local title = s.title or DOTS
    local first = title:match('^' .. utf8.charpattern)
    local rest = title:sub(#first + 1)
    local second = rest:match('^' .. utf8.charpattern) or ''
    if utf8_text.lower(second) == second and second ~= ' ' then first = utf8_text.lower(first) end
    local says = first .. rest
    if not says:match('^báo cáo') then says = 'báo cáo ' .. says end
    return X.raw(paragraph('LeadIn', run('Trên đây là ' .. says .. './.')))
  end

  function M.signature(s)
    local o = s.office
    local left = { paragraph('RecipientsTitle', run('Nơi nhận:'), '<w:spacing w:before="240"/>') }
    local recipients = #o.recipient > 0 and o.recipient or { DOTS, DOTS }
    for i, name in ipairs(recipients) do
      local bare = name:gsub('^%-%s*', ''):gsub('%s*[;.]$', '')
      left[#left + 1] = paragraph('Recipients', run('- ' .. bare .. (i < #recipients and ';' or '.')))
    end

    local right, titles = {}, {}
    for _, title in ipairs(o.authority) do titles[#titles + 1] = title end
    titles[#titles + 1] = o.position or DOTS
    for i, title in ipairs(titles) do
      right[i] = paragraph('SignatureBlock', run(utf8_text.upper(title)), i == 1 and '<w:spacing w:before="240"/>' or '')
    end
    right[#right + 1] = paragraph('SignatureBlock', run(o.signer or DOTS), '<w:spacing w:before="1300"/>')

    local half = math.floor(WIDTH / 2)
    return X.raw(X.borderless_table({ half, WIDTH - half }, { { table.concat(left), table.concat(right) } })
      .. paragraph('SectionEnd', ''))
  end

  return M
end
