@ Zero in place of the numbers of a slice that are not above it. r0 the slice, r1 numbers left, r2 to r4 and r12 their bits.
@
@ As whole numbers, those from minus infinity to minus zero are the ones up to 0xff800000; above these are the NaN with a sign.

.macro each a
    cmn \a, #0x00800000
    it le
    movle \a, #0
.endm

    push {r4, lr}
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
64: pop {r4, pc}
.purgem each
