@ The rows of a matrix, times two windows: what is loaded of the rows serves both. With `.LADDS`, what they give is added to fine sums. `.LWINDOW` and `.LOUTPUTS` are the shape: tiles of four
@ rows, and a vector of the window at least.
@
@ r1 and r5 windows, r3 words, r7 outputs, r9 shifts, r11 tiles that are left; r4, r6, r8 and r10 sums of the first window, r0, r2, r12
@ and lr of the second.
@ q0 to q3 weights, q4 the first window, q5 the second.

@ The assembler is not told which processor it is for.
.cpu cortex-m55

@ Pairs that are left over are the first vector: the numbers of the windows behind them are zeros there.
.set .LLEFT, .LWINDOW / 2 % 4

@ Products of vectors of both windows, and of the rows, which go on by `\pairs` pairs of each.
.macro products pairs
    vld40.32 {{q0, q1, q2, q3}}, [r3]
    vld41.32 {{q0, q1, q2, q3}}, [r3]
    vld42.32 {{q0, q1, q2, q3}}, [r3]
    .if \pairs == 4
    vld43.32 {{q0, q1, q2, q3}}, [r3]!
    .else
    vld43.32 {{q0, q1, q2, q3}}, [r3]
    adds r3, #16 * \pairs
    .endif
    vmladava.s16 r4, q0, q4
    vmladava.s16 r0, q0, q5
    vmladava.s16 r6, q1, q4
    vmladava.s16 r2, q1, q5
    vmladava.s16 r8, q2, q4
    vmladava.s16 r12, q2, q5
    vmladava.s16 r10, q3, q4
    vmladava.s16 lr, q3, q5
.endm

@ Outputs of a window, whose shifted sums are in lanes: of fine sums, 24 bits are left.
.macro output sums
    .if .LADDS
    vqshl.s32 \sums, \sums, #8
    vshr.s32 \sums, \sums, #8
    .elseif .LRECTIFIED
    @ Negative numbers are 0, and those of more than 15 bits are all ones.
    vqshlu.s32 \sums, \sums, #17
    vshr.u32 \sums, \sums, #17
    .else
    vqmovnb.s32 \sums, \sums
    .endif
.endm

    push {{r4, r5, r6, r7, r8, r9, r10, r11, lr}}
    vpush {{d8-d11}}
    mov r7, r2
    mov r9, r3
    movw r11, #.LOUTPUTS / 4
    add r5, r1, #2 * .LWINDOW
    mov r3, r0
.if .LLEFT > 0
    movs r0, #2 * .LLEFT
    vctp.16 r0
.endif
2:  ldm r3!, {{r4, r6, r8, r10}}
    mov r0, r4
    mov r2, r6
    mov r12, r8
    mov lr, r10
.if .LLEFT > 0
    vpstt
    vldrht.u16 q4, [r1]
    vldrht.u16 q5, [r5]
    products .LLEFT
.endif
.set .LAT, 4 * .LLEFT
.rept .LWINDOW / 8
    vldrh.u16 q4, [r1, #.LAT]
    vldrh.u16 q5, [r5, #.LAT]
    products 4
.set .LAT, .LAT + 16
.endr
    vmov q1[2], q1[0], r4, r8
    vmov q1[3], q1[1], r6, r10
    mov r4, r9
    vldrb.s32 q0, [r4], #4
    vmov q2[2], q2[0], r0, r12
    vneg.s32 q0, q0
    vmov q2[3], q2[1], r2, lr
    vshl.s32 q1, q1, q0
    mov r9, r4
    vshl.s32 q2, q2, q0
.if .LADDS
    add r0, r7, #4 * .LOUTPUTS
    vldrw.u32 q0, [r7]
    vadd.i32 q1, q1, q0
    vldrw.u32 q3, [r0]
    output q1
    vadd.i32 q2, q2, q3
    output q2
    vstrw.32 q1, [r7], #16
    vstrw.32 q2, [r0]
.else
    output q1
    add r0, r7, #2 * .LOUTPUTS
    output q2
    vstrh.32 q1, [r7], #8
    vstrh.32 q2, [r0]
.endif
    subs r11, #1
    bne.w 2b
    vpop {{d8-d11}}
    pop {{r4, r5, r6, r7, r8, r9, r10, r11, pc}}

.purgem products
.purgem output
