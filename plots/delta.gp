# delta.gp DATA OUT -- whose change is real: one row a unit or item, its change with its interval about 0
DIR(p) = p eq '' || p[strlen(p):*] eq '/' ? p : DIR(p[1:strlen(p)-1])
if (strstrt(ARG0,'/')) set loadpath DIR(ARG0)
DATA = ARG1
OUT = ARG2
load 'style.gp'

N = COUNT('rows')

# Columns: name | changes L..R | change.  The key sits above the plot.
VALUE = MAX(DRAWN('rows',8), SMALL*WIDEKEY('head_value'))
L = EDGE('left', PAD + MAX(DRAWN('rows',7), SMALL*WIDEKEY('head_label')) + 1.3*EM)
X_VALUE = W - PAD
R = EDGE('right', X_VALUE - VALUE - 1.3*EM)
DOUBLE = N > 30
YH = TOP + 0.75*LH
Y0 = TOP + (DOUBLE ? LH : 0) + 1.5*LH
Y1 = BOT - LH - (TXT('xlabel') ne '' ? LH : 0) - 0.3*EM
PITCH = (Y1-Y0)/N
Y(row) = Y0 + (row-0.5)*PITCH
U = 0                                      # row of the unit, 0: not there
PEERS = 0
SURE = 0                                   # changes with an error: with a whisker
FALLS = 0
RISES = 0
stats DATA index 'rows' using (U = $6 == 1 ? int($1) : U, PEERS = PEERS+($6 == 2), SURE = SURE+($5 != 9), \
    FALLS = FALLS+($5 == -1), RISES = RISES+($5 == 1), 1) nooutput
OTHERS(y) = $1 == U ? OFF : y
DCOLOUR(d) = d == 1 ? UP : d == -1 ? DOWN : CTX
DTEXT_RGB(d) = d == 1 ? UP_RGB : d == -1 ? DOWN_RGB : NOTE_RGB
UP_RGB = RGB(UPTEXT)
DOWN_RGB = RGB(DOWNTEXT)
NOTE_RGB = RGB(NOTE)
SHAPE(d,r) = MONO && d == 1 ? 9 : MONO && d == -1 ? 11 : MARK(r)    # mono: triangles up and down, squares for peers
CAP = MIN(0.22*PITCH, 0.35*EM)             # half height of the ends of an interval
BIG = PS(MIN(2.2, 0.72*PITCH))
HOLE = PS(MIN(1.2, 0.38*PITCH))

set label TXT('head_label') at PAD,YH left font F(SMALL,0) tc rgb NOTE
set label TXT('head_value') at X_VALUE,YH right font F(SMALL,0) tc rgb NOTE
set label TXT('xlabel') at (L+R)/2,Y1+1.7*LH center font F(SMALL,0) tc rgb NOTE
KEY = TXT('key_up') ne ''
KW(k) = SMALL*WIDEKEY(k) + 2.2*EM
K1 = MAX(PAD + SMALL*WIDEKEY('head_label') + 1.4*EM, (L+R-KW('key_up')-KW('key_down')-KW('key_unclear'))/2)
K2 = K1 + KW('key_up')
K3 = K2 + KW('key_down')
set label TXT('key_up') at K1+0.7*EM,YH left font F(SMALL,0) tc rgb NOTE
set label TXT('key_down') at K2+0.7*EM,YH left font F(SMALL,0) tc rgb NOTE
set label TXT('key_unclear') at K3+0.7*EM,YH left font F(SMALL,0) tc rgb NOTE
ZERO = MX(0)

UNIT = U ? ", '' index 'rows' every ::U-1::U-1 using (PAD):(Y(U)):(QL(strcol(7))) with labels left font F(1,1) tc rgb HL" : ''
RING = U ? ", '' index 'rows' every ::U-1::U-1 using (MX($4)):(Y(U)) with points pt DOT ps 1.75*BIG lc rgb HL" \
    .", '' index 'rows' every ::U-1::U-1 using (MX($4)):(Y(U)) with points pt DOT ps 1.3*BIG lc rgb PAPER" : ''
