@ The rows of a matrix, times a window. `.LWINDOW` and `.LOUTPUTS` are the shape. With `.LADDS`, what they give is added to fine sums.
@
@ r0 words, r1 the window, r2 outputs, r3 shifts; r4, r6, r8 and r10 sums; r5, r7, r9 and r11 pairs of weights; r12, lr and r1 pairs
@ of the window that are in no vector; lr otherwise tiles, or vectors, that are left.
@ q0 to q3 weights, q4 to q7 the window. Of one tile, and of rows that are left, a vector of the window is loaded where it is used; of
@ several tiles, four are kept, or three where there are more.

@ The assembler is not told which processor it is for.
.cpu cortex-m55

.set .LTILES, .LOUTPUTS / 4
.set .LREST, .LOUTPUTS % 4
.set .LLEFT, .LWINDOW / 2 % 4
@ Whether pairs that are left over are the first vector: the numbers of the window behind them are zeros there.
.set .LCUT, 0
.if .LWINDOW >= 8 && (.LLEFT == 3 || (.LLEFT == 2 && .LTILES >= 2))
    .set .LCUT, 1
.endif
.set .LVECTORS, .LWINDOW / 8 + .LCUT
.set .LPAIRS, .LLEFT * (1 - .LCUT)
@ With more, vectors are a loop.
.set .LLOOPS, 0
.if .LVECTORS > 8
    .set .LLOOPS, 1
.endif
@ Vectors that are saved.
.set .LSAVED, 0
.if .LTILES > 0 && .LVECTORS > 0
    .set .LSAVED, 1
    .if .LTILES > 1 && .LLOOPS == 0
        .set .LSAVED, .LVECTORS
    .endif
.endif

