@ The rows of a matrix, times the windows of two frames at a time, which are read where they lie: under each tap, both frames lie side by
@ side. `.LCHANNELS`, `.LTAPS` and `.LOUTPUTS` are the shape: whole pairs, and tiles of four rows. With `.LADDS`, what they give is added to
@ fine sums.
@
@ r0 words, r1 the frames under a tap; r4 to r11 sums, those of the second frame in the odd ones; r2 and r3 a pair of each frame, r12 and lr
@ weights. On the stack: what `Call` has, of which outputs and the frames under taps go on, the shifts of the next tile and their end.

@ Shifts the sums of a row by the lowest byte of r12.
.macro shifted one, two
    asr \one, \one, r12
    asr \two, \two, r12
.endm

@ Saturates the outputs of a row.
.macro saturated one, two
    .if .LRECTIFIED
    usat \one, #15, \one
    usat \two, #15, \two
    .else
    ssat \one, #16, \one
    ssat \two, #16, \two
    .endif
.endm

@ Adds the outputs of a row to the fine sums at r2 and r3.
.macro added one, two
    ldr r12, [r2]
    ldr lr, [r3]
    add \one, \one, r12
    add \two, \two, lr
    ssat \one, #24, \one
    ssat \two, #24, \two
    str \one, [r2], #4
    str \two, [r3], #4
.endm

    push {{r4, r5, r6, r7, r8, r9, r10, r11, lr}}
    sub sp, #56
    mov r12, sp
    ldm r0!, {{r1, r2, r3, r4, r5, r6}}
    stm r12!, {{r1, r2, r3, r4, r5, r6}}
    ldm r0, {{r1, r2, r3, r4, r5, r6}}
    stm r12!, {{r1, r2, r3, r4, r5, r6}}
    add r1, r4, #.LOUTPUTS
    str r1, [sp, #52]
2:  ldrd r0, r1, [sp, #32]
    str r1, [sp, #48]
3:  ldm r0!, {{r4, r6, r8, r10}}
    mov r5, r4
    mov r7, r6
    mov r9, r8
    mov r11, r10
.set .LTAP, 0
.rept .LTAPS
    ldr r1, [sp, #4 * .LTAP]
    .set .LAT, 0
    .rept .LCHANNELS / 2
    ldr r2, [r1, #.LAT]
    ldr r3, [r1, #.LAT + 2 * .LCHANNELS]
    ldrd r12, lr, [r0], #8
    smlad r4, r12, r2, r4
    smlad r5, r12, r3, r5
    smlad r6, lr, r2, r6
    smlad r7, lr, r3, r7
    ldrd r12, lr, [r0], #8
    smlad r8, r12, r2, r8
    smlad r9, r12, r3, r9
    smlad r10, lr, r2, r10
    smlad r11, lr, r3, r11
    .set .LAT, .LAT + 4
    .endr
    .set .LTAP, .LTAP + 1
.endr
    ldr r1, [sp, #48]
    ldr r12, [r1], #4
    str r1, [sp, #48]
    shifted r4, r5
    lsr r12, r12, #8
    shifted r6, r7
    lsr r12, r12, #8
    shifted r8, r9
    lsr r12, r12, #8
    shifted r10, r11
    ldr r2, [sp, #40]
.if .LADDS
    add r3, r2, #4 * .LOUTPUTS
    added r4, r5
    added r6, r7
    added r8, r9
    added r10, r11
.else
    saturated r4, r5
    saturated r6, r7
    saturated r8, r9
    saturated r10, r11
    pkhbt r4, r4, r6, lsl #16
    pkhbt r5, r5, r7, lsl #16
    pkhbt r8, r8, r10, lsl #16
    pkhbt r9, r9, r11, lsl #16
    strd r5, r9, [r2, #2 * .LOUTPUTS]
    strd r4, r8, [r2], #8
.endif
    str r2, [sp, #40]
    ldr r3, [sp, #52]
    cmp r1, r3
    bne.w 3b
.if .LADDS
    add r2, r2, #4 * .LOUTPUTS
.else
    add r2, r2, #2 * .LOUTPUTS
.endif
    str r2, [sp, #40]
.set .LTAP, 0
.rept .LTAPS
    ldr r1, [sp, #4 * .LTAP]
    add r1, r1, #4 * .LCHANNELS
    str r1, [sp, #4 * .LTAP]
    .set .LTAP, .LTAP + 1
.endr
    ldr r1, [sp, #44]
    subs r1, #1
    str r1, [sp, #44]
    bne.w 2b
    add sp, #56
    pop {{r4, r5, r6, r7, r8, r9, r10, r11, pc}}

.purgem shifted
.purgem saturated
.purgem added
