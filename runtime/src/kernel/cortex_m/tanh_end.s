@ The rest of `tanh`.

    vadd.f32 s8, s8, s8
    vadd.f32 s9, s9, s9
    vadd.f32 s10, s10, s10
    vadd.f32 s11, s11, s11
    vmul.f32 s12, s8, s12
    vmul.f32 s13, s9, s13
    vmul.f32 s14, s10, s14
    vmul.f32 s15, s11, s15
    cmp r8, #0x3f800000
    ite lt
    vmovlt.f32 s0, s29
    vmovge.f32 s12, s31
    cmp r9, #0x3f800000
    ite lt
    vmovlt.f32 s1, s29
    vmovge.f32 s13, s31
    cmp r10, #0x3f800000
    ite lt
    vmovlt.f32 s2, s29
    vmovge.f32 s14, s31
    cmp r11, #0x3f800000
    ite lt
    vmovlt.f32 s3, s29
    vmovge.f32 s15, s31
    vdiv.f32 s12, s12, s16
    vdiv.f32 s13, s13, s17
    vdiv.f32 s14, s14, s18
    vdiv.f32 s15, s15, s19
    vsub.f32 s0, s0, s12
    vsub.f32 s1, s1, s13
    vsub.f32 s2, s2, s14
    vsub.f32 s3, s3, s15
