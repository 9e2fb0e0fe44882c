@ The results of a convolution for frames. `frames_of_product` in `helium.rs` says what its argument is; `helium_tile.s`, in front of this,
@ how it goes about.

@ A line of the table of tiles: where rows of taps end, of any number and of a few; bytes of a row; first sums, the bias, no activation
@ and two; outputs, some sums, the 1x1 convolution; and the most rows that are a few.
.macro line tag, columns, bytes, short_taps, short
    .hword \tag\()5f + 1 - 98f, \short_taps, \bytes, \columns\()6f + 1 - 98f, 1\columns\()6f + 1 - 98f
    .hword 0, \columns\()7f + 1 - 98f, \columns\()8f + 1 - 98f
    .hword 1\columns\()5f + 1 - 98f, 1\columns\()4f + 1 - 98f, 1\columns\()9f + 1 - 98f, \short
.endm

@ r6 becomes the address that a tile has for the line's number at \at.
.macro address at
    ldrh r6, [r2, #(2 * \at - 24)]
    add r6, r6, r1
.endm

@ q4 becomes the places of four frames, r8 bytes apart, from r6 on; r8 the distance to the next four.
.macro places
    vmul.i32 q4, q5, r8
    vadd.i32 q4, q4, r6
    lsl r8, r8, #2
.endm

@ The descriptor of places of results, from r9 on and r8 bytes apart, for which the table's line has a number at \at. r4 is the
@ number of the activation that comes before, if one does.
.macro results at
    address \at
    str r6, [r5, #24]
    .if \at != 8
    str r12, [r5, #20]
    .endif
    cbz r4, 89f
    add r6, r2, r4, lsl #1
    ldrh r6, [r6, #(10 - 24)]
    add r6, r6, r1
    mov r4, #0
89: str r6, [r5]
    mov r6, r9
    places
    str r8, [r5, #4]
    add r5, r5, #28
    vstrw.32 q4, [r5], #16
.endm

@ Takes the places of a descriptor back by r7 fours of frames, and on by \bytes; goes to the next one.
.macro rewind bytes
    ldr r8, [r5, #4]
    mul r8, r8, r7
    .if \bytes
    sub r8, r8, #\bytes
    .endif
    vldrw.u32 q4, [r5, #28]
    vsub.i32 q4, q4, r8
    vstrw.32 q4, [r5, #28]
    add r5, r5, #.LDESCRIPTOR
.endm

    push {r4-r11, lr}
    vpush {d8-d15}
    sub sp, sp, #.LSTACK
    ldr r2, [r0, #36]
    str r0, [sp]
    str r2, [sp, #.LSLOPE]
    ldr r1, [r0, #4]
    mov r3, #0
91: strd r1, r3, [sp, #4]
    @ r2 columns of the tile.
    mov r2, r1
    cmp r2, #4
    it hi
    movhi r2, #4
    @ r1 where the addresses of the table count from; r2 the end of the tile's line, as lines count from 1.
    ldr r8, [r0, #8]
    subs r7, r8, r2, lsl #2
    it ne
    addne r2, r2, #4
    add r2, r2, r2, lsl #1
    adr.w r1, 99f
    add r2, r1, r2, lsl #3
    adr.w r1, 98f
    add r5, sp, #.LDESCRIPTORS
    mov r4, #0
    vidup.u32 q5, r4, #1
    ldr r4, [r0, #12]
    cbz r4, 93f
    address 3
    str r6, [r5]
    add r6, r4, r3
    places
    str r8, [r5, #4]
    add r5, r5, #28
    vstrw.32 q4, [r5], #16
93: ldrd r3, r4, [r0, #24]
    add r4, r4, r4, lsl #1
    add r0, r3, r4, lsl #3
    ldrh r4, [r2, #(4 - 24)]
94: ldmia r3!, {r6, r8-r12}
    ldr lr, [sp, #8]
    sub r6, r6, #4
    places
    sub r10, r10, r12, lsl #2
    add r11, r11, lr
    ldrh lr, [r2, #(22 - 24)]
    cmp r12, lr
    bhi 95f
    address 1
    mls r6, r12, r4, r6
    mov lr, r9
96: stmia r5!, {r6, r8-r12, lr}
    vstrw.32 q4, [r5], #16
    cmp r3, r0
    bne 94b
    ldr r0, [sp]
    ldrd r6, r11, [r0, #64]
    cmp r6, #0
    beq 85f
    @ The last run is in a ring, and the one before has the frames that replace the oldest there.
    sub r6, r6, #4
    str r6, [r5, #-40]
    vldrw.u32 q4, [r5, #-16]
    vpt.u32 cs, q4, r6
    vsubt.i32 q4, q4, r11
    vstrw.32 q4, [r5, #-16]
    vstrw.32 q4, [sp, #.LSLOTS]
    vldrw.u32 q4, [r5, #-60]
    ldr r8, [r5, #-84]
    ldr lr, [r3, #-4]
    mov r11, r6
    sub r10, r8, lr, lsl #2
    sub r9, lr, #1
    and r9, r9, #3
    adr.w r12, 82f
    sub r9, r12, r9, lsl #3
    sub r9, r9, #7
    add lr, lr, #3
    lsr lr, lr, #2
    adr.w r6, 80f
    add r6, r6, #1
    stmia r5!, {r6, r8-r12, lr}
    vstrw.32 q4, [r5], #16
85: ldr r3, [sp, #8]
    ldr r4, [r0, #32]
    ldrd r9, r11, [r0, #40]
    ldr r12, [r0]
    cmp r9, #0
    beq 86f
    @ Some sums are the last place where there are no outputs and no 1x1 convolution.
    orrs r12, r12, r11
    ite eq
    moveq r12, #1
    movne r12, #0
    add r9, r9, r3
    ldr r8, [r0, #8]
    results 9
86: ldr r9, [r0]
    cmp r9, #0
    beq 87f
    add r9, r9, r3
    ldr r8, [r0, #8]
    results 8
87: cmp r11, #0
    beq 88f
    ldrd r9, r12, [r0, #56]
    lsl r8, r12, #2
    sub r9, r9, #4
    results 10
    ldrd r3, r4, [r0, #48]
    ldr r9, [r0, #56]
    sub r4, r4, r9
    str r4, [r5, #-36]
    strd r11, r3, [r5, #-32]
88: address 4
    ldr r2, [r0, #16]
    ldr r3, [sp, #8]
    add r2, r2, r3
    movs r4, r7
    it eq
    ldreq r4, [r0, #68]
    ldr r7, [r0, #20]
    lsr r7, r7, #2
    bx r6
    @ Rows of which there are more than four, or which do not lie side by side.
95: sub lr, r12, #1
    and lr, lr, #3
    mla lr, lr, r4, r4
    ldrh r6, [r2, #-24]
    sub r6, r6, lr
    add r6, r6, r1
    add r12, r12, #3
    lsr r12, r12, #2
    mov lr, r12
    b 96b
    @ The next tile.
97: ldr r0, [sp]
    ldrd r1, r3, [sp, #4]
    add r3, r3, #16
    subs r1, r1, #4
    bls 79f
    cmp r1, #4
    blo 91b
    @ Another one of four columns: the descriptors go back to the first frame, and on by four columns.
    strd r1, r3, [sp, #4]
    ldr r7, [r0, #20]
    lsr r7, r7, #2
    add r5, sp, #.LDESCRIPTORS
    ldr r6, [r0, #12]
    ldr lr, [r0, #28]
    cbz r6, 77f
    rewind 16
77: rewind 0
    ldr r8, [r5, #(16 - .LDESCRIPTOR)]
    add r8, r8, #16
    str r8, [r5, #(16 - .LDESCRIPTOR)]
    le lr, 77b
    ldr r6, [r0, #40]
    cbz r6, 78f
    rewind 16
78: rewind 16
    ldr r4, [r0, #8]
    sub r4, r4, #16
    ldr r2, [r0, #16]
    add r2, r2, r3
    b.w 146f
79: add sp, sp, #.LSTACK
    vpop {d8-d15}
    pop {r4-r11, pc}

    @ Replaces the oldest four frames of the ring by new ones.
80: vldrw.u32 q6, [sp, #.LSLOTS]
    bx r9
81:
    .rept 4
    vldrw.u32 q4, [q7, #4]!
    vstrw.32 q4, [q6, #4]!
    .endr
82: le lr, 81b
    vadd.i32 q6, q6, r10
    vpt.u32 cs, q6, r11
    vsubt.i32 q6, q6, r4
    vstrw.32 q6, [sp, #.LSLOTS]
    vstrw.32 q6, [r5, #-60]
    next

    .balign 4
99: line 1, 1, 16, 0, 0
    line 2, 2, 24, 22f + 1 - 98f, 4
    line 3, 3, 32, 32f + 1 - 98f, 4
    line 4, 4, 40, 42f + 1 - 98f, 4
    line 5, 1, 20, 0, 0
    line 6, 2, 28, 0, 0
    line 7, 3, 36, 0, 0
    line 8, 4, 44, 0, 0
    .balign 4
98: short_taps 2, 2
    short_taps 3, 3
    short_taps 4, 4
    taps 1, 1, 0
    taps 2, 2, 0
    taps 3, 3, 0
    taps 4, 4, 0
    taps 5, 1, 1
    taps 6, 2, 1
    taps 7, 3, 1
    taps 8, 4, 1
    ends 1
    ends 2
    ends 3
    ends 4

.purgem column
.purgem row
.purgem four_rows
.purgem next
.purgem step
.purgem short_taps
.purgem taps
.purgem end_row
.purgem end_outputs
.purgem relu
.purgem leaky_relu
.purgem bias
.purgem ends
.purgem results
.purgem rewind
.purgem line
.purgem address
.purgem places
