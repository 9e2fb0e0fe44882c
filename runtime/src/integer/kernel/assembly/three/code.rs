//! The instructions.
//!
//! Of two taps, the pairs of a window are the first two numbers of one, its last and the first of the other, and the last two
//! of that. What pointers there are lies on the stack, and all registers are sums, weights and numbers.

use core::arch::naked_asm;

use super::Call;

/// The products of three pairs of weights with a pair of each frame.
macro_rules! six {
    () => {
        "smlad r0, r6, r9, r0\n\
         smlad r1, r7, r9, r1\n\
         smlad r2, r8, r9, r2\n\
         smlad r3, r6, r10, r3\n\
         smlad r4, r7, r10, r4\n\
         smlad r5, r8, r10, r5\n"
    };
}

/// The products of two taps, whose pointers are so far up the stack.
macro_rules! taps {
    ($at:literal) => {
        concat!(
            "ldrd r12, lr, [sp, #",
            $at,
            "]\n",
            "ldr r9, [r12], #12\n",
            "ldm r11!, {{r6, r7, r8}}\n",
            "ldr r10, [r12, #-6]\n",
            six!(),
            "ldrh r9, [r12, #-8]\n",
            "ldrh r10, [r12, #-2]\n",
            "ldrh r6, [lr], #12\n",
            "ldrh r7, [lr, #-6]\n",
            "pkhbt r9, r9, r6, lsl #16\n",
            "pkhbt r10, r10, r7, lsl #16\n",
            "ldm r11!, {{r6, r7, r8}}\n",
            "strd r12, lr, [sp, #",
            $at,
            "]\n",
            six!(),
            "ldr r9, [lr, #-10]\n",
            "ldm r11!, {{r6, r7, r8}}\n",
            "ldr r10, [lr, #-4]\n",
            six!(),
        )
    };
}

/// The outputs of a channel, behind a leaky relu: `r6` has the shifts, `r7` the slope.
macro_rules! leaky {
    ($one:literal, $two:literal) => {
        concat!(
            "asrs ",
            $one,
            ", ",
            $one,
            ", r6\n",
            "ssat ",
            $one,
            ", #16, ",
            $one,
            "\n",
            "it mi\n",
            "smmulrmi ",
            $one,
            ", ",
            $one,
            ", r7\n",
            "asrs ",
            $two,
            ", ",
            $two,
            ", r6\n",
            "ssat ",
            $two,
            ", #16, ",
            $two,
            "\n",
            "it mi\n",
            "smmulrmi ",
            $two,
            ", ",
            $two,
            ", r7\n",
        )
    };
}

/// The sums of a channel are shifted.
macro_rules! shift {
    ($one:literal, $two:literal) => {
        concat!("asr ", $one, ", ", $one, ", r5\n", "asr ", $two, ", ", $two, ", r5\n")
    };
}

