# radar.gp DATA OUT -- the profile: an axis an item from one centre, the unit against the middle and the best
DIR(p) = p eq '' || p[strlen(p):*] eq '/' ? p : DIR(p[1:strlen(p)-1])
if (strstrt(ARG0,'/')) set loadpath DIR(ARG0)
DATA = ARG1
OUT = ARG2
load 'style.gp'

# Lines: 1 the unit, 2 the peers' median, 3 the middle of the country, 4 the best.
set style line 11 lc rgb HL lw 2.8
set style line 12 lc rgb PEER lw 1.8
if (MONO) set style line 12 lc rgb PEER lw 1.8 dt (9,4)
set style line 13 lc rgb INK lw 1.4
set style line 14 lc rgb CTX lw 1.5 dt (4,4)
RCOLOUR(k) = k == 1 ? HL : k == 2 ? PEER : k == 3 ? INK : CTX
KSIGN = 2.2*EM                             # the key above
KEY = TOP
TOP = TOP + NUM('key_lines',0)*LH + 0.5*EM
KY(kind) = strcol(1) ne 'NaN' && $1 == kind ? KEY+($4-0.5)*LH : NaN
CENTRE = NUM('centre', 0)
RIM = NUM('edge', 1)

# The largest circle that leaves room for the words around it: spokes go clockwise from the top, words stand outward.
N = COUNT('spokes')
A(k) = 2*pi*(k-1)/N
SIDE(k) = abs(sin(A(k))) < 0.01 ? 0 : sgn(sin(A(k)))
WLH = 1.15*EM                              # between lines of words
GAP = 1.6*EM
TALL(c) = WLH*(LINES(strcol(c))+1)         # with the value below
UPPER = 0
LOWER = 0
MOST = 0                                   # lines of a name
stats DATA index 'spokes' using (MOST = MAX(MOST, LINES(strcol(2))), \
    UPPER = MAX(UPPER, cos(A($1)) > 0 ? TALL(2)*(1+cos(A($1)))/2 : 0), \
    LOWER = MAX(LOWER, cos(A($1)) < 0 ? TALL(2)*(1-cos(A($1)))/2 : 0), 1) nooutput
ROOM = W/2 - PAD - MAX(WIDE('spokes',2),WIDEBOLD('spokes',3)) - GAP
BOTTOM = N%2 == 0 ? 1 : cos(pi/N)               # how far down the lowest spokes reach
RADIUS = MIN(ROOM, (BOT - TOP - UPPER - LOWER - GAP*(1+BOTTOM))/(1+BOTTOM))
CX = W/2
CY = TOP + UPPER + GAP + RADIUS + MAX(0, (BOT - TOP - UPPER - LOWER - (RADIUS+GAP)*(1+BOTTOM))/2)
MR(v) = (v-CENTRE)/(RIM-CENTRE)*RADIUS
PX(k,v) = CX + MR(v)*sin(A(k))
PY(k,v) = CY - MR(v)*cos(A(k))
CAP = 0.35*EM
RS = NUM('ring_spoke', 1)                  # the spoke with the rings' labels, and on which side of it they stand
RSIDE = NUM('ring_side', -1)               # 1: clockwise of it
RWIDE = SMALL*WIDE('rings',2)
BESIDE = 0.3*EM + abs(cos(A(RS)))*RWIDE/2 + abs(sin(A(RS)))*SMALL*EM/2
RX(v) = PX(RS,v) + RSIDE*cos(A(RS))*BESIDE
RY(v) = PY(RS,v) + RSIDE*sin(A(RS))*BESIDE
ROLE(r) = strcol(1) ne 'NaN' && $3 == r ? PY($1,$2) : NaN
WX(k) = CX + (RADIUS+GAP)*sin(A(k))        # words: their inner end, and the height of the line `i` of `n`
WY(k,i,n) = CY - (RADIUS+GAP)*cos(A(k)) - WLH*n/2.*cos(A(k)) + WLH*(i-(n+1)/2.)
AT(s) = strcol(1) ne 'NaN' && SIDE($1) == s
DSTYLE(k) = k == 2 && MONO ? 5 : DOT

