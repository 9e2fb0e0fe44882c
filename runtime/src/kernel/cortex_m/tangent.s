@ As `tangent` and `denominator` in `../../activation/exact.rs`: s0 to s3 become tangents, s8 to s11 powers, s12 to s15 one less the
@ tangent, s16 to s19 denominators, r8 to r11 the bits of the powers.

    vmul.f32 s4, s0, s24
    vmul.f32 s5, s1, s24
    vmul.f32 s6, s2, s24
    vmul.f32 s7, s3, s24
    vsub.f32 s4, s25, s4
    vsub.f32 s5, s25, s5
    vsub.f32 s6, s25, s6
    vsub.f32 s7, s25, s7
    vmov r8, s4
    vmov r9, s5
    vmov r10, s6
    vmov r11, s7
    vsub.f32 s4, s4, s25
    vsub.f32 s5, s5, s25
    vsub.f32 s6, s6, s25
    vsub.f32 s7, s7, s25
    lsl r8, r8, #23
    lsl r9, r9, #23
    lsl r10, r10, #23
    lsl r11, r11, #23
    vmul.f32 s4, s4, s26
    vmul.f32 s5, s5, s26
    vmul.f32 s6, s6, s26
    vmul.f32 s7, s7, s26
    vmov s8, r8
    vmov s9, r9
    vmov s10, r10
    vmov s11, r11
    vadd.f32 s0, s0, s4
    vadd.f32 s1, s1, s5
    vadd.f32 s2, s2, s6
    vadd.f32 s3, s3, s7
    vmul.f32 s4, s0, s0
    vmul.f32 s5, s1, s1
    vmul.f32 s6, s2, s2
    vmul.f32 s7, s3, s3
    vmul.f32 s12, s4, s27
    vmul.f32 s13, s5, s27
    vmul.f32 s14, s6, s27
    vmul.f32 s15, s7, s27
    vsub.f32 s12, s12, s28
    vsub.f32 s13, s13, s28
    vsub.f32 s14, s14, s28
    vsub.f32 s15, s15, s28
    vmul.f32 s4, s0, s4
    vmul.f32 s5, s1, s5
    vmul.f32 s6, s2, s6
    vmul.f32 s7, s3, s7
    vmul.f32 s4, s4, s12
    vmul.f32 s5, s5, s13
    vmul.f32 s6, s6, s14
    vmul.f32 s7, s7, s15
    vadd.f32 s0, s0, s4
    vadd.f32 s1, s1, s5
    vadd.f32 s2, s2, s6
    vadd.f32 s3, s3, s7
    vsub.f32 s4, s29, s8
    vsub.f32 s5, s29, s9
    vsub.f32 s6, s29, s10
    vsub.f32 s7, s29, s11
    vadd.f32 s16, s29, s8
    vadd.f32 s17, s29, s9
    vadd.f32 s18, s29, s10
    vadd.f32 s19, s29, s11
    vsub.f32 s12, s29, s0
    vsub.f32 s13, s29, s1
    vsub.f32 s14, s29, s2
    vsub.f32 s15, s29, s3
    vmul.f32 s4, s4, s0
    vmul.f32 s5, s5, s1
    vmul.f32 s6, s6, s2
    vmul.f32 s7, s7, s3
    vadd.f32 s16, s16, s4
    vadd.f32 s17, s17, s5
    vadd.f32 s18, s18, s6
    vadd.f32 s19, s19, s7
