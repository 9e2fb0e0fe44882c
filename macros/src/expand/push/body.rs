//! The lines of a chain of layers.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::expand::items::Items;

/// The lines of a chain.
pub(super) struct Body {
    /// Each gives the frame to the next.
    pub(super) lines: TokenStream,
    /// The expression of the last line.
    pub(super) last: TokenStream,
    /// Whether that is an `Option`.
    pub(super) is_option: bool,
    /// Whether a line returns where there is no frame.
    pub(super) waits: bool,
    /// Whether the last line gives several frames.
    pub(super) is_several: bool,
}

impl Body {
    /// No layers.
    pub(super) fn input() -> Self {
        let last = Items::frame().into_token_stream();
        Self { lines: TokenStream::new(), last, is_option: false, waits: false, is_several: false }
    }

    pub(super) fn is_input(&self) -> bool {
        self.lines.is_empty() && Items::frame() == self.last.to_string()
    }

    pub(super) fn may_return(&self) -> bool {
        self.waits || self.is_option
    }

    /// Adds a line.
    pub(super) fn line(&mut self, line: &TokenStream, is_option: bool) {
        self.bind();
        self.last = line.clone();
        self.is_option = is_option;
    }

    /// Gives the frame its name.
    pub(super) fn bind(&mut self) {
        let frame = Items::frame();
        if frame != self.last.to_string() {
            let last = self.asked();
            self.lines.extend(quote!(let #frame = #last;));
        }
        self.waits |= self.is_option;
        self.is_option = false;
        self.last = frame.into_token_stream();
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
        self.last = if is_several {
            quote!(joined(#frames.map(|#frame| #each)))
        } else {
            quote!(#frames.map(|#frame| #each))
        };
        self.is_option = false;
    }

    /// The frame of the last line.
    pub(super) fn asked(&self) -> TokenStream {
        let (last, ask) = (&self.last, self.is_option.then(|| quote!(?)));
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
        self.last = frames.into_token_stream();
        self
    }

    /// The frame as one expression.
    pub(super) fn frame(self) -> TokenStream {
        let (lines, last) = (&self.lines, self.asked());
        if lines.is_empty() { last } else { quote!({ #lines #last }) }
    }
}
