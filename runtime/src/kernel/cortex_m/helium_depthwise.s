@ Adds products channel by channel. `depthwise_of_taps` in `../cortex_m.rs` says what its arguments are.
@
@ r0 sums, r1 newest frame, r2 weights, r11 oldest frame, all of the channel; r3 channels left, r4 past taps, r5 bytes from the end of a
@ row's channels to those of the next, r6 inputs, r7 weights, r8 end of the ring, r9 bytes from the end of a tap's channels to
@ those of the next tap, r10 length of the ring, r12 bytes of all past weights, lr taps left.
@ q0 to q3 sums, q4 and q5 inputs and products, q6 and q7 weights.

@ The assembler is not told which processor it is for.
.cpu cortex-m55

@ Adds two quads of a row to \a and \b.
.macro two_quads a, b
    vldrw.u32 q4, [r6], #16
    vldrw.u32 q6, [r7], #16
    vmul.f32 q4, q4, q6
    vldrw.u32 q5, [r6], #16
    vldrw.u32 q7, [r7], #16
    vmul.f32 q5, q5, q7
    vadd.f32 \a, \a, q4
    vadd.f32 \b, \b, q5
.endm

@ Adds a tap of 16 channels, or of the last up to four.
.macro tap channels
    .if \channels == 16
    two_quads q0, q1
    two_quads q2, q3
    .else
    vpstt
    vldrwt.u32 q4, [r6], #16
    vldrwt.u32 q6, [r7], #16
    vmul.f32 q4, q4, q6
    vadd.f32 q0, q0, q4
    .endif
.endm

@ Adds all taps.
.macro taps channels
    cbz r1, 91f
    mov r6, r1
    add r7, r2, r12
    tap \channels
    add r1, r1, #(4 * \channels)
91: mov r6, r11
    mov r7, r2
    wls lr, r4, 93f
92: tap \channels
    add r7, r7, r5
    add r6, r6, r9
    cmp r6, r8
    it hs
    subhs r6, r6, r10
    le lr, 92b
93: add r2, r2, #(4 * \channels)
    add r11, r11, #(4 * \channels)
.endm

    push {r4-r11, lr}
    vpush {d8-d15}
    ldr r12, [sp, #100]
    ldmia r12, {r4, r8-r11}
    lsl r5, r3, #2
    mul r12, r4, r5
    subs r3, r3, #16
    sub r5, r5, #64
    sub r9, r9, #64
    blo 95f
94: vldrw.u32 q0, [r0]
    vldrw.u32 q1, [r0, #16]
    vldrw.u32 q2, [r0, #32]
    vldrw.u32 q3, [r0, #48]
    taps 16
    vstrw.32 q0, [r0], #16
    vstrw.32 q1, [r0], #16
    vstrw.32 q2, [r0], #16
    vstrw.32 q3, [r0], #16
    subs r3, r3, #16
    bhs 94b
95: adds r3, r3, #16
    beq 97f
    add r5, r5, #48
    add r9, r9, #48
96: vctp.32 r3
    vpst
    vldrwt.u32 q0, [r0]
    taps 4
    vpst
    vstrwt.32 q0, [r0], #16
    subs r3, r3, #4
    bhi 96b
97: vpop {d8-d15}
    pop {r4-r11, pc}

.purgem two_quads
.purgem tap
.purgem taps
