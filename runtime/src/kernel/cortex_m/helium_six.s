@ Outputs of a convolution for frames, six or four at a time: those of four columns lie in the lanes of a vector. `six_of_layer` in
@ `helium_six.rs` says what its argument is. `channels` and `columns` are 8 or 16.
@
@ The inputs of a tile's frames are packed first, tap by tap, those of the newest tap in front: of each row the frames' numbers, side by
@ side, in room for six. One instruction loads these, and one the weights of the row and four columns, for 24 products.
@
@ Of packing: r1 bytes of the frames that are left in the tap, r2 place of the inputs, r3 from behind a frame's last row to the next frame's
@ first, r4 bytes of the tile's frames, r5 where the tap begins and r10 where its next frame is, from the oldest one on, r6 taps left, r7 bytes
@ of the ring, r8 those from the oldest frame to its end, r9 oldest frame, r11 bytes side by side, r12 packed bytes of a tap, lr frames left.
@ q0 places of the tap's first four rows, less 96 bytes, q1 those of a frame, q2 inputs.
@ Of the sums: r1 packed inputs, r2 to r7 inputs of six frames, r8 outputs, r9 bias, r10 quads of columns left, r11 weights, r12 bytes of the
@ columns before, lr turns of four rows left. q0 to q5 sums of a frame each, q6 weights, q7 products.
@ r0 is the argument throughout.

@ The assembler is not told which processor it is for.
.cpu cortex-m55

.equ .LOUTPUTS, 0
.equ .LPACKED, 4
.equ .LPACKED_END, 8
.equ .LFRAMES, 12
.equ .LINPUTS, 20
.equ .LTO_END, 28
.equ .LSTEP_BYTES, 36
.equ .LTAPS, 40
.equ .LWEIGHTS, 44
.equ .LNEWEST_WEIGHTS, 52
.equ .LBIAS_OF_SIX, 56
.equ .LACTIVATION, 60
.equ .LTILE, 68

