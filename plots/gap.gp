# gap.gp DATA OUT -- how far from the middle and from the best: one row an item, distances from the reference at 0
DIR(p) = p eq '' || p[strlen(p):*] eq '/' ? p : DIR(p[1:strlen(p)-1])
if (strstrt(ARG0,'/')) set loadpath DIR(ARG0)
DATA = ARG1
OUT = ARG2
load 'style.gp'

N = COUNT('rows')
HEAD(k) = SMALL*WIDEKEY(k)
ITEM = MAX(DRAWN('rows',9), HEAD('head_label'))
VALUE = MAX(WIDE('rows',10), HEAD('head_value'))
GAP = MAX(WIDEBOLD('rows',11), SMALL*WIDEKEYBOLD('head_gap'))
BEST = TXT('head_best') eq '' ? 0 : MAX(WIDE('rows',12), HEAD('head_best'))
INDENT(l) = PAD + (l == 2 ? 1.2*EM : 0)

# Columns: item | distances L..R | value | to the reference | to the best.
X_BEST = W - PAD
X_GAP = X_BEST - (BEST > 0 ? BEST + 1.3*EM : 0)
X_VALUE = X_GAP - GAP - 1.3*EM
L = EDGE('left', PAD + ITEM + 1.3*EM)
R = EDGE('right', X_VALUE - VALUE - 1.3*EM)
YH = TOP + 0.75*LH
Y0 = TOP + 1.7*LH
Y1 = BOT - LH - (TXT('xlabel') ne '' ? LH : 0) - 0.3*EM
PITCH = (Y1-Y0)/N
Y(row) = Y0 + (row-0.5)*PITCH
LEVEL(l) = column(8) == l ? Y($1) : NaN
SIDE(d) = column(7) == d ? Y($1) : NaN
DCOLOUR(d) = d == 1 ? UP : d == -1 ? DOWN : CTX
DTEXT(d) = d == 1 ? UPTEXT : d == -1 ? DOWNTEXT : NOTE
CAP = MIN(0.2*PITCH, 0.35*EM)
TICK = MIN(0.32*PITCH, 0.8*EM)
BIG = PS(2.7)
RING = PS(2.2)
HOLE = PS(1.2)

set label TXT('head_label') at PAD,YH left font F(SMALL,0) tc rgb NOTE
set label TXT('head_value') at X_VALUE,YH right font F(SMALL,0) tc rgb NOTE
set label TXT('head_gap') at X_GAP,YH right font F(SMALL,1) tc rgb INK
set label TXT('head_best') at X_BEST,YH right font F(SMALL,0) tc rgb NOTE
set label TXT('xlabel') at (L+R)/2,Y1+1.7*LH center font F(SMALL,0) tc rgb NOTE
KW(k) = TXT(k) eq '' ? 0 : HEAD(k) + 2.2*EM
KEYS = KW('key_unit') + KW('key_best') + KW('key_national')
K1 = MAX(PAD + HEAD('head_label') + 1.4*EM, MIN((L+R-KEYS)/2, R - KEYS))
K2 = K1 + KW('key_unit')
K3 = K2 + KW('key_best')
set label TXT('key_unit') at K1+0.7*EM,YH left font F(SMALL,0) tc rgb NOTE
set label TXT('key_best') at K2+0.7*EM,YH left font F(SMALL,0) tc rgb NOTE
set label TXT('key_national') at K3+0.7*EM,YH left font F(SMALL,0) tc rgb NOTE
ZERO = MX(0)

MARKS = PLACES("(MX($1)):(Y($2)):3:4")
plot [0:W] [H:0] \
     DATA index 'rows' using (PAD):(LEVEL(1) > Y0+PITCH ? Y($1)-PITCH/2 : NaN):(W-2*PAD):(0) with vectors nohead lc rgb RULE lw 0.7, \
     '' index 'rows' using (L):(Y($1)):(R-L):(0) with vectors nohead ls 3, \
     '' index 'xtics' using (MX($1)):(Y0-0.2*EM):(0):(Y1-Y0+0.5*EM) with vectors nohead ls 1, \
     '' index 'xtics' using (MX(DEF(1))):(Y1+0.75*LH):(QL(strcol(2))) with labels center font F(SMALL,0) tc rgb NOTE, \
     '' index 'text' every ::0::0 using (ZERO):(Y0-0.2*EM):(0):(Y1-Y0+0.2*EM) with vectors nohead lc rgb INK lw 1.2, \
     '' index 'rows' using (MX($2)):(Y($1)):(MX($5)-MX($2)):(0) with vectors nohead lc rgb PEER lw 0.8 dt (2,3), \
     for [d in '9 0 -1 1'] '' index 'rows' using (IF($7==d,ZERO)):(Y($1)):(MX($2)-ZERO):(0) with vectors nohead lc rgb DCOLOUR(d) lw 5, \
     '' index 'rows' using (MX($6)):(Y($1)-TICK):(0):(2*TICK) with vectors nohead lc rgb CTX lw 2.2, \
     '' index 'rows' using (MX($3)):(Y($1)):(MX($4)-MX($3)):(0) with vectors nohead lc rgb HL lw 1.4, \
     for [c=3:4] '' index 'rows' using (MX(column(c))):(Y($1)-CAP):(0):(2*CAP) with vectors nohead lc rgb HL lw 1.4, \
     '' index 'rows' using (MX($5)):(Y($1)) with points pt DOT ps RING lc rgb PEER, \
     '' index 'rows' using (MX($5)):(Y($1)) with points pt DOT ps HOLE lc rgb PAPER, \
     '' index 'rows' using (MX($2)):(Y($1)) with points pt DOT ps BIG lc rgb HL, \
     for [l=0:2] '' index 'rows' using (INDENT(l)):(SHOW(LEVEL(l))):(QL(strcol(9))) with labels left font F(1,l==1) tc rgb (l == 2 ? NOTE : INK), \
     '' index 'rows' using (X_VALUE):(Y(DEF(1))):(QL(strcol(10))) with labels right font F(1,0) tc rgb INK, \
     for [d in '9 0 -1 1'] '' index 'rows' using (X_GAP):(SHOW(SIDE(d))):(QL(strcol(11))) with labels right font F(1,1) tc rgb (d == 9 ? INK : DTEXT(d)), \
     '' index 'rows' using (BEST > 0 ? X_BEST : OFF):(Y(DEF(1))):(QL(strcol(12))) with labels right font F(1,0) tc rgb NOTE, \
     '' index 'text' every ::0::0 using (K1):(YH) with points pt DOT ps BIG lc rgb HL, \
     '' index 'text' every ::0::0 using (K2):(TXT('key_best') ne '' ? YH : NaN) with points pt DOT ps RING lc rgb PEER, \
     '' index 'text' every ::0::0 using (K2):(TXT('key_best') ne '' ? YH : NaN) with points pt DOT ps HOLE lc rgb PAPER, \
     '' index 'text' every ::0::0 using (K3):(TXT('key_national') ne '' ? YH-0.5*EM : NaN):(0):(EM) with vectors nohead lc rgb CTX lw 2.2 @MARKS
unset output
