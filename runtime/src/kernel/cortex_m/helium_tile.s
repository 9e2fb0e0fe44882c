@ Macros of `helium_frames.s`: outputs of a convolution for frames, four at a time, which lie in the lanes of a vector. Up to four columns are a tile, which all frames are taken for before the next tile.
@
@ Of each run, a descriptor on the stack says where to go on, the distance to the next four frames, taps, the distance from the
@ end of a tap's inputs to the next tap, weights, turns of four rows for a tap, and what the first loop counts; and the places of four
@ inputs. The first sums and the places of results have such a descriptor too. That of the results which an activation comes before says
@ last where to go on behind it.
@
@ r0 to r3 weights of a row; r4 bytes of the ring, or 0, or where rows do not lie side by side, bytes from the end of a row's columns to
@ those of the next; r5 descriptors; r6 where a tap begins; r7 fours of frames left; r8 distance to the next four frames, or the end
@ of the ring; r9 taps left; r10 distance to the next tap; r11 weights; r12 turns of a tap; lr turns left.
@ q0 to q3 sums of a column each, q4 inputs, q5 and q6 products, q7 places of the inputs.
@ On the stack the product, columns left, bytes of the columns before, a word that is free, the slope of an activation, the
@ places of the oldest frames in the ring; four bias vectors; descriptors.

@ The assembler is not told which processor it is for.
.cpu cortex-m55

.equ .LSLOPE, 16
.equ .LSLOTS, 24
.equ .LBIAS, 40
.equ .LDESCRIPTORS, 104
.equ .LDESCRIPTOR, 44
@ Room for the descriptors of five runs, and of four places of results.
.equ .LSTACK, .LDESCRIPTORS + 9 * .LDESCRIPTOR + 4

@ \instruction of the column \at, where there are \columns.
.macro column columns, at, instruction:vararg
    .if \columns > \at
    \instruction
    .endif
.endm