@ Packs lr frames from r2 on.
.macro pack
51:
    .rept channels / 4
    vldrw.u32 q2, [r2], #16
    vstrw.32 q2, [q1, #96]!
    .endr
    vadd.i32 q1, q1, r3
    le lr, 51b
.endm

@ Adds the next inputs of six or four frames, times a row of weights. Of four, the others are loaded too, and not used.
.macro row frames
    ldmia r1!, {{r2-r7}}
    vldrw.u32 q6, [r11], #(4 * columns)
    vmul.f32 q7, q6, r2
    vadd.f32 q0, q0, q7
    vmul.f32 q7, q6, r3
    vadd.f32 q1, q1, q7
    vmul.f32 q7, q6, r4
    vadd.f32 q2, q2, q7
    .if \frames == 6
    vmul.f32 q7, q6, r5
    vadd.f32 q3, q3, q7
    vmul.f32 q7, q6, r6
    vadd.f32 q4, q4, q7
    vmul.f32 q6, q6, r7
    vadd.f32 q5, q5, q6
    .else
    vmul.f32 q6, q6, r5
    vadd.f32 q3, q3, q6
    .endif
.endm

@ \instruction of the sums of the last two of six frames.
.macro of_six frames, instruction:vararg
    .if \frames == 6
    \instruction
    .endif
.endm

@ A sum becomes 0 where it is 0 or negative, and no NaN.
.macro six_relu sum
    vpt.f32 le, \sum, zr
    vmovt.i32 \sum, #0
.endm

@ A sum becomes the larger of itself and its product with the slope.
.macro six_leaky_relu sum
    vmul.f32 q7, \sum, r2
    vmaxnm.f32 \sum, q7, \sum
.endm

@ The outputs of the tile, four columns after the other.
.macro outputs frames
61: vldrw.u32 q0, [r9], #16
    ldr r1, [r0, #.LPACKED]
    ldr r11, [r0, #.LNEWEST_WEIGHTS]
    mov lr, #(channels / 4)
    vmov q1, q0
    vmov q2, q0
    vmov q3, q0
    of_six \frames, vmov q4, q0
    of_six \frames, vmov q5, q0
    add r11, r11, r12
62:
    .rept 4
    row \frames
    .endr
    le lr, 62b
    ldr r2, [r0, #.LPACKED_END]
    cmp r1, r2
    beq 63f
    ldrd r11, lr, [r0, #.LWEIGHTS]
    add r11, r11, r12
    b 62b
63: ldrd r3, r2, [r0, #.LACTIVATION]
    cmp r3, #1
    blo 65f
    beq 64f
    six_leaky_relu q0
    six_leaky_relu q1
    six_leaky_relu q2
    six_leaky_relu q3
    of_six \frames, six_leaky_relu q4
    of_six \frames, six_leaky_relu q5
    b 65f
64: six_relu q0
    six_relu q1
    six_relu q2
    six_relu q3
    of_six \frames, six_relu q4
    of_six \frames, six_relu q5
65: add r12, r12, #16
    vstrw.32 q0, [r8], #16
    subs r10, r10, #1
    vstrw.32 q1, [r8, #(4 * columns - 16)]
    vstrw.32 q2, [r8, #(8 * columns - 16)]
    vstrw.32 q3, [r8, #(12 * columns - 16)]
    of_six \frames, vstrw.32 q4, [r8, #(16 * columns - 16)]
    of_six \frames, vstrw.32 q5, [r8, #(20 * columns - 16)]
    bne 61b
.endm

    push {{r4-r11, lr}}
    vpush {{d8-d15}}
    @ Six frames, or four where four or eight are left.
71: ldrd r1, r5, [r0, #.LFRAMES]
    cmp r1, #4
    it ne
    cmpne r1, #8
    ite eq
    moveq r1, #4
    movne r1, #6
    str r1, [r0, #.LTILE]
    ldr r11, [r0, #.LPACKED]
    mov r4, #0
    vidup.u32 q0, r4, #8
    mov r4, #3
    vmul.i32 q0, q0, r4
    sub r11, r11, #96
    vadd.i32 q0, q0, r11
    ldrd r2, r9, [r0, #.LINPUTS]
    ldrd r8, r7, [r0, #.LTO_END]
    ldr r6, [r0, #.LTAPS]
    mov r3, #4
    sub r3, r3, #(24 * channels)
    mov r12, #(24 * channels)
    vmov q1, q0
    add r2, r2, r5
    mov lr, r1
    lsl r4, r1, #(4 + channels / 8)
    pack
    cmp r6, #0
    beq 76f
72: vadd.i32 q0, q0, r12
    mov r1, r4
    mov r10, r5
    vmov q1, q0
    @ Frames are up to the end of the ring, from its beginning on, or new ones.
73: cmp r10, r7
    bhs 74f
    add r2, r9, r10
    subs r11, r8, r10
    itt ls
    subls r2, r2, r7
    subls r11, r7, r10
    b 75f
74: ldr r2, [r0, #.LINPUTS]
    sub r11, r10, r7
    add r2, r2, r11
    mov r11, r1
75: cmp r11, r1
    it hi
    movhi r11, r1
    lsr lr, r11, #(4 + channels / 8)
    pack
    add r10, r10, r11
    subs r1, r1, r11
    bne 73b
    ldr r11, [r0, #.LSTEP_BYTES]
    add r5, r5, r11
    subs r6, r6, #1
    bne 72b
76: ldr r8, [r0, #.LOUTPUTS]
    ldr r9, [r0, #.LBIAS_OF_SIX]
    ldr r1, [r0, #.LTILE]
    mov r10, #(columns / 4)
    mov r12, #0
    cmp r1, #4
    beq.w 77f
    outputs 6
    b.w 78f
77: outputs 4
78: ldrd r1, r2, [r0, #.LFRAMES]
    ldr r5, [r0, #.LTILE]
    ldr r6, [r0, #.LOUTPUTS]
    add r2, r2, r5, lsl #(4 + channels / 8)
    add r6, r6, r5, lsl #(4 + columns / 8)
    str r6, [r0, #.LOUTPUTS]
    subs r1, r1, r5
    strd r1, r2, [r0, #.LFRAMES]
    bne.w 71b
    vpop {{d8-d15}}
    pop {{r4-r11, pc}}

.purgem pack
.purgem row
.purgem of_six
.purgem six_relu
.purgem six_leaky_relu
.purgem outputs