VERDICTS = (SURE > RISES+FALLS ? '0 ' : '').(FALLS ? '-1 ' : '').(RISES ? '1' : '')
WHISKERS = SURE ? ", for [d in VERDICTS] '' index 'rows' using (IF($5==d,MX($2))):(Y($1)):(MX($3)-MX($2)):(0) with vectors nohead lc rgb DCOLOUR(d) lw 1.6" \
    .", for [c=2:3] for [d in VERDICTS] '' index 'rows' using (IF($5==d,MX(column(c)))):(Y($1)-CAP):(0):(2*CAP) with vectors nohead lc rgb DCOLOUR(d) lw 1.2" : ''
HOLES = SURE > RISES+FALLS ? ", '' index 'rows' using (IF($5==0,MX($4))):(Y($1)) with points pt DOT ps HOLE lc rgb PAPER" : ''
CLEAR = RISES+FALLS ? ", '' index 'rows' using (X_VALUE):(abs($5)==1 ? Y($1) : OFF):(QL(strcol(8))):(DTEXT_RGB($5)) with labels right font F(1,1) tc rgb variable" : ''
KEYS = KEY ? ", '' index 'text' every ::0::0 using (K1):(YH) with points pt SHAPE(1,0) ps PS(2.2) lc rgb DCOLOUR(1)" \
    .", '' index 'text' every ::0::0 using (K2):(YH) with points pt SHAPE(-1,0) ps PS(2.2) lc rgb DCOLOUR(-1)" \
    .", '' index 'text' every ::0::0 using (K3):(YH) with points pt DOT ps PS(2.2) lc rgb DCOLOUR(0)" \
    .", '' index 'text' every ::0::0 using (K3):(YH) with points pt DOT ps PS(1.2) lc rgb PAPER" : ''
ROLES = '0'.(U ? ' 1' : '').(PEERS ? ' 2' : '')
DIRECTIONS = (SURE < N ? '9 ' : '').VERDICTS
MARKS = PLACES("(MX($1)):(Y($2)):3:4")
plot [0:W] [H:0] \
     DATA index 'text' every ::0::0 using (W/2):(U ? Y(U) : NaN):(W/2-PAD+0.4*EM):(PITCH/2) with boxxyerror lc rgb BAND, \
     '' index 'rows' using (L):(Y($1)):(R-L):(0) with vectors nohead ls 3, \
     '' index 'xtics' using (MX($1)):(Y0-0.2*EM):(0):(Y1-Y0+0.5*EM) with vectors nohead ls 1, \
     '' index 'xtics' using (MX(DEF(1))):(Y1+0.75*LH):(QL(strcol(2))) with labels center font F(SMALL,0) tc rgb NOTE, \
     '' index 'xtics' using (DOUBLE ? MX(DEF(1)) : OFF):(Y0-0.65*LH):(QL(strcol(2))) with labels center font F(SMALL,0) tc rgb NOTE, \
     '' index 'text' every ::0::0 using (ZERO):(Y0-0.2*EM):(0):(Y1-Y0+0.2*EM) with vectors nohead lc rgb INK lw 1.2 \
     @WHISKERS @RING, \
     for [r in ROLES] for [d in DIRECTIONS] '' index 'rows' using (IF($5==d && $6==r,MX($4))):(Y($1)) \
         with points pt SHAPE(d,r) ps BIG*(MONO && abs(d) == 1 ? 1.2 : 1) lc rgb DCOLOUR(d) \
     @HOLES, \
     '' index 'rows' using (PAD):(OTHERS(Y($1))):(QL(strcol(7))):(TRGB($6)) with labels left font F(1,0) tc rgb variable \
     @UNIT, \
     '' index 'rows' using (X_VALUE):(abs($5)==1 ? OFF : Y($1)):(QL(strcol(8))):(DTEXT_RGB($5)) with labels right font F(1,0) tc rgb variable \
     @CLEAR @KEYS @MARKS
unset output
