# panels.gp DATA OUT -- small multiples: every item over the years in a cell of its own, all on one axis
DIR(p) = p eq '' || p[strlen(p):*] eq '/' ? p : DIR(p[1:strlen(p)-1])
if (strstrt(ARG0,'/')) set loadpath DIR(ARG0)
DATA = ARG1
OUT = ARG2
load 'style.gp'
KSIGN = 2.2*EM                             # the key above
KEY = TOP
TOP = TOP + NUM('key_lines',0)*LH + 0.5*EM
KY(kind) = strcol(1) ne 'NaN' && $1 == kind ? KEY+($4-0.5)*LH : NaN

N = COUNT('titles')
NT = NUM('title_lines', 1)

# Cells in rows from the top left; the axis is labelled at the first of each row, the years at each cell or, where
# there are many, at the last of each column.
EVERY = TXT('years') ne 'last'
COLS = int(NUM('columns', 1))
ROWS = (N+COLS-1)/COLS
LEFT = EDGE('left', 20)
CW = (W - PAD - LEFT)/COLS
UNDER = EVERY ? 1.1*LH : 0.4*EM
CH = (BOT - TOP + 0.7*EM - (EVERY ? 0 : 0.8*LH))/ROWS
TLH = 1.15*EM
COL(c) = c == c ? (int(c)-1)%COLS : 0
ROW(c) = c == c ? (int(c)-1)/COLS : 0
CL(c) = LEFT + COL(c)*CW
PLOT = NUM('plot_mm', 0.8*CW)
CR(c) = CL(c) + PLOT                       # the plot: CL..CR, CT..CB
CT(c) = TOP + ROW(c)*CH + NT*TLH + 0.5*EM
CB(c) = TOP + (ROW(c)+1)*CH - UNDER - 0.7*EM
YMIN = NUM('ymin', 0)
YMAX = NUM('ymax', 1)
PX(c,x) = CL(c) + 0.8*EM + (x-XMIN)/(XMAX-XMIN)*(PLOT-0.8*EM)
PY(c,y) = CB(c) - (y-YMIN)/(YMAX-YMIN)*(CB(c)-CT(c))
ONEYEAR = COUNT('xtics') == 1
VX(c,x) = (ONEYEAR ? PX(c,x) : CR(c)) + 0.9*EM     # where the last value stands
TICK = MIN(0.45*EM, 0.35*(PX(1,XMIN+1)-PX(1,XMIN)))  # half the width of marks of a year alone
ROLE(r) = strcol(1) ne 'NaN' && $4 == r ? PY($1,$3) : NaN
LINECOLOUR(r) = r == 3 ? INK : HL
CAP = 0.22*EM
# The middle when there is none; at the foot the lines stand higher, clear of the years.
LAST(c) = strcol(3) eq 'NaN' ? (CT(c)+CB(c))/2. : MIN(PY(c,column(3)), CB(c)-0.525*SMALL*EM*(LINES(strcol(4))-1))

