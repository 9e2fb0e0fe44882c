//! The files of `tests/frameworks/hdf5_limits.py`: what asks for much is refused before it is read.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use miniz_oxide::inflate::decompress_to_vec_zlib;

use super::groups;
use crate::errors::Message;

fn file(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/weights/limits");
    decompress_to_vec_zlib(&fs::read(folder.join(format!("{name}.weights.h5.z"))).unwrap()).unwrap()
}

/// The tensors of a file with their names.
fn tensors(name: &str) -> Result<Vec<(String, Vec<usize>, Vec<f64>)>, Message> {
    let saved = groups(&file(name))?.into_iter();
    let tensors = saved.flat_map(|saved| saved.entry.tensors);
    Ok(tensors.map(|(name, tensor)| (name, tensor.shape, tensor.numbers)).collect())
}

#[test]
fn chunks_are_put_together() {
    let plain = tensors("plain").unwrap();
    assert_eq!(plain.len(), 3);
    let numbers: Vec<_> = (0..24_i32).map(|number| f64::from(number - 11) / 8.0).collect();
    assert_eq!(plain[0], ("layers/conv1d/vars/0".to_owned(), vec![4, 2, 3], numbers));
    assert_eq!(tensors("chunks").unwrap(), plain);
}

#[test]
fn what_asks_for_too_much_is_refused() {
    for (name, message) in [
        ("many", "the tensors up to `layers/dense_1/vars/0` have more than 67108864 bytes"),
        ("large_chunk", "the tensors up to `layers/dense/vars/0` have more than 67108864 bytes"),
        ("larger_than_said", "`layers/dense/vars/0` cannot be decompressed"),
        ("groups", "more than 8192 groups"),
        ("circles", "groups nest more than 16 deep"),
    ] {
        let file = file(name);
        let start = Instant::now();
        let error = groups(&file).err();
        assert_eq!(error.map(|error| error.to_string()).as_deref(), Some(message), "{name}");
        assert!(start.elapsed() < Duration::from_secs(2), "{name}: {:?}", start.elapsed());
    }
}

#[test]
fn strings_are_no_counters() {
    let error = tensors("strings").unwrap_err();
    assert_eq!(error.to_string(), "`layers/dense/vars/0` contains strings, not numbers");
}
