# rank.gp DATA OUT -- who stands where: one row a unit, a dot with its interval, the median, the groups
DIR(p) = p eq '' || p[strlen(p):*] eq '/' ? p : DIR(p[1:strlen(p)-1])
if (strstrt(ARG0,'/')) set loadpath DIR(ARG0)
DATA = ARG1
OUT = ARG2
load 'style.gp'

N = COUNT('rows')
RANKS = DRAWN('rows',6)
GROUPS = WIDE('groups',3)

# Columns: rank | name | dots L..R | value | group.  Heads and median label above the rows.
X_RANK = PAD + (RANKS > 0 ? MAX(RANKS, SMALL*WIDEKEY('head_rank')) : 0)
X_NAME = X_RANK + (RANKS > 0 ? 0.9*EM : 0)
VALUE = MAX(DRAWN('rows',8), SMALL*WIDEKEY('head_value'))
L = EDGE('left', X_NAME + MAX(DRAWN('rows',7), SMALL*WIDEKEY('head_label')) + 1.3*EM)
R = EDGE('right', W - PAD - (GROUPS > 0 ? 1.3*EM + SMALL*GROUPS : 0) - VALUE - 1.3*EM)
X_VALUE = R + 1.3*EM + VALUE
X_GROUP = X_VALUE + 1.3*EM
DOUBLE = N > 30
Y0 = TOP + (DOUBLE ? LH : 0) + (TXT('median_label') ne '' || TXT('head_value') ne '' ? 1.5*LH : 0.4*LH)
Y1 = BOT - LH - (TXT('xlabel') ne '' ? LH : 0) - 0.3*EM
PITCH = (Y1-Y0)/N
Y(row) = Y0 + (row-0.5)*PITCH
U = 0                                      # row of the unit, 0: not there
stats DATA index 'rows' using (U = $5 == 1 ? int($1) : U, 1) nooutput
OTHERS(y) = $1 == U ? OFF : y

set label TXT('head_rank') at X_RANK,Y0-0.75*LH right font F(SMALL,0) tc rgb NOTE
set label TXT('head_label') at X_NAME,Y0-0.75*LH left font F(SMALL,0) tc rgb NOTE
set label TXT('head_value') at X_VALUE,Y0-0.75*LH right font F(SMALL,0) tc rgb NOTE
set label TXT('xlabel') at (L+R)/2,Y1+1.7*LH center font F(SMALL,0) tc rgb NOTE
MED = MX(NUM('median', NaN))
if (MED >= L && MED <= R) {
    MW = SMALL*WIDEKEY('median_label')/2
    set label TXT('median_label') at MAX(L+MW,MIN(R-MW,MED)),Y0-0.75*LH center font F(SMALL,0) tc rgb INK
}

UNIT = U ? ", '' index 'rows' every ::U-1::U-1 using (MX($3)):(Y(U)):(MX($4)-MX($3)):(0) with vectors nohead lc rgb HL lw 2.6" \
    .", '' index 'rows' every ::U-1::U-1 using (MX($2)):(Y(U)) with points pt MARK(1) ps SIZE(1) lc rgb HL" \
    .", '' index 'rows' every ::U-1::U-1 using (X_RANK):(Y(U)):(QL(strcol(6))) with labels right font F(1,1) tc rgb HL" \
    .", '' index 'rows' every ::U-1::U-1 using (X_NAME):(Y(U)):(QL(strcol(7))) with labels left font F(1,1) tc rgb HL" \
    .", '' index 'rows' every ::U-1::U-1 using (X_VALUE):(Y(U)):(QL(strcol(8))) with labels right font F(1,1) tc rgb HL" : ''
MARKS = PLACES("(MX($1)):(Y($2)):3:4")
plot [0:W] [H:0] DATA index 'text' every ::0::0 using ((PAD+X_VALUE)/2):(U ? Y(U) : NaN):((X_VALUE-PAD)/2+0.4*EM):(PITCH/2) with boxxyerror lc rgb BAND, \
     '' index 'rows' using (L):(Y($1)):(R-L):(0) with vectors nohead ls 3, \
     '' index 'xtics' using (MX($1)):(Y0-0.2*EM):(0):(Y1-Y0+0.5*EM) with vectors nohead ls 1, \
     '' index 'xtics' using (MX(DEF(1))):(Y1+0.75*LH):(QL(strcol(2))) with labels center font F(SMALL,0) tc rgb NOTE, \
     '' index 'xtics' using (DOUBLE ? MX(DEF(1)) : OFF):(TOP+0.5*LH):(QL(strcol(2))) with labels center font F(SMALL,0) tc rgb NOTE, \
     DATA index 'text' every ::0::0 using (MED):(Y0-0.3*LH):(0):(Y1-Y0+0.3*LH) with vectors nohead ls 2, \
     '' index 'groups' using (PAD):($1 > 1 ? Y($1)-PITCH/2 : NaN):(X_VALUE-PAD):(0) with vectors nohead lc rgb CTX lw 0.6, \
     '' index 'groups' using (X_VALUE+0.65*EM):(Y($1)-0.4*PITCH):(0):(PITCH*($2-$1+0.8)) with vectors nohead lc rgb CTX lw 1.4, \
     for [k=1:3] '' index 'groups' using (X_GROUP):((Y(DEF(1))+Y(DEF(2)))/2 + (k-0.5-LINES(strcol(3))/2.0)*0.9*LH):(QL(LINE(strcol(3),k))) \
         with labels left font F(SMALL,0) tc rgb NOTE, \
     for [r=0:2:2] '' index 'rows' using (IF($5==r,MX($3))):(Y($1)):(MX($4)-MX($3)):(0) with vectors nohead lc rgb COLOUR(r) lw 1.5, \
     for [r=0:2:2] '' index 'rows' using (IF($5==r,MX($2))):(Y($1)) with points pt MARK(r) ps SIZE(r) lc rgb COLOUR(r), \
     '' index 'rows' using (X_RANK):(OTHERS(Y($1))):(QL(strcol(6))):(TRGB($5)) with labels right font F(1,0) tc rgb variable, \
     '' index 'rows' using (X_NAME):(OTHERS(Y($1))):(QL(strcol(7))):(TRGB($5)) with labels left font F(1,0) tc rgb variable, \
     '' index 'rows' using (X_VALUE):(OTHERS(Y($1))):(QL(strcol(8))):(TRGB($5)) with labels right font F(1,0) tc rgb variable \
     @UNIT @MARKS
unset output
