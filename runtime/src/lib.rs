#![doc = include_str!("../README.md")]
#![no_std]
#![cfg_attr(not(feature = "cmsis-dsp"), forbid(unsafe_code))]
#![deny(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod activation;
mod conv;
mod history;
mod kernel;
mod net;
mod schedule;

pub use activation::{elu, leaky_relu, relu, relu6, sigmoid, softmax, tanh};
pub use conv::{Bias, Conv, GroupedConv, NoBias};
pub use history::{DelayLine, History, ScheduledHistory};
pub use net::StreamingNet;
pub use schedule::Schedule;
pub use streaming_net_macros::streaming_net;
