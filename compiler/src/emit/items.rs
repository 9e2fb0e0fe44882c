//! The items of a network, the same whether it is right or a fallback.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::block::parameters;
use super::derives::{self, cfgs};
use super::docs::line;
use super::names::local;
use super::start::Start;
use super::types;
use crate::frontend::ast::{self, Attribute};
use crate::numbers::count;

pub(super) struct Items<'a> {
    pub(super) ast: &'a ast::Net,
    pub(super) docs: Vec<String>,
    /// The table of layers.
    pub(super) summary: String,
    pub(super) fields: TokenStream,
    pub(super) input: Frame,
    pub(super) output: Output,
    pub(super) receptive_field: usize,
    pub(super) macs: usize,
    pub(super) weight_bytes: usize,
    pub(super) start: Start,
    pub(super) push_docs: Vec<String>,
    /// The body of `push`.
    pub(super) push: TokenStream,
    /// The body of `push_block`.
    pub(super) push_block: TokenStream,
    /// Whether that has comments.
    pub(super) is_commented: bool,
    /// The method `self_test`, where there is one.
    pub(super) self_test: Option<TokenStream>,
    /// Constants of the trait that are another than it says itself.
    pub(super) of_trait: TokenStream,
}

/// The input frame of `push`.
pub(super) enum Frame {
    Of(usize),
    /// Of any length, where a mistake hides it.
    Any,
}

/// The output of a push.
#[derive(Clone, Copy)]
pub(super) struct Output {
    pub(super) channels: usize,
    pub(super) frames: usize,
    pub(super) is_integer: bool,
}

