# forest.gp DATA OUT -- one item by groups of people: a block a variable, dots with their intervals, the whole as a band
DIR(p) = p eq '' || p[strlen(p):*] eq '/' ? p : DIR(p[1:strlen(p)-1])
if (strstrt(ARG0,'/')) set loadpath DIR(ARG0)
DATA = ARG1
OUT = ARG2
load 'style.gp'

N = NUM('height', 1)
HEAD(k) = SMALL*WIDEKEY(k)
ITEM = MAX(DRAWN('rows',8), HEAD('head_label'))
NUMBER = MAX(WIDE('rows',9), HEAD('head_n'))
VALUE = MAX(DRAWN('rows',10), HEAD('head_value'))
RANGES = MAX(DRAWN('rows',11), HEAD('head_range'))
INDENT(l) = PAD + (l == 2 ? 1.2*EM : 0)

# Columns: group | n | estimates L..R | value | interval.  The key sits above the plot.
X_RANGE = W - PAD
X_VALUE = X_RANGE - RANGES - 1.3*EM
X_N = PAD + ITEM + 1.3*EM + NUMBER
L = EDGE('left', X_N + 1.3*EM)
R = EDGE('right', X_VALUE - VALUE - 1.3*EM)
NLEG = NUM('legend_lines', 0)
YH = TOP + NLEG*1.2*LH + 0.75*LH
Y0 = YH + 0.75*LH
Y1 = BOT - LH - (TXT('xlabel') ne '' ? LH : 0) - 0.3*EM
PITCH = (Y1-Y0)/N
Y(row) = Y0 + row*PITCH                    # row: of its middle, in heights of a line of the list
LEVEL(l) = column(2) == l ? Y($1) : NaN
SIDE(d) = column(7) == d ? Y($1) : NaN
# 1 above another group, -1 below, 2 both, 0 not distinguishable, 9 not compared; 5 the whole
DCOLOUR(d) = d == 5 ? HL : d == 1 ? UP : d == -1 ? DOWN : d == 2 ? INK : CTX
DTEXT(d) = d == 5 ? HL : d == 1 ? UPTEXT : d == -1 ? DOWNTEXT : INK
SHAPE(d) = d == 2 ? 13 : MONO && d == 1 ? 9 : MONO && d == -1 ? 11 : DOT
CAP = MIN(0.22*PITCH, 0.35*EM)
BIG = PS(MIN(2.3, 0.72*PITCH))
HOLE = PS(MIN(1.2, 0.38*PITCH))
NATION = PS(MIN(2.0, 0.6*PITCH))