@ Loads a vector of the window.
.macro window vector, register
    .if .LCUT && \vector == 0
    vpst
    vldrht.u16 \register, [r1]
    .else
    vldrh.u16 \register, [r1, #16 * (\vector - .LCUT) + 4 * .LLEFT * .LCUT]
    .endif
.endm

@ Products of a vector of the window, in a register, with those of the rows. `r0` goes on by `\pairs` pairs of each; of three rows, which are
@ gathered by the places in q3, it does not, and `\at` is how far behind those they are.
.macro products rows, register, pairs, at
    .if \rows == 4
    vld40.32 {{q0, q1, q2, q3}}, [r0]
    vld41.32 {{q0, q1, q2, q3}}, [r0]
    vld42.32 {{q0, q1, q2, q3}}, [r0]
        .if \pairs == 4
    vld43.32 {{q0, q1, q2, q3}}, [r0]!
        .else
    vld43.32 {{q0, q1, q2, q3}}, [r0]
    adds r0, #16 * \pairs
        .endif
    vmladava.s16 r4, q0, \register
    vmladava.s16 r6, q1, \register
    vmladava.s16 r8, q2, \register
    vmladava.s16 r10, q3, \register
    .elseif \rows == 3
    vldrw.u32 q0, [q3, #\at]
    vldrw.u32 q1, [q3, #\at + 4]
    vmladava.s16 r4, q0, \register
    vldrw.u32 q0, [q3, #\at + 8]
    vmladava.s16 r6, q1, \register
    vmladava.s16 r8, q0, \register
    .elseif \rows == 2
    vld20.32 {{q0, q1}}, [r0]
        .if \pairs == 4
    vld21.32 {{q0, q1}}, [r0]!
        .else
    vld21.32 {{q0, q1}}, [r0]
    adds r0, #8 * \pairs
        .endif
    vmladava.s16 r4, q0, \register
    vmladava.s16 r6, q1, \register
    .else
    vldrh.u16 q0, [r0], #4 * \pairs
    vmladava.s16 r4, q0, \register
    .endif
.endm

@ The same of one vector of those that are not in a loop.
.macro vector rows, vector, register
    .if .LCUT && \vector == 0
    products \rows, \register, .LLEFT, 0
    .else
    products \rows, \register, 4, 48 * (\vector - .LCUT) + 12 * .LLEFT * .LCUT
    .endif
.endm

@ Products with a vector of the window, which is loaded before.
.macro loaded rows, vector, register
    window \vector, \register
    vector \rows, \vector, \register
.endm

@ Products of all vectors of the window, each of which is loaded to `\register`.
.macro all_loaded rows, register
    .if .LLOOPS
        .if .LCUT
    loaded \rows, 0, \register
        .endif
        .if \rows == 3
    mov r7, #48
            .if .LCUT
    add r5, r0, #12 * .LLEFT
    vldrw.u32 q3, [r9]
    vadd.i32 q3, q3, r5
            .endif
        .endif
    movw r5, #.LWINDOW / 8
    dls lr, r5
    add r5, r1, #4 * .LLEFT * .LCUT
3:  vldrh.u16 \register, [r5], #16
    products \rows, \register, 4, 0
        .if \rows == 3
    vadd.i32 q3, q3, r7
        .endif
    le lr, 3b
    .else
    .set .LVECTOR, 0
    .rept .LVECTORS
    loaded \rows, .LVECTOR, \register
    .set .LVECTOR, .LVECTOR + 1
    .endr
    .endif
.endm

@ The same where those are kept that there is room for.
.macro all_kept
    vector 4, 0, q4
    .if .LVECTORS > 1
    vector 4, 1, q5
    .endif
    .if .LVECTORS > 2
    vector 4, 2, q6
    .endif
    .if .LVECTORS == 4
    vector 4, 3, q7
    .elseif .LVECTORS > 4
    .set .LVECTOR, 3
    .rept .LVECTORS - 3
    loaded 4, .LVECTOR, q7
    .set .LVECTOR, .LVECTOR + 1
    .endr
    .endif
.endm

.macro keep
    window 0, q4
    .if .LVECTORS > 1
    window 1, q5
    .endif
    .if .LVECTORS > 2
    window 2, q6
    .endif
    .if .LVECTORS == 4
    window 3, q7
    .endif
.endm

@ Products of a pair of the window, in a register.
.macro pair rows, register
    .if \rows == 4
    ldm r0!, {{r5, r7, r9, r11}}
    .elseif \rows == 3
    ldm r0!, {{r5, r7, r9}}
    .elseif \rows == 2
    ldrd r5, r7, [r0], #8
    .else
    ldr r5, [r0], #4
    .endif
    smlad r4, r5, \register, r4
    .if \rows > 1
    smlad r6, r7, \register, r6
    .endif
    .if \rows > 2
    smlad r8, r9, \register, r8
    .endif
    .if \rows > 3
    smlad r10, r11, \register, r10
    .endif
.endm

@ Products of the pairs that are in no vector.
.macro pairs rows
    .if .LPAIRS > 0
    pair \rows, r12
    .endif
    .if .LPAIRS > 1
        .if .LLOOPS
    ldr r12, [r1, #.LAT + 4]
    pair \rows, r12
        .else
    pair \rows, lr
        .endif
    .endif
    .if .LPAIRS > 2
    pair \rows, r1
    .endif
.endm

@ Outputs of four rows.
.macro tile
    ldm r0!, {{r4, r6, r8, r10}}
    .if .LTILES == 1 || .LLOOPS
    all_loaded 4, q4
    .elseif .LVECTORS > 0
    all_kept
    .endif
    pairs 4
    vldrb.s32 q0, [r3], #4
    vmov q1[2], q1[0], r4, r8
    vneg.s32 q0, q0
    vmov q1[3], q1[1], r6, r10
    vshl.s32 q1, q1, q0
    .if .LADDS
    vldrw.u32 q0, [r2]
    vadd.i32 q1, q1, q0
    @ 24 bits are left.
    vqshl.s32 q1, q1, #8
    vshr.s32 q1, q1, #8
    vstrw.32 q1, [r2], #16
    .else
        .if .LRECTIFIED
    @ Negative numbers are 0, and those of more than 15 bits are all ones.
    vqshlu.s32 q1, q1, #17
    vshr.u32 q1, q1, #17
        .else
    vqmovnb.s32 q1, q1
        .endif
    vstrh.32 q1, [r2], #8
    .endif
.endm

@ The output of a row that is in no tile.
.macro output sum
    ldrb r5, [r3], #1
    asr \sum, \sum, r5
    .if .LADDS
    ldr r5, [r2]
    add \sum, \sum, r5
    ssat \sum, #24, \sum
    str \sum, [r2], #4
    .else
        .if .LRECTIFIED
    usat \sum, #15, \sum
        .else
    ssat \sum, #16, \sum
        .endif
    strh \sum, [r2], #2
    .endif
.endm

.set .LAT, .LWINDOW / 8 * 16
    push {{r4, r5, r6, r7, r8, r9, r10, r11, lr}}
.if .LSAVED == 1
    vpush {{d8-d9}}
.elseif .LSAVED == 2
    vpush {{d8-d11}}
.elseif .LSAVED == 3
    vpush {{d8-d13}}
.elseif .LSAVED > 3
    vpush {{d8-d15}}
.endif
.if .LCUT
    movs r5, #2 * .LLEFT
    vctp.16 r5
.endif
.if .LTILES > 1 && .LVECTORS > 0 && .LLOOPS == 0
    keep
.endif
.if .LPAIRS == 1 || (.LPAIRS == 2 && .LLOOPS)
    ldr r12, [r1, #.LAT]
.elseif .LPAIRS > 1
    ldrd r12, lr, [r1, #.LAT]
.endif
.if .LPAIRS > 2
    ldr r1, [r1, #.LAT + 8]
.endif

.if .LTILES == 1
    tile
.elseif .LVECTORS == 0
    .rept .LTILES
    tile
    .endr
.elseif .LTILES > 1
    movw r5, #.LTILES
    .if .LLOOPS
    push {{r5}}
2:  tile
    ldr r5, [sp]
    subs r5, #1
    str r5, [sp]
    bne.w 2b
    add sp, #4
    .else
    dls lr, r5
2:  tile
    le lr, 2b
    .endif
.endif

.if .LREST == 3
    ldm r0!, {{r4, r6, r8}}
    .if .LVECTORS > 0
    adr r9, 9f
    vldrw.u32 q3, [r9]
    vadd.i32 q3, q3, r0
    all_loaded 3, q2
        .if .LPAIRS > 0
    movw r5, #48 * (.LWINDOW / 8)
    add r0, r5
        .endif
    .endif
.elseif .LREST == 2
    ldrd r4, r6, [r0], #8
    all_loaded 2, q2
.elseif .LREST == 1
    ldr r4, [r0], #4
    all_loaded 1, q2
.endif
.if .LREST > 0
    .if .LPAIRS == 2 && .LLOOPS && .LTILES > 0
    ldr r12, [r1, #.LAT]
    .endif
    pairs .LREST
    output r4
.endif
.if .LREST > 1
    output r6
.endif
.if .LREST > 2
    output r8
.endif

.if .LSAVED == 1
    vpop {{d8-d9}}
.elseif .LSAVED == 2
    vpop {{d8-d11}}
.elseif .LSAVED == 3
    vpop {{d8-d13}}
.elseif .LSAVED > 3
    vpop {{d8-d15}}
.endif
    pop {{r4, r5, r6, r7, r8, r9, r10, r11, pc}}
.if .LREST == 3 && .LVECTORS > 0
    .balign 4
9:  .word 0, 12, 24, 36
.endif

.purgem window
.purgem products
.purgem vector
.purgem loaded
.purgem all_loaded
.purgem all_kept
.purgem keep
.purgem pair
.purgem pairs
.purgem tile
.purgem output