/// Computes what a call says.
#[allow(clippy::too_many_lines, reason = "instructions, from first to last")]
#[unsafe(naked)]
pub(super) unsafe extern "C" fn run(call: *const Call) {
    naked_asm!(
        cpu!(),
        "push {{r4, r5, r6, r7, r8, r9, r10, r11, lr}}",
        "sub sp, #112",
        "mov r12, sp",
        "ldm r0!, {{r1, r2, r3, r4, r5, r6, r7}}",
        "stm r12!, {{r1, r2, r3, r4, r5, r6, r7}}",
        "ldm r0!, {{r1, r2, r3, r4, r5, r6, r7}}",
        "stm r12!, {{r1, r2, r3, r4, r5, r6, r7}}",
        "ldm r0!, {{r1, r2, r3, r4, r5, r6, r7}}",
        "stm r12!, {{r1, r2, r3, r4, r5, r6, r7}}",
        "ldm r0!, {{r1, r2, r3, r4, r5, r6, r7}}",
        "stm r12!, {{r1, r2, r3, r4, r5, r6, r7}}",
        // From where on there are so many pairs of taps.
        "ldr r1, [sp, #64]",
        "adr.w r2, 60f",
        "ldr r1, [r2, r1, lsl #2]",
        "add r1, r1, r2",
        "orr r1, r1, #1",
        "str r1, [sp, #64]",
        "2:",
        "ldr r11, [sp, #60]",
        "ldm r11!, {{r0, r1, r2}}",
        "ldr r12, [sp, #64]",
        "mov r3, r0",
        "mov r4, r1",
        "mov r5, r2",
        "bx r12",
        "20:",
        taps!("0"),
        "21:",
        taps!("8"),
        "22:",
        taps!("16"),
        "23:",
        taps!("24"),
        "24:",
        taps!("32"),
        "25:",
        taps!("40"),
        "26:",
        taps!("48"),
        "27:",
        "ldr r6, [sp, #56]",
        "cbz r6, 4f",
        // A tap that is left, whose last number is a pair with the condition.
        "mov r12, r6",
        "ldr r9, [r12], #12",
        "ldm r11!, {{r6, r7, r8}}",
        "ldr r10, [r12, #-6]",
        six!(),
        "ldrh r9, [r12, #-8]",
        "ldrh r10, [r12, #-2]",
        "str r12, [sp, #56]",
        "ldr r12, [sp, #68]",
        "ldr r6, [r12], #4",
        "str r12, [sp, #68]",
        "pkhbt r9, r9, r6, lsl #16",
        "pkhbt r10, r10, r6",
        "ldm r11!, {{r6, r7, r8}}",
        six!(),
        "b 5f",
        // The condition alone.
        "4:",
        "ldr r12, [sp, #68]",
        "ldm r11!, {{r6, r7, r8}}",
        "ldr r9, [r12], #4",
        "str r12, [sp, #68]",
        "smlabb r0, r6, r9, r0",
        "smlabb r1, r7, r9, r1",
        "smlabb r2, r8, r9, r2",
        "smlabt r3, r6, r9, r3",
        "smlabt r4, r7, r9, r4",
        "smlabt r5, r8, r9, r5",
        "5:",
        "ldrd r6, r7, [sp, #72]",
        "ldr r8, [sp, #104]",
        leaky!("r0", "r3"),
        "lsr r6, r6, #8",
        leaky!("r1", "r4"),
        "lsr r6, r6, #8",
        leaky!("r2", "r5"),
        // Six numbers as they lie in memory, and the first two of the second frame.
        "pkhbt r9, r0, r1, lsl #16",
        "pkhbt r10, r2, r3, lsl #16",
        "pkhbt r11, r4, r5, lsl #16",
        "pkhbt r12, r3, r4, lsl #16",
        "ldr lr, [sp, #80]",
        "cmp r8, #0",
        "beq.w 7f",
        // Their products are added to fine sums.
        "ldm lr, {{r0, r1, r2, r3, r4, r5}}",
        "smlawb r0, r8, r9, r0",
        "smlawt r1, r8, r9, r1",
        "smlawb r2, r8, r10, r2",
        "smlawt r3, r8, r10, r3",
        "smlawb r4, r8, r11, r4",
        "smlawt r5, r8, r11, r5",
        "ssat r0, #24, r0",
        "ssat r1, #24, r1",
        "ssat r2, #24, r2",
        "ssat r3, #24, r3",
        "ssat r4, #24, r4",
        "ssat r5, #24, r5",
        "stm lr!, {{r0, r1, r2, r3, r4, r5}}",
        "8:",
        "str lr, [sp, #80]",
        "ldr lr, [sp, #88]",
        "cmp lr, #0",
        "beq 6f",
        // The 1x1 convolution: sums of the first frame in `r0`, `r1`, `r2`, of the second in `lr`, `r3`, `r4`.
        "ldm lr!, {{r0, r1, r2}}",
        "ldm lr!, {{r3, r4, r5}}",
        "ldm lr, {{r6, r7, r8}}",
        "smlad lr, r3, r12, r0",
        "smlad r0, r3, r9, r0",
        "smlad r3, r4, r12, r1",
        "smlad r1, r4, r9, r1",
        "smlad r4, r5, r12, r2",
        "smlad r2, r5, r9, r2",
        "ldr r5, [sp, #92]",
        "smlabb r0, r6, r10, r0",
        "smlabt lr, r6, r11, lr",
        "smlabb r1, r7, r10, r1",
        "smlabt r3, r7, r11, r3",
        "smlabb r2, r8, r10, r2",
        "smlabt r4, r8, r11, r4",
        shift!("r0", "lr"),
        "lsr r5, r5, #8",
        shift!("r1", "r3"),
        "lsr r5, r5, #8",
        shift!("r2", "r4"),
        // They are added to fine sums, and the nearest whole numbers of these are the outputs.
        "ldrd r5, r6, [sp, #96]",
        "ldm r5, {{r7, r8, r9, r10, r11, r12}}",
        "add r0, r0, r7",
        "add r1, r1, r8",
        "add r2, r2, r9",
        "add r10, lr, r10",
        "add r11, r3, r11",
        "add r12, r4, r12",
        "ssat r7, #24, r0",
        "ssat r8, #24, r1",
        "ssat r9, #24, r2",
        "ssat r10, #24, r10",
        "ssat r11, #24, r11",
        "ssat r12, #24, r12",
        "stm r5!, {{r7, r8, r9, r10, r11, r12}}",
        "lsl r8, r8, #8",
        "lsl r10, r10, #8",
        "lsl r12, r12, #8",
        "pkhtb r7, r8, r7, asr #8",
        "pkhtb r8, r10, r9, asr #8",
        "pkhtb r9, r12, r11, asr #8",
        "stm r6!, {{r7, r8, r9}}",
        "strd r5, r6, [sp, #96]",
        "6:",
        "ldrd r0, r1, [sp, #80]",
        "cmp r0, r1",
        "bne 2b",
        "add sp, #112",
        "pop {{r4, r5, r6, r7, r8, r9, r10, r11, pc}}",
        // Whole sums.
        "7:",
        "ldm lr, {{r3, r4, r5}}",
        "qadd16 r0, r3, r9",
        "qadd16 r1, r4, r10",
        "qadd16 r2, r5, r11",
        "stm lr!, {{r0, r1, r2}}",
        "b 8b",
        ".p2align 2",
        "60:",
        ".word 27b - 60b",
        ".word 26b - 60b",
        ".word 25b - 60b",
        ".word 24b - 60b",
        ".word 23b - 60b",
        ".word 22b - 60b",
        ".word 21b - 60b",
        ".word 20b - 60b",
    )
}
