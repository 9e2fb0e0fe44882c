@ The sizes of numbers, four at a time, cut off where exact functions no longer change: up to `tangent.s`. The symbols `.Lmost`, the upper half
@ of that size, and `.Lbelow_nan`, that of what NaN are above it, are set before.
@
@ r0 the numbers, r1 fours left, r2 constants, r4 to r7 the bits of four numbers, r8 to r11 and r12 others.
@ s0 to s3 the numbers, s4 to s23 what is made of them, s24 on constants.

.fpu fpv4-sp-d16

    .if .Lsaves
    push {r4-r11, lr}
    vpush {d8-d15}
    .endif
    vldmia r2, {s24-s31}
    @ What is larger than r2, and no NaN, becomes r2: as whole numbers, these are at most r3 above it.
    movw r2, #0
    movt r2, #.Lmost
    movw r3, #0
    movt r3, #.Lbelow_nan
61: ldmia r0, {r4-r7}
    bic r8, r4, #0x80000000
    bic r9, r5, #0x80000000
    bic r10, r6, #0x80000000
    bic r11, r7, #0x80000000
    sub r12, r8, r2
    cmp r12, r3
    it ls
    movls r8, r2
    vmov s0, r8
    sub r12, r9, r2
    cmp r12, r3
    it ls
    movls r9, r2
    vmov s1, r9
    sub r12, r10, r2
    cmp r12, r3
    it ls
    movls r10, r2
    vmov s2, r10
    sub r12, r11, r2
    cmp r12, r3
    it ls
    movls r11, r2
    vmov s3, r11
