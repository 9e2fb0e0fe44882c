//! The stack that a function takes at most, with all that it calls: read off the disassembly, in which every function
//! says how far it moves the stack pointer and whom it calls. Rust's and C's functions alike.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command::run;

#[derive(Default)]
struct Function {
    /// Bytes by which it moves the stack pointer, on any path.
    frame: u64,
    calls: Vec<String>,
    /// An instruction that goes where only the running program knows, or moves the stack pointer by as much.
    unknown: Option<String>,
}

/// The stack of the deepest of the `count` functions whose names have `part` in them.
pub(crate) fn deepest(program: &Path, part: &str, count: usize) -> Result<u64> {
    let mut objdump = Command::new("arm-none-eabi-objdump");
    let text = run(objdump.args(["--disassemble", "--no-show-raw-insn"]).arg(program))?;
    let functions = parse(&text);
    let names: Vec<_> = functions.keys().filter(|name| name.contains(part)).collect();
    if names.len() != count {
        bail!(
            "{} functions have names with `{part}`, expected {count}: {}",
            names.len(),
            program.display()
        );
    }
    let mut deepest = 0;
    for name in names {
        deepest = depth(name, &functions, &mut Vec::new())?.max(deepest);
    }
    Ok(deepest)
}

/// The function `name` and all that it calls.
pub(crate) fn reachable(program: &Path, name: &str) -> Result<BTreeSet<String>> {
    let mut objdump = Command::new("arm-none-eabi-objdump");
    let text = run(objdump.args(["--disassemble", "--no-show-raw-insn"]).arg(program))?;
    let functions = parse(&text);
    let (mut reached, mut left) = (BTreeSet::new(), vec![name.to_owned()]);
    while let Some(name) = left.pop() {
        let function = functions.get(&name).with_context(|| format!("no function {name}"))?;
        if reached.insert(name) {
            left.extend(function.calls.iter().cloned());
        }
    }
    Ok(reached)
}

fn depth(name: &str, functions: &HashMap<String, Function>, path: &mut Vec<String>) -> Result<u64> {
    if path.iter().any(|caller| caller == name) {
        bail!("recursion: {} -> {name}", path.join(" -> "));
    }
    let function = functions.get(name).with_context(|| format!("no function {name}"))?;
    if let Some(instruction) = &function.unknown {
        bail!("{name} has an instruction whose effect on the stack is unknown: {instruction}");
    }
    path.push(name.to_owned());
    let mut deepest = 0;
    for callee in &function.calls {
        deepest = depth(callee, functions, path)?.max(deepest);
    }
    path.pop();
    Ok(function.frame + deepest)
}

/// Parts of the names of functions whose jumps to an address in a register stay in the function: Helium's kernel goes from one
/// descriptor of its work to the next, and that of integers begins at as many taps as there are.
const JUMPS_WITHIN: [&str; 2] = ["6helium17frames_of_product", "5three4code3run"];

fn parse(disassembly: &str) -> HashMap<String, Function> {
    let mut functions = HashMap::new();
    let mut current = String::new();
    let lines: Vec<&str> = disassembly.lines().collect();
    let instruction = |line: usize| Some(lines.get(line)?.split_once(":\t")?.1);
    let literals: HashMap<&str, u32> = lines.iter().filter_map(|line| literal(line)).collect();
    for (number, line) in lines.iter().enumerate() {
        if let Some((_, name)) = line.strip_suffix(">:").and_then(|line| line.split_once('<')) {
            name.clone_into(&mut current);
            functions.insert(current.clone(), Function::default());
        }
        let Some((function, here)) = functions.get_mut(&current).zip(instruction(number)) else {
            continue;
        };
        let before = number.checked_sub(1).and_then(instruction).unwrap_or_default();
        let after = instruction(number + 1).unwrap_or_default();
        let moved = moves(here).or_else(|| moves_to_register(before, here, after));
        let jumps_within = JUMPS_WITHIN.iter().any(|part| current.contains(part));
        match moved.or_else(|| moves_by_literal(before, here, &literals)) {
            Some(bytes) if jumps_within || !goes_anywhere(here) => function.frame += bytes,
            _ => function.unknown = Some(here.replace('\t', " ")),
        }
        // A branch to its own start is a loop; a call is not.
        if let Some(callee) = callee(here).filter(|_| !is_padding(before, here))
            && (callee != current || here.starts_with("bl\t"))
        {
            function.calls.push(callee);
        }
    }
    functions
}

