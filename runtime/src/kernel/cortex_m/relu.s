@ Zero in place of the numbers of a slice that are not above it, by the macro `each` of one number, and `prepare` before the first. r0 the
@ slice, r1 numbers left, r2 to r4 and r12 their bits. r5 and lr are for the macros.

    push {r4-r5, r7, lr}
    prepare
    subs r1, r1, #4
    blo 62f
61: ldmia r0, {r2-r4, r12}
    each r2
    each r3
    each r4
    each r12
    subs r1, r1, #4
    stmia r0!, {r2-r4, r12}
    bhs 61b
    @ The lowest two bits are still those of the count.
62: lsls r1, r1, #31
    bcc 63f
    ldrd r2, r3, [r0]
    each r2
    each r3
    strd r2, r3, [r0], #8
63: cmp r1, #0
    bpl 64f
    ldr r2, [r0]
    each r2
    str r2, [r0]
64: pop {r4-r5, r7, pc}
.purgem each
.purgem prepare