set label TXT('head_label') at PAD,YH left font F(SMALL,0) tc rgb NOTE
set label TXT('head_n') at X_N,YH right font F(SMALL,0) tc rgb NOTE
set label TXT('head_value') at X_VALUE,YH right font F(SMALL,0) tc rgb NOTE
set label TXT('head_range') at X_RANGE,YH right font F(SMALL,0) tc rgb NOTE
set label TXT('xlabel') at (L+R)/2,Y1+1.7*LH center font F(SMALL,0) tc rgb NOTE
WHOLE = MX(NUM('whole', NaN))
LOW = MX(NUM('whole_low', NaN))
HIGH = MX(NUM('whole_high', NaN))
if (WHOLE == WHOLE) {
    WW = HEAD('whole_label')/2
    set label TXT('whole_label') at MAX(L+WW,MIN(R-WW,WHOLE)),YH center font F(SMALL,0) tc rgb HL
}
MARKS = PLACES("($5 == 1 ? X_VALUE-0.5*VALUE : MX($1)):(Y($2)):($5 == 1 ? 0.5*VALUE : $3):($5 == 1 ? 0.5*PITCH : $4)")
plot [0:W] [H:0] \
     DATA index 'text' every ::0::0 using ((LOW+HIGH)/2):((Y0+Y1)/2):((HIGH-LOW)/2):((Y1-Y0)/2) with boxxyerror lc rgb BAND, \
     '' index 'rows' using (PAD):(LEVEL(1) == LEVEL(1) ? Y($12) : NaN):(W-2*PAD):(0) with vectors nohead lc rgb RULE lw 0.7, \
     '' index 'rows' using (L):($2 == 1 ? NaN : Y($1)):(R-L):(0) with vectors nohead ls 3, \
     '' index 'xtics' using (MX($1)):(Y0-0.2*EM):(0):(Y1-Y0+0.5*EM) with vectors nohead ls 1, \
     '' index 'xtics' using (MX(DEF(1))):(Y1+0.75*LH):(QL(strcol(2))) with labels center font F(SMALL,0) tc rgb NOTE, \
     '' index 'text' every ::0::0 using (WHOLE):(Y0-0.3*LH):(0):(Y1-Y0+0.3*LH) with vectors nohead lc rgb HL lw 1 dt (6,4), \
     for [d in '9 0 -1 1 2 5'] '' index 'rows' using (IF($7==d,MX($4))):(Y($1)):(MX($5)-MX($4)):(0) with vectors nohead lc rgb DCOLOUR(d) lw (d == 5 ? 2.4 : 1.6), \
     for [c=4:5] for [d in '9 0 -1 1 2 5'] '' index 'rows' using (IF($7==d,MX(column(c)))):(Y($1)-CAP):(0):(2*CAP) with vectors nohead lc rgb DCOLOUR(d) lw 1.2, \
     '' index 'rows' using (MX($6)):(Y($1)) with points pt 12 ps 1.2*NATION lc rgb PEER lw 1.4, \
     for [d in '9 0 -1 1 2 5'] '' index 'rows' using (IF($7==d,MX($3))):(Y($1)) with points pt SHAPE(d) ps BIG*(d == 2 || (MONO && abs(d) == 1) ? 1.2 : 1) lc rgb DCOLOUR(d), \
     '' index 'rows' using (IF($7==0,MX($3))):(Y($1)) with points pt DOT ps HOLE lc rgb PAPER, \
     for [k=1:3] for [bold=0:1] '' index 'rows' using (($2 < 2) == bold && k <= LINES(strcol(8)) ? INDENT($2) : OFF):(Y(DEF(1)) + (k-0.5-LINES(strcol(8))/2.0)*MIN(0.92*LH,PITCH)):(QL(LINE(strcol(8),k))):($2 == 0 ? HL_RGB : INK_RGB) \
         with labels left font F(1,bold) tc rgb variable, \
     '' index 'rows' using (X_RANGE):(SHOW(LEVEL(1))):(QL(strcol(11))) with labels right font F(SMALL,0) tc rgb NOTE, \
     '' index 'rows' using ($2 == 1 ? OFF : X_N):(Y(DEF(1))):(QL(strcol(9))) with labels right font F(1,0) tc rgb NOTE, \
     for [d in '9 0 -1 1 2 5'] '' index 'rows' using (X_VALUE):(SHOW(SIDE(d))):(QL(strcol(10))) with labels right font F(1,d != 0 && d != 9) tc rgb DTEXT(d), \
     '' index 'rows' using ($2 == 1 ? OFF : X_RANGE):(Y(DEF(1))):(QL(strcol(11))) with labels right font F(SMALL,0) tc rgb NOTE, \
     for [d in '0 -1 1 2 9'] '' index 'legend' using (IF($3==d,PAD+0.4*EM+$1)):(TOP+($2-0.5)*1.2*LH) with points pt SHAPE(d) ps PS(2.2) lc rgb DCOLOUR(d), \
     '' index 'legend' using (PAD+0.4*EM+$1):($3 == 0 ? TOP+($2-0.5)*1.2*LH : NaN) with points pt DOT ps PS(1.2) lc rgb PAPER, \
     '' index 'legend' using (PAD+0.4*EM+$1):($3 == 8 ? TOP+($2-0.5)*1.2*LH : NaN) with points pt 12 ps 1.2*NATION lc rgb PEER lw 1.4, \
     '' index 'legend' using (PAD+1.1*EM+DEF(1)):(TOP+(DEF(2)-0.5)*1.2*LH):(QL(strcol(4))) with labels left font F(SMALL,0) tc rgb NOTE @MARKS
unset output
