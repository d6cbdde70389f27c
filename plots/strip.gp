# strip.gp DATA OUT -- the whole field: one row an item, a point a unit, the middle half, the median, the unit
DIR(p) = p eq '' || p[strlen(p):*] eq '/' ? p : DIR(p[1:strlen(p)-1])
if (strstrt(ARG0,'/')) set loadpath DIR(ARG0)
DATA = ARG1
OUT = ARG2
load 'style.gp'

N = COUNT('rows')
ITEM = MAX(DRAWN('rows',6), SMALL*WIDEKEY('head_label'))
VALUE = MAX(WIDEBOLD('rows',7), SMALL*WIDEKEYBOLD('head_value') - 6*EM)   # a long head may stand over the plot
REFERENCE = MAX(WIDE('rows',8), SMALL*WIDEKEY('head_reference'))
INDENT(l) = PAD + (l == 2 ? 1.2*EM : 0)

# Columns: item | field L..R | value | reference.
X_REFERENCE = W - PAD
X_VALUE = X_REFERENCE - REFERENCE - 1.3*EM
L = EDGE('left', PAD + ITEM + 1.3*EM)
R = EDGE('right', X_VALUE - VALUE - 1.3*EM)
YH = TOP + 0.75*LH
Y0 = TOP + 1.5*LH
Y1 = BOT - LH - (TXT('xlabel') ne '' ? LH : 0) - 0.3*EM
PITCH = (Y1-Y0)/N
Y(row) = Y0 + (row-0.5)*PITCH
LEVEL(l) = column(5) == l ? Y($1) : NaN
eval VALUES(0.5,N+0.5)
BOX = 0.36*PITCH
CAP = MIN(0.22*PITCH, 0.5*EM)

set label TXT('head_label') at PAD,YH left font F(SMALL,0) tc rgb NOTE
set label TXT('head_value') at X_VALUE,YH right font F(SMALL,1) tc rgb HL
set label TXT('head_reference') at X_REFERENCE,YH right font F(SMALL,0) tc rgb NOTE
set label TXT('xlabel') at (L+R)/2,Y1+1.7*LH center font F(SMALL,0) tc rgb NOTE

MARKS = PLACES("(MX($1)):(Y($2)):3:4")
plot [0:W] [H:0] \
     DATA index 'rows' using (PAD):(LEVEL(1) > Y0+PITCH ? Y($1)-PITCH/2 : NaN):(W-2*PAD):(0) with vectors nohead lc rgb RULE lw 0.7, \
     '' index 'xtics' using (MX($1)):(Y0-0.2*EM):(0):(Y1-Y0+0.5*EM) with vectors nohead ls 1, \
     '' index 'xtics' using (MX(DEF(1))):(Y1+0.75*LH):(QL(strcol(2))) with labels center font F(SMALL,0) tc rgb NOTE, \
     '' index 'boxes' using (0.5*(MX($2)+MX($4))):(Y($1)):(0.5*(MX($4)-MX($2))):(BOX) with boxxyerror lc rgb RANGE, \
     for [r in '0 2'] '' index 'dots' using (IF($3==r,$1)):2 axes x2y2 with points pt MARK(r) ps PS(r == 2 ? 1.25 : 1.05) lc rgb COLOUR(r), \
     '' index 'boxes' using (MX($3)):(Y($1)-BOX):(0):(2*BOX) with vectors nohead lc rgb INK lw 1.4, \
     '' index 'rows' using (MX($3)):(Y($1)):(MX($4)-MX($3)):(0) with vectors nohead lc rgb HL lw 2, \
     for [c=3:4] '' index 'rows' using (MX(column(c))):(Y($1)-CAP):(0):(2*CAP) with vectors nohead lc rgb HL lw 1.6, \
     '' index 'rows' using (MX($2)):(Y($1)) with points pt DOT ps PS(3.4) lc rgb PAPER, \
     '' index 'rows' using (MX($2)):(Y($1)) with points pt DOT ps PS(2.8) lc rgb HL, \
     for [l=0:2] '' index 'rows' using (INDENT(l)):(SHOW(LEVEL(l))):(QL(strcol(6))) with labels left font F(1,l==1) tc rgb (l == 2 ? NOTE : INK), \
     '' index 'rows' using (X_VALUE):(Y(DEF(1))):(QL(strcol(7))) with labels right font F(1,1) tc rgb HL, \
     '' index 'rows' using (X_REFERENCE):(Y(DEF(1))):(QL(strcol(8))) with labels right font F(1,0) tc rgb NOTE @MARKS
unset output
