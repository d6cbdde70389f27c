# trend.gp DATA OUT -- direction over the years: the unit, its peers, the median and the interquartile band
DIR(p) = p eq '' || p[strlen(p):*] eq '/' ? p : DIR(p[1:strlen(p)-1])
if (strstrt(ARG0,'/')) set loadpath DIR(ARG0)
DATA = ARG1
OUT = ARG2
load 'style.gp'

# The plot area is C's, which places the values.
L = EDGE('left', 20)
GRID_L = L - 1.2*EM                        # the first year stands clear of the tics, so does its value
R = EDGE('right', W-20)
Y0 = TOP + 1.3*LH                          # room for the words over a break
Y1 = BOT - 1.35*LH - (TXT('xlabel') ne '' ? LH : 0)
YMIN = NUM('ymin', 0)
YMAX = NUM('ymax', 1)
MY(y) = Y1 - (y-YMIN)/(YMAX-YMIN)*(Y1-Y0)
LINECOLOUR(r) = r == 3 ? INK : r == 2 ? PEERLINE : HL
TEXTCOLOUR(r) = r == 3 ? INK : TCOLOUR(r)
WEIGHT(r) = r == 1 ? 3.0 : r == 2 ? 1.1 : 1.5
eval VALUES(YMAX,YMIN)
AT(r,c) = strcol(1) ne 'NaN' && column(c) == r ? MY($2) : NaN    # y of a row whose role, in column c, is r
NWHISK = 0                                 # the unit's intervals, under the lines
array WX[100]
array WLO[100]
array WHI[100]
if (COUNT('whiskers')) stats DATA index 'whiskers' using (strcol(1) eq 'NaN' ? 0 : (NWHISK = NWHISK+1, WX[NWHISK] = $1, WLO[NWHISK] = $2, WHI[NWHISK] = $3)) nooutput
do for [k=1:NWHISK] {
    set arrow from MX(WX[k]),MY(WLO[k]) to MX(WX[k]),MY(WHI[k]) nohead back lc rgb HL lw 1.4
    set arrow from MX(WX[k])-0.35*EM,MY(WLO[k]) to MX(WX[k])+0.35*EM,MY(WLO[k]) nohead back lc rgb HL lw 1.4
    set arrow from MX(WX[k])-0.35*EM,MY(WHI[k]) to MX(WX[k])+0.35*EM,MY(WHI[k]) nohead back lc rgb HL lw 1.4
}
UP = 1.0*EM                                # how far C moves the values from their points

set label TXT('xlabel') at (L+R)/2,Y1+2.0*LH center font F(SMALL,0) tc rgb NOTE
set label TXT('ylabel') at PAD,TOP+0.5*LH left font F(SMALL,0) tc rgb NOTE

MARKS = PLACES("(MX($1)):(MY($2)):3:4")
plot [0:W] [H:0] \
     DATA index 'band' using 1:2:3 axes x2y2 with filledcurves fc rgb RANGE, \
     '' index 'ytics' using (GRID_L):(MY($1)):(R-GRID_L):(0) with vectors nohead lc rgb GRID lw 0.8, \
     '' index 'ytics' using (GRID_L-0.6*EM):(MY(DEF(1))):(QL(strcol(2))) with labels right font F(SMALL,0) tc rgb NOTE, \
     '' index 'xtics' using (MX(DEF(1))):(Y1+0.8*LH):(QL(strcol(2))) with labels center font F(SMALL,0) tc rgb NOTE, \
     '' index 'breaks' using (MX($1)):(Y0-0.3*LH):(0):(Y1-Y0+0.3*LH) with vectors nohead lc rgb CTX lw 1 dt (2,3), \
     '' index 'breaks' using (MX(DEF(1))):(Y0-0.75*LH):(QL(strcol(3))) with labels center font F(SMALL,0) tc rgb NOTE, \
     '' index 'peers' using 1:2 axes x2y2 with lines lc rgb LINECOLOUR(2) lw WEIGHT(2), \
     '' index 'peers' using 1:2 axes x2y2 with points pt MARK(2) ps PS(1.0) lc rgb LINECOLOUR(2), \
     '' index 'median' using 1:2 axes x2y2 with lines lc rgb INK lw 1.6, \
     '' index 'unit' using 1:3:4 axes x2y2 with filledcurves fc rgb TINT fs transparent solid TINTING, \
     for [r in '2 3 1'] '' index 'dash' using (IF($3==r,$1)):2 axes x2y2 with lines lc rgb LINECOLOUR(r) lw (r == 1 ? 2 : WEIGHT(r)) dt (3,3), \
     '' index 'unit' using 1:2 axes x2y2 with lines lc rgb HL lw WEIGHT(1), \
     for [r in '2 3 1'] '' index 'points' using (IF($3==r,$1)):2 axes x2y2 with points pt MARK(r) ps PS(r == 1 ? 2.5 : 1.2) lc rgb LINECOLOUR(r), \
     '' index 'unit' using 1:2 axes x2y2 with points pt DOT ps PS(2.5) lc rgb HL, \
     for [r in '2 3 1'] '' index 'ends' using (IF(valid(5) && $4==r,MX($1)+0.6*EM)):(MY($5)):(1.5*EM):(MY($2)-MY($5)) \
         with vectors nohead lc rgb LINECOLOUR(r) lw 0.7, \
     for [r in '2 3 1'] '' index 'ends' using (MX(DEF(1))+2.3*EM):(SHOW(AT(r,4))):(QL(strcol(3))) with labels left font F(r==1 ? 1 : SMALL, r==1) tc rgb TEXTCOLOUR(r), \
     '' index 'labels' using (MX($1)):(MY($2)-UP*$5):(0.5*SMALL*WIDEBOLD('labels',3)+0.1*EM):(0.42*EM) \
         with boxxyerror lc rgb PAPER fs transparent solid 0.95, \
     '' index 'labels' using (MX(DEF(1))):(strcol(1) eq 'NaN' ? OFF : MY($2) - UP*$5):(QL(strcol(3))) with labels center font F(SMALL,1) tc rgb HL @MARKS
unset output
