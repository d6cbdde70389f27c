# bump.gp DATA OUT -- ranks over the years, first on top: the unit with its confidence sets, its peers
DIR(p) = p eq '' || p[strlen(p):*] eq '/' ? p : DIR(p[1:strlen(p)-1])
if (strstrt(ARG0,'/')) set loadpath DIR(ARG0)
DATA = ARG1
OUT = ARG2
load 'style.gp'

SETS = COUNT('whiskers')
DISC = 0.5*MAX(4.6, 1.75*SMALL*WIDEBOLD('points',4))   # radius of a numbered dot
GRID_L = EDGE('left', PAD + MAX(SMALL*WIDE('ytics',2) + 0.6*EM, SMALL*WIDEKEY('ranked') + 0.6*EM))
L = GRID_L + 1.6*EM
R = EDGE('right', W - PAD - 3.2*EM - DRAWN('ends',3))
Y0 = TOP + 2.0*LH                          # room for the words over a break
Y1 = BOT - 2.6*LH - (TXT('xlabel') ne '' ? LH : 0)
YMIN = NUM('ymin', 1)
YMAX = NUM('ymax', 63)
MY(y) = Y0 + (y-YMIN)/(YMAX-YMIN)*(Y1-Y0)
LINECOLOUR(r) = r == 2 ? PEERLINE : HL
WEIGHT(r) = r == 1 ? (SETS ? 1.6 : 3.0) : 1.2
NEAR(r) = r == 1 ? DISC+0.2*EM : 0.6*EM    # where the line to a name begins
eval VALUES(YMIN,YMAX)
AT(r,c) = strcol(1) ne 'NaN' && column(c) == r ? MY($2) : NaN

set label TXT('ylabel') at PAD,TOP+0.5*LH left font F(SMALL,0) tc rgb NOTE
set label TXT('ranked') at PAD,Y1+2.35*LH left font F(SMALL,0) tc rgb NOTE
set label TXT('xlabel') at (L+R)/2,Y1+3.3*LH center font F(SMALL,0) tc rgb NOTE

MARKS = PLACES("(MX($1)):(MY($2)):3:4")
plot [0:W] [H:0] \
     DATA index 'ytics' using (GRID_L):(MY($1)):(R+0.8*EM-GRID_L):(0) with vectors nohead lc rgb GRID lw 0.8, \
     '' index 'ytics' using (GRID_L-0.6*EM):(MY(DEF(1))):(QL(strcol(2))) with labels right font F(SMALL,0) tc rgb NOTE, \
     '' index 'xtics' using (MX(DEF(1))):(Y1+1.45*LH):(QL(strcol(2))) with labels center font F(SMALL,0) tc rgb INK, \
     '' index 'xtics' using (MX(DEF(1))):(Y1+2.35*LH):(QL(strcol(3))) with labels center font F(SMALL,0) tc rgb NOTE, \
     '' index 'breaks' using (MX($1)):(Y0-0.6*LH):(0):(Y1-Y0+0.6*LH) with vectors nohead lc rgb CTX lw 1 dt (2,3), \
     '' index 'breaks' using (MX(DEF(1))):(Y0-1.15*LH):(QL(strcol(3))) with labels center font F(SMALL,0) tc rgb NOTE, \
     '' index 'whiskers' using (MX($1)):(0.5*(MY($2)+MY($3))):(0.55*EM):(0.5*(MY($3)-MY($2))+0.1*EM) \
         with boxxyerror lc rgb TINT fs transparent solid TINTING, \
     '' index 'lines' using (IF($3==2,$1)):2 axes x2y2 with lines lc rgb LINECOLOUR(2) lw WEIGHT(2), \
     '' index 'dash' using (IF($3==2,$1)):2 axes x2y2 with lines lc rgb LINECOLOUR(2) lw WEIGHT(2) dt (3,3), \
     '' index 'points' using (IF($3==2,$1)):2 axes x2y2 with points pt MARK(2) ps PS(1.5) lc rgb PEER, \
     '' index 'lines' using (IF($3==1,$1)):2 axes x2y2 with lines lc rgb HL lw WEIGHT(1), \
     '' index 'dash' using (IF($3==1,$1)):2 axes x2y2 with lines lc rgb HL lw 0.8*WEIGHT(1) dt (3,3), \
     '' index 'points' using (IF($3==1,$1)):2 axes x2y2 with points pt DOT ps PS(2*DISC) lc rgb HL, \
     '' index 'points' using ($3==1 ? $1 : OFF):2:4 axes x2y2 with labels center font F(SMALL,1) tc rgb ONHL, \
     for [r in '2 1'] '' index 'ends' using (IF($4==r,MX($1)+NEAR(r))):(MY($5)):(R+2.5*EM-MX($1)-NEAR(r)):(MY($2)-MY($5)) \
         with vectors nohead lc rgb LINECOLOUR(r) lw 0.7, \
     for [r in '2 1'] '' index 'ends' using (strcol(1) eq 'NaN' ? OFF : R+2.8*EM):(SHOW(AT(r,4))):(QL(strcol(3))) with labels left font F(r==1 ? 1 : SMALL, r==1) tc rgb TCOLOUR(r) @MARKS
unset output
