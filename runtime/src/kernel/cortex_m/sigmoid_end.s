@ The rest of `sigmoid`.

    vmul.f32 s12, s8, s12
    vmul.f32 s13, s9, s13
    vmul.f32 s14, s10, s14
    vmul.f32 s15, s11, s15
    vdiv.f32 s12, s12, s16
    vdiv.f32 s13, s13, s17
    vdiv.f32 s14, s14, s18
    vdiv.f32 s15, s15, s19
    vsub.f32 s0, s29, s12
    vsub.f32 s1, s29, s13
    vsub.f32 s2, s29, s14
    vsub.f32 s3, s29, s15
    cmp r4, #0
    it gt
    vmovgt.f32 s12, s0
    cmp r5, #0
    it gt
    vmovgt.f32 s13, s1
    cmp r6, #0
    it gt
    vmovgt.f32 s14, s2
    cmp r7, #0
    it gt
    vmovgt.f32 s15, s3
    vstmia r0!, {s12-s15}
    subs r1, r1, #1
    bne 61b
    .if .Lsaves
    vpop {d8-d15}
    pop {r4-r11, pc}
    .else
    bx lr
    .endif
