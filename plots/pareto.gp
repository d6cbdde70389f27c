# pareto.gp DATA OUT -- where points were lost: one bar a criterion, the largest first, and the line of their sum
DIR(p) = p eq '' || p[strlen(p):*] eq '/' ? p : DIR(p[1:strlen(p)-1])
if (strstrt(ARG0,'/')) set loadpath DIR(ARG0)
DATA = ARG1
OUT = ARG2
load 'style.gp'

N = COUNT('rows')
VALUE = MAX(DRAWN('rows',6), SMALL*WIDEKEYBOLD('head_value'))
SUM = MAX(WIDE('rows',7), SMALL*WIDEKEY('head_sum'))

# Columns: name | bars L..R | lost | sum.  The axis of the sum is above, that of the bars below.
X_SUM = W - PAD
X_VALUE = X_SUM - SUM - 1.3*EM
L = EDGE('left', PAD + MAX(WIDE('rows',5), SMALL*WIDEKEY('head_label')) + 0.9*EM)
R = EDGE('right', X_VALUE - VALUE - 2.0*EM)
YH = TOP + 0.75*LH
Y0 = TOP + 1.7*LH
Y1 = BOT - 2.2*LH
PITCH = (Y1-Y0)/N
Y(row) = Y0 + (row-0.5)*PITCH
HALF(h) = column(4) == h ? Y($1) : NaN
BAR(h) = h ? THEME('#5B6472','#5B6472','#AEB7C3') : CTX
MC(c) = L + c/100.0*(R-L)

set label TXT('head_label') at PAD,YH left font F(SMALL,0) tc rgb NOTE
set label TXT('head_value') at X_VALUE,YH right font F(SMALL,1) tc rgb INK
set label TXT('head_sum') at X_SUM,YH right font F(SMALL,0) tc rgb TCOLOUR(2)
set label TXT('xlabel') at (L+R)/2,Y1+1.8*LH center font F(SMALL,0) tc rgb NOTE
do for [c=0:100:25] {
    set label sprintf('%d%%',c) at MC(c),YH center font F(SMALL,0) tc rgb TCOLOUR(2)
}

MARKS = PLACES("((L+R)/2):(Y($2)):((R-L)/2):(0.5*PITCH)")
plot [0:W] [H:0] \
     DATA index 'xtics' using (MX($1)):(Y0):(0):(Y1-Y0+0.3*EM) with vectors nohead ls 1, \
     '' index 'xtics' using (MX(DEF(1))):(Y1+0.75*LH):(QL(strcol(2))) with labels center font F(SMALL,0) tc rgb NOTE, \
     for [h=0:1] '' index 'rows' using (0.5*(L+MX($2))):(HALF(h)):(0.5*(MX($2)-L)):(0.34*PITCH) with boxxyerror lc rgb BAR(h), \
     '' index 'rows' using (MC($3)):(Y($1)) with lines lc rgb PAPER lw 3.6, \
     '' index 'rows' using (MC($3)):(Y($1)) with lines lc rgb PEER lw 1.6, \
     '' index 'rows' using (MC($3)):(Y($1)) with points pt DOT ps PS(2.5) lc rgb PAPER, \
     '' index 'rows' using (MC($3)):(Y($1)) with points pt DOT ps PS(1.7) lc rgb PEER, \
     for [h=0:1] '' index 'rows' using (PAD):(SHOW(HALF(h))):(QL(strcol(5))) with labels left font F(1,0) tc rgb INK, \
     for [h=0:1] '' index 'rows' using (X_VALUE):(SHOW(HALF(h))):(QL(strcol(6))) with labels right font F(1,h==1) tc rgb INK, \
     '' index 'rows' using (X_SUM):(Y(DEF(1))):(QL(strcol(7))) with labels right font F(1,0) tc rgb TCOLOUR(2) @MARKS
unset output
