@ Outputs of a convolution for frames, four at a time. `frames_of_product` in `../cortex_m.rs` says what its argument is.
@
@ r1 bytes of two rows, r3 bytes of the columns before; of a run r7 inputs under the tap, r8 bytes of a frame, r9 taps left, r10 bytes to
@ the next tap, r11 and r5 weights of two rows, r12 rows; r0, r2, r4 and r6 inputs of four frames, lr rows left.
@ On the stack the product, frames done, columns left, runs left, the next run.
@ s0 to s7 inputs of two rows, s8 to s15 their weights, or s8 to s11 weights and s12 to s15 products; sums from s16 on.

@ r7 becomes the address of the columns of the first of four frames, of which lr's word at \offset has those of all, and r8 the bytes of a
@ frame.
.macro address offset
    ldr r7, [lr, #\offset]
    ldr r8, [lr, #8]
    ldr r9, [sp, #4]
    mla r7, r8, r9, r7
    add r7, r7, r3
.endm

@ The products of two rows. Then the flags say whether two more are left.
.macro two_rows n
    .if accumulates
    load 0, r0, 0
    load 1, r0, 4
    load 2, r2, 0
    load 3, r2, 4
    load 4, r4, 0
    load 5, r4, 4
    load 6, r6, 0
    load 7, r6, 4
    load_row r11, 8, \n
    load_row r5, 12, \n
    @ The other instructions are begun beside products.
    add_products 1, 1, \n, 0, 0, 8, 16, 0
    add r0, r0, #8
    add_products 1, 1, \n, 2, 0, 8, %(16 + \n), 0
    add r2, r2, #8
    add_products 1, 1, \n, 4, 0, 8, %(16 + 2 * \n), 0
    add r4, r4, #8
    add_products 1, 1, \n, 6, 0, 8, %(16 + 3 * \n), 0
    add r6, r6, #8
    add_products 1, 1, \n, 1, 0, 12, 16, 0
    add r11, r11, r1
    add_products 1, 1, \n, 3, 0, 12, %(16 + \n), 0
    add r5, r5, r1
    add_products 1, 1, \n, 5, 0, 12, %(16 + 2 * \n), 0
    subs lr, lr, #2
    add_products 1, 1, \n, 7, 0, 12, %(16 + 3 * \n), 0
    .else
    load_next r0, 0, 2
    load_next r2, 2, 2
    load_next r4, 4, 2
    load_next r6, 6, 2
    load_row r11, 8, \n
    add_products 4, %(4 / \n), \n, 0, 2, 8, 16, 12
    load_row r5, 8, \n
    add_products 4, %(4 / \n), \n, 1, 2, 8, 16, 12
    add r11, r11, r1
    add r5, r5, r1
    subs lr, lr, #2
    .endif
.endm

@ The products of the last row.
.macro one_row n
    load 0, r0, 0
    load 1, r2, 0
    load 2, r4, 0
    load 3, r6, 0
    load_row r11, 8, \n
    add_products 4, %(4 / \n), \n, 0, 1, 8, 16, 12
    add r11, r11, r1, lsr #1
.endm

@ The outputs of \n columns.
.macro tile n
    ldr lr, [sp]
    ldr r7, [lr, #16]
    add r7, r7, r3
    .set frame, 0
    .rept 4
    load_row r7, %(16 + frame * \n), \n
    .set frame, frame + 1
    .endr
    ldr r7, [lr, #12]
    cmp r7, #0
    beq 1f
    address 12
    .set frame, 0
    .rept 4
    load_row r7, 0, \n
    add r7, r7, r8
    add_each \n, %(16 + frame * \n), 0, %(16 + frame * \n), \n
    .set frame, frame + 1
    .endr
1:  ldr r1, [lr, #8]
    ldr r5, [lr, #24]
    ldr r6, [lr, #28]
    lsl r1, r1, #1
2:  ldmia r5!, {{r7-r12}}
    strd r6, r5, [sp, #12]
    ldr r6, [sp, #4]
    mla r7, r8, r6, r7
    add r11, r11, r3
3:  mov r0, r7
    add r2, r7, r8
    add r4, r2, r8
    add r6, r4, r8
    add r5, r11, r1, lsr #1
    subs lr, r12, #2
    blo 5f
4:  two_rows \n
    bhs 4b
5:  adds lr, lr, #1
    bne 6f
    one_row \n
6:  add r7, r7, r10
    subs r9, r9, #1
    bne 3b
    ldrd r6, r5, [sp, #12]
    subs r6, r6, #1
    bne 2b
    ldr lr, [sp]
    ldr r2, [lr, #32]
    cmp r2, #1
    blo 8f
    bne 7f
    str r3, [sp, #12]
    .if selects && \n == 4
    address 0
    prepare_relu
    .set frame, 0
    .rept 4
    relu_in_core %(16 + frame * 4), 4
    stmia r7, {{r2-r5}}
    add r7, r7, r8
    .set frame, frame + 1
    .endr
    ldr r3, [sp, #12]
    b 9f
    .else
    mov r2, #0
    vmov s0, r2
    relu 16, %(4 * \n)
    ldr r3, [sp, #12]
    ldr lr, [sp]
    b 8f
    .endif
7:  vldr s0, [lr, #36]
    leaky_relu 16, %(4 * \n)
8:  address 0
    .set frame, 0
    .rept 4
    store_row r7, %(16 + frame * \n), \n
    add r7, r7, r8
    .set frame, frame + 1
    .endr
9:
    add r3, r3, #(4 * \n)
.endm

    push {{r4-r11, lr}}
    vpush {{d8-d15}}
    sub sp, sp, #20
    mov r1, #0
    strd r0, r1, [sp]
51: ldr r6, [r0, #4]
    mov r3, #0
52: subs r6, r6, #4
    str r6, [sp, #8]
    blo 53f
    tile 4
    ldr r6, [sp, #8]
    b 52b
53: cmp r6, #-2
    blt 54f
    beq 55f
    tile 3
    b 57f
54: cmp r6, #-4
    beq 57f
    tile 1
    b 57f
55: tile 2
57: ldr r0, [sp]
    ldr r1, [sp, #4]
    ldr r2, [r0, #20]
    add r1, r1, #4
    str r1, [sp, #4]
    cmp r1, r2
    blo 51b
    add sp, sp, #20
    vpop {{d8-d15}}
    pop {{r4-r11, pc}}

.purgem address
.purgem two_rows
.purgem one_row
.purgem tile
