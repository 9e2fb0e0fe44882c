@ One output frame of a convolution. `conv_of_shape` in `../cortex_m.rs` says what its arguments are.
@
@ r0 sums, r1 newest frame, r2 weights of the column, r3 shape, r4 columns left, r5 bytes of a row, r6 rows of the tap after
@ the next, r7 inputs, r8 end of the ring, r9 taps left, r10 bytes to the next tap, r11 and r12 weights of two rows, lr rows left.
@ s0 to s7 sums; s8 to s15 the weights of one row and s18 to s25 those of the other, inputs s16 and s17; or s8 to s15 weights and their
@ products, inputs from s16 on. Of sixteen columns, s0 to s15 sums, s16 the input, others weights.

@ Bytes of the registers that are saved.
.set saved, 8 + 56 * accumulates

@ The next row.
.macro row n, x
    load_row r11, 8, \n
    add r11, r11, r5
    add_products 1, 1, \n, \x, 0, 8, 0, 8
.endm

@ Adds lr inputs times as many rows.
.macro all_rows n
    .if accumulates
    add r12, r11, r5
    .endif
    subs lr, lr, #2
    blo 2f
    .if accumulates
1:  load 16, r7, 0
    subs lr, lr, #2
    load 17, r7, 4
    add r7, r7, #8
    load_row r11, 8, \n
    load_row r12, 18, \n
    add_products 1, 1, \n, 16, 0, 8, 0, 0
    add r11, r11, r5, lsl #1
    add r12, r12, r5, lsl #1
    add_products 1, 1, \n, 17, 0, 18, 0, 0
    .else
1:  load_next r7, 16, 2
    subs lr, lr, #2
    row \n, 16
    row \n, 17
    .endif
    bhs 1b
2:  adds lr, lr, #1
    bne 3f
    load_next r7, 16, 1
    row \n, 16
3:
.endm

@ The same for sixteen columns, whose weights are one more than there are registers: the last is loaded when the first is done.
.macro all_rows_of_sixteen
    cmp lr, #0
    beq 2f
1:  load 16, r7, 0
    subs lr, lr, #1
    load 17, r11, 0
    add r7, r7, #4
    load 18, r11, 4
    add r12, r11, #8
    load_row r12, 19, 13
    add_products 1, 1, 2, 16, 0, 17, 0, 0
    load 17, r11, 60
    add r11, r11, r5
    add_products 1, 1, 13, 16, 0, 19, 2, 0
    add_products 1, 1, 1, 16, 0, 17, 15, 0
    bne 1b
2:
.endm

.macro rows_of n
    .if \n == 16
    all_rows_of_sixteen
    .else
    all_rows \n
    .endif
.endm

@ The outputs of \n columns.
.macro tile n
    ldr r12, [sp, #(44 + saved)]
    load_next r12, 0, \n
    str r12, [sp, #(44 + saved)]
    mov r7, r1
    ldr r11, [r3, #16]
    ldr lr, [r3, #8]
    ldr r9, [r3, #12]
    add r11, r11, r2
    rows_of \n
    cmp r9, #0
    beq 6f
    ldr r10, [r3, #20]
    ldr r8, [r3, #24]
    ldr r12, [sp, #(36 + saved)]
    ldr r7, [sp, #(40 + saved)]
    ldr lr, [r3, #8]
    mov r11, r2
    mov r6, lr
    cmp r10, #0
    bne 4f
    @ Taps side by side are two: from the oldest frame to the end of the ring, and from its beginning on.
    mov r9, #2
    sub lr, r8, r7
    lsr lr, lr, #2
    lsr r6, r7, #2
4:  add r7, r7, r12
    add r8, r8, r12
5:  rows_of \n
    add r7, r7, r10
    cmp r7, r8
    itt hs
    ldrhs r12, [r3, #24]
    subhs r7, r7, r12
    mov lr, r6
    subs r9, r9, #1
    bne 5b
6:  store_next r0, 0, \n
    add r2, r2, #(4 * \n)
.endm

    push {{r4-r11, lr}}
    .if accumulates
    vpush {{d8-d15}}
    .else
    vpush {{d8}}
    .endif
    ldrd r4, r5, [r3]
    .if accumulates
    cmp r4, #16
    blo 81f
80: sub r4, r4, #16
    tile 16
    cmp r4, #16
    bhs 80b
    .endif
81: subs r4, r4, #8
    blo 82f
    tile 8
    b 81b
82: adds r4, r4, #4
    bmi 83f
    tile 4
    b 84f
83: add r4, r4, #4
84: cmp r4, #2
    blo 86f
    beq 85f
    tile 3
    b 87f
85: tile 2
    b 87f
86: cmp r4, #0
    beq 87f
    tile 1
87:
    .if accumulates
    vpop {{d8-d15}}
    .else
    vpop {{d8}}
    .endif
    pop {{r4-r11, pc}}

.purgem row
.purgem all_rows
.purgem all_rows_of_sixteen
.purgem rows_of
.purgem tile
