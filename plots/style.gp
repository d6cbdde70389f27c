# style.gp -- shared by all charts: reads the text block, opens OUT, sets page, fonts, colours, heading
#
# Every chart is drawn on one coordinate system: the page in millimetres, x from the left edge, y from
# the top edge.  gnuplot's own tics, margins, key and offsets are not used, so that SVG, PNG and PDF agree.
# Data reach gnuplot only through strcol(); no display string is ever evaluated or formatted here.
reset
set encoding utf8
set datafile separator "\t"
set datafile commentschars '#'
if (DATA eq '' || OUT eq '') exit error 'usage: gnuplot -c CHART.gp DATA.tsv OUT.(svg|png|pdf|emf|txt)'

# --- text block: V[i] value of the i-th key; TEXTKEYS all keys, each in 32 letters.  In every string U+0001 = double quote, U+0002 = line break,
# U+0003 = backslash, U+0004 = empty (gnuplot reads rubbish from an empty last field).
array V[100]
nK = 0
TEXTKEYS = ''
NAMED(k) = sprintf("\t%-31s", k)
stats DATA index 'text' using (nK = nK+1, TEXTKEYS = TEXTKEYS.NAMED(strcol(1)), V[nK] = strcol(2) eq "\004" ? '' : strcol(2), 1) nooutput
if (nK == 0) exit error 'no text block in '.DATA
IDX(k) = (strstrt(TEXTKEYS, NAMED(k)) + 31)/32  # 0: not there
RAW(k) = IDX(k) ? V[IDX(k)] : ''
NUM(k,default) = IDX(k) ? real(V[IDX(k)]) : default

# --- widths, which gnuplot cannot measure: of the widest text in a column of a block, and of a key, in mm at the base
# size, were all regular or all bold; DRAWN: as C says they are drawn (size, bold, indent). COUNT: rows of a block.
array WR[200]
array WB[200]
array WD[200]
nW = 0
WIDTHKEYS = ''
stats DATA index 'widths' using (nW = nW+1, WIDTHKEYS = WIDTHKEYS.NAMED(strcol(1)), WR[nW] = $2, WB[nW] = $3, WD[nW] = $4, 1) nooutput
WHERE(name) = (strstrt(WIDTHKEYS, NAMED(name)) + 31)/32
COUNT(block) = WHERE(block) ? int(WR[WHERE(block)]) : 0
WIDTH(name) = WHERE(name) ? EM*WR[WHERE(name)] : 0
WIDTHBOLD(name) = WHERE(name) ? EM*WB[WHERE(name)] : 0
WIDE(block,column) = WIDTH(sprintf('%s:%d',block,column))
WIDEBOLD(block,column) = WIDTHBOLD(sprintf('%s:%d',block,column))
DRAWN(block,column) = WHERE(sprintf('%s:%d',block,column)) ? EM*WD[WHERE(sprintf('%s:%d',block,column))] : 0
WIDEKEY(k) = WIDTH('text:'.k)
WIDEKEYBOLD(k) = WIDTHBOLD('text:'.k)

