@ The rows of a matrix, times a window, without loops over that. `.LWINDOW` and `.LOUTPUTS` are the shape. With `.LADDS`, what they
@ give is added to fine sums. `.LDSP` says whether there is `smlad`.
@
@ r0 words, r1 the window, r2 outputs, r3 shifts; r4 to r7 sums, r8 to r11 weights, r12 and lr numbers of the window. On the stack:
@ the end of the shifts of tiles, where these are a loop.

.set .LPAIRS, .LWINDOW / 2
.set .LTILES, .LOUTPUTS / 4
.set .LREST, .LOUTPUTS % 4
@ Two short tiles are written out.
.set .LLOOPS, 0
.if .LTILES > 2 || (.LTILES == 2 && .LPAIRS > 8)
    .set .LLOOPS, 1
.endif

@ Products of a pair of the window, in a register, with those of the rows.
.macro pair rows, x
    .if \rows == 4
    ldm r0!, {{r8, r9, r10, r11}}
    .elseif \rows == 3
    ldm r0!, {{r8, r9, r10}}
    .elseif \rows == 2
    ldrd r8, r9, [r0], #8
    .else
    ldr r8, [r0], #4
    .endif
    smlad r4, r8, \x, r4
    .if \rows > 1
    smlad r5, r9, \x, r5
    .endif
    .if \rows > 2
    smlad r6, r10, \x, r6
    .endif
    .if \rows > 3
    smlad r7, r11, \x, r7
    .endif
.endm

@ Products of the numbers in r12 and lr with a row's.
.macro row sum
    ldrsh r8, [r0], #2
    ldrsh r9, [r0], #2
    mla \sum, r8, r12, \sum
    mla \sum, r9, lr, \sum
.endm

.macro sums rows
    .set .LAT, 0
    .if .LDSP
    .rept .LPAIRS / 2
    ldrd r12, lr, [r1, #.LAT]
    pair \rows, r12
    pair \rows, lr
    .set .LAT, .LAT + 8
    .endr
        .if .LPAIRS % 2
    ldr r12, [r1, #.LAT]
    pair \rows, r12
        .endif
    .else
    .rept .LPAIRS
    ldrsh r12, [r1, #.LAT]
    ldrsh lr, [r1, #.LAT + 2]
    row r4
        .if \rows > 1
    row r5
        .endif
        .if \rows > 2
    row r6
        .endif
        .if \rows > 3
    row r7
        .endif
    .set .LAT, .LAT + 4
    .endr
    .endif
.endm

@ What a sum becomes, shifted by the lowest byte of r9. `\fine` is what it is added to.
.macro finish sum, fine
    asr \sum, \sum, r9
    .if .LADDS
    add \sum, \sum, \fine
    ssat \sum, #24, \sum
    .elseif .LRECTIFIED
    usat \sum, #15, \sum
    .else
    ssat \sum, #16, \sum
    .endif
    .if .LADDS == 0
    strh \sum, [r2], #2
    .endif
.endm

.macro outputs rows
    .if \rows == 4
    ldr r9, [r3], #4
    .elseif \rows == 3
    ldrb r8, [r3, #2]
    ldrh r9, [r3]
    orr r9, r9, r8, lsl #16
    .elseif \rows == 2
    ldrh r9, [r3]
    .else
    ldrb r9, [r3]
    .endif
    .if .LADDS
        .if \rows == 4
    ldm r2, {{r8, r10, r11, r12}}
        .elseif \rows == 3
    ldm r2, {{r8, r10, r11}}
        .elseif \rows == 2
    ldrd r8, r10, [r2]
        .else
    ldr r8, [r2]
        .endif
    .endif
    finish r4, r8
    .if \rows > 1
    lsr r9, r9, #8
    finish r5, r10
    .endif
    .if \rows > 2
    lsr r9, r9, #8
    finish r6, r11
    .endif
    .if \rows > 3
    lsr r9, r9, #8
    finish r7, r12
    .endif
    .if .LADDS
        .if \rows == 4
    stm r2!, {{r4, r5, r6, r7}}
        .elseif \rows == 3
    stm r2!, {{r4, r5, r6}}
        .elseif \rows == 2
    strd r4, r5, [r2]
        .else
    str r4, [r2]
        .endif
    .endif
.endm

.macro tile rows
    .if \rows == 4
    ldm r0!, {{r4, r5, r6, r7}}
    .elseif \rows == 3
    ldm r0!, {{r4, r5, r6}}
    .elseif \rows == 2
    ldrd r4, r5, [r0], #8
    .else
    ldr r4, [r0], #4
    .endif
    sums \rows
    outputs \rows
.endm

    push {{r4, r5, r6, r7, r8, r9, r10, r11, lr}}
.if .LLOOPS
    add r8, r3, #4 * .LTILES
    push {{r8}}
2:  tile 4
    ldr r8, [sp]
    cmp r3, r8
    bne.w 2b
    add sp, #4
.else
    .rept .LTILES
    tile 4
    .endr
.endif
.if .LREST > 0
    tile .LREST
.endif
    pop {{r4, r5, r6, r7, r8, r9, r10, r11, pc}}

.purgem pair
.purgem row
.purgem sums
.purgem finish
.purgem outputs
.purgem tile