/// Whether an instruction goes to an address in a register, other than back to the caller.
fn goes_anywhere(instruction: &str) -> bool {
    let (mnemonic, operands) = instruction.split_once('\t').unwrap_or((instruction, ""));
    match mnemonic {
        "blx" => operands.starts_with(['r', 's', 'i', 'f']),
        "bx" => operands != "lr",
        // `pop {pc}`, as it is written for one register.
        "ldr.w" if operands == "pc, [sp], #4" => false,
        "mov" | "mov.w" | "ldr" | "ldr.w" | "add" => operands.starts_with("pc,"),
        _ => false,
    }
}

/// Bytes by which an instruction moves the stack pointer down; `None` where that is not written in it.
fn moves(instruction: &str) -> Option<u64> {
    let (mnemonic, operands) = instruction.split_once('\t').unwrap_or((instruction, ""));
    let number = || {
        let (_, number) = operands.rsplit_once('#')?;
        let digits = number.split(|c: char| !(c.is_ascii_digit() || c == '-')).next()?;
        digits.parse::<i64>().ok().map(i64::unsigned_abs)
    };
    match mnemonic {
        "push" | "push.w" => Some(4 * registers(operands)),
        "stmdb" if operands.starts_with("sp!") => Some(4 * registers(operands)),
        "vpush" => Some(registers(operands) * if operands.contains('d') { 8 } else { 4 }),
        "sub" | "sub.w" | "subw" if operands.starts_with("sp,") => number(),
        "str" | "str.w" | "strd" if operands.contains("[sp, #-") && operands.ends_with("]!") => {
            number()
        }
        // Back up again, at the end, by a number or from a frame pointer; else down by a register.
        "add" | "add.w" | "addw" if operands.starts_with("sp,") => number().map(|_| 0),
        "mov" | "mov.w" if operands.starts_with("sp,") => None,
        _ => Some(0),
    }
}

/// What `mov sp, r6` moves down, where the instructions beside it say so: some bytes where the pointer is aligned (`bfc
/// r6, #0, #4` before it); nothing at the end of a function that has a frame pointer, which brings it back (a `pop` after
/// it).
fn moves_to_register(before: &str, instruction: &str, after: &str) -> Option<u64> {
    let register = instruction.strip_prefix("mov\tsp, ")?;
    if let Some(from) = before.strip_prefix("bfc\t").and_then(|from| from.strip_prefix(register)) {
        return from.strip_prefix(", #0, #")?.parse::<u32>().ok().map(|bits| 1 << bits);
    }
    let pops = ["pop\t", "vpop\t", "ldmia.w\tsp!", "pop.w\t", "add\tsp, #"];
    pops.iter().any(|pop| after.starts_with(pop)).then_some(0)
}

/// The address and the number of `770:\t.word\t0x00020026`.
fn literal(line: &str) -> Option<(&str, u32)> {
    let (address, word) = line.trim_start().split_once(":\t.word\t0x")?;
    Some((address, u32::from_str_radix(word, 16).ok()?))
}

/// What `add sp, r6` moves down, where the instruction before it loads the register: `ldr r6, [pc, #120] @ (7f4 <…>)`.
fn moves_by_literal(before: &str, instruction: &str, literals: &HashMap<&str, u32>) -> Option<u64> {
    let register = instruction.strip_prefix("add\tsp, ")?;
    let loaded = before.strip_prefix("ldr\t")?.strip_prefix(register)?.strip_prefix(", [pc, ")?;
    let (_, address) = loaded.split_once("@ (")?;
    let bytes = literals.get(address.split_once(' ')?.0)?.cast_signed();
    Some(if bytes < 0 { u64::from(bytes.unsigned_abs()) } else { 0 })
}

