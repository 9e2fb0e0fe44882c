//! The largest network that is accepted, and the smallest that is not.

use proc_macro2::{Ident, Span};

use crate::errors::Errors;
use crate::passes::limits;
use crate::tests::graphs::{messages, read};

/// What is wrong with a graph.
fn wrong(text: &str) -> Vec<String> {
    let mut errors = Errors::default();
    let is_right = limits::check(&read(text), &Ident::new("Net", Span::call_site()), &mut errors);
    let messages = messages(errors);
    assert_eq!(is_right, messages.is_empty(), "{messages:?}");
    messages
}

fn of_chain(input: usize, ops: &[&str]) -> Vec<String> {
    let mut text = format!("%0 = input {input}\n");
    for (number, op) in ops.iter().enumerate() {
        let (word, rest) = op.split_once(' ').unwrap();
        text += &format!("%{} = {word} %{number} {rest} # l{number}\n", number + 1);
    }
    wrong(&format!("{text}output %{}", ops.len()))
}

#[test]
fn a_layer_holds_64_mib() {
    // With eight bytes for the place and the schedule.
    assert_eq!(of_chain(1, &["delay frames=16777214"]), [""; 0]);
    let message = "`l0` would hold 16777215 frames, which are 67108868 bytes, but the limit is 67108864 bytes";
    assert_eq!(of_chain(1, &["delay frames=16777215"]), [message]);
}

#[test]
fn a_network_holds_64_mib() {
    assert_eq!(of_chain(1, &["delay frames=8388606", "delay frames=8388606"]), [""; 0]);
    let message = "`Net` would hold 67108868 bytes of RAM, but the limit is 67108864";
    assert_eq!(of_chain(1, &["delay frames=8388606", "delay frames=8388607"]), [message]);
    // Each layer that holds too much is reported, and not the network.
    let ops = ["delay frames=16777215", "delay frames=16777216"];
    assert_eq!(of_chain(1, &ops).len(), 2);
}

#[test]
fn a_value_has_65536_numbers() {
    assert_eq!(of_chain(2, &["upsample n=32768"]), [""; 0]);
    let message = "a push would have 32769 frames of 2 channels behind `l0`, 65538 numbers; the limit is 65536";
    assert_eq!(of_chain(2, &["upsample n=32769"]), [message]);
    // The first of several values, and none beside a layer that holds too much.
    assert_eq!(of_chain(2, &["upsample n=32769", "upsample n=2"]), [message]);
    let message = "`l0` would hold 16777215 frames, which are 67108868 bytes, but the limit is 67108864 bytes";
    assert_eq!(of_chain(1, &["delay frames=16777215", "upsample n=65537"]), [message]);
}

/// 65535 * 65536 frames are one more than a counter holds.
#[test]
fn an_output_depends_on_as_many_frames_as_a_counter_holds() {
    let taps = |taps: usize| {
        let strides = ["conv k=1 stride=65536 in=1 out=1"; 1];
        let conv = format!("conv k={taps} in=1 out=1");
        of_chain(1, &[strides[0], &conv])
    };
    assert_eq!(taps(65536), [""; 0]);
    let message =
        "an output of `Net` would depend on 4294967296 earlier frames, but the limit is 4294967294";
    assert_eq!(taps(65537), [message]);
    // A recurrent layer depends on all.
    assert_eq!(
        of_chain(1, &["recurrent Lstm in=1 units=1 bias=true initial=false fast=false"]),
        [""; 0]
    );
}

#[test]
fn an_output_comes_as_often_as_a_counter_holds() {
    let stride = |stride: usize| {
        let conv = format!("conv k=1 stride={stride} in=1 out=1");
        of_chain(1, &["conv k=1 stride=2 in=1 out=1", &conv])
    };
    assert_eq!(stride(2_147_483_647), [""; 0]);
    let message = "`Net` would give one output in 4294967296 pushes, but the limit is 4294967294";
    assert_eq!(stride(2_147_483_648), [message]);
}
