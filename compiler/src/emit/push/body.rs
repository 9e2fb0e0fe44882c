//! The lines of a chain of layers.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::emit::items::Items;

/// The lines of a chain.
#[derive(Default)]
pub(super) struct Body {
    /// Each gives the frame to the next.
    pub(super) lines: TokenStream,
    /// The expression of the last line; `None` where that is the frame by its name.
    pub(super) last: Option<TokenStream>,
    /// Whether that is an `Option`.
    pub(super) is_option: bool,
    /// Whether a line returns where there is no frame.
    pub(super) waits: bool,
    /// Whether the last line gives several frames.
    pub(super) is_several: bool,
    /// The weights of the 1x1 convolution that ends the chain, which is yet to be added onto what the chain takes.
    pub(super) end: Option<TokenStream>,
}

impl Body {
    pub(super) fn is_input(&self) -> bool {
        self.lines.is_empty() && self.last.is_none()
    }

    pub(super) fn may_return(&self) -> bool {
        self.waits || self.is_option
    }

    /// Adds a line.
    pub(super) fn line(&mut self, line: TokenStream, is_option: bool) {
        self.bind();
        self.last = Some(line);
        self.is_option = is_option;
    }

    /// Gives the frame its name.
    pub(super) fn bind(&mut self) {
        let frame = Items::frame();
        if self.last.is_some() {
            let last = self.asked();
            self.lines.extend(quote!(let #frame = #last;));
        }
        self.waits |= self.is_option;
        self.is_option = false;
        self.last = None;
    }

    /// Adds the lines of a branch of which nothing but the taps is needed.
    pub(super) fn take(&mut self, branch: Self) {
        self.bind();
        self.lines.extend(branch.lines);
        self.waits |= branch.waits;
    }

    /// Adds the lines that each frame of the answer goes through.
    pub(super) fn each(&mut self, behind: Self) {
        self.is_several = true;
        if behind.is_input() {
            return;
        }
        let (frames, frame, last) = (Items::frames(), Items::frame(), self.asked());
        self.lines.extend(quote!(let #frames = #last;));
        self.waits |= self.is_option;
        let is_several = behind.is_several;
        let each = behind.frame();
        self.last = Some(if is_several {
            quote!(joined(#frames.map(|#frame| #each)))
        } else {
            quote!(#frames.map(|#frame| #each))
        });
        self.is_option = false;
    }

    /// The expression of the last line.
    pub(super) fn last(&self) -> TokenStream {
        self.last.clone().unwrap_or_else(|| Items::frame().into_token_stream())
    }

    /// The frame of the last line.
    pub(super) fn asked(&self) -> TokenStream {
        let (last, ask) = (self.last(), self.is_option.then(|| quote!(?)));
        quote!(#last #ask)
    }

    /// All lines, and the frame or the `frames` in the end.
    pub(super) fn complete(mut self) -> Self {
        if !self.is_several {
            self.bind();
            return self;
        }
        let (frames, last) = (Items::frames(), self.asked());
        self.lines.extend(quote!(let #frames = #last;));
        self.last = Some(frames.into_token_stream());
        self
    }

    /// The frame as one expression.
    pub(super) fn frame(self) -> TokenStream {
        let (lines, last) = (&self.lines, self.asked());
        if lines.is_empty() { last } else { quote!({ #lines #last }) }
    }
}
