//! The pages of the book: `cargo test` compiles and runs the Rust on them. Paths of weights start at this crate's folder.

#[cfg(doctest)]
mod pages {
    include!(concat!(env!("OUT_DIR"), "/pages.rs"));
}
