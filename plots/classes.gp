# classes.gp -- the legend of a map's classes, at LX, LY (mm); loaded by tilemap.gp and map.gp
# HAS: some unit has a class; BARE: some unit has no value.
array G[6] = ['g1', 'g2', 'g3', 'g4', 'g5', 'g0']
NL = HAS ? LINES(RAW('legend_title')) : 0
do for [k=1:NL] { set label Q(LINE(RAW('legend_title'),k)) at LX,LY+(k-0.4)*LH left font F(SMALL,1) tc rgb INK front }
row = 0
do for [i=1:6] {
    if (TXT(G[i]) ne '' && (i == 6 ? BARE : HAS)) {
        y = LY + (NL+0.15)*LH + (row+0.5)*1.2*LH   # a label of two lines takes a row and a half
        set object rectangle center LX+0.8*EM,y size 1.6*EM,1.05*EM fc rgb CLASS(int(G[i][2:2])) fs solid 1 border lc rgb CTX lw 0.6 front
        if (i == 5) { do for [k=-2:2] { set arrow from LX+(0.8+0.3*k-0.25)*EM,y+0.5*EM to LX+(0.8+0.3*k+0.25)*EM,y-0.5*EM nohead lc rgb INK lw 0.8 front } }
        if (i == 6) { set label '–' at LX+0.8*EM,y center font F(SMALL,0) tc rgb NOTE front }
        do for [k=1:LINES(RAW(G[i]))] { set label Q(LINE(RAW(G[i]),k)) at LX+2.1*EM,y+(k-1)*0.85*LH left font F(SMALL,0) tc rgb INK front }
        row = row + 1 + 0.75*(LINES(RAW(G[i]))-1)
    }
}
