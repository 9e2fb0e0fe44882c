//! The rooms on the stack that frames lie in between two layers.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use super::Room;
use crate::emit::push::block::ANSWERS;
use crate::layer::{Plain, copies};
use crate::numbers::count;

/// Numbers on the stack, at most. A network of more takes its frames one by one.
const MOST_ON_STACK: usize = 1024;

/// Frames that a block is taken in, at most, and where their rooms are too large: fours of them.
const FRAMES: [usize; 7] = [48, 32, 24, 16, 12, 8, 4];

/// Numbers of past frames that are copied beside those that come, where they need not be.
const COPIED: usize = 256;

#[derive(Default)]
pub(super) struct Rooms {
    /// The channels of the widest frames in each, and how many hold it.
    rooms: Vec<(usize, usize)>,
    /// The convolutions with a history.
    pub(super) copies: Vec<Plain>,
}

impl Rooms {
    /// A room for frames of so many channels which nobody holds, and in which those at hand are not; they are in it then.
    pub(super) fn take(&mut self, channels: usize, room: &mut Room) -> Ident {
        let is_free = |(place, (_, holders)): (usize, &(usize, usize))| {
            (*holders == 0 && Some(place) != *room).then_some(place)
        };
        let place = self.rooms.iter().enumerate().find_map(is_free).unwrap_or(self.rooms.len());
        if place == self.rooms.len() {
            self.rooms.push((0, 0));
        }
        if let Some((widest, _)) = self.rooms.get_mut(place) {
            *widest = (*widest).max(channels);
        }
        *room = Some(place);
        name(place)
    }

    /// Keeps what is in a room.
    pub(super) fn hold(&mut self, room: Room) -> Room {
        if let Some((_, holders)) = room.and_then(|place| self.rooms.get_mut(place)) {
            *holders += 1;
        }
        room
    }

    pub(super) fn release(&mut self, room: Room) {
        if let Some((_, holders)) = room.and_then(|place| self.rooms.get_mut(place)) {
            *holders -= 1;
        }
    }

    /// How many frames are taken together.
    pub(super) fn frames(&self) -> Option<usize> {
        FRAMES.into_iter().find(|frames| {
            let rooms = self.rooms.iter().map(|(channels, _)| channels.saturating_mul(*frames));
            rooms.fold(self.copied(*frames), usize::saturating_add) <= MOST_ON_STACK
        })
    }

    /// Numbers that are copied, at most, where so many frames are taken.
    fn copied(&self, frames: usize) -> usize {
        let copied = self.copies.iter().map(|Plain { inputs, dilation, past }| {
            // So does the runtime: it copies all past frames of a short distance, and where that saves two turns in three.
            // What it takes beside are the frames of one tap.
            let must = *dilation < ANSWERS;
            let may = frames >= 3 * (dilation / ANSWERS * ANSWERS) && *past <= COPIED / inputs;
            let past = if must || may { *past } else { 0 };
            past.saturating_add(frames).saturating_mul(*inputs)
        });
        copied.max().unwrap_or_default()
    }

    pub(super) fn declarations(&self, frames: usize) -> TokenStream {
        let rooms = self.rooms.iter().enumerate().map(|(place, (channels, _))| {
            let (name, numbers) = (name(place), count(channels * frames));
            quote!(let mut #name = [0.0; #numbers];)
        });
        let copied = (!self.copies.is_empty()).then(|| {
            let (copies, numbers) = (copies(), count(self.copied(frames)));
            quote!(let mut #copies = [0.0; #numbers];)
        });
        quote!(#(#rooms)* #copied)
    }
}

fn name(place: usize) -> Ident {
    format_ident!("room_{}", place + 1, span = Span::mixed_site())
}
