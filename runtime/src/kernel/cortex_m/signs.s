@ Gives the results the signs of the numbers, and goes on with the next four.

    vmov r8, s0
    and r4, r4, #0x80000000
    vmov r9, s1
    and r5, r5, #0x80000000
    vmov r10, s2
    and r6, r6, #0x80000000
    vmov r11, s3
    and r7, r7, #0x80000000
    orr r8, r8, r4
    orr r9, r9, r5
    orr r10, r10, r6
    orr r11, r11, r7
    stmia r0!, {r8-r11}
    subs r1, r1, #1
    bne 61b
    .if .Lsaves
    vpop {d8-d15}
    pop {r4-r11, pc}
    .else
    bx lr
    .endif
