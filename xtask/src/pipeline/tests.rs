//! A few instructions each, and their cycles counted by hand from the rules of each core.

use super::instruction::Instruction;
use super::{Executed, Value, Values, model};

/// The cycles of instructions in a row, one a line. Registers start at `0x2000_0000`, and a branch is taken where it says `taken`.
fn cycles(cpu: &str, program: &str) -> u64 {
    let mut model = model(cpu).unwrap();
    let mut values = Values::logged([0x2000_0000; 16]);
    let (mut pc, mut conditional) = (0x400, false);
    for line in program.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (text, is_taken) =
            line.strip_suffix(" taken").map_or((line, false), |text| (text, true));
        let text = text.replacen(' ', "\t", 1);
        let size = if text.starts_with('v') || text.contains(".w\t") { 4 } else { 2 };
        let instruction = Instruction::parse(&text, size, conditional).expect(line);
        conditional = text.starts_with("it");
        let address: Option<Value> = values.execute(pc, &instruction);
        model.issue(&Executed { instruction: &instruction, address, is_taken });
        pc += size;
    }
    model.cycles()
}

fn m7(program: &str) -> u64 {
    cycles("cortex-m7", program)
}

fn m33(program: &str) -> u64 {
    cycles("cortex-m33", program)
}

fn m4(program: &str) -> u64 {
    cycles("cortex-m4", program)
}

/// Lines made of numbers from 0 on, in which `{}` is four times the number.
fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(|number| line(number) + "\n").collect()
}

fn load(number: usize) -> String {
    format!("vldr s{number}, [r0, #{}]", 4 * number)
}

/// A multiply-accumulate of what was loaded, over so many sums.
fn product(number: usize, sums: usize) -> String {
    format!("vmla.f32 s{}, s15, s{number}", 16 + number % sums)
}

#[test]
fn m7_loads_and_products_in_turns_take_two_cycles_each() {
    // The first two products are issued in cycles 1 and 2, and the others each 2 later.
    let turns = lines(8, |number| load(number) + "\n" + &product(number, 4));
    assert_eq!(m7(&turns), 15);
}

#[test]
fn m7_a_group_of_loads_and_then_of_products_takes_one_and_a_half() {
    assert_eq!(m7(&(lines(8, load) + &lines(8, |number| product(number, 4)))), 12);
}

#[test]
fn m7_loads_behind_products_are_issued_one_by_one_for_three_cycles() {
    let group = |first: usize| {
        lines(4, |number| load(first + number)) + &lines(4, |number| product(first + number, 4))
    };
    // 2 + 4, three loads alone, one beside the first product, and three products.
    assert_eq!(m7(&(group(0) + &group(4))), 13);
}

#[test]
fn m7_a_sum_comes_again_after_three_cycles() {
    assert_eq!(m7(&lines(6, |number| product(number, 3))), 6);
    assert_eq!(m7(&lines(6, |number| product(number, 2))), 8);
    assert_eq!(m7(&lines(6, |number| product(number, 1))), 16);
}

#[test]
fn m7_a_product_and_an_addition_take_two_with_loads_beside() {
    let program = "vmul.f32 s20, s0, s15\nvldr s3, [r0]\nvmul.f32 s21, s1, s15\nvldr s4, [r0, #4]\n\
         vmul.f32 s22, s2, s15\nvldr s5, [r0, #8]\nvadd.f32 s16, s16, s20\nvldr s6, [r0, #12]\n\
         vadd.f32 s17, s17, s21\nvadd.f32 s18, s18, s22\n";
    assert_eq!(m7(program), 6);
}

