@ One output frame of a convolution. `conv_of_shape` in `../cortex_m.rs` says what its arguments are.
@
@ r0 sums, r2 weights of the column, r11 weights, r8 end of the ring, or 0 for the newest tap, r3, r4, r5 and r12 inputs, lr turns
@ left. Where there are 8 or 16 columns: r1 place of the inputs, r2 rows beside fours, r6 fours of rows, r7 taps left, r9 bytes to the
@ next tap, r10 length of the ring. Elsewhere: r1 bytes from the end of a row's columns to those of the next, r6 rows, r7 place of the
@ inputs, r9 taps left, r10 rows of the next tap.
@ q0 to q3 sums, q4 to q7, or q2 and q3 for 8 columns, weights and products.

@ The assembler is not told which processor it is for.
.cpu cortex-m55

@ Bytes on the stack of the core's registers, which begin with the weights, and of the vectors; in the general case also of the shape,
@ columns left and the newest frame.
.equ .LCORE, 40
.equ .LVECTORS, 64
.equ .LLOCAL, 16
.equ .LSHAPE, 0
.equ .LLEFT, 4
.equ .LNEWEST, 8
@ The arguments behind them.
.equ .LRING, 0
.equ .LFIRST, 8

@ \instruction of the quad \at, where a tile of \quads has it.
.macro quad quads, at, instruction:vararg
    .if \quads > \at
    \instruction
    .endif
.endm

@ Adds an input, \x, times the next row of a tile.
.macro row quads, x
    .if \quads == 1
    vpst
    vldrwt.u32 q4, [r11], #16
    .else
    vldrw.u32 q4, [r11], #16
    .endif
    quad \quads, 1, vldrw.u32 q5, [r11], #16
    vmul.f32 q4, q4, \x
    quad \quads, 2, vldrw.u32 q6, [r11], #16
    quad \quads, 1, vmul.f32 q5, q5, \x
    quad \quads, 3, vldrw.u32 q7, [r11], #16
    quad \quads, 2, vmul.f32 q6, q6, \x
    add r11, r11, r1
    vadd.f32 q0, q0, q4
    quad \quads, 3, vmul.f32 q7, q7, \x
    quad \quads, 1, vadd.f32 q1, q1, q5
    quad \quads, 2, vadd.f32 q2, q2, q6
    quad \quads, 3, vadd.f32 q3, q3, q7
.endm

@ The same for all columns of a row: 8 or 16. The next row lies behind it.
.macro whole_row quads, x
    .if \quads == 2
    vldrw.u32 q2, [r11], #16
    vldrw.u32 q3, [r11], #16
    vmul.f32 q2, q2, \x
    vmul.f32 q3, q3, \x
    vadd.f32 q0, q0, q2
    vadd.f32 q1, q1, q3
    .else
    vldrw.u32 q4, [r11], #16
    vldrw.u32 q5, [r11], #16
    vmul.f32 q4, q4, \x
    vldrw.u32 q6, [r11], #16
    vmul.f32 q5, q5, \x
    vldrw.u32 q7, [r11], #16
    vmul.f32 q6, q6, \x
    vadd.f32 q0, q0, q4
    vmul.f32 q7, q7, \x
    vadd.f32 q1, q1, q5
    vadd.f32 q2, q2, q6
    vadd.f32 q3, q3, q7
    .endif
.endm

