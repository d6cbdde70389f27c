# heatmap.gp DATA OUT -- strong and weak points: score in print, percentile as colour, units by items
DIR(p) = p eq '' || p[strlen(p):*] eq '/' ? p : DIR(p[1:strlen(p)-1])
if (strstrt(ARG0,'/')) set loadpath DIR(ARG0)
DATA = ARG1
OUT = ARG2
load 'style.gp'

NC = COUNT('cols')
NR = COUNT('rows')
NH = NUM('head_lines', 1)

# Heads above, colour legend below the cells.
L = EDGE('left', PAD + DRAWN('rows',3) + 0.7*EM)
R = EDGE('right', W - PAD - 0.8)
HLH = 1.12*EM
Y0 = TOP + NH*HLH + 0.4*EM
Y1 = BOT - 2.1*LH
CW = (R-L)/NC
PITCH = (Y1-Y0)/NR
X(c) = L + (c-0.5)*CW
Y(r) = Y0 + (r-0.5)*PITCH
HW = CW/2 - 0.25
HH = PITCH/2 - MIN(0.25, 0.05*PITCH)
ROLE(r) = column(2) == r ? Y($1) : NaN

# Both ends are near enough to the paper for its ink (>= 4.5:1), so printed scores never change colour.
if (MONO) { set palette defined (0 '#F5F5F5', 100 '#8C8C8C') }
if (DARK) { set palette defined (0 '#94500F', 25 '#5E3D1F', 50 '#2A3038', 75 '#214D70', 100 '#1F6CA5') }
if (!MONO && !DARK) { set palette defined (0 '#E08214', 25 '#FDB863', 50 '#F7F7F7', 75 '#92C5DE', 100 '#4393C3') }
set cbrange [0:100]
unset colorbox
if (SIDES && MONO) { set palette defined (0 '#C4C4C4', 50 '#F5F5F5', 100 '#8C8C8C') }
STEPS = SIDES ? 3 : 21
BW = MIN((SIDES ? 0.75 : 0.55)*(R-L), SIDES ? 100.0 : 70.0)
BX = R - BW
BY = Y1 + 0.75*LH
set label TXT('legend_title') at BX-0.8*EM,BY right font F(SMALL,0) tc rgb NOTE
if (SIDES) {
    set label TXT('legend_low') at BX+BW/6,BY+0.95*LH center font F(SMALL,0) tc rgb NOTE
    set label TXT('legend_mid') at BX+BW/2,BY+0.95*LH center font F(SMALL,0) tc rgb NOTE
    set label TXT('legend_high') at BX+5*BW/6,BY+0.95*LH center font F(SMALL,0) tc rgb NOTE
} else {
    set label TXT('legend_low') at BX,BY+0.95*LH left font F(SMALL,0) tc rgb NOTE
    set label TXT('legend_mid') at BX+BW/2,BY+0.95*LH center font F(SMALL,0) tc rgb NOTE
    set label TXT('legend_high') at BX+BW,BY+0.95*LH right font F(SMALL,0) tc rgb NOTE
}

MARKS = PLACES("(X($1)):(Y($2)):(2*HW*$3):(2*HH*$4)")
set xrange [0:W]
set yrange [H:0]
# lt: the letter of a cell and of the unit's frame in text (--preview)
plot sample [0:STEPS-1:1] '+' using (BX+($1+0.5)*BW/STEPS):(BY):(0.5*BW/STEPS):(0.32*LH):(100.0*$1/(STEPS-1)) with boxxyerror lc palette, \
     for [k=1:NH] DATA index 'cols' using (X($1)):(Y0-0.4*EM-(LINES(strcol(2))-k+0.5)*HLH):(QL(LINE(strcol(2),k))) \
         with labels center font F(SMALL,0) tc rgb INK, \
     '' index 'cells' using (X($1)):(Y($2)):(HW):(HH):(strcol(3) eq 'NaN' ? NaN : $3) with boxxyerror lt 1 lc palette, \
     '' index 'cells' using (X($1)):(strcol(3) eq 'NaN' ? Y($2) : NaN):(HW):(HH) with boxxyerror fs empty lt 1 lc rgb RULE lw 0.7, \
     '' index 'cells' using (X($1)):(Y($2)):(QL(strcol(4))) with labels center font F(1,0) tc rgb INK, \
     for [r in '0 2 1'] '' index 'rows' using (PAD):(SHOW(ROLE(r))):(QL(strcol(3))) with labels left font F(1,r==1) tc rgb TCOLOUR(r), \
     '' index 'rows' using ((L+R)/2):(ROLE(1)):((R-L)/2+0.3):(PITCH/2+0.1) with boxxyerror fs empty lt 7 lc rgb PAPER lw 4.4, \
     '' index 'rows' using ((L+R)/2):(ROLE(1)):((R-L)/2+0.3):(PITCH/2+0.1) with boxxyerror fs empty lt 7 lc rgb HL lw 2.6 @MARKS
unset output