#[test]
fn m7_what_waits_behind_a_product() {
    let behind = |line: &str| m7(&format!("vmla.f32 s0, s1, s2\n{line}"));
    // Not for three cycles.
    for line in ["vadd.f32 s3, s4, s5", "vcmp.f32 s3, s4", "vldr d2, [r0]"] {
        assert_eq!(behind(line), 5, "{line}");
    }
    assert_eq!(behind("vldmia r0, {s3, s4}"), 5);
    assert_eq!(behind("vmul.f32 s3, s4, s5"), 2);
    // The first product may have a load or a move beside it.
    assert_eq!(behind("vldr s3, [r0]"), 1);
    assert_eq!(behind("vmov.f32 s3, #1.0"), 1);
    assert_eq!(behind("nop.w\nvmov.f32 s3, #1.0"), 5);
    assert_eq!(behind("vfma.f32 s3, s4, s5"), 3);
    // Its result.
    assert_eq!(behind("vmul.f32 s3, s4, s0"), 7);
    assert_eq!(behind("vstr s0, [r0]"), 5);
    assert_eq!(behind("vmla.f32 s0, s4, s5"), 4);
    assert_eq!(behind("vmla.f32 s3, s0, s5"), 7);
    assert_eq!(m7("vfma.f32 s0, s1, s2\nvmul.f32 s3, s4, s0"), 6);
    assert_eq!(m7("vfma.f32 s0, s1, s2\nvstr s0, [r0]"), 4);
}

#[test]
fn m7_results_of_arithmetic_and_moves() {
    assert_eq!(m7("vadd.f32 s0, s1, s2\nvmul.f32 s3, s0, s0"), 4);
    assert_eq!(m7("vadd.f32 s0, s1, s2\nvstr s0, [r0]"), 2);
    assert_eq!(m7("vldr s0, [r0]\nvadd.f32 s1, s0, s0"), 2);
    assert_eq!(m7("vldr s0, [r0]\nvmla.f32 s0, s1, s2"), 3);
    assert_eq!(m7("vldr s0, [r0]\nvfma.f32 s0, s1, s2"), 4);
    assert_eq!(m7("vmov s0, r0\nvadd.f32 s1, s0, s0"), 4);
    assert_eq!(m7("vmov r0, s0\nadds r1, r0, #1"), 2);
    assert_eq!(m7("vcmp.f32 s0, s1\nvmrs APSR_nzcv, fpscr\nit gt\nmovgt r0, #1"), 5);
    assert_eq!(m7("vdiv.f32 s0, s1, s2\nadds r0, r0, #1"), 17);
    assert_eq!(m7("vsqrt.f32 s0, s1"), 14);
}

#[test]
fn m7_two_loads_want_an_even_and_an_odd_word() {
    assert_eq!(m7("vldr s0, [r0]\nvldr s1, [r0, #4]"), 1);
    assert_eq!(m7("vldr s0, [r0]\nvldr s1, [r0, #8]"), 2);
    // Along with a register that moves on.
    assert_eq!(m7("ldr.w r1, [r0], #4\nldr r2, [r3, #4]"), 1);
    assert_eq!(m7("ldr.w r1, [r0], #4\nldr.w r2, [r0], #4"), 2);
    assert_eq!(m7("vldr s0, [r0]\nvstr s1, [r0, #8]"), 1);
    assert_eq!(m7("vstr s0, [r0]\nvstr s1, [r0, #4]"), 2);
    assert_eq!(m7("vldmia r0!, {s0, s1, s2, s3, s4}"), 3);
    assert_eq!(m7("push {r4, r5, r6, lr}\nadds r0, r0, #1"), 3);
}

#[test]
fn m7_integers() {
    assert_eq!(m7("adds r0, r1, r2\nadd.w r3, r4, r5"), 1);
    assert_eq!(m7("adds r0, r1, r2\nadd.w r3, r0, r5"), 2);
    assert_eq!(m7("ldr r0, [r1]\nadds r2, r0, #1"), 2);
    assert_eq!(m7("ldr r0, [r1]\nldr r2, [r0]"), 3);
    assert_eq!(m7("ldrh r0, [r1]\nadds r2, r0, #1"), 3);
    assert_eq!(m7("ldr r0, [r1]\nstr r0, [r2, #4]"), 1);
    assert_eq!(m7("smlad.w r0, r1, r2, r0\nsmlad.w r0, r1, r3, r0"), 2);
    assert_eq!(m7("smlad.w r0, r1, r2, r0\nadds r3, r0, #1"), 3);
    assert_eq!(m7("mul.w r0, r1, r2\nstr r3, [r4]"), 2);
    assert_eq!(m7("ldr r0, [r1]\nmul.w r2, r0, r3"), 3);
    assert_eq!(m7("movw r0, #4\nmovt r0, #8192"), 1);
}