@ Adds the next input of four frames, times a row of weights. All instructions are of four bytes: the length of a row is (8 + 8 *
@ columns), and 4 more where rows do not lie side by side.
.macro row columns, is_wide
    vldrw.u32 q4, [q7, #4]!
    .if \columns == 1
    ldr r0, [r11], #4
    .elseif \columns == 2
    ldrd r0, r1, [r11], #8
    .elseif \columns == 3
    ldmia r11!, {r0-r2}
    .else
    ldmia r11!, {r0-r3}
    .endif
    .if \is_wide
    add.w r11, r11, r4
    .endif
    vmul.f32 q5, q4, r0
    column \columns, 1, vmul.f32 q6, q4, r1
    vadd.f32 q0, q0, q5
    column \columns, 2, vmul.f32 q5, q4, r2
    column \columns, 1, vadd.f32 q1, q1, q6
    column \columns, 3, vmul.f32 q6, q4, r3
    column \columns, 2, vadd.f32 q2, q2, q5
    column \columns, 3, vadd.f32 q3, q3, q6
.endm

.macro four_rows columns, is_wide
    .rept 4
    row \columns, \is_wide
    .endr
.endm

@ Goes on with the next descriptor, and takes its places to the next four frames.
.macro next
    ldmia r5!, {r6, r8-r12, lr}
    vldrw.u32 q7, [r5]
    vadd.i32 q6, q7, r8
    vstrw.32 q6, [r5], #16
    bx r6
.endm

@ Goes to the next tap, which may be in a ring where rows lie side by side.
.macro step is_wide
    vadd.i32 q7, q7, r10
    .if \is_wide == 0
    vpt.u32 cs, q7, r8
    vsubt.i32 q7, q7, r4
    .endif
    bx r6
.endm

@ Taps of at most four rows: r6 is where so many are left, and lr taps.
.macro short_taps tag, columns
\tag\()1:
    step 0
    four_rows \columns, 0
\tag\()2:
    le lr, \tag\()1b
    next
.endm

@ Taps of any number of rows: r6 is where as many are left as the first turn takes.
.macro taps tag, columns, is_wide
\tag\()3:
    mov lr, r12
    step \is_wide
\tag\()4:
    four_rows \columns, \is_wide
\tag\()5:
    le lr, \tag\()4b
    subs r9, r9, #1
    bne \tag\()3b
    next
.endm

@ Adds a row of \n weights of the 1x1 convolution, times \x.
.macro end_row n, x
    .if \n == 2
    ldrd r0, r1, [r2]
    .else
    ldr r0, [r2]
    .endif
    add r2, r2, r3
    vmul.f32 q4, \x, r0
    vadd.f32 q5, q5, q4
    .if \n == 2
    vmul.f32 q4, \x, r1
    vadd.f32 q6, q6, q4
    .endif
.endm

@ \n outputs of the 1x1 convolution.
.macro end_outputs columns, n
    vadd.i32 q4, q7, r9
    vldrw.u32 q5, [q4, #4]
    .if \n == 2
    vldrw.u32 q6, [q4, #8]
    ldrd r0, r1, [r11], #8
    vadd.f32 q6, q6, r1
    .else
    ldr r0, [r11]
    .endif
    vadd.f32 q5, q5, r0
    mov r2, r10
    end_row \n, q0
    column \columns, 1, end_row \n, q1
    column \columns, 2, end_row \n, q2
    column \columns, 3, end_row \n, q3
    vstrw.32 q5, [q7, #4]!
    .if \n == 2
    vstrw.32 q6, [q7, #4]!
    .endif
.endm

@ A sum becomes 0 where it is 0 or negative, and no NaN.
.macro relu sum
    vpt.f32 le, \sum, zr
    vmovt.i32 \sum, #0
.endm

@ A sum becomes the larger of itself and its product with the slope.
.macro leaky_relu sum
    vmul.f32 q4, \sum, r0
    vmaxnm.f32 \sum, q4, \sum
.endm

@ Keeps a bias of the tile, from r2 on.
.macro bias columns, at, sum
    .if \columns > \at
    ldr r0, [r2, #(4 * \at)]
    vdup.32 \sum, r0
    vstrw.32 \sum, [sp, #(.LBIAS + 16 * \at)]
    .endif
.endm

@ What the sums start from beside the bias; activations; places of results, of which all but some sums are the last; and the bias of
@ the next four frames.
.macro ends columns
\columns\()6:
    vldrw.u32 q4, [q7]
    column \columns, 1, vldrw.u32 q5, [q7, #4]
    vadd.f32 q0, q0, q4
    column \columns, 2, vldrw.u32 q4, [q7, #8]
    column \columns, 1, vadd.f32 q1, q1, q5
    column \columns, 3, vldrw.u32 q5, [q7, #12]
    column \columns, 2, vadd.f32 q2, q2, q4
    column \columns, 3, vadd.f32 q3, q3, q5
    next
\columns\()7:
    relu q0
    column \columns, 1, relu q1
    column \columns, 2, relu q2
    column \columns, 3, relu q3
    bx lr
\columns\()8:
    ldr r0, [sp, #.LSLOPE]
    leaky_relu q0
    column \columns, 1, leaky_relu q1
    column \columns, 2, leaky_relu q2
    column \columns, 3, leaky_relu q3
    bx lr
1\columns\()9:
    lsl r3, r12, #2
1\columns\()1:
    subs r12, r12, #2
    blo 1\columns\()2f
    end_outputs \columns, 2
    add r10, r10, #8
    b 1\columns\()1b
1\columns\()2:
    adds r12, r12, #1
    bne 1\columns\()3f
    end_outputs \columns, 1
    b 1\columns\()3f
1\columns\()4:
    vldrw.u32 q4, [q7]
    column \columns, 1, vldrw.u32 q5, [q7, #4]
    vadd.f32 q4, q4, q0
    column \columns, 2, vldrw.u32 q6, [q7, #8]
    column \columns, 1, vadd.f32 q5, q5, q1
    vstrw.32 q4, [q7]
    column \columns, 3, vldrw.u32 q4, [q7, #12]
    column \columns, 2, vadd.f32 q6, q6, q2
    column \columns, 1, vstrw.32 q5, [q7, #4]
    column \columns, 3, vadd.f32 q4, q4, q3
    column \columns, 2, vstrw.32 q6, [q7, #8]
    column \columns, 3, vstrw.32 q4, [q7, #12]
    cmp r12, #0
    bne 1\columns\()3f
    next
1\columns\()5:
    vstrw.32 q0, [q7]
    column \columns, 1, vstrw.32 q1, [q7, #4]
    column \columns, 2, vstrw.32 q2, [q7, #8]
    column \columns, 3, vstrw.32 q3, [q7, #12]
1\columns\()3:
    subs r7, r7, #1
    beq.w 97b
    vldrw.u32 q0, [sp, #.LBIAS]
    column \columns, 1, vldrw.u32 q1, [sp, #(.LBIAS + 16)]
    column \columns, 2, vldrw.u32 q2, [sp, #(.LBIAS + 32)]
    column \columns, 3, vldrw.u32 q3, [sp, #(.LBIAS + 48)]
1\columns\()7:
    add r5, sp, #.LDESCRIPTORS
    next
1\columns\()6:
    bias \columns, 0, q0
    bias \columns, 1, q1
    bias \columns, 2, q2
    bias \columns, 3, q3
    b 1\columns\()7b
.endm