impl Output {
    fn ty(self) -> TokenStream {
        let ([channels, frames], number) = ([self.channels, self.frames].map(count), self.number());
        if self.frames == 1 {
            quote!([#number; #channels])
        } else {
            quote!([[#number; #channels]; #frames])
        }
    }

    /// The type of the numbers of frames.
    fn number(self) -> TokenStream {
        if self.is_integer { types::i16() } else { types::f32() }
    }
}

impl Items<'_> {
    fn receptive_field(&self) -> (TokenStream, &'static str) {
        match self.receptive_field {
            usize::MAX => {
                let usize = types::usize();
                (quote!(#usize::MAX), " The number of input frames that an output depends on: all.")
            }
            frames => (
                count(frames).into_token_stream(),
                " The number of newest input frames that an output depends on.",
            ),
        }
    }

    fn pushes(&self) -> TokenStream {
        let Self { ast: ast::Net { visibility, .. }, push, push_block, output, .. } = self;
        let allowed = self.is_commented.then(
            || quote!(#[allow(unused_doc_comments, reason = "comments for readers of the expansion")]),
        );
        let (docs, frame) = (self.push_docs.iter().map(|text| line(text)), local("frame"));
        let [_, frames, outputs] = parameters();
        let (number, usize) = (output.number(), types::usize());
        let output = output.ty();
        let (generics, input) = match self.input {
            Frame::Of(inputs) => (None, count(inputs).into_token_stream()),
            Frame::Any => (Some(quote!(<const N: #usize>)), quote!(N)),
        };
        quote! {
            #(#docs)*
            #visibility fn push #generics (
                &mut self,
                #frame: [#number; #input],
            ) -> ::core::option::Option<#output> {
                #push
            }

            /// Takes the next frames, and writes the outputs that [`push`](Self::push) would return for them, the same to the
            /// last bit, to the front of the second slice. Returns how many it wrote. Where the slice is full, further outputs
            /// are dropped; the state still advances.
            #allowed
            #visibility fn push_block #generics (
                &mut self,
                #frames: &[[#number; #input]],
                #outputs: &mut [#output],
            ) -> #usize {
                #push_block
            }
        }
    }
}

impl ToTokens for Items<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let ast::Net { visibility, name, attributes, .. } = self.ast;
        let (attributes, krate) = (&attributes.passed_on, self.ast.krate());
        let Self { fields, self_test, of_trait, .. } = self;
        let (new, reset) = (self.start.constructors(self.ast), self.start.reset(self.ast));
        let (pushes, summary) = (self.pushes(), &self.summary);
        let is_doc = |attribute: &&Attribute| attribute.is("doc");
        let own_docs: Vec<_> = attributes.iter().filter(is_doc).collect();
        let others = attributes.iter().filter(|attribute| !attribute.is("doc"));
        let blank = (!own_docs.is_empty() && !self.docs.is_empty()).then(|| line(""));
        let docs = self.docs.iter().map(|text| line(text));
        let derives = derives::missing(attributes);
        let labelled = self.ast.walk().iter().any(|layer| layer.label.is_some());
        let labels = labelled.then(
            || quote!(#[allow(clippy::struct_field_names, reason = "the fields are the labels")]),
        );
        let cfgs: Vec<_> = cfgs(self.ast).collect();
        let inputs = match self.input {
            Frame::Of(inputs) => count(inputs),
            Frame::Any => count(1),
        };
        let [outputs, macs, weight_bytes] =
            [self.output.channels, self.macs, self.weight_bytes].map(count);
        let output = self.output.ty();
        let (receptive_field, receptive_field_doc) = self.receptive_field();
        let deprecated = attributes.iter().any(|attribute| attribute.is("deprecated"));
        let allow = deprecated.then(|| quote!(#[allow(deprecated)]));
        let default = default(self.ast, allow.as_ref());
        let same_names = quote! {
            #[allow(clippy::same_name_method, reason = "the trait's methods are these")]
        };
        let (frame, [_, frames, written_to]) = (local("frame"), parameters());
        let (number, usize, str) = (self.output.number(), types::usize(), types::str());
        let of_number = self.output.is_integer.then(|| quote!(<#number>));
        let (trait_push, trait_push_block) = match self.input {
            Frame::Of(_) => (
                quote!(Self::push(self, #frame)),
                quote!(Self::push_block(self, #frames, #written_to)),
            ),
            Frame::Any => (self.push.clone(), self.push_block.clone()),
        };
        tokens.extend(quote! {
            #(#own_docs)*
            #blank
            #(#docs)*
            #(#others)*
            #derives
            #labels
            #visibility struct #name {
                #fields
            }

            #(#cfgs)*
            #allow
            #same_names
            impl #name {
                /// Channels of an input frame.
                #visibility const INPUTS: #usize = #inputs;
                /// Channels of an output frame.
                #visibility const OUTPUTS: #usize = #outputs;
                #[doc = #receptive_field_doc]
                #visibility const RECEPTIVE_FIELD: #usize = #receptive_field;
                /// Multiply-accumulates of the costliest push.
                #visibility const MACS: #usize = #macs;
                /// Bytes of RAM that the network holds between pushes.
                #visibility const STATE_BYTES: #usize = ::core::mem::size_of::<Self>();
                /// Bytes of weights in flash.
                #visibility const WEIGHT_BYTES: #usize = #weight_bytes;

                /// The layers and their costs, as a table. It takes flash where it is used.
                #visibility const SUMMARY: &'static #str = #summary;

                #new

                #pushes

                #reset

                #self_test
            }

            #default

            #(#cfgs)*
            #allow
            impl #krate::StreamingNet #of_number for #name {
                type Input = [#number; #inputs];
                type Output = #output;

                const INPUTS: #usize = Self::INPUTS;
                const OUTPUTS: #usize = Self::OUTPUTS;
                const RECEPTIVE_FIELD: #usize = Self::RECEPTIVE_FIELD;
                const MACS: #usize = Self::MACS;
                const STATE_BYTES: #usize = Self::STATE_BYTES;
                const WEIGHT_BYTES: #usize = Self::WEIGHT_BYTES;
                #of_trait

                fn push(
                    &mut self,
                    #frame: [#number; #inputs],
                ) -> ::core::option::Option<#output> {
                    #trait_push
                }

                fn push_block(
                    &mut self,
                    #frames: &[[#number; #inputs]],
                    #written_to: &mut [#output],
                ) -> #usize {
                    #trait_push_block
                }

                fn reset(&mut self) {
                    Self::reset(self);
                }
            }
        });
    }
}

/// `Default`, unless the user derives it.
fn default(net: &ast::Net, allow: Option<&TokenStream>) -> Option<TokenStream> {
    let (name, cfgs) = (&net.name, cfgs(net));
    let cfg = derives::unless(&net.attributes.passed_on, "Default")?;
    Some(quote! {
        #(#cfgs)*
        #cfg
        #allow
        impl ::core::default::Default for #name {
            fn default() -> Self {
                Self::new()
            }
        }
    })
}