#[test]
fn m33_a_multiply_accumulate_takes_three_and_a_product_with_an_addition_two() {
    assert_eq!(m33(&lines(4, |number| product(number, 4))), 3 * 3 + 1);
    let apart =
        "vmul.f32 s0, s1, s2\nvmul.f32 s3, s4, s5\nvadd.f32 s6, s6, s0\nvadd.f32 s7, s7, s3";
    assert_eq!(m33(apart), 4);
    assert_eq!(m33("vadd.f32 s0, s1, s2\nvadd.f32 s3, s0, s0"), 3);
    // A load has to wait, an instruction of the core has not.
    assert_eq!(m33("vmla.f32 s0, s1, s2\nvldr s3, [r0]"), 4);
    assert_eq!(m33("vmla.f32 s0, s1, s2\nadds r0, r0, #1\nadds r1, r1, #1\nvldr s3, [r2]"), 4);
}

#[test]
fn m33_loads() {
    assert_eq!(m33("vldr s0, [r0]\nvldr s1, [r0, #8]\nvadd.f32 s2, s0, s1"), 3);
    assert_eq!(m33("ldr r0, [r1]\nadds r0, r0, #1"), 3);
    assert_eq!(m33("ldr r0, [r1]\nstr r0, [r2]"), 2);
    assert_eq!(m33("vldmia r0!, {s0-s7}"), 8);
    assert_eq!(m33("ldmia r0!, {r1, r2, r3}"), 3);
    assert_eq!(m33("ldrd r0, r1, [r2]"), 2);
}

#[test]
fn m33_multiplies_of_integers_and_shifted_operands() {
    assert_eq!(m33("smlad.w r0, r1, r2, r0\nsmlad.w r0, r1, r3, r0\nadds r4, r0, #1"), 4);
    assert_eq!(m33("add.w r0, r1, r2, lsl #2\nadds r3, r0, #1"), 3);
}

#[test]
fn m33_branches() {
    assert_eq!(m33("adds r0, r0, #1\nit eq\nmoveq r1, #1"), 2);
    assert_eq!(m33("subs r0, #1\nbne.n 400 taken"), 3);
    assert_eq!(m33("subs r0, #1\nbne.n 400"), 1);
    assert_eq!(m33("subs r0, #1\nadd r1, r2\nbne.n 400 taken"), 3);
    assert_eq!(m33("subs.w r0, r0, #1\nbne.w 400 taken"), 3);
}

#[test]
fn m4_loads_that_follow_one_another_take_one_behind_the_first() {
    assert_eq!(m4(&lines(4, load)), 5);
    let turns = lines(4, |number| load(number) + &format!("\nvadd.f32 s{}, s14, s15", 16 + number));
    assert_eq!(m4(&turns), 4 * (2 + 1));
    assert_eq!(m4("vldmia r0!, {s0-s3}"), 5);
    assert_eq!(m4("ldr.w r1, [r0], #4\nldr.w r2, [r0], #4"), 4);
    assert_eq!(m4("str r1, [r0]\nstr r2, [r0, r3]"), 3);
}

#[test]
fn m4_arithmetic() {
    assert_eq!(m4(&lines(4, |number| product(number, 4))), 12);
    assert_eq!(m4("vmul.f32 s0, s1, s2\nvadd.f32 s3, s3, s4"), 2);
    assert_eq!(m4("vmul.f32 s0, s1, s2\nvadd.f32 s3, s3, s0"), 3);
    assert_eq!(m4("vdiv.f32 s0, s1, s2"), 14);
    assert_eq!(m4("smlad.w r0, r1, r2, r0\nsmlad.w r0, r1, r3, r0"), 2);
}

#[test]
fn m4_branches_and_addresses() {
    assert_eq!(m4("subs r0, #1\nbne.n 400 taken"), 4);
    assert_eq!(m4("subs r0, #1\nbne.n 400"), 2);
    assert_eq!(m4("adds r0, #4\nldr r1, [r0]"), 4);
    assert_eq!(m4("adds r0, #4\nadds r2, #4\nldr r1, [r0]"), 4);
}
