# likert.gp DATA OUT -- how satisfied, with what: shares of the levels to both sides of a line, the middle one apart
DIR(p) = p eq '' || p[strlen(p):*] eq '/' ? p : DIR(p[1:strlen(p)-1])
if (strstrt(ARG0,'/')) set loadpath DIR(ARG0)
DATA = ARG1
OUT = ARG2
load 'style.gp'

N = COUNT('rows')
ITEM = MAX(DRAWN('rows',2), SMALL*WIDEKEY('head_label'))
HIDDEN = SMALL*MAX(WIDEKEY('head_hidden'), WIDE('rows',4))
SATISFIED = TXT('head_satisfied') eq '' ? 0 : MAX(DRAWN('rows',5), SMALL*WIDEKEYBOLD('head_satisfied'))
UNANSWERED = SMALL*MAX(WIDEKEY('head_unanswered'), WIDE('rows',6))
INDENT(l) = PAD + (l == 2 ? 1.2*EM : 0)

# Columns: item | bad, 0, good | the middle level | satisfied | no answer | what is withheld.  One scale for all shares.
NLEG = NUM('legend_lines', 1)
X0 = PAD + ITEM + 1.3*EM
X_UNANSWERED = W - PAD - (HIDDEN > 0 ? HIDDEN + 1.3*EM : 0)
X_SATISFIED = X_UNANSWERED - (UNANSWERED > 0 ? UNANSWERED + 1.3*EM : 0)
X1 = X_SATISFIED - (SATISFIED > 0 ? SATISFIED + 1.3*EM : 0)
GAP = NUM('middle', 0) > 0 ? 2.0*EM : 0
MM = (X1-X0-GAP)/MAX(1, NUM('left',0) + NUM('right',0) + NUM('middle',0))
ZERO = X0 + NUM('left',0)*MM
XM = ZERO + NUM('right',0)*MM + GAP
X(x,tone) = (tone == 0 ? XM : ZERO) + x*MM
HEADS = MAX(MAX(1,LINES(RAW('head_hidden'))),MAX(LINES(RAW('head_satisfied')),LINES(RAW('head_unanswered'))))
Y0 = TOP + NLEG*1.2*LH + (0.9*HEADS+0.2)*LH
PITCH = (BOT-Y0)/N
Y(row) = Y0 + (row-0.5)*PITCH
LEVEL(l) = column(3) == l ? Y($1) : NaN
HH = 0.36*PITCH
FILL(t) = t == 0 ? THEME('#D5D9DE','#EDEDED','#4A515C') : \
    t == -1 ? THEME('#F3B27A','#DADADA','#7A4A1E') : t == -2 ? THEME('#B45608','#A6A6A6','#D9781F') : t == -3 ? THEME('#8A3B00','#757575','#FFB370') : \
    t == 1 ? THEME('#8FC1DF','#BDBDBD','#2A5F8A') : t == 2 ? THEME('#2A73A8','#5E5E5E','#4A94CC') : THEME('#0A3D6B','#333333','#9CCBEE')
PALE_RGB = RGB(PALE)
ON_RGB(t) = abs(t) < 2 || (MONO && t == -2) ? INK_RGB : PALE_RGB

set label TXT('head_label') at PAD,Y0-0.55*LH left font F(SMALL,0) tc rgb NOTE
set label TXT('head_middle') at MIN(XM,X1-SMALL*WIDEKEY('head_middle')),Y0-0.55*LH left font F(SMALL,0) tc rgb NOTE
do for [k=1:HEADS] {
    set label Q(LINE(RAW('head_hidden'),k)) at W-PAD,Y0-0.55*LH-(LINES(RAW('head_hidden'))-k)*0.9*LH right font F(SMALL,0) tc rgb NOTE
    set label Q(LINE(RAW('head_satisfied'),k)) at X_SATISFIED,Y0-0.55*LH-(LINES(RAW('head_satisfied'))-k)*0.9*LH right font F(SMALL,1) tc rgb INK
    set label Q(LINE(RAW('head_unanswered'),k)) at X_UNANSWERED,Y0-0.55*LH-(LINES(RAW('head_unanswered'))-k)*0.9*LH right font F(SMALL,0) tc rgb NOTE
}

ROOM(k) = (k == 3 ? SATISFIED : k == 4 ? UNANSWERED : HIDDEN)/2 + 0.5*EM
MIDDLE(k) = (k == 3 ? X_SATISFIED : k == 4 ? X_UNANSWERED : W-PAD) - ROOM(k) + 0.5*EM
MARKS = PLACES("($5 > 2 ? MIDDLE($5) : X($1,$5 == 2 ? 0 : 1)):(Y($2)):($5 > 2 ? ROOM($5) : MM*$3):(HH)")
# lt: the letter that stands for a tone in text (--preview)
plot [0:W] [H:0] \
     DATA index 'rows' using (PAD):(LEVEL(1) > Y0+PITCH ? Y($1)-PITCH/2 : NaN):(W-2*PAD):(0) with vectors nohead lc rgb RULE lw 0.7, \
     for [t=-3:3] '' index 'pieces' using (IF($4==t,(X($2,t)+X($3,t))/2)):(Y($1)):(abs($3-$2)*MM/2):(HH) with boxxyerror lt t+5 fc rgb FILL(t) fs solid 1 border lc rgb PAPER, \
     '' index 'pieces' using ((X(DEF(2),$4)+X(DEF(3),$4))/2):(Y(DEF(1))):(QL(strcol(5))):(ON_RGB($4)) with labels center font F(SMALL,0) tc rgb variable, \
     '' index 'text' every ::0::0 using (ZERO):(Y0-0.2*EM):(0):(BOT-Y0+0.2*EM) with vectors nohead lc rgb INK lw 1.2, \
     for [l=1:2] '' index 'rows' using (INDENT(l)):(SHOW(LEVEL(l))):(QL(strcol(2))) with labels left font F(1,l==1) tc rgb (l == 2 ? NOTE : INK), \
     '' index 'rows' using (W-PAD):(Y(DEF(1))):(QL(strcol(4))) with labels right font F(SMALL,0) tc rgb NOTE, \
     for [l=1:2] '' index 'rows' using (X_SATISFIED):(SHOW(LEVEL(l))):(QL(strcol(5))) with labels right font F(1,l==1) tc rgb INK, \
     '' index 'rows' using (X_UNANSWERED):(Y(DEF(1))):(QL(strcol(6))) with labels right font F(SMALL,0) tc rgb NOTE, \
     for [t=-3:3] '' index 'legend' using (IF($3==t,PAD+0.7*EM+$1)):(TOP+($2-0.5)*1.2*LH):(0.7*EM):(0.45*EM) with boxxyerror lt t+5 fc rgb FILL(t), \
     '' index 'legend' using (PAD+1.8*EM+DEF(1)):(TOP+(DEF(2)-0.5)*1.2*LH):(QL(strcol(4))) with labels left font F(SMALL,0) tc rgb INK @MARKS
unset output