/// How many registers a list such as `{r4, r6-r8, lr}` names.
fn registers(operands: &str) -> u64 {
    let list = operands.split_once('{').map_or("", |(_, list)| list.trim_end_matches('}'));
    let number = |register: &str| {
        register.trim_start_matches(char::is_alphabetic).parse::<u64>().unwrap_or_default()
    };
    let counts = list.split(", ").map(|item| match item.split_once('-') {
        Some((low, high)) => number(high) - number(low) + 1,
        None => 1,
    });
    counts.sum()
}

/// Whether an instruction is what the linker fills gaps between functions with: `0xd4d4`, which nothing comes to.
fn is_padding(before: &str, instruction: &str) -> bool {
    let leaves =
        ["b.w\t", "b.n\t", "bx\t", "bmi.n\t"].iter().any(|leave| before.starts_with(leave));
    instruction.starts_with("bmi.n\t") && (leaves || before.contains("pc}"))
}

/// The function that an instruction goes to, if it leaves its own.
fn callee(instruction: &str) -> Option<String> {
    let (mnemonic, operands) = instruction.split_once('\t')?;
    if !mnemonic.starts_with('b') {
        return None;
    }
    let (_, name) = operands.split_once('<')?;
    let name = name.strip_suffix('>')?;
    // `name+0x12` is a place within a function: a branch of its own.
    (!name.contains('+')).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const DISASSEMBLY: &str = "
00000400 <push_net>:
     400:\tpush\t{r4, r6-r8, lr}
     402:\tvpush\t{d8-d9}
     406:\tsub\tsp, #24
     408:\tbl\t500 <deep>
     40c:\tbne.n\t402 <push_net+0x2>
     40e:\tb.w\t600 <shallow>
     412:\tbmi.n\t500 <unknown>

00000500 <deep>:
     500:\tsub.w\tsp, sp, #400\t; 0x190
     504:\tstr.w\tlr, [sp, #-4]!
     508:\tldr.w\tpc, [sp], #4

00000600 <shallow>:
     600:\tbx\tlr
";

    #[test]
    fn a_function_takes_its_frame_and_the_deepest_of_its_calls() {
        let functions = parse(DISASSEMBLY);
        let stack = depth("push_net", &functions, &mut Vec::new()).unwrap();
        assert_eq!(stack, 5 * 4 + 2 * 8 + 24 + 400 + 4);
    }

    #[test]
    fn a_large_frame_is_loaded_into_a_register_before() {
        let function = |word: &str| {
            format!(
                "00000774 <a>:\n 774:\tpush\t{{r4, lr}}\n 778:\tldr\tr6, [pc, #120]\t@ (7f4 <a+0x80>)\n \
                 77a:\tadd\tsp, r6\n 77c:\tbx\tlr\n 7f4:\t.word\t0x{word}\n"
            )
        };
        let depth = |word| depth("a", &parse(&function(word)), &mut Vec::new()).unwrap();
        assert_eq!(depth("fffffb00"), 2 * 4 + 0x500);
        // Back up again.
        assert_eq!(depth("00000500"), 2 * 4);
    }

    #[test]
    fn an_unknown_call_is_an_error() {
        for instruction in
            ["blx\tr3", "bx\tr3", "ldr\tpc, [r0]", "add\tsp, r6", "sub.w\tsp, sp, r5"]
        {
            let functions = parse(&format!("00000400 <a>:\n 400:\t{instruction}\n"));
            let error = depth("a", &functions, &mut Vec::new()).unwrap_err();
            let instruction = instruction.replace('\t', " ");
            assert_eq!(
                error.to_string(),
                format!("a has an instruction whose effect on the stack is unknown: {instruction}")
            );
        }
    }

    #[test]
    fn recursion_is_an_error() {
        let functions =
            parse("00000400 <a>:\n 400:\tbl\t500 <b>\n\n00000500 <b>:\n 500:\tbl\t400 <a>\n");
        let error = depth("a", &functions, &mut Vec::new()).unwrap_err();
        assert_eq!(error.to_string(), "recursion: a -> b -> a");
        let functions = parse("00000400 <a>:\n 400:\tbl\t400 <a>\n");
        assert!(depth("a", &functions, &mut Vec::new()).is_err());
    }
}