@ The outputs of 8 or 16 columns. The arguments are \arguments bytes from the stack's pointer.
.macro whole quads, arguments
    ldr r12, [sp, #(\arguments + .LFIRST)]
    vldrw.u32 q0, [r12]
    vldrw.u32 q1, [r12, #16]
    quad \quads, 2, vldrw.u32 q2, [r12, #32]
    quad \quads, 3, vldrw.u32 q3, [r12, #48]
    add r11, r2, r8
    mov r8, #0
    and r2, r6, #3
    lsr r6, r6, #2
31: wls lr, r6, 35f
32: ldmia r1!, {r3, r4, r5, r12}
    whole_row \quads, r3
    whole_row \quads, r4
    whole_row \quads, r5
    whole_row \quads, r12
    le lr, 32b
35: wls lr, r2, 37f
36: ldr r3, [r1], #4
    whole_row \quads, r3
    le lr, 36b
37: cmp r8, #0
    beq 33f
    add r1, r1, r9
    cmp r1, r8
    it hs
    subhs r1, r1, r10
    subs r7, r7, #1
    bne 31b
    b 34f
33: cbz r7, 34f
    ldrd r3, r1, [sp, #(\arguments + .LRING)]
    add r8, r3, r10
    add r1, r1, r3
    ldr r11, [sp, #(\arguments - .LCORE)]
    @ Of one tap side by side, the inputs are all of the ring, whatever the newest has.
    sub r12, r7, #1
    orrs r12, r12, r9
    bne 31b
    lsr r6, r10, #4
    ubfx r2, r10, #2, #2
    b 31b
34: vstrw.32 q0, [r0]
    vstrw.32 q1, [r0, #16]
    quad \quads, 2, vstrw.32 q2, [r0, #32]
    quad \quads, 3, vstrw.32 q3, [r0, #48]
.endm

@ The outputs of \quads columns times four, or of the last columns, of which there are r4.
.macro tile quads
    ldr r12, [sp, #(.LLOCAL + .LVECTORS + .LCORE + .LFIRST)]
    .if \quads == 1
    vctp.32 r4
    vpst
    vldrwt.u32 q0, [r12], #16
    .else
    vldrw.u32 q0, [r12], #16
    .endif
    quad \quads, 1, vldrw.u32 q1, [r12], #16
    quad \quads, 2, vldrw.u32 q2, [r12], #16
    quad \quads, 3, vldrw.u32 q3, [r12], #16
    str r12, [sp, #(.LLOCAL + .LVECTORS + .LCORE + .LFIRST)]
    ldr r12, [sp, #.LSHAPE]
    ldrd r1, r6, [r12, #4]
    ldrd r9, r11, [r12, #12]
    ldr r7, [sp, #.LNEWEST]
    sub r1, r1, #(16 * \quads)
    add r11, r11, r2
    mov r8, #0
71: lsr lr, r6, #2
    wls lr, lr, 73f
72: ldmia r7!, {r3, r4, r5, r12}
    row \quads, r3
    row \quads, r4
    row \quads, r5
    row \quads, r12
    le lr, 72b
73: and lr, r6, #3
    wls lr, lr, 75f
74: ldr r3, [r7], #4
    row \quads, r3
    le lr, 74b
75: ldr r12, [sp, #.LSHAPE]
    ldrd r3, r4, [r12, #20]
    cmp r8, #0
    beq 76f
    add r7, r7, r3
    cmp r7, r8
    it hs
    subhs r7, r7, r4
    mov r6, r10
    subs r9, r9, #1
    bne 71b
    b 78f
76: cmp r9, #0
    beq 78f
    ldrd r5, r7, [sp, #(.LLOCAL + .LVECTORS + .LCORE + .LRING)]
    mov r11, r2
    mov r10, r6
    cbnz r3, 77f
    @ Taps side by side are two: from the oldest frame to the end of the ring, and from its beginning on.
    mov r9, #2
    sub r6, r4, r7
    lsr r6, r6, #2
    lsr r10, r7, #2
77: add r7, r7, r5
    add r8, r4, r5
    b 71b
78:
    .if \quads == 1
    vpst
    vstrwt.32 q0, [r0], #16
    .else
    vstrw.32 q0, [r0], #16
    .endif
    quad \quads, 1, vstrw.32 q1, [r0], #16
    quad \quads, 2, vstrw.32 q2, [r0], #16
    quad \quads, 3, vstrw.32 q3, [r0], #16
    add r2, r2, #(16 * \quads)
    ldr r4, [sp, #.LLEFT]
.endm

    push {r2, r4-r11, lr}
    ldmia r3, {r4-r10}
    cmp r5, r4, lsl #2
    bne 81f
    cmp r4, #16
    beq 80f
    cmp r4, #8
    bne 81f
    whole 2, .LCORE
    pop {r2, r4-r11, pc}
80: vpush {d8-d15}
    whole 4, (.LVECTORS + .LCORE)
    b 89f
81: vpush {d8-d15}
    sub sp, sp, #.LLOCAL
    str r3, [sp, #.LSHAPE]
    str r1, [sp, #.LNEWEST]
82: subs r4, r4, #16
    str r4, [sp, #.LLEFT]
    blo 83f
    tile 4
    b 82b
83: adds r4, r4, #8
    str r4, [sp, #.LLEFT]
    bmi 84f
    tile 2
    b 85f
84: add r4, r4, #8
    str r4, [sp, #.LLEFT]
85: cmp r4, #0
    ble 88f
    tile 1
    sub r4, r4, #4
    str r4, [sp, #.LLEFT]
    b 85b
88: add sp, sp, #.LLOCAL
89: vpop {d8-d15}
    pop {r2, r4-r11, pc}

.purgem quad
.purgem row
.purgem whole_row
.purgem whole
.purgem tile
