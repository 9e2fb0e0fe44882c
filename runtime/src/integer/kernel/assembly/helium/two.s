@ Tiles of four rows, times two windows that lie in turns, pair by pair: what is loaded of the rows serves both.
@
@ r3 words, r1 windows, r5 what is left of a window; r4, r6, r8 and r10 sums of the first window, r0, r2, r12 and lr of the second;
@ r7, r9 and r11 pairs.
@ q0 to q3 weights, q4 the first window, q5 the second.
@ On the stack both outputs and the windows, and behind what is saved the shifts, rows, vectors of a window, and pairs that are in none.

@ The assembler is not told which processor it is for.
.cpu cortex-m55

@ Products of a row.
.macro row first, second
    ldr r11, [r3], #4
    smlad \first, r11, r7, \first
    smlad \second, r11, r9, \second
.endm

@ Outputs of a window, whose sums are in lanes.
.macro output sums
    vshl.s32 \sums, \sums, q0
    .if .LRECTIFIED
    @ Negative numbers are 0, and those of more than 15 bits are all ones.
    vqshlu.s32 \sums, \sums, #17
    vshr.u32 \sums, \sums, #17
    .else
    vqmovnb.s32 \sums, \sums
    .endif
.endm

    push {{r4, r5, r6, r7, r8, r9, r10, r11, lr}}
    vpush {{d8-d11}}
    push {{r0, r1, r2}}
2:  ldm r3!, {{r4, r6, r8, r10}}
    ldr r1, [sp, #8]
    mov r0, r4
    ldr r5, [sp, #88]
    mov r2, r6
    mov r12, r8
    mov lr, r10
3:  vld20.32 {{q4, q5}}, [r1]
    vld21.32 {{q4, q5}}, [r1]!
    vld40.32 {{q0, q1, q2, q3}}, [r3]
    vld41.32 {{q0, q1, q2, q3}}, [r3]
    vld42.32 {{q0, q1, q2, q3}}, [r3]
    vld43.32 {{q0, q1, q2, q3}}, [r3]!
    vmladava.s16 r4, q0, q4
    vmladava.s16 r0, q0, q5
    vmladava.s16 r6, q1, q4
    vmladava.s16 r2, q1, q5
    vmladava.s16 r8, q2, q4
    vmladava.s16 r12, q2, q5
    vmladava.s16 r10, q3, q4
    vmladava.s16 lr, q3, q5
    subs r5, #1
    bne 3b
    ldr r5, [sp, #92]
    cbz r5, 5f
4:  ldrd r7, r9, [r1], #8
    row r4, r0
    row r6, r2
    row r8, r12
    row r10, lr
    subs r5, #1
    bne 4b
5:  ldr r5, [sp, #80]
    vldrb.s32 q0, [r5], #4
    vmov q1[2], q1[0], r4, r8
    vneg.s32 q0, q0
    vmov q1[3], q1[1], r6, r10
    vmov q2[2], q2[0], r0, r12
    vmov q2[3], q2[1], r2, lr
    output q1
    ldrd r4, r6, [sp]
    output q2
    vstrh.32 q1, [r4], #8
    vstrh.32 q2, [r6], #8
    str r5, [sp, #80]
    strd r4, r6, [sp]
    ldr r5, [sp, #84]
    subs r5, #4
    str r5, [sp, #84]
    bne 2b
    add sp, #12
    vpop {{d8-d11}}
    pop {{r4, r5, r6, r7, r8, r9, r10, r11, pc}}

.purgem row
.purgem output
