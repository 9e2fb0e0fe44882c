//! Expansions raise no lint in the user's crate. `cargo clippy` has its part in this test.

#![forbid(unsafe_code)]
#![deny(
    warnings,
    ambiguous_negative_literals,
    elided_lifetimes_in_paths,
    explicit_outlives_requirements,
    future_incompatible,
    let_underscore_drop,
    macro_use_extern_crate,
    missing_copy_implementations,
    missing_debug_implementations,
    missing_docs,
    non_ascii_idents,
    redundant_lifetimes,
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    unit_bindings,
    unreachable_pub,
    unused,
    unused_crate_dependencies,
    unused_import_braces,
    unused_lifetimes,
    unused_qualifications,
    unused_results,
    variant_size_differences,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    clippy::cargo
)]
#![allow(unused_crate_dependencies, reason = "a test uses some of its package's crates")]
#![allow(clippy::multiple_crate_versions, clippy::cargo_common_metadata, reason = "unpublished")]
#![allow(missing_copy_implementations, reason = "a copy of state would go unnoticed")]

use streaming_net::streaming_net;

streaming_net! {
    /// Shown to everyone.
    #[weights = "weights/notebook_v4.json"]
    #[self_test]
    pub struct Public < conv(k=3, in=2, out=4, relu); conv(k=1, out=5, relu) >

    #[weights = "weights/expansions/causal.json"]
    struct Private <
        conv(k=2, in=1, out=2, causal, tanh);
        conv(k=2, out=1, dilation=8, causal, leaky_relu=0.1)
    >

    /// Near π, and three fields with one beginning.
    #[weights = "weights/expansions/lints.json"]
    pub(crate) struct Labels <
        block_a: conv(k=2, in=1, out=1);
        block_b: conv(k=2, out=1, no_bias);
        block_c: depthwise(k=2)
    >

    #[deprecated]
    #[cfg_attr(all(), derive(Clone, Default))]
    #[cfg_attr(any(), derive(Debug))]
    #[allow(dead_code, reason = "its declaration is not to warn of itself")]
    struct Old < relu(in=1) >

    struct NeverUsed < relu(in=1); leaky_relu(slope=0.1) >
}

#[test]
fn the_networks_run() {
    assert_eq!(Public::new().push([0.0; 2]), None);
    assert_eq!(Public::new().self_test(), Ok(()));
    assert!(Public::SUMMARY.starts_with("layer"));
    assert!(Private::new().push([0.0]).is_some());
    assert_eq!(Labels::new().push([0.0]), None);
}
