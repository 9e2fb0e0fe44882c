//! What is refused with both figures before it costs the compiler, or a stack, too much.

use std::fmt::Write as _;
use std::fs;
use std::time::{Duration, Instant};

use super::files::{Crate, messages};

fn of_zeros(layers: &str) -> Vec<String> {
    let net = format!("#[weights = zeros] struct Net < {layers} >");
    messages(crate::expand(net.parse().unwrap(), &super::folders("tests")))
}

#[test]
fn a_push_has_65536_numbers_at_most() {
    let message = "a push would have 65535 frames of 2 channels behind `upsample`, 131070 numbers; the limit is 65536";
    assert_eq!(of_zeros("upsample(in=2, n=65535)"), [message]);
    assert_eq!(of_zeros("upsample(in=1, n=65535); dense(out=1)"), [""; 0]);
    let message = "a push would have 65535 frames of 64 channels behind `upsample`, 4194240 numbers; the limit is 65536";
    assert_eq!(of_zeros("upsample(in=64, n=65535)"), [message]);
    let message = "a push would have 4294836225 frames of 1 channel behind `upsample`, 4294836225 numbers; the limit is 65536";
    assert_eq!(of_zeros("upsample(in=1, n=65535); upsample(n=65535)"), [message]);
}

/// A cell that swings forever is given up after a number of steps that counts the frames of a push.
#[test]
fn a_cell_that_never_settles_is_given_up() {
    const UNITS: usize = 20;
    let krate = Crate::new("swings");
    let mut state = 1_u64;
    let mut rows = |rows: usize, columns: usize| {
        let row = |_| {
            let mut numbers = String::new();
            for _ in 0..columns {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let number = i32::try_from(state >> 48).unwrap() - (1 << 15);
                write!(
                    numbers,
                    "{}{}",
                    if numbers.is_empty() { "" } else { "," },
                    f64::from(number) / 4096.0
                )
                .unwrap();
            }
            format!("[{numbers}]")
        };
        (0..rows).map(row).collect::<Vec<_>>().join(",")
    };
    let (kernel, recurrent) = (rows(1, 4 * UNITS), rows(UNITS, 4 * UNITS));
    let bias = rows(1, 4 * UNITS);
    let file = format!(
        r#"{{"layers": [{{"kernel": [{kernel}], "recurrent_kernel": [{recurrent}], "bias": {bias}}}]}}"#
    );
    fs::write(krate.folder.join("net.json"), file).unwrap();
    let start = Instant::now();
    for layers in ["lstm(in=1, units=20)", "upsample(in=1, n=100); lstm(units=20)"] {
        let net = format!("#[weights = \"net.json\"] #[start = \"rest\"] struct Net < {layers} >");
        let messages = messages(crate::expand(net.parse().unwrap(), &krate.folders()));
        assert_eq!(messages.len(), 1, "{layers}: {messages:?}");
        assert!(messages[0].starts_with("`lstm1` has no steady state: "), "{messages:?}");
    }
    assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
}

/// As layers, these would be minutes of work.
#[test]
fn sixty_thousand_dilations_are_one_mistake() {
    let net =
        format!("struct Net < wavenet(channels=1, k=2, dilations=[{}]) >", "1, ".repeat(60_000));
    let expansion = super::expand(&net, &super::folders("tests"));
    assert_eq!(expansion.matches("compile_error!").count(), 1);
    assert!(expansion.contains("`wavenet` has 60000 `dilations`"));
}

/// Names are given and compared in one pass: compared with each other, these would be minutes.
#[test]
fn twenty_thousand_layers_are_one_mistake() {
    let net = format!("struct Net < gated(in=2); {} >", "residual < relu() >; ".repeat(20_000));
    let start = Instant::now();
    let expansion = super::expand(&net, &super::folders("tests"));
    assert_eq!(expansion.matches("compile_error!").count(), 1);
    assert!(expansion.contains("`Net` has 40001 layers, but the limit is 256"));
    assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
}

/// As many tensors as the library would read first.
#[test]
#[cfg(feature = "safetensors")]
fn the_tensors_of_a_file_are_counted_while_they_are_read() {
    let krate = Crate::new("many_tensors");
    let file = |tensors: usize, end: &str| {
        let tensor =
            |number| format!(r#""t{number}":{{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}"#);
        let tensors: Vec<_> = (0..tensors).map(tensor).collect();
        let header = format!(r#"{{"__metadata__":{{}},{}{end}"#, tensors.join(","));
        let length = u64::try_from(header.len()).unwrap();
        [length.to_le_bytes().as_slice(), header.as_bytes()].concat()
    };
    let start = Instant::now();
    let message = krate.one("a.safetensors", &file(200_000, "}"), "dense(in=1, out=1)");
    assert_eq!(message, "`a.safetensors`: more than 4096 tensors");
    let message = krate.one("a.safetensors", &file(200_000, ""), "dense(in=1, out=1)");
    assert_eq!(message, "`a.safetensors`: more than 4096 tensors");
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    let message = krate.one("a.safetensors", &file(4096, "}"), "dense(in=1, out=1)");
    assert!(!message.contains("4096 tensors"), "{message}");
}

/// A number more than the layers need is said to be there; many more are not read.
#[test]
fn the_numbers_of_a_file_are_counted_while_they_are_read() {
    let krate = Crate::new("many_numbers");
    let of = |count: usize| {
        let numbers = "0,".repeat(count - 1) + "0";
        let file = format!(r#"{{"layers": [{{"kernel": [[[{numbers}]]], "bias": [0]}}]}}"#);
        krate.one("net.json", file.as_bytes(), "conv(k=3, in=4, out=1)")
    };
    let start = Instant::now();
    let message = of(20_000_000);
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    assert_eq!(
        message,
        "net.json:1:524341: more than 262157 numbers\nnote: layer 1, `kernel[0][0][262157]`"
    );
    assert!(of(13).contains("the file has (1, 1, 13)"), "{}", of(13));
}

/// Its files are endless, or wait for somebody to write.
#[test]
#[cfg(unix)]
fn a_link_to_a_special_file_is_refused() {
    let krate = Crate::new("special");
    let start = Instant::now();
    for (number, special) in
        ["/dev/zero", "/proc/self/pagemap", "/proc/kmsg", "/proc/self/mem"].iter().enumerate()
    {
        if !std::path::Path::new(special).exists() {
            continue;
        }
        let name = format!("net{number}.json");
        std::os::unix::fs::symlink(special, krate.folder.join(&name)).unwrap();
        let messages = messages(krate.expand_net(&name, "dense(in=1, out=1)"));
        assert_eq!(messages.len(), 1, "{special}: {messages:?}");
        assert!(messages[0].starts_with(&format!("`{name}` ")), "{special}: {messages:?}");
    }
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}
