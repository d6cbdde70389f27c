# shift.gp DATA OUT -- what rose, what fell, of estimates: one row an item, its change with its interval about 0
DIR(p) = p eq '' || p[strlen(p):*] eq '/' ? p : DIR(p[1:strlen(p)-1])
if (strstrt(ARG0,'/')) set loadpath DIR(ARG0)
DATA = ARG1
OUT = ARG2
load 'style.gp'

N = COUNT('rows')
ITEM = MAX(DRAWN('rows',6), SMALL*WIDEKEY('head_label'))
FROM = MAX(WIDE('rows',7), SMALL*WIDEKEYBOLD('head_from'))
TO = MAX(DRAWN('rows',8), SMALL*WIDEKEYBOLD('head_to'))
DELTA = MAX(DRAWN('rows',9), SMALL*WIDEKEYBOLD('head_delta'))
INDENT(l) = PAD + (l == 2 ? 1.2*EM : 0)

# Columns: item | changes L..R | from | to | change.
X_DELTA = W - PAD
X_TO = X_DELTA - DELTA - 1.3*EM
X_FROM = X_TO - TO - 1.3*EM
L = EDGE('left', PAD + ITEM + 1.3*EM)
R = EDGE('right', X_FROM - FROM - 1.3*EM)
Y0 = TOP + 1.7*LH
Y1 = BOT - LH - (TXT('xlabel') ne '' ? LH : 0) - 0.3*EM
PITCH = (Y1-Y0)/N
Y(row) = Y0 + (row-0.5)*PITCH
LEVEL(l) = column(10) == l ? Y($1) : NaN
DIRECTION(d) = column(5) == d ? Y($1) : NaN
DCOLOUR(d) = d == 1 ? UP : d == -1 ? DOWN : CTX
DTEXT(d) = d == 1 ? UPTEXT : d == -1 ? DOWNTEXT : NOTE
CAP = MIN(0.22*PITCH, 0.35*EM)             # half height of the ends of an interval

# Heads; the key sits above the plot: * significant   o not distinguishable
YH = TOP + 0.75*LH
set label TXT('head_label') at PAD,YH left font F(SMALL,0) tc rgb NOTE
set label TXT('head_from') at X_FROM,YH right font F(SMALL,1) tc rgb NOTE
set label TXT('head_to') at X_TO,YH right font F(SMALL,1) tc rgb INK
set label TXT('head_delta') at X_DELTA,YH right font F(SMALL,1) tc rgb INK
set label TXT('xlabel') at (L+R)/2,Y1+1.7*LH center font F(SMALL,0) tc rgb NOTE
BIG = PS(2.4)
HOLE = PS(1.35)
K12 = SMALL*WIDEKEY('key_clear') + 2.2*EM
K1 = MAX(PAD + SMALL*WIDEKEY('head_label') + 1.4*EM, MIN(L, R - 0.7*EM - SMALL*WIDEKEY('key_unclear') - K12))
K2 = K1 + K12
set label TXT('key_clear') at K1+0.7*EM,YH left font F(SMALL,0) tc rgb NOTE
set label TXT('key_unclear') at K2+0.7*EM,YH left font F(SMALL,0) tc rgb NOTE
ZERO = MX(0)

MARKS = PLACES("(MX($1)):(Y($2)):3:4")
plot [0:W] [H:0] \
     DATA index 'rows' using (PAD):(LEVEL(1) > Y0+PITCH ? Y($1)-PITCH/2 : NaN):(W-2*PAD):(0) with vectors nohead lc rgb RULE lw 0.7, \
     '' index 'rows' using (L):(Y($1)):(R-L):(0) with vectors nohead ls 3, \
     '' index 'xtics' using (MX($1)):(Y0-0.2*EM):(0):(Y1-Y0+0.5*EM) with vectors nohead ls 1, \
     '' index 'xtics' using (MX(DEF(1))):(Y1+0.75*LH):(QL(strcol(2))) with labels center font F(SMALL,0) tc rgb NOTE, \
     '' index 'text' every ::0::0 using (ZERO):(Y0-0.2*EM):(0):(Y1-Y0+0.2*EM) with vectors nohead lc rgb INK lw 1.2, \
     for [d in '0 -1 1'] '' index 'rows' using (IF($5==d,MX($2))):(Y($1)):(MX($3)-MX($2)):(0) with vectors nohead lc rgb DCOLOUR(d) lw 1.8, \
     for [c=2:3] for [d in '0 -1 1'] '' index 'rows' using (IF($5==d,MX(column(c)))):(Y($1)-CAP):(0):(2*CAP) with vectors nohead lc rgb DCOLOUR(d) lw 1.4, \
     for [d in '0 -1 1'] '' index 'rows' using (IF($5==d,MX($4))):(Y($1)) with points pt DOT ps BIG lc rgb DCOLOUR(d), \
     '' index 'rows' using (IF($5==0,MX($4))):(Y($1)) with points pt DOT ps HOLE lc rgb PAPER, \
     for [l=0:2] '' index 'rows' using (INDENT(l)):(SHOW(LEVEL(l))):(QL(strcol(6))) with labels left font F(1,l==1) tc rgb (l == 2 ? NOTE : INK), \
     for [l=0:2] '' index 'rows' using (X_FROM):(SHOW(LEVEL(l))):(QL(strcol(7))) with labels right font F(1,0) tc rgb NOTE, \
     for [l=0:2] '' index 'rows' using (X_TO):(SHOW(LEVEL(l))):(QL(strcol(8))) with labels right font F(1,l==1) tc rgb INK, \
     for [d in '-1 0 1'] '' index 'rows' using (X_DELTA):(SHOW(DIRECTION(d))):(QL(strcol(9))) with labels right font F(1,d != 0) tc rgb DTEXT(d), \
     '' index 'rows' using (X_DELTA):(SHOW(DIRECTION(9))):(QL(strcol(9))) with labels right font F(SMALL,0) tc rgb NOTE, \
     '' index 'text' every ::0::0 using (K1):(TXT('key_clear') ne '' ? YH : NaN) with points pt DOT ps BIG lc rgb UP, \
     '' index 'text' every ::0::0 using (K2):(TXT('key_unclear') ne '' ? YH : NaN) with points pt DOT ps BIG lc rgb CTX, \
     '' index 'text' every ::0::0 using (K2):(YH) with points pt DOT ps HOLE lc rgb PAPER @MARKS
unset output
