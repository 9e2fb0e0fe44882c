//! Counts the instructions of blocks, and checks that their outputs are those of single pushes. QEMU is to run it so that an
//! instruction takes 128 nanoseconds.

#![no_std]
#![no_main]
#![forbid(unsafe_code)]

use core::array;

use cortex_m_rt::entry;
use cortex_m_semihosting::hprintln;
use panic_semihosting as _;
use static_cell::ConstStaticCell;
use streaming_net_bench::{NET, Net, Number, bits, frame, instructions, nothing, start_timer};
use streaming_net_firmware::end;

const SHIFT: u32 = 7;

/// Frames of a block, a millisecond at 48 kHz.
const BLOCK: usize = 48;
const BLOCKS: usize = 4;

static OTHER: ConstStaticCell<Net> = ConstStaticCell::new(Net::new());

/// One function, so that the code of a signal of several channels is not counted as that of the network.
#[inline(never)]
fn of_signal(push: usize) -> [Number; Net::INPUTS] {
    frame(push)
}

#[inline(never)]
fn push_block_net(
    net: &mut Net,
    frames: &[[Number; Net::INPUTS]; BLOCK],
    outputs: &mut [[Number; Net::OUTPUTS]; BLOCK],
) -> usize {
    net.push_block(frames, outputs)
}

#[entry]
fn main() -> ! {
    if start_timer().is_none() {
        end();
    }
    let (net, other) = (NET.take(), OTHER.take());
    let overhead = instructions(SHIFT, || nothing(net));
    let (mut sum, mut same) = (0, true);
    for block in 0..BLOCKS {
        let frames = array::from_fn(|place| of_signal(block * BLOCK + place));
        let mut outputs = [[Number::default(); Net::OUTPUTS]; BLOCK];
        let mut written = 0;
        sum += instructions(SHIFT, || written = push_block_net(net, &frames, &mut outputs));
        sum = sum.saturating_sub(overhead);
        let mut blocks = outputs.iter().take(written);
        let mut singles = frames.iter().filter_map(|frame| other.push(*frame));
        same &= singles.all(|single| {
            let bits = |frame: &[Number; Net::OUTPUTS]| frame.map(bits);
            blocks.next().is_some_and(|block| bits(block) == bits(&single))
        });
        same &= blocks.next().is_none();
    }
    hprintln!("{}", sum / (BLOCKS * BLOCK) as u32);
    if !same {
        hprintln!("the outputs of a block are not those of its frames one by one");
    }
    end()
}
