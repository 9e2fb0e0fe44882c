//! What `python/` exports of models of Keras and PyTorch, compiled by the calls that it prints. Each network's test of its
//! recorded run comes with it. There are none without the feature `exported`, with which `python/check` runs this.

#![cfg(test)]

include!(concat!(env!("OUT_DIR"), "/exported.rs"));
