@ A logistic function is the hyperbolic tangent of half of a number.

    vmul.f32 s0, s0, s30
    vmul.f32 s1, s1, s30
    vmul.f32 s2, s2, s30
    vmul.f32 s3, s3, s30
