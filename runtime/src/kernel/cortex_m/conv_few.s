@ One output frame of a convolution of few channels, as `conv.s`. The symbols `rows`, the inputs, and `columns`, the outputs, are set
@ before.
@
@ r0 sums, r1 inputs, r2 weights, r3 shape, r4 bytes to the next tap, r5 end of the ring, r6 taps left, r7 bytes of the ring.
@ The first registers are sums, the next ones inputs, and those up to s15 the weights of all rows, if they fit, of two, or those of one
@ row and their products.

.set weights, columns + rows
.if accumulates == 0
.set together, 1
.elseif weights + rows * columns <= 16
.set together, rows
.else
.set together, 2
.endif

@ Adds the products of \count rows of a tap, whose weights are next at \address.
.macro tap_rows address, count
    load_next \address, weights, %(\count * columns)
    .set row_weights, weights
    .rept \count
    add_products 1, 1, columns, %(columns + row), 0, %(row_weights), 0, %(weights + columns)
    .set row, row + 1
    .set row_weights, row_weights + columns
    .endr
.endm

@ Adds the products of a tap, whose weights begin at \address.
.macro tap address
    .set row, 0
    .rept rows / together
    tap_rows \address, together
    .endr
    .if row < rows
    tap_rows \address, %(rows - row)
    .endif
.endm

    push {{r4-r7}}
    ldr r12, [sp, #24]
    ldr r6, [r3, #12]
    load_row r12, 0, columns
    ldr r12, [r3, #16]
    load_row r1, columns, rows
    add r12, r12, r2
    tap r12
    cmp r6, #0
    beq 2f
    ldrd r4, r7, [r3, #20]
    ldrd r5, r1, [sp, #16]
    add r1, r1, r5
    add r5, r5, r7
1:  load_next r1, columns, rows
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
.purgem tap_rows