SUB(s,a,b) = strstrt(s,a) == 0 ? s : s[1:strstrt(s,a)-1].b.SUB(s[strstrt(s,a)+1:*],a,b)
Q(s) = s eq "\004" ? '' : SUB(SUB(SUB(s, "\001", '"'), "\002", "\n"), "\003", '\')      # for `set label`
QL(s) = strstrt(s,"\001") || strstrt(s,"\002") || strstrt(s,"\003") || s eq "\004" ? QLABEL(s) : s    # for `with labels`
QLABEL(s) = s eq "\004" ? '' : SUB(SUB(SUB(s, "\001", '"'), "\002", "\n"), "\003", '\\')      # which unescapes once more
LINES(s) = s eq '' || s eq "\004" ? 0 : strstrt(s,"\002") == 0 ? 1 : 1 + LINES(s[strstrt(s,"\002")+1:*])
LINE(s,k) = strstrt(s,"\002") == 0 ? (k == 1 ? s : '') : \
            k == 1 ? s[1:strstrt(s,"\002")-1] : LINE(s[strstrt(s,"\002")+1:*], k-1)
TXT(k) = Q(RAW(k))
# gnuplot cuts a field at 1024 bytes: a long footer comes as footer1, footer2, … , one line each
FOOTERS(k) = IDX(sprintf('footer%d',k)) ? FOOTERS(k+1) : k-1
NFOOT = IDX('footer') ? LINES(RAW('footer')) : FOOTERS(1)
FOOT(k) = IDX('footer') ? LINE(RAW('footer'),k) : RAW(sprintf('footer%d',k))
# gnuplot 5.4 crashes on a label plot without any defined point: labels use points off the page instead.
OFF = -1e4
DEF(c) = strcol(c) eq 'NaN' ? OFF : column(c)
SHOW(y) = y == y ? y : OFF
MAX(a,b) = a > b ? a : b
MIN(a,b) = a < b ? a : b

# --- page, in mm
REPORT = TXT('profile') eq 'report'
MONO = TXT('theme') eq 'mono'
DARK = TXT('theme') eq 'dark'
SIDES = TXT('scheme') eq 'sides'           # of estimates: above, not distinguishable from, below the country
W = NUM('width_mm', 160)
H = NUM('height_mm', 100)
PT = NUM('base_pt', REPORT ? 9 : 10)
PAPER = DARK ? '#15181D' : '#FFFFFF'
PAD = REPORT ? 0.5 : 3.5                   # free border
EM = PT*25.4/72                            # height of the base font
LH = 1.3*EM                                # line height
SMALL = MAX(0.87, (REPORT ? 8.0 : 7.0)/PT) # small print, relative to the base font
FONT = TXT('font') eq '' ? (REPORT ? 'Tinos' : 'Noto Sans') : TXT('font')

# --- terminal: one line width unit = 1/96 inch, one pt = 1/72 inch in every format
EXT = OUT[MAX(1,strlen(OUT)-3):*]
FPX = EXT eq '.svg' ? 96/72. : 1.0
F(size,bold) = FONT.(bold ? ' Bold' : '').sprintf(',%.2f', PT*size*FPX)
if (EXT eq '.svg') {
    set terminal svg noenhanced size int(W*96/25.4+0.5),int(H*96/25.4+0.5) font F(1,0) background PAPER
} else { if (EXT eq '.png') {
    DPI = NUM('dpi', REPORT ? 300 : 144)
    set terminal pngcairo noenhanced size int(W*DPI/25.4+0.5),int(H*DPI/25.4+0.5) font F(1,0) \
        fontscale DPI/96. linewidth DPI/96. pointscale DPI/96. background PAPER
} else { if (EXT eq '.pdf') {
    set terminal pdfcairo noenhanced size W/10. cm,H/10. cm font F(1,0) \
        fontscale 0.75 linewidth 1.5 pointscale 0.75 background PAPER
} else { if (EXT eq '.emf') {
    set terminal emf noenhanced size int(W*96/25.4+0.5),int(H*96/25.4+0.5) font F(1,0) background PAPER
} else { if (EXT eq '.txt') {
    set terminal dumb noenhanced size int(MAX(100,W*0.6)),int(H/3.9)
} else {
    exit error 'OUT must end in .svg, .png, .pdf, .emf or .txt'
} } } } }
set output OUT

# Point size for a mark of diameter d mm (pt 7, 5, 9 … all drawn with lw 1).
PS(d) = EXT eq '.svg' ? d*96/25.4/2/(0.375*PT*FPX) : EXT eq '.emf' ? d/1.875 : MAX(0.1, (d*96/25.4/2 - 0.5)/3)

# --- colours: the only place that names them. On PAPER, BAND and RANGE marks have a contrast of 3 or more, text of 4.5
THEME(colour,mono,dark) = DARK ? dark : MONO ? mono : colour
INK    = THEME('#222222', '#222222', '#F1F3F6')
NOTE   = THEME('#4B5563', '#4B5563', '#B4BCC8')     # small print
CTX    = THEME('#7D8591', '#7D8591', '#78828F')     # units that are neither the one nor its peers
GRID   = THEME('#E3E6EA', '#E3E6EA', '#2C323A')
RULE   = THEME('#C9CED6', '#C9CED6', '#454D58')     # thin lines between rows; frames of empty cells
HL     = THEME('#C8102E', '#000000', '#FF6277')     # the unit
ONHL   = THEME('#FFFFFF', '#FFFFFF', '#15181D')     # text on it
BAND   = THEME('#FDECEF', '#ECECEC', '#3A2229')     # behind its row
PEER   = THEME('#3B78AB', '#4A4A4A', '#6FB1E8')
PEERLINE = THEME('#5D87AE', '#808080', '#4F86B5')
PEERTEXT = THEME('#2A5F8A', '#000000', '#8CC3F0')
TINT   = EXT eq '.emf' ? THEME('#F6DADF','#D9D9D9','#3A2229') : HL   # where HL lies over other things; EMF knows no
TINTING = EXT eq '.emf' ? 1 : 0.16          # transparency
RANGE  = THEME('#E4E8ED', '#E8E8E8', '#2A3038')     # the middle half of the units
UP     = THEME('#0072B2', '#000000', '#4DB3FF')
DOWN   = THEME('#D55E00', '#000000', '#FF9A3D')
UPTEXT = THEME('#00629B', '#000000', '#7CC8FF')
DOWNTEXT = THEME('#A84A00', '#000000', '#FFB270')
# classes of tiles: 1 best … 4 lowest, 5 too few answers, 0 not published, the rest without one; of estimates 1 above, 2 unclear, 3 below
CLASS(g) = SIDES && g > 0 ? (g == 1 ? THEME('#2F78AD','#6B6B6B','#6FB1E8') : g == 2 ? THEME('#F1F3F5','#F1F3F5','#2A3038') : THEME('#F0A35E','#BDBDBD','#D9781F')) : \
    g == 1 ? THEME('#0A3D6B','#2B2B2B','#CFE6F7') : g == 2 ? THEME('#2F78AD','#6B6B6B','#6FB1E8') : \
    g == 3 ? THEME('#A9CCE3','#BDBDBD','#2B659A') : g == 4 ? THEME('#E1EDF6','#EDEDED','#1E3A54') : g == 0 || g == 5 ? PAPER : THEME('#F4F5F7','#F4F5F7','#22272E')
PALE = THEME('#FFFFFF', '#FFFFFF', '#15181D')       # text on a class that is far from PAPER
ONCLASS(g) = g == 0 || g == -1 ? NOTE : g == 1 || (g == 2 && !SIDES) || (g == 3 && SIDES && DARK) ? PALE : INK
RGB(colour) = int('0x'.colour[2:7])        # as `rgb variable` wants it
COLOUR(role) = role == 1 ? HL : role == 2 ? PEER : CTX
TCOLOUR(role) = role == 1 ? HL : role == 2 ? PEERTEXT : INK
INK_RGB = RGB(INK)
HL_RGB = RGB(HL)
PEERTEXT_RGB = RGB(PEERTEXT)
TRGB(role) = role == 1 ? HL_RGB : role == 2 ? PEERTEXT_RGB : INK_RGB
DOT = EXT eq '.txt' ? 15 : 7                                 # a disc; the letter O in text
MARK(role) = EXT eq '.txt' ? (role == 1 ? 24 : role == 2 ? 15 : 3) : MONO && role == 2 ? 5 : DOT    # mono: peers are squares; in text X, O and C
SIZE(role) = PS(role == 1 ? 2.7 : role == 2 ? 1.9 : 1.7)     # highlight is also bigger

# Of every mark, in SVG alone: a box that nobody sees, of the colour in its row of the block `tips`. A clause
# at the end of `plot` (a macro: a loop without a turn leaves its pens in an EMF).
PLACES(using) = EXT eq '.svg' ? ", '' index 'tips' using ".using.":6 with boxxyerror lc rgb variable" : ''

set margins 0,0,0,0
unset border
unset tics
unset key
set key noautotitle
set style fill solid 1 noborder
# 1 grid, 2 median, 3 leader from the name to the dot
set style line 1 lc rgb GRID lw 0.8
set style line 2 lc rgb INK lw 1 dt (6,4)
set style line 3 lc rgb RULE lw 0.6 dt (1,3)

# --- heading and footer (web only); the chart itself gets x PAD..W-PAD, y TOP..BOT
TOP = PAD
BOT = H - PAD
if (!REPORT) {
    do for [k=1:LINES(RAW('title'))] {
        set label Q(LINE(RAW('title'),k)) at PAD,TOP+0.85*EM left font F(1.45,1) tc rgb INK front
        TOP = TOP + 1.85*EM
    }
    do for [k=1:LINES(RAW('subtitle'))] {
        set label Q(LINE(RAW('subtitle'),k)) at PAD,TOP+0.7*EM left font F(1.05,0) tc rgb NOTE front
        TOP = TOP + 1.45*EM
    }
    BOT = BOT - 1.2*EM*NFOOT
    do for [k=1:NFOOT] {
        set label Q(FOOT(k)) at PAD,BOT+1.2*EM*(k-0.5) left font F(SMALL,0) tc rgb NOTE front
    }
    TOP = TOP + (TOP > PAD ? 0.9*EM : 0)
    BOT = BOT - (BOT < H-PAD ? 0.8*EM : 0)
}
# A document's picture has no heading: what its data are, when that must be said, stands in the picture.
if (REPORT && TXT('mark') ne '') {
    set label TXT('mark') at W-PAD,TOP+0.45*LH right font F(SMALL,1) tc rgb DOWNTEXT front
    TOP = TOP + LH
}

# --- plot area in x, and the horizontal axis: MX() turns a value into mm
EDGE(k,default) = IDX(k) ? NUM(k,0)*W : default    # each chart computes its own L and R unless C gives them
XMIN = NUM('xmin', 0)
XMAX = NUM('xmax', 1)
MX(x) = L + (x-XMIN)/(XMAX-XMIN)*(R-L)
# The same for gnuplot's second axes, on which values and rows are drawn as they stand in their columns (`axes x2y2`): a column
# number costs far less than an expression. Y0 and Y1 (mm) are where y0 and y1 lie.
VALUES(y0,y1) = sprintf('set x2range [%.17g:%.17g]; set y2range [%.17g:%.17g]', \
    XMIN-L*(XMAX-XMIN)/(R-L), XMIN+(W-L)*(XMAX-XMIN)/(R-L), y0+(H-Y0)*(y1-y0)/(Y1-Y0), y0-Y0*(y1-y0)/(Y1-Y0))
IF(yes,x) = yes ? x : 1/0                  # as first column: of other rows nothing more is computed