MARKS = PLACES("(PX($1,$2)):(PY($1,$2)):3:4")
plot [0:W] [H:0] \
     DATA index 'area' using (PX($1,$2)):(PY($1,$2)) with filledcurves closed fc rgb TINT fs transparent solid (EXT eq '.emf' ? 1 : 0.07) noborder, \
     for [i=1:N] '' index 'rings' using (PX(i,$1)):(PY(i,$1)):(PX(i+1,$1)-PX(i,$1)):(PY(i+1,$1)-PY(i,$1)) with vectors nohead lc rgb GRID lw 1, \
     '' index 'spokes' using (CX):(CY):(RADIUS*sin(A($1))):(-RADIUS*cos(A($1))) with vectors nohead lc rgb GRID lw 1, \
     '' index 'best' using (PX($1,$2)):(PY($1,$2)) with lines ls 14, \
     '' index 'middle' using (PX($1,$2)):(PY($1,$2)) with lines ls 13, \
     '' index 'peers' using (PX($1,$2)):(PY($1,$2)) with lines ls 12, \
     '' index 'whiskers' using (PX($1,$2)):(PY($1,$2)):(PX($1,$3)-PX($1,$2)):(PY($1,$3)-PY($1,$2)) with vectors nohead lc rgb HL lw 1.4, \
     for [c=2:3] '' index 'whiskers' using (PX($1,column(c))-CAP*cos(A($1))):(PY($1,column(c))-CAP*sin(A($1))):(2*CAP*cos(A($1))):(2*CAP*sin(A($1))) \
         with vectors nohead lc rgb HL lw 1.4, \
     '' index 'rings' using (RX($1)):(RY($1)):(RWIDE/2):(0.42*EM) with boxxyerror fc rgb PAPER fs transparent solid 0.75, \
     '' index 'rings' using (RX(DEF(1))):(RY(DEF(1))):(QL(strcol(2))) with labels center font F(SMALL,0) tc rgb NOTE, \
     '' index 'unit' using (PX($1,$2)):(PY($1,$2)) with lines ls 11, \
     for [k=4:1:-1] '' index 'dots' using (PX($1,$2)):(ROLE(k)) with points pt DSTYLE(k) ps PS(k == 1 ? 2.3 : 1.4) lc rgb RCOLOUR(k), \
     for [i=1:MOST] '' index 'spokes' using (AT(-1) ? WX($1) : OFF):(WY(DEF(1),i,LINES(strcol(2))+1)):(QL(LINE(strcol(2),i))) with labels right font F(1,0) tc rgb INK, \
     '' index 'spokes' using (AT(-1) ? WX($1) : OFF):(WY(DEF(1),LINES(strcol(2))+1,LINES(strcol(2))+1)):(QL(strcol(3))) with labels right font F(1,1) tc rgb HL, \
     for [i=1:MOST] '' index 'spokes' using (AT(0) ? WX($1) : OFF):(WY(DEF(1),i,LINES(strcol(2))+1)):(QL(LINE(strcol(2),i))) with labels center font F(1,0) tc rgb INK, \
     '' index 'spokes' using (AT(0) ? WX($1) : OFF):(WY(DEF(1),LINES(strcol(2))+1,LINES(strcol(2))+1)):(QL(strcol(3))) with labels center font F(1,1) tc rgb HL, \
     for [i=1:MOST] '' index 'spokes' using (AT(1) ? WX($1) : OFF):(WY(DEF(1),i,LINES(strcol(2))+1)):(QL(LINE(strcol(2),i))) with labels left font F(1,0) tc rgb INK, \
     '' index 'spokes' using (AT(1) ? WX($1) : OFF):(WY(DEF(1),LINES(strcol(2))+1,LINES(strcol(2))+1)):(QL(strcol(3))) with labels left font F(1,1) tc rgb HL, \
     for [k=1:4] '' index 'key' using (PAD+$3):(KY(k)):(KSIGN):(0) with vectors nohead ls 10+k, \
     '' index 'key' using (PAD+$3+KSIGN/2):(KY(1)) with points pt DOT ps PS(2.3) lc rgb HL, \
     '' index 'key' using (PAD+DEF(3)+2.7*EM):(KEY+(DEF(4)-0.5)*LH):(QL(strcol(2))) with labels left font F(SMALL,0) tc rgb INK @MARKS
unset output
