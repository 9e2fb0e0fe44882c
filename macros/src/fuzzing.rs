//! What the targets in `fuzz/` call, for they cannot call a macro.

use std::path::Path;

use proc_macro2::TokenStream;

use crate::weights::Folders;

/// The expansion of a macro call in a crate of that folder.
#[must_use]
pub fn expand(input: TokenStream, folder: &Path) -> TokenStream {
    let folders = Folders { manifest: folder.into(), out: None, working: folder.into() };
    crate::nets(input, &folders)
}
