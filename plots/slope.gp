# slope.gp DATA OUT -- two years: a line a unit from left to right, names with values at both ends
DIR(p) = p eq '' || p[strlen(p):*] eq '/' ? p : DIR(p[1:strlen(p)-1])
if (strstrt(ARG0,'/')) set loadpath DIR(ARG0)
DATA = ARG1
OUT = ARG2
load 'style.gp'

LABELS = DRAWN('ends',7) + 0.3*EM
LEAD = 2.3*EM                              # from the point to its label
L = EDGE('left', PAD + LABELS + LEAD)
R = EDGE('right', W - PAD - LABELS - LEAD)
Y0 = TOP + 1.6*LH
Y1 = BOT - 0.8*LH
YMIN = NUM('ymin', 0)
YMAX = NUM('ymax', 1)
MY(y) = Y1 - (y-YMIN)/(YMAX-YMIN)*(Y1-Y0)
X(side) = side > 0 ? R : L
OUTWARD(side) = side > 0 ? 1 : -1
LINECOLOUR(r) = r == 1 ? HL : PEERLINE
HIT(r,dash) = column(3) == r && column(4) == dash ? MY($1) : NaN
END(r) = column(6) == r ? MY($3) : NaN
AT(side,r) = strcol(1) ne 'NaN' && column(1) == side && column(6) == r ? MY($2) : OFF
CAP = 0.3*EM

set label TXT('head_from') at L,TOP+0.6*LH center font F(1,1) tc rgb INK
set label TXT('head_to') at R,TOP+0.6*LH center font F(1,1) tc rgb INK

MARKS = PLACES("(X($1)):(MY($2)):3:4")
plot [0:W] [H:0] \
     DATA index 'text' every ::0::1 using ($0 == 0 ? L : R):(Y0-0.3*LH):(0):(Y1-Y0+0.6*LH) with vectors nohead lc rgb RULE lw 1, \
     for [r in '2 1'] '' index 'lines' using (L):(HIT(r,0)):(R-L):(MY($2)-MY($1)) with vectors nohead lc rgb LINECOLOUR(r) lw (r == 1 ? 3 : 1.3), \
     for [r in '2 1'] '' index 'lines' using (L):(HIT(r,1)):(R-L):(MY($2)-MY($1)) with vectors nohead lc rgb LINECOLOUR(r) lw (r == 1 ? 3 : 1.3) dt (4,3), \
     '' index 'ends' using (X($1)):(END(1) == END(1) ? MY($4) : NaN):(0):(MY($5)-MY($4)) with vectors nohead lc rgb HL lw 1.8, \
     for [c=4:5] '' index 'ends' using (X($1)-CAP):(END(1) == END(1) ? MY(column(c)) : NaN):(2*CAP):(0) with vectors nohead lc rgb HL lw 1.4, \
     for [r in '2 1'] '' index 'ends' using (X($1)):(END(r)) with points pt MARK(r) ps SIZE(r) lc rgb COLOUR(r), \
     for [r in '2 1'] '' index 'ends' using (X($1)+OUTWARD($1)*0.5*EM):(END(r)):(OUTWARD($1)*1.5*EM):(MY($2)-MY($3)) with vectors nohead lc rgb LINECOLOUR(r) lw 0.6, \
     for [r in '2 1'] '' index 'ends' using (L-LEAD):(AT(0,r)):(QL(strcol(7))) with labels right font F(1,r==1) tc rgb TCOLOUR(r), \
     for [r in '2 1'] '' index 'ends' using (R+LEAD):(AT(1,r)):(QL(strcol(7))) with labels left font F(1,r==1) tc rgb TCOLOUR(r) @MARKS
unset output
