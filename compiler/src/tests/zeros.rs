//! Networks without a weights file: `#[weights = zeros]`.

use super::{expand, folders};

/// The networks of the firmware, which have every kind of layer.
const NETWORKS: &str = include_str!("../../../examples/firmware/src/networks.rs");

/// Their declarations, each with zeros in place of its file.
fn with_zeros() -> String {
    let mut networks = String::new();
    let calls = NETWORKS.split("streaming_net! {\n").skip(1);
    for call in calls.map(|call| call.split_once("\n}\n").unwrap().0) {
        for line in call.lines() {
            let is_weights = line.trim_start().starts_with("#[weights");
            networks += if is_weights { "#[weights = zeros]" } else { line };
            networks.push('\n');
        }
    }
    networks
}

#[test]
fn every_kind_of_layer_takes_zeros() {
    let networks = with_zeros();
    let count = networks.matches("struct ").count();
    assert!(count >= 13, "{count} networks in {networks}");
    let expansion = expand(&networks, &folders("tests"));
    assert!(!expansion.contains("compile_error"), "{expansion}");
    assert_eq!(
        expansion.matches("pub const WEIGHT_BYTES: ::core::primitive::usize = ").count(),
        count
    );
}

#[test]
fn costs_are_those_of_the_trained_network() {
    let net = |weights: &str| {
        let layers = "conv(k=3, in=2, out=4, relu); conv(k=1, out=5, relu)";
        let source = format!("#[weights = {weights}] pub struct Net < {layers} >");
        let expansion = expand(&source, &folders("tests"));
        let constants = expansion.lines().filter(|line| line.contains("pub const "));
        constants.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(net("zeros"), net("\"weights/notebook_v4.json\""));
    assert!(
        net("zeros")
            .iter()
            .any(|line| line.contains("WEIGHT_BYTES: ::core::primitive::usize = 212"))
    );
}
