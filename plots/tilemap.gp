# tilemap.gp DATA OUT -- where it is high or low, or how many answers there are: one equal tile a province, both
# archipelagos labelled
DIR(p) = p eq '' || p[strlen(p):*] eq '/' ? p : DIR(p[1:strlen(p)-1])
if (strstrt(ARG0,'/')) set loadpath DIR(ARG0)
DATA = ARG1
OUT = ARG2
load 'style.gp'

NC = 0
NR = 0
HAS = 0                                    # tiles with a group
BARE = 0                                   # tiles without a value
FEW = 0                                    # tiles of class 5
THREE = 0                                  # tiles with a third line
stats DATA index 'tiles' using (NC = MAX(NC,$1+1), NR = MAX(NR,$2+1), HAS = HAS+($3 > 0), BARE = BARE+($3 == 0), \
    FEW = FEW+($3 == 5), THREE = THREE+(strcol(7) ne "\004"), 1) nooutput

# Tiles fill the page, at most 1.45 times as wide as high or the reverse 1.05; centred.
NOTES = LINES(RAW('note'))
Y1 = BOT - NOTES*LH - (NOTES ? 0.4*EM : 0)
TH = MIN((Y1-TOP)/NR, 1.05*(W-2*PAD)/NC)
TW = MIN((W-2*PAD)/NC, 1.45*TH)
X0 = (W-NC*TW)/2
X(c) = X0 + (c+0.5)*TW
Y(r) = TOP + (r+0.5)*TH
HW = TW/2 - 0.35                           # half tile, leaving a white gap of 0.7 mm
HH = TH/2 - 0.35
NAME = NUM('name_pt', REPORT ? 8.0 : 7.6)/PT

# Legend in the sea, top right unless C says otherwise (tile coordinates of its top left corner)
LX = X0 + NUM('legend_x', NC-2.55)*TW
LY = TOP + NUM('legend_y', 0)*TH
load 'classes.gp'
do for [k=1:NOTES] { set label Q(LINE(RAW('note'),k)) at (REPORT ? X0 : PAD),BOT+(k-NOTES-0.5)*LH left font F(SMALL,0) tc rgb NOTE }

MARKS = PLACES("(X($1)):(Y($2)):(2*HW*$3):(2*HH*$4)")

# Colours by group, from -2
array FILL[8]
array FRAME[8]                             # 0: none
array WORDS[8]
do for [g=-2:5] {
    FILL[g+3] = RGB(CLASS(g))
    FRAME[g+3] = g == 5 ? RGB(INK) : g == -2 || g == 0 || g == 4 ? RGB(CTX) : 0
    WORDS[g+3] = RGB(ONCLASS(g))
}

# Class 5 (too few answers) is hatched above and below its words: lines x + y = d of the tile, from its left or lower edge.
STEP = 1.6
NH = int((HW+HH)/STEP)
HX(d) = MAX(-HW, d-HH)
HATCH(d) = MIN(HW, d+HH) - HX(d)
HATCHES = FEW ? ", for [k=-NH:NH] '' index 'tiles' using (IF($3==5,X($1)+HX(k*STEP))):(Y($2)+k*STEP-HX(k*STEP)):(HATCH(k*STEP)):(-HATCH(k*STEP)) with vectors nohead lt 4 lc rgb INK lw 0.8" \
    .", '' index 'tiles' using (IF($3==5,X($1))):(Y($2)):(HW):(HH-0.15*TH) with boxxyerror lt 4 fc rgb PAPER" : ''
# The name is the first line; of an archipelago, both.
SEAY(k) = (k-0.5-LINES(strcol(5))/2.0)*1.1*EM
NAMEY(g) = g == -1 ? SEAY(1) : (g == 5 ? -0.13 : THREE ? -0.28 : -0.19)*TH
VALUEY(g) = (g == 5 ? 0.16 : THREE ? 0.0 : 0.20)*TH
THIRD = THREE ? ", '' index 'tiles' using (X($1)):(Y($2)+0.27*TH):(QL(strcol(7))):(WORDS[$3+3]) with labels center font F(NAME,0) tc rgb variable" : ''

# lt: by which text (--preview) draws frames, in letters: @ a tile, = an archipelago, * a peer, # the unit, % few answers
plot [0:W] [H:0] \
     DATA index 'tiles' using (IF($3!=-1,X($1))):(Y($2)):(HW):(HH):(FILL[$3+3]) with boxxyerror lc rgb variable \
     @HATCHES, \
     '' index 'tiles' using (IF(FRAME[$3+3],X($1))):(Y($2)):(HW):(HH):(FRAME[$3+3]) with boxxyerror fs empty lt 5 lc rgb variable lw 0.7, \
     '' index 'tiles' using (IF($3==-1,X($1))):(Y($2)):(HW):(HH) with boxxyerror fs empty lt 7 lc rgb NOTE lw 0.9 dt (4,3), \
     '' index 'tiles' using (IF($4==2 && $3!=-1,X($1))):(Y($2)):(HW-0.35):(HH-0.35) with boxxyerror fs empty lt 1 lc rgb PAPER lw 0.9, \
     '' index 'tiles' using (IF($4==2 && $3!=-1,X($1))):(Y($2)):(HW):(HH) with boxxyerror fs empty lt 1 lc rgb INK lw 1.6, \
     '' index 'tiles' using (IF($4==1 && $3!=-1,X($1))):(Y($2)):(HW-0.5):(HH-0.5) with boxxyerror fs empty lt 2 lc rgb PAPER lw 2.5, \
     '' index 'tiles' using (IF($4==1 && $3!=-1,X($1))):(Y($2)):(HW+0.1):(HH+0.1) with boxxyerror fs empty lt 2 lc rgb HL lw 4.2, \
     '' index 'tiles' using (X($1)):(Y($2)+NAMEY($3)):(QL(LINE(strcol(5),1))):(WORDS[$3+3]) with labels center font F(NAME,0) tc rgb variable, \
     '' index 'tiles' using ($3==-1 ? X($1) : OFF):(Y($2)+SEAY(2)):($3==-1 ? QL(LINE(strcol(5),2)) : '') with labels center font F(NAME,0) tc rgb ONCLASS(-1), \
     '' index 'tiles' using (X($1)):(Y($2)+VALUEY($3)):(QL(strcol(6))):(WORDS[$3+3]) with labels center font F(1,1) tc rgb variable \
     @THIRD @MARKS
unset output
