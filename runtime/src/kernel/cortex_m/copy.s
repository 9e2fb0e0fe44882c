@ Copies r2 numbers from r1 to r0.

    subs r2, r2, #16
    blo 62f
61: vldmia r1!, {s0-s15}
    subs r2, r2, #16
    vstmia r0!, {s0-s15}
    bhs 61b
62: adds r2, r2, #12
    bmi 64f
63: vldmia r1!, {s0-s3}
    subs r2, r2, #4
    vstmia r0!, {s0-s3}
    bpl 63b
64: adds r2, r2, #4
    beq 66f
65: vldmia r1!, {s0}
    subs r2, r2, #1
    vstmia r0!, {s0}
    bne 65b
66: bx lr
