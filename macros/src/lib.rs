//! The entry points of the [`streaming_net!`] macro. The compiler behind it is the crate `streaming-net-compiler`; the crate
//! to depend on is `streaming-net`.

use proc_macro::TokenStream;
use streaming_net_compiler::Folders;

#[doc = include_str!("streaming_net.md")]
#[proc_macro]
pub fn streaming_net(input: TokenStream) -> TokenStream {
    let folders = Folders {
        manifest: std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default().into(),
        out: std::env::var_os("OUT_DIR").map(Into::into),
        working: std::env::current_dir().unwrap_or_default(),
    };
    streaming_net_compiler::expand(input.into(), &folders).into()
}

/// What expansions name for editors. The crate `streaming-net` calls it, once.
#[doc(hidden)]
#[proc_macro]
pub fn editor_words(_: TokenStream) -> TokenStream {
    streaming_net_compiler::editor_words().into()
}
