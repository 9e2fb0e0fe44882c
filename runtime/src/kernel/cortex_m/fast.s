@ Approximations of numbers, four at a time, as `growing` in `../../activation/fast.rs`: up to the difference to the last constant.
@
@ r0 the numbers, r1 fours left, r2 constants, r4 to r7 the bits of four numbers, r8 to r11 and r12 others.
@ s0 to s3 the numbers, s4 to s23 what is made of them, s24 on constants.

.fpu fpv4-sp-d16

    .if .Lsaves
    push {r4-r11, lr}
    vpush {d8-d15}
    .endif
    vldmia r2, {s24-s31}
61: ldmia r0, {r4-r7}
    bic r8, r4, #0x80000000
    vmov s0, r8
    bic r9, r5, #0x80000000
    vmov s1, r9
    bic r10, r6, #0x80000000
    vmov s2, r10
    bic r11, r7, #0x80000000
    vmov s3, r11
    vadd.f32 s0, s0, s24
    vadd.f32 s1, s1, s24
    vadd.f32 s2, s2, s24
    vadd.f32 s3, s3, s24
    vmul.f32 s0, s0, s0
    vmul.f32 s1, s1, s1
    vmul.f32 s2, s2, s2
    vmul.f32 s3, s3, s3
    vmul.f32 s0, s0, s0
    vmul.f32 s1, s1, s1
    vmul.f32 s2, s2, s2
    vmul.f32 s3, s3, s3
    vadd.f32 s0, s0, s25
    vadd.f32 s1, s1, s25
    vadd.f32 s2, s2, s25
    vadd.f32 s3, s3, s25
    vmul.f32 s0, s0, s0
    vmul.f32 s1, s1, s1
    vmul.f32 s2, s2, s2
    vmul.f32 s3, s3, s3
    vsub.f32 s0, s0, s26
    vsub.f32 s1, s1, s26
    vsub.f32 s2, s2, s26
    vsub.f32 s3, s3, s26
    vmul.f32 s0, s0, s0
    vmul.f32 s1, s1, s1
    vmul.f32 s2, s2, s2
    vmul.f32 s3, s3, s3
    vdiv.f32 s0, s27, s0
    vdiv.f32 s1, s27, s1
    vdiv.f32 s2, s27, s2
    vdiv.f32 s3, s27, s3
    vsub.f32 s0, s28, s0
    vsub.f32 s1, s28, s1
    vsub.f32 s2, s28, s2
    vsub.f32 s3, s28, s3
