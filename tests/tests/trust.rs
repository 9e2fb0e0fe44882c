//! What `docs/trust.md` names is there.

use std::fs;
use std::path::Path;

#[test]
fn the_tests_that_stand_for_a_promise_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let document = fs::read_to_string(root.join("docs/trust.md")).unwrap();
    let mut sources = String::new();
    let folders =
        ["tests/tests", "examples/tests", "compiler/src", "compiler/src/tests", "runtime/tests"];
    for folder in folders {
        for file in fs::read_dir(root.join(folder)).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "rs") {
                sources += &fs::read_to_string(path).unwrap();
            }
        }
    }
    let code = document.split('`').skip(1).step_by(2);
    let is_test = |word: &&str| {
        let in_a_name = |letter: char| letter.is_ascii_lowercase() || letter == '_';
        word.contains('_') && !word.starts_with("no_") && word.chars().all(in_a_name)
    };
    let tests: Vec<&str> = code.filter(is_test).collect();
    assert!(tests.len() > 10, "{tests:?}");
    for test in tests {
        assert!(sources.contains(&format!("fn {test}(")), "no test `{test}`");
    }
}
