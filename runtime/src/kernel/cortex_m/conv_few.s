@ One output frame of a convolution of few channels, as `conv.s`. The symbols `rows`, the inputs, and `columns`, the outputs, are set
@ before.
@
@ r0 sums, r1 inputs, r2 weights, r3 shape, r4 bytes to the next tap, r5 end of the ring, r6 taps left, r7 bytes of the ring.
@ s0 to s3 sums, s4 to s7 inputs, s8 to s15 weights of two rows, or those of one row and their products.

@ Adds the products of a tap, whose weights begin at \address.
.macro tap address
    .set row, 0
    .if accumulates
    .rept rows / 2
    load_next \address, 8, %(2 * columns)
    add_products 1, 1, columns, %(4 + row), 0, 8, 0, 0
    add_products 1, 1, columns, %(5 + row), 0, %(8 + columns), 0, 0
    .set row, row + 2
    .endr
    .endif
    .rept rows - row
    load_next \address, 8, columns
    add_products 1, 1, columns, %(4 + row), 0, 8, 0, 8
    .set row, row + 1
    .endr
.endm

    push {{r4-r7}}
    ldr r12, [sp, #24]
    ldr r6, [r3, #12]
    load_row r12, 0, columns
    ldr r12, [r3, #16]
    load_row r1, 4, rows
    add r12, r12, r2
    tap r12
    cmp r6, #0
    beq 2f
    ldrd r4, r7, [r3, #20]
    ldrd r5, r1, [sp, #16]
    add r1, r1, r5
    add r5, r5, r7
1:  load_next r1, 4, rows
    tap r2
    add r1, r1, r4
    cmp r1, r5
    it hs
    subhs r1, r1, r7
    subs r6, r6, #1
    bne 1b
2:  store_row r0, 0, columns
    pop {{r4-r7}}
    bx lr

.purgem tap
