# tilemap.gp DATA OUT -- where it is high or low: one equal tile a province, both archipelagos labelled
DIR(p) = p eq '' || p[strlen(p):*] eq '/' ? p : DIR(p[1:strlen(p)-1])
if (strstrt(ARG0,'/')) set loadpath DIR(ARG0)
DATA = ARG1
OUT = ARG2
load 'style.gp'

NC = 0
NR = 0
HAS = 0                                    # tiles with a group
BARE = 0                                   # tiles without a value
stats DATA index 'tiles' using (NC = MAX(NC,$1+1), NR = MAX(NR,$2+1), HAS = HAS+($3 > 0), BARE = BARE+($3 == 0), 1) nooutput

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
GROUP(g) = column(3) == g ? Y($2) : NaN
ROLE(r) = column(4) == r && column(3) != -1 ? Y($2) : NaN
NAME = NUM('name_pt', REPORT ? 8.0 : 7.6)/PT

# Legend in the sea, top right unless C says otherwise (tile coordinates of its top left corner)
LX = X0 + NUM('legend_x', NC-2.55)*TW
LY = TOP + NUM('legend_y', 0)*TH
array G[5] = ['g1', 'g2', 'g3', 'g4', 'g0']
NL = HAS ? LINES(RAW('legend_title')) : 0
do for [k=1:NL] { set label Q(LINE(RAW('legend_title'),k)) at LX,LY+(k-0.4)*LH left font F(SMALL,1) tc rgb INK }
row = 0
do for [i=1:5] {
    if (TXT(G[i]) ne '' && (i == 5 ? BARE : HAS)) {
        y = LY + (NL+0.15)*LH + (row+0.5)*1.2*LH   # a label of two lines takes a row and a half
        set object rectangle center LX+0.8*EM,y size 1.6*EM,1.05*EM fc rgb CLASS(int(G[i][2:2])) fs solid 1 border lc rgb CTX lw 0.6
        if (i == 5) { set label '–' at LX+0.8*EM,y center font F(SMALL,0) tc rgb NOTE front }
        do for [k=1:LINES(RAW(G[i]))] { set label Q(LINE(RAW(G[i]),k)) at LX+2.1*EM,y+(k-1)*0.85*LH left font F(SMALL,0) tc rgb INK }
        row = row + 1 + 0.75*(LINES(RAW(G[i]))-1)
    }
}
do for [k=1:NOTES] { set label Q(LINE(RAW('note'),k)) at (REPORT ? X0 : PAD),BOT+(k-NOTES-0.5)*LH left font F(SMALL,0) tc rgb NOTE }

plot [0:W] [H:0] \
     for [g=-2:4] DATA index 'tiles' using (X($1)):(g != -1 ? GROUP(g) : NaN):(HW):(HH) with boxxyerror fc rgb CLASS(g), \
     for [g in '-2 0 4'] '' index 'tiles' using (X($1)):(GROUP(g)):(HW):(HH) with boxxyerror fs empty lc rgb CTX lw 0.7, \
     '' index 'tiles' using (X($1)):(GROUP(-1)):(HW):(HH) with boxxyerror fs empty lc rgb NOTE lw 0.9 dt (4,3), \
     '' index 'tiles' using (X($1)):(ROLE(2)):(HW-0.35):(HH-0.35) with boxxyerror fs empty lc rgb PAPER lw 0.9, \
     '' index 'tiles' using (X($1)):(ROLE(2)):(HW):(HH) with boxxyerror fs empty lc rgb INK lw 1.6, \
     '' index 'tiles' using (X($1)):(ROLE(1)):(HW-0.5):(HH-0.5) with boxxyerror fs empty lc rgb PAPER lw 2.5, \
     '' index 'tiles' using (X($1)):(ROLE(1)):(HW+0.1):(HH+0.1) with boxxyerror fs empty lc rgb HL lw 4.2, \
     for [g=-2:4] for [k=1:2] '' index 'tiles' using (X($1)):(SHOW(GROUP(g)) + (g == -1 ? (k-0.5-LINES(strcol(5))/2.0)*1.1*EM : -0.19*TH)): \
         (g == -1 || k == 1 ? QL(LINE(strcol(5),k)) : '') with labels center font F(NAME,0) tc rgb ONCLASS(g), \
     for [g=-2:4] '' index 'tiles' using (X($1)):(SHOW(GROUP(g)) +0.20*TH):(QL(strcol(6))) with labels center font F(1,1) tc rgb ONCLASS(g)
unset output
