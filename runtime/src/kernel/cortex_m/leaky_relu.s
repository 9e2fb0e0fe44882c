@ Multiplies the numbers of a slice that are not above 0, or a NaN with a sign. r0 the slice, r1 numbers left, r2 and r3 their bits, s0 the factor.

.fpu fpv4-sp-d16

    subs r1, r1, #2
    blo 62f
61: vldmia r0, {s1-s2}
    ldrd r2, r3, [r0]
    cmp r2, #0
    it le
    vmulle.f32 s1, s1, s0
    cmp r3, #0
    it le
    vmulle.f32 s2, s2, s0
    subs r1, r1, #2
    vstmia r0!, {s1-s2}
    bhs 61b
62: adds r1, r1, #1
    bne 63f
    vldr s1, [r0]
    ldr r2, [r0]
    cmp r2, #0
    it le
    vmulle.f32 s1, s1, s0
    vstr s1, [r0]
63: bx lr