MARKS = PLACES("(PX(int($1/10000),$1-10000*int($1/10000))):(PY(int($1/10000),$2)):3:4")
plot [0:W] [H:0] \
     DATA index 'band' using (PX($1,$2)):(PY($1,$3)):(PY($1,$4)) with filledcurves fc rgb RANGE, \
     '' index 'boxes' using (PX($1,$2)):(PY($1,($3+$4)/2)):(TICK):((PY($1,$3)-PY($1,$4))/2) with boxxyerror fc rgb RANGE, \
     '' index 'unit' using (PX($1,$2)):(PY($1,$4)):(PY($1,$5)) with filledcurves fc rgb TINT fs transparent solid TINTING, \
     for [c=1:N] '' index 'ytics' using (CL(c)):(PY(c,$1)):(CR(c)-CL(c)+0.4*EM):(0) with vectors nohead ls 1, \
     for [r=1:ROWS] '' index 'ytics' using (LEFT-0.5*EM):(PY((r-1)*COLS+1,DEF(1))):(QL(strcol(2))) with labels right font F(SMALL,0) tc rgb NOTE, \
     for [c=1:N] '' index 'xtics' using (PX(c,$1)):(CB(c)):(0):(0.3*EM) with vectors nohead lc rgb RULE lw 0.8, \
     for [c=(EVERY ? 1 : MAX(1,N-COLS+1)):N] '' index 'xtics' using (PX(c,DEF(1))):(CB(c)+0.75*LH):(QL(strcol(2))) with labels center font F(SMALL,0) tc rgb NOTE, \
     '' index 'breaks' using (PX($1,$2)):(CT($1)):(0):(CB($1)-CT($1)) with vectors nohead lc rgb CTX lw 1 dt (2,3), \
     '' index 'middle' using (PX($1,$2)):(PY($1,$3)) with lines lc rgb INK lw 1.3, \
     '' index 'whiskers' using (PX($1,$2)):(PY($1,$3)):(0):(PY($1,$4)-PY($1,$3)) with vectors nohead lc rgb HL lw 1, \
     for [e=3:4] '' index 'whiskers' using (PX($1,$2)-CAP):(PY($1,column(e))):(2*CAP):(0) with vectors nohead lc rgb HL lw 1, \
     for [r in '3 1'] '' index 'dash' using (PX($1,$2)):(ROLE(r)) with lines lc rgb LINECOLOUR(r) lw (r == 1 ? 1.8 : 1.3) dt (3,3), \
     '' index 'unit' using (PX($1,$2)):(PY($1,$3)) with lines lc rgb HL lw 2.4, \
     '' index 'points' using (PX($1,$2)-TICK):(ROLE(3)):(2*TICK):(0) with vectors nohead lc rgb INK lw 1.3, \
     '' index 'points' using (PX($1,$2)):(ROLE(1)) with points pt DOT ps PS(1.7) lc rgb HL, \
     '' index 'unit' using (PX($1,$2)):(PY($1,$3)) with points pt DOT ps PS(1.1) lc rgb HL, \
     '' index 'ends' using (PX($1,$2)):(PY($1,$3)) with points pt DOT ps PS(2.1) lc rgb HL, \
     for [k=1:3] '' index 'ends' using (strcol(1) eq 'NaN' ? OFF : VX($1,$2)):(LAST($1)+1.05*SMALL*EM*(k-(LINES(strcol(4))+1)/2.)):(QL(LINE(strcol(4),k))) \
         with labels left font F(SMALL,1) tc rgb HL, \
     for [b=0:1] for [k=1:NT] '' index 'titles' using (strcol(1) ne 'NaN' && $3 == b ? CL($1) : OFF):(CT(DEF(1))-0.7*EM-(LINES(strcol(2))-k+0.35)*TLH):(QL(LINE(strcol(2),k))) \
         with labels left font F(1,b) tc rgb INK, \
     '' index 'key' using (PAD+$3):(KY(1)):(KSIGN):(0) with vectors nohead lc rgb HL lw 2.4, \
     '' index 'key' using (PAD+$3+KSIGN/2):(KY(1)) with points pt DOT ps PS(2.1) lc rgb HL, \
     '' index 'key' using (PAD+$3):(KY(2)):(KSIGN):(0) with vectors nohead lc rgb INK lw 1.3, \
     '' index 'key' using (PAD+$3+KSIGN/2):(KY(3)):(KSIGN/2):(0.35*EM) with boxxyerror fc rgb RANGE, \
     '' index 'key' using (PAD+$3+KSIGN/2):(KY(4)-0.45*EM):(0):(0.9*EM) with vectors nohead lc rgb HL lw 1, \
     for [e=-1:1:2] '' index 'key' using (PAD+$3+KSIGN/2-CAP):(KY(4)+e*0.45*EM):(2*CAP):(0) with vectors nohead lc rgb HL lw 1, \
     '' index 'key' using (PAD+$3):(KY(5)):(KSIGN):(0) with vectors nohead lc rgb HL lw 1.8 dt (3,3), \
     '' index 'key' using (PAD+$3+KSIGN/2):(KY(6)-0.5*EM):(0):(EM) with vectors nohead lc rgb CTX lw 1 dt (2,3), \
     '' index 'key' using (PAD+DEF(3)+2.7*EM):(KEY+(DEF(4)-0.5)*LH):(QL(strcol(2))) with labels left font F(SMALL,0) tc rgb INK @MARKS
unset output
