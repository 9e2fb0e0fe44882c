@ What the kernels are made of. Registers are numbers that are computed while assembling.
@
@ `accumulates` says whether the processor has a multiply-accumulate that is worth it: the Cortex-M7 begins one in every cycle where the
@ sum is another one, and is fastest with loads in a group, and then multiply-accumulates in a group. The Cortex-M4 and the M33
@ take three cycles for one; there, a multiplication and an addition take two. `selects` says whether there is an instruction for the larger
@ of two numbers.

.altmacro

.macro of_three instruction, first, second, third
    \instruction s\first, s\second, s\third
.endm
.macro load to, address, offset
    vldr s\to, [\address, #\offset]
.endm

@ Numbers side by side, to or from registers from \first on. The first two go to the next numbers, the others do not.
.macro load_next address, first, count
    load_range \address!, %(\first), %(\first + \count - 1)
.endm
.macro store_next address, first, count
    store_range \address!, %(\first), %(\first + \count - 1)
.endm
.macro load_row address, first, count
    load_range \address, %(\first), %(\first + \count - 1)
.endm
.macro store_row address, first, count
    store_range \address, %(\first), %(\first + \count - 1)
.endm
.macro load_range address, first, last
    vldmia \address, {{s\first-s\last}}
.endm
.macro store_range address, first, last
    vstmia \address, {{s\first-s\last}}
.endm

@ s\to and so on, \count registers, are the sums of those from s\a on and those from s\b on, of which there are \period.
.macro add_each count, to, a, b, period
    .set column, 0
    .rept \count
    of_three vadd.f32, %(\to + column), %(\a + column), %(\b + column % \period)
    .set column, column + 1
    .endr
.endm

@ Adds the products of an input of each of \frames frames, in s\x and others that are \x_step apart, and a row of \n weights from s\w on,
@ to sums from s\sum on, frame by frame. Products go by registers from s\product on, those of \together frames at a time.
.macro add_products frames, together, n, x, x_step, w, sum, product
    .set frame, 0
    .rept \frames / \together
    .if accumulates == 0
    .set column, 0
    .rept \n * \together
    of_three vmul.f32, %(\product + column), %(\w + column % \n), %(\x + (frame + column / \n) * \x_step)
    .set column, column + 1
    .endr
    .endif
    .set column, 0
    .rept \n * \together
    .if accumulates
    of_three vmla.f32, %(\sum + frame * \n + column), %(\w + column % \n), %(\x + (frame + column / \n) * \x_step)
    .else
    of_three vadd.f32, %(\sum + frame * \n + column), %(\sum + frame * \n + column), %(\product + column)
    .endif
    .set column, column + 1
    .endr
    .set frame, frame + \together
    .endr
.endm

@ s\at becomes the larger of itself and s\below.
.macro larger at, below
    .if selects
    vmaxnm.f32 s\at, s\below, s\at
    .else
    vcmp.f32 s\below, s\at
    vmrs APSR_nzcv, fpscr
    it gt
    vmovgt.f32 s\at, s\below
    .endif
.endm

@ Moves s\at and the next to two core registers, or back.
.macro to_core a, b, at, next
    vmov \a, \b, s\at, s\next
.endm
.macro from_core a, b, at, next
    vmov s\at, s\next, \a, \b
.endm

@ A core register becomes 0 where its number is 0 or negative, and no NaN, by lr of `prepare_relu`.
.macro not_negative a
    .if accumulates
    qadd r6, \a, lr
    bic \a, \a, r6, asr #31
    .else
    cmp \a, lr
    it ls
    bicls \a, \a, \a, asr #31
    .endif
.endm
.macro prepare_relu
    .if accumulates
    @ Added to a NaN, it gives no negative number: 0x7fffff.
    mvn lr, #0xff000000
    bic lr, lr, #0x800000
    .else
    @ Minus infinity: what is above it, without a sign, is a NaN.
    movw lr, #0
    movt lr, #0xff80
    .endif
.endm

@ \function of \count numbers from s\at on, and their core registers in pairs.
.macro pairs function, at, count
    \function r2, r3, %(\at), %(\at + 1)
    .if \count > 2
    \function r4, r5, %(\at + 2), %(\at + 3)
    .endif
    .if \count > 4
    \function r7, r8, %(\at + 4), %(\at + 5)
    .endif
    .if \count > 6
    \function r9, r10, %(\at + 6), %(\at + 7)
    .endif
.endm

@ ReLU of \count numbers from s\at on, at most eight, in core registers.
.macro relu_in_core at, count
    pairs to_core, %(\at), \count
    .set left, 0
    .irp a, r2, r3, r4, r5, r7, r8, r9, r10
    .if left < \count
    not_negative \a
    .endif
    .set left, left + 1
    .endr
.endm

@ s\at becomes s0, which is 0, where it is 0 or negative.
.macro zero at
    vcmp.f32 s\at, #0
    vmrs APSR_nzcv, fpscr
    it ls
    vmovls.f32 s\at, s0
.endm

@ ReLU of \count numbers, at least four and an even number, from s\at on.
.macro relu at, count
    .if selects
    prepare_relu
    .set place, \at
    .rept (\count + 7) / 8
    .set part, \at + \count - place
    .if part > 8
    .set part, 8
    .endif
    relu_in_core %(place), %(part)
    pairs from_core, %(place), %(part)
    .set place, place + 8
    .endr
    .else
    .set place, \at
    .rept \count
    zero %(place)
    .set place, place + 1
    .endr
    .endif
.endm

@ The same on the way to memory, where the processor has such an instruction.
.macro store_relu to, at, count
    prepare_relu
    .set place, \at
    .rept (\count + 7) / 8
    .if \at + \count - place >= 8
    relu_in_core %(place), 8
    stmia \to!, {{r2, r3, r4, r5, r7, r8, r9, r10}}
    .else
    relu_in_core %(place), 4
    stmia \to!, {{r2, r3, r4, r5}}
    .endif
    .set place, place + 8
    .endr
.endm

@ Leaky ReLU of \count numbers, an even number, from s\at on; s0 is the slope. Takes half as many registers from s1 on.
.macro leaky_relu at, count
    .set place, \at
    .rept 2
    .set column, 0
    .rept \count / 2
    of_three vmul.f32, %(1 + column), %(place + column), 0
    .set column, column + 1
    .endr
    .set column, 0
    .rept \count / 2
    larger %(place + column), %(1 + column)
    .set column, column + 1
    .endr
    .set place, place + \count / 2
    .endr
.endm
