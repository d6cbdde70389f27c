# quadrant.gp DATA OUT -- level (x) against change (y): a point a unit, the medians as cross lines, a few names
DIR(p) = p eq '' || p[strlen(p):*] eq '/' ? p : DIR(p[1:strlen(p)-1])
if (strstrt(ARG0,'/')) set loadpath DIR(ARG0)
DATA = ARG1
OUT = ARG2
load 'style.gp'

# The plot area is C's, which places the names: W x left..right, 4.1 lines less than the body high.
L = EDGE('left', 20)
R = EDGE('right', W-4)
Y0 = TOP + 1.5*LH
Y1 = BOT - 2.6*LH
YMIN = NUM('ymin', 0)
YMAX = NUM('ymax', 1)
MY(y) = Y1 - (y-YMIN)/(YMAX-YMIN)*(Y1-Y0)
ROLE(r) = column(3) == r ? MY($2) : NaN
NAME(r,a) = strcol(1) ne 'NaN' && column(7) == r && column(8) == a ? MY($2) : OFF
CAP = 0.35*EM

set label TXT('ylabel') at PAD,TOP+0.5*LH left font F(SMALL,0) tc rgb NOTE front
set label TXT('xlabel') at (L+R)/2,Y1+2.0*LH center font F(SMALL,0) tc rgb NOTE front
CL = 1.1*SMALL*EM                          # from line to line of the words in the corners
do for [k=1:LINES(RAW('q1'))] { set label Q(LINE(RAW('q1'),k)) at L+0.5*EM,Y0+0.8*SMALL*EM+(k-1)*CL left font F(SMALL,0) tc rgb NOTE front }
do for [k=1:LINES(RAW('q2'))] { set label Q(LINE(RAW('q2'),k)) at R-0.5*EM,Y0+0.8*SMALL*EM+(k-1)*CL right font F(SMALL,0) tc rgb NOTE front }
do for [k=1:LINES(RAW('q3'))] { set label Q(LINE(RAW('q3'),k)) at L+0.5*EM,Y1-0.8*SMALL*EM-(LINES(RAW('q3'))-k)*CL left font F(SMALL,0) tc rgb NOTE front }
do for [k=1:LINES(RAW('q4'))] { set label Q(LINE(RAW('q4'),k)) at R-0.5*EM,Y1-0.8*SMALL*EM-(LINES(RAW('q4'))-k)*CL right font F(SMALL,0) tc rgb NOTE front }

MARKS = PLACES("(MX($1)):(MY($2)):3:4")
plot [0:W] [H:0] \
     DATA index 'xtics' using (MX($1)):(Y0):(0):(Y1-Y0) with vectors nohead ls 1, \
     '' index 'ytics' using (L):(MY($1)):(R-L):(0) with vectors nohead ls 1, \
     '' index 'xtics' using (MX(DEF(1))):(Y1+0.8*LH):(QL(strcol(2))) with labels center font F(SMALL,0) tc rgb NOTE, \
     '' index 'ytics' using (L-0.6*EM):(MY(DEF(1))):(QL(strcol(2))) with labels right font F(SMALL,0) tc rgb NOTE, \
     '' index 'text' every ::0::0 using (L):(YMIN < 0 && YMAX > 0 ? MY(0) : NaN):(R-L):(0) with vectors nohead lc rgb CTX lw 1, \
     '' index 'text' every ::0::0 using (MX(NUM('xmedian',NaN))):(Y0):(0):(Y1-Y0) with vectors nohead ls 2, \
     '' index 'text' every ::0::0 using (L):(MY(NUM('ymedian',NaN))):(R-L):(0) with vectors nohead ls 2, \
     '' index 'unit' using (MX($3)):(MY($2)):(MX($4)-MX($3)):(0) with vectors nohead lc rgb HL lw 1.6, \
     '' index 'unit' using (MX($1)):(MY($5)):(0):(MY($6)-MY($5)) with vectors nohead lc rgb HL lw 1.6, \
     for [c=3:4] '' index 'unit' using (MX(column(c))):(MY($2)-CAP):(0):(2*CAP) with vectors nohead lc rgb HL lw 1.4, \
     for [c=5:6] '' index 'unit' using (MX($1)-CAP):(MY(column(c))):(2*CAP):(0) with vectors nohead lc rgb HL lw 1.4, \
     '' index 'labels' using (MX($3)):(MY($4)):(MX($5)-MX($3)):(MY($6)-MY($4)) with vectors nohead lc rgb CTX lw 0.6, \
     for [r in '0 2 1'] '' index 'points' using (MX($1)):(ROLE(r)) with points pt MARK(r) ps SIZE(r) lc rgb COLOUR(r), \
     for [r in '0 2 1'] '' index 'labels' using (MX(DEF(1))):(NAME(r,1)):(QL(strcol(9))) with labels left font F(r == 1 ? 1 : SMALL, r==1) tc rgb TCOLOUR(r), \
     for [r in '0 2 1'] '' index 'labels' using (MX(DEF(1))):(NAME(r,0)):(QL(strcol(9))) with labels center font F(r == 1 ? 1 : SMALL, r==1) tc rgb TCOLOUR(r), \
     for [r in '0 2 1'] '' index 'labels' using (MX(DEF(1))):(NAME(r,-1)):(QL(strcol(9))) with labels right font F(r == 1 ? 1 : SMALL, r==1) tc rgb TCOLOUR(r) @MARKS
unset output
