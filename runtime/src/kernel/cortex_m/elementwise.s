@ What the macro `each` makes of the numbers of two slices, which lie side by side.
@
@ r0 results, which may be in place of the first slice, r1 first, r2 second, r3 numbers left.

    subs r3, r3, #4
    blo 62f
61: vldmia r1!, {s0-s3}
    vldmia r2!, {s4-s7}
    each s0, s4
    each s1, s5
    each s2, s6
    each s3, s7
    subs r3, r3, #4
    vstmia r0!, {s0-s3}
    bhs 61b
    @ The lowest two bits are still those of the count.
62: lsls r3, r3, #31
    bcc 63f
    vldmia r1!, {s0-s1}
    vldmia r2!, {s4-s5}
    each s0, s4
    each s1, s5
    vstmia r0!, {s0-s1}
63: bpl 64f
    vldr s0, [r1]
    vldr s4, [r2]
    each s0, s4
    vstr s0, [r0]
64: bx lr
.purgem each
