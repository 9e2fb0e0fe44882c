@ The rest of `sigmoid` in `../../activation/fast.rs`.

    cmp r4, #0
    it mi
    vnegmi.f32 s0, s0
    cmp r5, #0
    it mi
    vnegmi.f32 s1, s1
    cmp r6, #0
    it mi
    vnegmi.f32 s2, s2
    cmp r7, #0
    it mi
    vnegmi.f32 s3, s3
    vadd.f32 s0, s0, s28
    vadd.f32 s1, s1, s28
    vadd.f32 s2, s2, s28
    vadd.f32 s3, s3, s28
    vstmia r0!, {s0-s3}
    subs r1, r1, #1
    bne 61b
    .if .Lsaves
    vpop {d8-d15}
    pop {r4-r11, pc}
    .else
    bx lr
    .endif
