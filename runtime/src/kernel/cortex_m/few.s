@ Outputs of a convolution of few channels for frames, four at a time, and what is done with them while they are in registers: an
@ activation, an addition to other sums, and a 1x1 convolution. `product_of_few` in `few.rs` says what the argument is.
@
@ The symbols `rows`, the inputs, `columns`, the outputs, and `function`, 1 where a tanh is applied to the sums, 2 where it is the fast
@ one, are set before.
@
@ r0 arguments, r1 frames done, r4 runs left; of a run r5 the next, r7 inputs under the tap, r8 bytes of a frame, r9 taps left, r10 bytes
@ to the next tap, r11 weights, r12 rows; others as they come.
@ The sums are the last registers, frame by frame. In front of them s0 to s7 inputs of two rows and s8 to s15 their weights, or s0 to s3
@ inputs of a row, s4 to s7 its weights, and s8 to s15 products.

.set all, 4 * columns
.set sum, 32 - all
@ Frames of the 1x1 convolution at a time. Its sums are the first registers, behind them two rows of weights, or one and its products.
.set pass, 4
.if 6 * rows > sum
.set pass, 2
.endif
.set of_pass, pass * rows

@ Loads \count inputs of each of four frames, from row \row on, to s0 and so on. Behind the last row, goes to the next tap; then the flags
@ say whether there is one.
.macro inputs row, count
    .if \row + \count == rows
    subs r9, r9, #1
    .endif
    .set frame, 0
    .rept 4
    .set column, 0
    .rept \count
    load %(frame * \count + column), r7, %(4 * (frame * rows + \row + column))
    .set column, column + 1
    .endr
    .set frame, frame + 1
    .endr
    .if \row + \count == rows
    add r7, r7, r10
    .endif
.endm

@ Adds the products of a tap of four frames that lie side by side.
.macro tap
    .if accumulates && rows == 3 && columns == 3
    tap_of_three
    .else
    .set row, 0
    .if accumulates
    .rept rows / 2
    inputs %(row), 2
    load_next r11, 8, %(2 * columns)
    add_products 4, 4, columns, 0, 2, 8, sum, 0
    add_products 4, 4, columns, 1, 2, %(8 + columns), sum, 0
    .set row, row + 2
    .endr
    .endif
    .rept rows - row
    inputs %(row), 1
    load_next r11, 4, columns
    add_products 4, 2, columns, 0, 1, 4, sum, 8
    .set row, row + 1
    .endr
    .endif
.endm

@ The same of three inputs and three outputs: all inputs in s0 to s11, and the weights from s12 on, one more than there are registers. The last is loaded when
@ the first is done.
.macro tap_of_three
    subs r9, r9, #1
    .set column, 0
    .rept 12
    load %(column), r7, %(4 * column)
    .set column, column + 1
    .endr
    add r7, r7, r10
    load_row r11, 12, 8
    add_products 4, 4, 3, 0, 3, 12, sum, 0
    load 12, r11, 32
    add r11, r11, #36
    add_products 4, 4, 3, 1, 3, 15, sum, 0
    .set frame, 0
    .rept 4
    of_three vmla.f32, %(sum + 3 * frame), 18, %(3 * frame + 2)
    of_three vmla.f32, %(sum + 3 * frame + 1), 19, %(3 * frame + 2)
    of_three vmla.f32, %(sum + 3 * frame + 2), 12, %(3 * frame + 2)
    .set frame, frame + 1
    .endr
.endm

    push {{r4-r11, lr}}
    vpush {{d8-d15}}
    mov r1, #0
1:  ldr r2, [r0, #12]
    ldr r3, [r0, #8]
    .set frame, 0
    .rept 4
    load_row r2, %(sum + frame * columns), columns
    .set frame, frame + 1
    .endr
    cbz r3, 2f
    load_next r3, 0, all
    str r3, [r0, #8]
    add_each all, sum, 0, sum, all
2:  ldrd r5, r4, [r0, #52]
    cmp r4, #0
    beq 5f
3:  ldmia r5!, {{r7-r12}}
    mla r7, r8, r1, r7
    add r3, r7, r8
    add r6, r3, r8
    add lr, r6, r8
4:  load_next r7, 0, 1
    load_next r3, 1, 1
    load_next r6, 2, 1
    load_next lr, 3, 1
    load_next r11, 4, columns
    subs r12, r12, #1
    add_products 4, 2, columns, 0, 1, 4, sum, 8
    bne 4b
    subs r4, r4, #1
    bne 3b
5:  ldrd r5, r4, [r0, #20]
    mov r2, #(4 * rows)
    mul r2, r1, r2
    b 8f
6:  ldmia r5!, {{r7-r12}}
    add r7, r7, r2
7:  tap
    bne 7b
8:  subs r4, r4, #1
    bpl 6b
    add r1, r1, #4
    .if function
    sub sp, sp, #(4 * all + 8)
    store_row sp, sum, all
    strd r0, r1, [sp, #(4 * all)]
    ldr r2, [r0, #60]
    mov r0, sp
    mov r1, #columns
    .if function == 1
    bl {tanh}
    .else
    bl {fast_tanh}
    .endif
    load_row sp, sum, all
    ldrd r0, r1, [sp, #(4 * all)]
    add sp, sp, #(4 * all + 8)
    .endif
    ldr r2, [r0, #28]
    cmp r2, #1
    blo 20f
    .if selects
    cmp r2, #3
    beq 9f
    cmp r2, #1
    .endif
    vldr s0, [r0, #32]
    bne 10f
    relu sum, all
    b 20f
    .if selects
9:  ldr r12, [r0]
    store_relu r12, sum, all
    str r12, [r0]
    b 30f
    .endif
10: leaky_relu sum, all
20: ldrd r2, r3, [r0]
    cbz r2, 21f
    store_next r2, sum, all
    str r2, [r0]
21: cbz r3, 22f
    mov r2, r3
    load_next r3, 0, all
    add_each all, 0, 0, sum, all
    store_row r2, 0, all
    str r3, [r0, #4]
22: ldr r2, [r0, #36]
    cmp r2, #0
    beq 30f
    .set done, 0
    .rept 4 / pass
    ldrd r11, r6, [r0, #36]
    ldrd r2, r3, [r0, #44]
    load_row r6, of_pass, rows
    load_next r2, 0, of_pass
    add_each of_pass, 0, 0, of_pass, rows
    str r2, [r0, #44]
    .set row, 0
    .if accumulates
    .rept columns / 2
    load_next r11, of_pass, %(2 * rows)
    add_products pass, pass, rows, %(sum + done * columns + row), columns, of_pass, 0, 0
    add_products pass, pass, rows, %(sum + done * columns + row + 1), columns, %(of_pass + rows), 0, 0
    .set row, row + 2
    .endr
    .endif
    .rept columns - row
    load_next r11, of_pass, rows
    add_products pass, 1, rows, %(sum + done * columns + row), columns, of_pass, 0, %(of_pass + rows)
    .set row, row + 1
    .endr
    store_next r3, 0, of_pass
    str r3, [r0, #48]
    .set done, done + pass
    .endr
30: ldr r2, [r0, #16]
    cmp r1, r2
    blo 1b
    vpop {{d8-d15}}
    pop {{r4-r11, pc}}

.purgem inputs
.purgem tap
.purgem tap_of_three
