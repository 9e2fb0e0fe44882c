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
    clippy::cargo,
    clippy::same_name_method
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

    /// Begins with what silence comes to.
    #[weights = "weights/expansions/resting.json"]
    #[start = "rest"]
    #[self_test]
    pub struct Resting <
        conv(k=3, in=1, out=2, relu);
        conv(k=2, out=1, dilation=2, causal);
        avg_pool(size=2)
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

    /// Branches, taps, several frames, and states of branches.
    #[weights = "weights/expansions/wavenet_labelled.json"]
    pub struct Tapped < stack: wavenet(channels=1, k=2, dilations=[1, 2], skip=1, gated, same) >

    /// Branches of every kind.
    pub struct Branched <
        concat(in=2) < delay(frames=2) | sum < | tanh() | > | product < relu() | delay(frames=1) > >;
        gated();
        skips < residual < tanh(); skip() >; skip(); concat < | >; max_pool(size=2) >;
        residual(center) < delay(frames=2) >;
        max_pool(size=3, stride=1);
        avg_pool(size=2);
        global_avg(frames=2);
        flatten(frames=2);
        layer_norm(epsilon=0.001, no_scale, no_center);
        upsample(n=2);
        gated(linear, softmax) < | leaky_relu(slope=0.1) >;
        upsample(n=3)
    >

    /// Recurrent.
    #[weights = "weights/expansions/recurrent.json"]
    pub struct Recurrent < gru(in=1, units=1); dense(out=1) >

    /// Approximations.
    #[weights = "weights/expansions/fast.json"]
    #[math = "fast"]
    pub struct Fast < dense(in=1, out=2, silu); gated(); lstm(units=1); tanh(); relu() >

    /// Parts of others.
    #[weights = "weights/expansions/normed.json"]
    pub(crate) struct Normed <
        conv(k=2, in=1, out=2); batch_norm(epsilon=1); relu(); batch_norm(epsilon=1); conv(k=2, out=1); prelu()
    >

    /// Four frames for one.
    #[weights = "weights/expansions/upsampled.json"]
    pub struct Upsampled <
        conv_transpose(k=3, in=2, out=1, stride=2, relu); upsample(n=2); conv(k=2, out=1, causal, softmax)
    >

    struct NeverUsed < relu(in=1); leaky_relu(slope=0.1) >
}

#[test]
fn the_networks_run() {
    assert_eq!(Public::new().push([0.0; 2]), None);
    assert_eq!(Public::new().self_test(), Ok(()));
    assert!(Public::SUMMARY.starts_with("layer"));
    assert!(Private::new().push([0.0]).is_some());
    assert_eq!(Labels::new().push([0.0]), None);
    assert!(Tapped::new().push([0.0]).is_none());
    assert_eq!(Branched::new().push([0.0; 2]), None);
    assert!(Recurrent::new().push([0.0]).is_some());
    assert_eq!(Normed::new().push([0.0]), None);
    assert_eq!(Upsampled::new().push([0.0; 2]), Some([[1.0]; 4]));
}
