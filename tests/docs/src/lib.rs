//! The pages of the book: `cargo test` compiles and runs the Rust on them. Paths of weights start at this crate's folder.
//!
//! `from_keras.md` and `from_pytorch.md` are not here: `python/tests/pages.py` runs them.

/// Documents a module by a page, so that rustdoc takes the page's Rust for tests.
macro_rules! pages {
    ($($page:ident)*) => {
        $(
            #[cfg(doctest)]
            #[doc = include_str!(concat!("../../../docs/book/src/", stringify!($page), ".md"))]
            mod $page {}
        )*
    };
}

pages! {
    blocks
    budgets
    cmsis_dsp
    expansion
    firmware
    from_rtneural
    guarantees
    integers
    layers
    pedals
    performance
    start
    testing
    timing
    weights
}
