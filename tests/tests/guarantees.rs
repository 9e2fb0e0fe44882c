//! The tests that `docs/book/src/guarantees.md` names exist.

use std::fs;
use std::path::Path;

#[test]
fn the_tests_that_enforce_a_guarantee_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let document = fs::read_to_string(root.join("docs/book/src/guarantees.md")).unwrap();
    let mut sources = String::new();
    let folders = [
        "tests/tests",
        "tests/docs/tests",
        "tests/drawn/tests",
        "tests/recorded/tests",
        "cli/tests",
        "examples/tests",
        "compiler/src",
        "compiler/src/tests",
        "runtime/tests",
        "xtask/src",
        "xtask/src/bench",
        "xtask/tests",
    ];
    for folder in folders {
        for file in fs::read_dir(root.join(folder)).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "rs") {
                sources += &fs::read_to_string(path).unwrap();
            }
        }
    }
    let code = document.split('`').skip(1).step_by(2);
    // Programs and crates have such names too.
    let others = ["push_block", "no_panic", "no_std"];
    let is_test = |word: &&str| {
        let in_a_name = |letter: char| letter.is_ascii_lowercase() || letter == '_';
        word.contains('_') && word.chars().all(in_a_name) && !others.contains(word)
    };
    let tests: Vec<&str> = code.filter(is_test).collect();
    assert!(tests.len() > 10, "{tests:?}");
    for test in tests {
        assert!(sources.contains(&format!("fn {test}(")), "no test `{test}`");
    }
}

#[test]
fn every_guarantee_is_a_row_of_a_table() {
    let document = include_str!("../../docs/book/src/guarantees.md");
    let lines: Vec<&str> = document.lines().collect();
    let mut tables = 0;
    for pair in lines.windows(2) {
        let [before, line] = pair else { continue };
        if line.starts_with("| guarantee |") {
            tables += 1;
        }
        let starts_a_table = line.starts_with('|') && !before.starts_with('|');
        let has_a_head = line.starts_with("| guarantee |") || line.starts_with("| target |");
        assert!(!starts_a_table || has_a_head, "a table is cut in two at: {line}");
    }
    assert_eq!(tables, 4);
}
