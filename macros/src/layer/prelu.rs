//! The rectifier with trained slopes.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    Arguments, Convention, Dimension, Flag, Given, Kind, Layer, Names, Rest, Shape, Summary,
    Weights,
};
use crate::errors::Errors;
use crate::numbers::{count, nested};
use crate::tensor::Tensor;

pub(super) const PRELU: Kind = Kind {
    keras: Some("p_re_lu"),
    flags: &[&[Flag { name: "shared", doc: "one slope for all channels" }]],
    weights: Weights::Always,
    ..Kind::plain(
        "prelu",
        "`prelu()`: `x` from zero up, and below zero `x` times a trained slope of the channel.",
        build,
    )
};

fn build(arguments: &Arguments<'_>, _: &mut Errors) -> Option<Box<dyn Layer>> {
    Some(Box::new(Prelu { channels: arguments.inputs?, shared: arguments.flag("shared") }))
}

struct Prelu {
    channels: usize,
    shared: bool,
}

impl Layer for Prelu {
    fn inputs(&self) -> usize {
        self.channels
    }

    fn outputs(&self) -> usize {
        self.channels
    }

    fn conventions(&self) -> Vec<Convention> {
        let slopes = if self.shared { 1 } else { self.channels };
        let name = if self.shared { "1" } else { "in" };
        let convention = |tensor| {
            let dimensions = vec![Dimension::new(name, slopes, "in")];
            // Keras' PReLU has an axis for time, of length 1.
            let also = Some(vec![1, slopes]);
            let (other, help) =
                if self.shared { (self.channels, "remove `shared`") } else { (1, "add `shared`") };
            let otherwise = Some((vec![other], help));
            Convention::of(vec![Shape { also, otherwise, ..Shape::new(tensor, dimensions) }])
        };
        vec![convention("alpha"), convention("weight")]
    }

    fn numbers(&self) -> usize {
        self.channels
    }

    fn weights(
        &self,
        krate: &TokenStream,
        tensors: &[Tensor],
    ) -> Option<(TokenStream, TokenStream)> {
        let slopes = &tensors.first()?.numbers;
        let slopes: Vec<_> = slopes.iter().copied().cycle().take(self.channels).collect();
        let (alpha, channels) = (nested(&[self.channels], &slopes), count(self.channels));
        Some((quote!(#krate::Prelu<#channels>), quote!(#krate::Prelu { alpha: #alpha })))
    }

    fn push(&self, names: &Names<'_>) -> TokenStream {
        let Names { frame, weights, .. } = names;
        quote!(#weights.apply(#frame))
    }

    fn rest(&self, given: &Given<'_>) -> Rest {
        let slopes = || given.tensors.iter().flat_map(|slopes| &slopes.numbers).cycle();
        Rest::of_each(given, |frame| {
            let below = |(x, slope): (&f64, &f64)| if *x < 0.0 { slope * x } else { *x };
            frame.iter().zip(slopes()).map(below).collect()
        })
    }

    fn summary(&self) -> Summary {
        let flags = self.shared.then(|| "shared".to_owned()).into_iter().collect();
        Summary { flags, ..Summary::default() }
    }
}
