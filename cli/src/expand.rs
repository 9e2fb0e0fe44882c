//! `streaming-net expand`: the Rust that the macro makes.

use anyhow::Context as _;

use crate::arguments::Expand;
use crate::{Failure, network, print};

pub(crate) fn run(Expand { input, out }: &Expand) -> Result<(), Failure> {
    let compiled = network::read(input, |_| false)?;
    let file = syn::parse2(compiled.rust).context("the expansion is no Rust")?;
    Ok(print::to(out.as_deref(), &prettyplease::unparse(&file))?)
}
