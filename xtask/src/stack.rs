//! The stack that a function takes at most, with all that it calls: read off the disassembly, in which every function
//! says how far it moves the stack pointer and whom it calls. Rust's and C's functions alike.

use std::collections::HashMap;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command::run;

#[derive(Default)]
struct Function {
    /// Bytes by which it moves the stack pointer, on any path.
    frame: u64,
    calls: Vec<String>,
    /// A call whose callee only the running program knows.
    unknown_call: Option<String>,
}

/// The stack of the deepest function whose name has `part` in it.
pub(crate) fn deepest(program: &Path, part: &str) -> Result<u64> {
    let mut objdump = Command::new("arm-none-eabi-objdump");
    let text = run(objdump.args(["--disassemble", "--no-show-raw-insn"]).arg(program))?;
    let functions = parse(&text);
    let mut deepest = None;
    for name in functions.keys().filter(|name| name.contains(part)) {
        deepest = deepest.max(Some(depth(name, &functions, &mut Vec::new())?));
    }
    deepest.with_context(|| format!("no function {part} in {}", program.display()))
}

fn depth(name: &str, functions: &HashMap<String, Function>, path: &mut Vec<String>) -> Result<u64> {
    if path.iter().any(|caller| caller == name) {
        bail!("recursion: {} -> {name}", path.join(" -> "));
    }
    let function = functions.get(name).with_context(|| format!("no function {name}"))?;
    if let Some(call) = &function.unknown_call {
        bail!("{name} calls what is not known: {call}");
    }
    path.push(name.to_owned());
    let mut deepest = 0;
    for callee in &function.calls {
        deepest = depth(callee, functions, path)?.max(deepest);
    }
    path.pop();
    Ok(function.frame + deepest)
}

fn parse(disassembly: &str) -> HashMap<String, Function> {
    let mut functions = HashMap::new();
    let mut current = String::new();
    for line in disassembly.lines() {
        if let Some(name) = line.strip_suffix(">:").and_then(|line| line.split_once('<')) {
            name.1.clone_into(&mut current);
            functions.insert(current.clone(), Function::default());
        } else if let (Some(function), Some((_, instruction))) =
            (functions.get_mut(&current), line.split_once(":\t"))
        {
            function.frame += moves(instruction);
            if instruction.starts_with("blx\tr") {
                function.unknown_call = Some(instruction.replace('\t', " "));
            }
            if let Some(callee) = callee(instruction)
                && callee != current
            {
                function.calls.push(callee);
            }
        }
    }
    functions
}

/// Bytes by which an instruction moves the stack pointer down.
fn moves(instruction: &str) -> u64 {
    let (mnemonic, operands) = instruction.split_once('\t').unwrap_or((instruction, ""));
    let number = || {
        let (_, number) = operands.rsplit_once('#')?;
        let digits = number.split(|c: char| !(c.is_ascii_digit() || c == '-')).next()?;
        digits.parse::<i64>().ok().map(i64::unsigned_abs)
    };
    match mnemonic {
        "push" | "push.w" | "stmdb"
            if mnemonic.starts_with("push") || operands.starts_with("sp!") =>
        {
            4 * registers(operands)
        }
        "vpush" => registers(operands) * if operands.contains('d') { 8 } else { 4 },
        "sub" | "sub.w" | "subw" if operands.starts_with("sp,") => number().unwrap_or_default(),
        "str" | "str.w" | "strd" if operands.contains("[sp, #-") && operands.ends_with("]!") => {
            number().unwrap_or_default()
        }
        _ => 0,
    }
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

00000500 <deep>:
     500:\tsub.w\tsp, sp, #400\t; 0x190
     504:\tstr.w\tr8, [sp, #-4]!

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
    fn an_unknown_call_is_an_error() {
        let functions = parse("00000400 <a>:\n 400:\tblx\tr3\n");
        let error = depth("a", &functions, &mut Vec::new()).unwrap_err();
        assert_eq!(error.to_string(), "a calls what is not known: blx r3");
    }

    #[test]
    fn recursion_is_an_error() {
        let functions =
            parse("00000400 <a>:\n 400:\tbl\t500 <b>\n\n00000500 <b>:\n 500:\tbl\t400 <a>\n");
        let error = depth("a", &functions, &mut Vec::new()).unwrap_err();
        assert_eq!(error.to_string(), "recursion: a -> b -> a");
    }
}
