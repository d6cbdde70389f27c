# map.gp DATA OUT -- where it is high or low: the units in their boundaries, archipelagos in frames beside them
DIR(p) = p eq '' || p[strlen(p):*] eq '/' ? p : DIR(p[1:strlen(p)-1])
if (strstrt(ARG0,'/')) set loadpath DIR(ARG0)
DATA = ARG1
OUT = ARG2
load 'style.gp'

# All positions are mm of the map, which begins at TOP: y2.
FY(y) = TOP + y
set x2range [0:W]
set y2range [H-TOP:-TOP]
HAS = COUNT('fill1') + COUNT('fill2') + COUNT('fill3') + COUNT('fill4')   # is there a unit with a class
BARE = COUNT('missing')                    # units without a value
LX = NUM('legend_x', 0)
LY = FY(NUM('legend_y', 0))
load 'classes.gp'

NOTES = LINES(RAW('note'))
do for [k=1:NOTES] { set label Q(LINE(RAW('note'),k)) at PAD,BOT+(k-NOTES-0.5)*LH left font F(SMALL,0) tc rgb NOTE }

TEXTY(k,n) = FY($2)-$4 + (k+0.05)*1.1*EM + ($5 > 0 ? 0 : $4-0.55*EM-n*0.55*EM)     # at the top of a frame, or in its middle

MARKS = PLACES("1:(FY($2)):3:4")
plot [0:W] [H:0] \
     for [g=0:4] DATA index sprintf('fill%d',g) using 1:2 axes x2y2 with filledcurves closed fc rgb CLASS(g), \
     '' index 'bare' using 1:2 axes x2y2 with filledcurves closed fc rgb CLASS(-2), \
     '' index 'lines' using 1:2 axes x2y2 with lines lc rgb PAPER lw 1.6, \
     '' index 'lines' using 1:2 axes x2y2 with lines lc rgb CTX lw 0.5, \
     '' index 'peers' using 1:2 axes x2y2 with lines lc rgb PAPER lw 2.7, \
     '' index 'peers' using 1:2 axes x2y2 with lines lc rgb INK lw 1.1, \
     '' index 'unit' using 1:2 axes x2y2 with lines lc rgb PAPER lw 4, \
     '' index 'unit' using 1:2 axes x2y2 with lines lc rgb HL lw 2.4, \
     '' index 'islets' using 1:2 axes x2y2 with lines lc rgb PAPER lw 2.4, \
     '' index 'islets' using 1:2 axes x2y2 with lines lc rgb HL lw 0.9, \
     '' index 'missing' using 1:(FY(DEF(2))):('–') with labels center font F(SMALL,1) tc rgb NOTE, \
     '' index 'frames' using 1:(FY($2)):3:4 with boxxyerror fs empty lc rgb NOTE lw 0.9 dt (4,3), \
     for [k=1:4] '' index 'frames' using 1:(SHOW(TEXTY(k,LINES(strcol(6))))):(QL(LINE(strcol(6),k))) with labels center font F(SMALL,0) tc rgb NOTE, \
     '' index 'leader' using 1:(FY($2)):($3-$1):($4-$2) with vectors nohead lc rgb PAPER lw 2.6, \
     '' index 'leader' using 1:(FY($2)) with points pt DOT ps PS(1.7) lc rgb PAPER, \
     '' index 'leader' using 1:(FY($2)):($3-$1):($4-$2) with vectors nohead lc rgb HL lw 1, \
     '' index 'leader' using 1:(FY($2)) with points pt DOT ps PS(0.9) lc rgb HL, \
     for [bold=0:1] '' index 'label' using ($3 == 1 && ($0 == 0) == bold ? $1 : OFF):(FY($2)):(QL(strcol(4))) with labels left font F(1,bold) tc rgb HL, \
     for [bold=0:1] '' index 'label' using ($3 == -1 && ($0 == 0) == bold ? $1 : OFF):(FY($2)):(QL(strcol(4))) with labels right font F(1,bold) tc rgb HL @MARKS
unset output
