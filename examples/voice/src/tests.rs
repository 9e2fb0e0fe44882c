use super::*;

/// The probabilities of the synthesised sound in onnxruntime, by `record.py`, one a line.
const RECORDED: &str = include_str!("../recorded.txt");

#[test]
fn the_network_hears_what_onnxruntime_hears() {
    let recorded: Vec<f32> = RECORDED.lines().map(|line| line.parse().unwrap()).collect();
    let heard = listen(&sound::synthesised());
    assert_eq!((heard.len(), recorded.len()), (500, 500));
    let largest = heard.iter().zip(&recorded).map(|(y, expected)| (y - expected).abs());
    let largest = largest.fold(0.0, f32::max);
    assert!(largest <= 1e-4, "{largest}");
}

#[test]
fn voices_are_the_chunks_at_the_threshold_and_above() {
    assert_eq!(voices(&[0.1, 0.5, 0.9, 0.2, 0.7]), [[1, 3], [4, 5]]);
    assert_eq!(voices(&[]), [[0; 2]; 0]);
}
